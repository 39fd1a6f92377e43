//! Problem documents (RFC 9457): how every error leaves the house.

use flow_api::ProblemType;
use http::HeaderMap;
use serde_json::{Map, Value, json};

/// One problem, ready to be sent.
#[derive(Clone, Debug)]
pub struct Problem {
    /// What it is about: gives the document its type, its title and the status.
    pub kind: ProblemType,
    /// What happened this time and what to do about it.
    pub detail: String,
    /// Members beyond those of the RFC, in camel case.
    pub members: Map<String, Value>,
    /// Headers that belong to the problem: `Retry-After`, `Allow`.
    pub headers: HeaderMap,
}

impl Problem {
    /// The document.
    #[must_use]
    pub fn document(&self, request_id: &str) -> Value {
        let mut document = json!({
            "type": self.kind.uri(),
            "title": self.kind.title(),
            "status": self.kind.status().as_u16(),
            "detail": self.detail,
            "requestId": request_id,
        });
        if let Value::Object(members) = &mut document {
            members.extend(self.members.clone());
        }
        document
    }
}
