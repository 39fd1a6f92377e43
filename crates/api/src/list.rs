//! Lists, a page at a time.

use serde::Serialize;

/// Items on a page of a list where the client names no `limit`.
pub const DEFAULT_LIMIT: u32 = 20;

/// Most items on a page.
pub const MAX_LIMIT: u32 = 100;

/// One page of a list.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "{T}List"))]
#[serde(rename_all = "camelCase")]
pub struct ListView<T> {
    /// What is on this page.
    pub items: Vec<T>,
    /// Give it as `cursor` to get the next page; missing on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}
