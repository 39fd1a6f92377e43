//! The one list of the interface's operations.

mod account;
mod attempts;
mod auth;
mod limits;
mod operators;
mod results;
mod system;

use serde_json::json;

use crate::{
    DEFAULT_LIMIT, MAX_LIMIT,
    operation::{Operation, Parameter, Place},
};

/// All operations, by what they belong to.
const GROUPS: [&[Operation]; 7] = [
    attempts::OPERATIONS,
    results::OPERATIONS,
    auth::OPERATIONS,
    account::OPERATIONS,
    limits::OPERATIONS,
    operators::OPERATIONS,
    system::OPERATIONS,
];

/// All operations.
pub fn operations() -> impl Iterator<Item = &'static Operation> {
    GROUPS.into_iter().flatten()
}

/// The `limit` of lists.
const LIMIT: Parameter = Parameter {
    name: "limit",
    place: Place::Query,
    description: "Most items on the page.",
    schema: || json!({ "type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT }),
};

/// A `cursor` that is an id.
const CURSOR: Parameter = Parameter {
    name: "cursor",
    place: Place::Query,
    description: "The `nextCursor` of the page before.",
    schema: || json!({ "type": "string", "format": "uuid" }),
};

/// The id of an attempt, a session, an account.
const ID: Parameter = Parameter {
    name: "id",
    place: Place::Path,
    description: "Its id.",
    schema: || json!({ "type": "string", "format": "uuid" }),
};
