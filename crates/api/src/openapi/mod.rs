//! The OpenAPI 3.1 document, made of the operations and of the types that they send and answer.

mod parts;
mod problem;
mod schemas;
mod security;
mod shared;

use serde_json::{Map, Value, json};

use crate::{
    operation::{Operation, Tag},
    operations,
};
pub use problem::Problem;
use schemas::Schemas;

/// What the document says of the interface as a whole.
const DESCRIPTION: &str = "Record a short video of a movement test, have it scored, and read what was found. A wellness product: \
    no diagnosis, no medical conclusions.\n\n\
    Errors are problem documents (RFC 9457): branch on `type`, show `detail`. Every answer has an `X-Request-Id`; a client may \
    choose it with a header of that name. Lists give `nextCursor` while there is more. Refusals by a limit carry `Retry-After`, \
    `RateLimit` and `RateLimit-Policy`. Where there is GET there is HEAD. Other origins are not served: there are no CORS headers.";

/// The document.
#[must_use]
pub fn document() -> Value {
    let mut schemas = Schemas::new();
    let mut paths = Map::new();
    for operation in operations() {
        let item = paths.entry(operation.path).or_insert_with(|| json!({}));
        item[operation.method.name().to_ascii_lowercase()] = operation_object(operation, &mut schemas);
    }
    let responses = shared::responses(&mut paths);
    let tags = Tag::ALL.map(|tag| json!({ "name": tag.name(), "description": tag.description() }));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Flow Logic",
            "version": env!("CARGO_PKG_VERSION"),
            "description": DESCRIPTION,
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": schemas.into_definitions(),
            "headers": parts::headers(),
            "responses": responses,
            "securitySchemes": security::schemes(),
        },
    })
}

fn operation_object(operation: &Operation, schemas: &mut Schemas) -> Value {
    let mut object = json!({
        "operationId": operation.id,
        "tags": [operation.tag.name()],
        "summary": operation.summary,
        "security": security::requirements(operation.access),
        "responses": parts::responses(operation, schemas),
    });
    if let Some(description) = parts::description(operation) {
        object["description"] = description.into();
    }
    if !operation.parameters.is_empty() {
        object["parameters"] = operation.parameters.iter().map(parts::parameter).collect();
    }
    if let Some(body) = &operation.body {
        object["requestBody"] = json!({
            "required": true,
            "content": parts::content(body, |schema| schemas.request(schema)),
        });
    }
    object
}
