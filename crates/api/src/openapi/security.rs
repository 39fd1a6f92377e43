//! How callers show who they are.

use serde_json::{Value, json};

use crate::Access;

/// The document's security schemes.
pub(super) fn schemes() -> Value {
    json!({
        "accessToken": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "The `accessToken` of a sign-in, good for 15 minutes.",
        },
        "operatorToken": {
            "type": "http",
            "scheme": "bearer",
            "description": "What the operator set as `operator_token`.",
        },
        "refreshCookie": {
            "type": "apiKey",
            "in": "cookie",
            "name": "__Secure-flow-refresh",
            "description": "The refresh token, set by a sign-in and good once.",
        },
    })
}

/// What an operation needs of them.
pub(super) fn requirements(access: Access) -> Value {
    match access {
        Access::Anybody | Access::Development => json!([]),
        Access::RefreshCookie => json!([{ "refreshCookie": [] }]),
        Access::Account | Access::AccountEvenIfBanned | Access::VerifiedAccount => {
            json!([{ "accessToken": [] }])
        }
        Access::Operator => json!([{ "operatorToken": [] }]),
    }
}
