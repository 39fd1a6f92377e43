//! Parameters, bodies, answers and headers of operations.

use std::collections::BTreeMap;

use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::{Problem, schemas::Schemas};
use crate::{
    ProblemType,
    operation::{Access, Content, Operation, Parameter, Place},
};

/// The text under an operation's summary: its own, and what its caller must be.
pub(super) fn description(operation: &Operation) -> Option<String> {
    let mut text = operation.description.to_owned();
    let mut add = |sentence: &str| {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(sentence);
    };
    match operation.access {
        Access::VerifiedAccount => add("Needs an account whose address is confirmed."),
        Access::AccountEvenIfBanned => add("Answers people who are banned, too."),
        Access::Anybody
        | Access::RefreshCookie
        | Access::Account
        | Access::Operator
        | Access::Development => {}
    }
    if let Some(feature) = operation.feature {
        add(&format!(
            "Part of the tier {} and above.",
            feature.since().title()
        ));
    }
    (!text.is_empty()).then_some(text)
}

/// A parameter.
pub(super) fn parameter(parameter: &Parameter) -> Value {
    let place = match parameter.place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
    };
    json!({
        "name": parameter.name,
        "in": place,
        "required": parameter.place == Place::Path,
        "description": parameter.description,
        "schema": (parameter.schema)(),
    })
}

/// What a body is, by media type.
pub(super) fn content(
    content: &Content,
    schema: impl FnOnce(fn(&mut SchemaGenerator) -> Schema) -> Value,
) -> Value {
    let schema = content.schema.map(schema);
    let mut object = Map::new();
    for media_type in content.media_types {
        let mut media = json!({});
        match &schema {
            Some(schema) => media["schema"] = schema.clone(),
            // The document of the document: an object, of which nobody needs a schema.
            None if *media_type == "application/json" => media["schema"] = json!({ "type": "object" }),
            None => {}
        }
        if let Some(example) = content.example
            && let Ok(example) = serde_json::from_str::<Value>(example)
        {
            media["example"] = example;
        }
        object.insert((*media_type).to_owned(), media);
    }
    object.into()
}

/// All answers of an operation, problems among them, by status.
pub(super) fn responses(operation: &Operation, schemas: &mut Schemas) -> Value {
    let mut responses = BTreeMap::new();
    for answer in operation.answers {
        let mut response = json!({
            "description": answer.description,
            "headers": header_references(answer.headers),
        });
        if let Some(body) = &answer.content {
            response["content"] = content(body, |schema| schemas.response(schema));
        }
        responses.insert(answer.status.to_string(), response);
    }
    let mut by_status: BTreeMap<u16, Vec<ProblemType>> = BTreeMap::new();
    for problem in operation.problems() {
        by_status
            .entry(problem.status().as_u16())
            .or_default()
            .push(problem);
    }
    for (status, problems) in by_status {
        responses.insert(status.to_string(), problem_response(status, &problems, schemas));
    }
    json!(responses)
}

/// The answer of some problems with one status.
fn problem_response(status: u16, problems: &[ProblemType], schemas: &mut Schemas) -> Value {
    let titles: Vec<String> = problems
        .iter()
        .map(|problem| format!("{} (`{}`)", problem.title(), problem.name()))
        .collect();
    let types: Vec<String> = problems.iter().map(|problem| problem.uri()).collect();
    let headers: &[&str] = match status {
        401 => &["WWW-Authenticate"],
        429 | 503 => &["Retry-After"],
        _ => &[],
    };
    let problem = schemas.response(SchemaGenerator::subschema_for::<Problem>);
    json!({
        "description": titles.join("; "),
        "headers": header_references(headers),
        "content": { "application/problem+json": {
            "schema": { "allOf": [problem, { "properties": { "type": { "enum": types } } }] },
        } },
    })
}

/// References to headers, and to the one that every answer has.
fn header_references(names: &[&str]) -> Value {
    let names = names.iter().chain(&["X-Request-Id"]);
    names
        .map(|name| {
            let reference = json!({ "$ref": format!("#/components/headers/{name}") });
            ((*name).to_owned(), reference)
        })
        .collect::<Map<_, _>>()
        .into()
}

/// The document's headers.
pub(super) fn headers() -> Value {
    let header = |required: bool, description: &str| {
        json!({
            "required": required,
            "description": description,
            "schema": { "type": "string" },
        })
    };
    json!({
        "Cache-Control": header(true, "How long the answer may be kept."),
        "Content-Disposition": header(true, "The name to save it under."),
        "Content-Location": header(true, "Where the attempt is."),
        "ETag": header(true, "Names this version; `If-None-Match` asks whether there is another."),
        "Location": header(true, "Where the attempt is."),
        "RateLimit": header(
            false,
            "What is left of each limit (draft-ietf-httpapi-ratelimit-headers); missing where limits are not counted."
        ),
        "RateLimit-Policy": header(false, "The limits; missing where they are not counted."),
        "Retry-After": header(false, "Seconds after which to try again."),
        "Set-Cookie": header(true, "The refresh token, or its removal."),
        "WWW-Authenticate": header(false, "How to show who one is."),
        "X-Request-Id": header(true, "The id under which the request was logged."),
    })
}
