//! The schema of problem documents. The documents themselves are written in `crates/edge`.

use std::borrow::Cow;

use flow_catalog::{Feature, TestId, Tier};
use flow_limits::{BanLevel, BanReason};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::ProblemType;

/// A problem document (RFC 9457). Which of the optional members it has depends on its type.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[expect(dead_code, reason = "only its schema is used")]
pub struct Problem {
    /// What the problem is about.
    #[schemars(rename = "type")]
    kind: ProblemType,
    /// The same for every problem of this type.
    title: String,
    /// The status of the answer.
    #[schemars(range(min = 400, max = 599))]
    status: u16,
    /// What happened this time and what to do about it, in a sentence.
    detail: String,
    /// The id under which the request was logged.
    request_id: String,
    /// The field, header or parameter whose value is not accepted.
    #[schemars(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// Why a password is weak.
    #[schemars(skip_serializing_if = "Option::is_none", extend("enum" = flow_identity::WeakPassword::ALL.map(flow_identity::WeakPassword::name)))]
    reason: Option<String>,
    /// The tests that there are.
    #[schemars(skip_serializing_if = "Option::is_none")]
    known: Option<Vec<TestId>>,
    /// The limit that is reached.
    #[schemars(skip_serializing_if = "Option::is_none")]
    limit: Option<u32>,
    /// What is left of it.
    #[schemars(skip_serializing_if = "Option::is_none")]
    remaining: Option<u32>,
    /// When there is more.
    #[schemars(skip_serializing_if = "Option::is_none", extend("format" = "date-time"))]
    resets_at: Option<String>,
    /// The same in seconds from now.
    #[schemars(skip_serializing_if = "Option::is_none")]
    retry_after_seconds: Option<u32>,
    /// The test that was asked for.
    #[schemars(skip_serializing_if = "Option::is_none")]
    test: Option<TestId>,
    /// The feature that the tier lacks.
    #[schemars(skip_serializing_if = "Option::is_none", extend("enum" = Feature::ALL.map(Feature::slug)))]
    feature: Option<String>,
    /// The user's tier.
    #[schemars(skip_serializing_if = "Option::is_none")]
    tier: Option<Tier>,
    /// The cheapest tier that has it, or more of it.
    #[schemars(skip_serializing_if = "Option::is_none")]
    available_in: Option<Tier>,
    /// How hard the ban is.
    #[schemars(skip_serializing_if = "Option::is_none")]
    ban_level: Option<BanLevel>,
    /// What the ban is for.
    #[schemars(skip_serializing_if = "Option::is_none")]
    ban_reason: Option<BanReason>,
    /// When the ban ends; missing where it is for good.
    #[schemars(skip_serializing_if = "Option::is_none", extend("format" = "date-time"))]
    ban_ends_at: Option<String>,
    /// The most bytes that are accepted.
    #[schemars(skip_serializing_if = "Option::is_none")]
    limit_bytes: Option<u64>,
    /// The bytes that were declared.
    #[schemars(skip_serializing_if = "Option::is_none")]
    declared_bytes: Option<u64>,
    /// The bytes that came.
    #[schemars(skip_serializing_if = "Option::is_none")]
    received_bytes: Option<u64>,
}

impl JsonSchema for ProblemType {
    fn schema_name() -> Cow<'static, str> {
        "ProblemType".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let types: Vec<String> = Self::ALL.iter().map(|kind| kind.uri()).collect();
        json_schema!({
            "type": "string",
            "format": "uri-reference",
            "description": "What a problem is about; stable over releases.",
            "enum": types,
        })
    }
}
