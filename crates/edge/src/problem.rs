//! Problem documents (RFC 9457): how every error leaves the house.

use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value, json};

/// One problem, ready to be sent.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The last part of the `type`, stable over releases: clients may branch on it.
    pub name: &'static str,
    /// The same for every problem of this type.
    pub title: &'static str,
    /// The response's status.
    pub status: StatusCode,
    /// What happened this time and what to do about it.
    pub detail: String,
    /// Members beyond those of the RFC, in camel case.
    pub members: Map<String, Value>,
    /// Headers that belong to the problem: `Retry-After`, `Allow`.
    pub headers: HeaderMap,
}

/// The name of the problem that an answer is, in its extensions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProblemName(
    #[cfg_attr(
        not(target_arch = "wasm32"),
        expect(dead_code, reason = "only components count problems")
    )]
    pub &'static str,
);

impl Problem {
    /// The document.
    #[must_use]
    pub fn document(&self, request_id: &str) -> Value {
        let mut document = json!({
            "type": format!("/problems/{}", self.name),
            "title": self.title,
            "status": self.status.as_u16(),
            "detail": self.detail,
            "requestId": request_id,
        });
        if let Value::Object(members) = &mut document {
            members.extend(self.members.clone());
        }
        document
    }
}
