//! Answers that several operations share: written once, under a name.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// Takes the problems that more than one operation answers out of the paths, and leaves references to them. Gives them by name.
pub(super) fn responses(paths: &mut Map<String, Value>) -> Value {
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    each(paths, |response| {
        if let Some(name) = name(response) {
            *uses.entry(name).or_default() += 1;
        }
    });
    let mut shared = Map::new();
    each(paths, |response| {
        if let Some(name) = name(response).filter(|name| uses[name] > 1) {
            let reference = json!({ "$ref": format!("#/components/responses/{name}") });
            shared.insert(name, std::mem::replace(response, reference));
        }
    });
    shared.into()
}

fn each(paths: &mut Map<String, Value>, mut change: impl FnMut(&mut Value)) {
    let operations = paths.values_mut().filter_map(Value::as_object_mut);
    for operation in operations.flat_map(|item| item.values_mut()) {
        if let Some(responses) = operation["responses"].as_object_mut() {
            responses.values_mut().for_each(&mut change);
        }
    }
}

/// The name of an answer of problems, made of theirs: `BadJsonOrInvalidValue`.
fn name(response: &Value) -> Option<String> {
    let schema = &response["content"]["application/problem+json"]["schema"];
    let types = schema["allOf"][1]["properties"]["type"]["enum"].as_array()?;
    let names = types
        .iter()
        .filter_map(Value::as_str)
        .filter_map(|uri| uri.rsplit('/').next());
    Some(names.map(camel_case).collect::<Vec<_>>().join("Or"))
}

fn camel_case(name: &str) -> String {
    let mut letters = String::new();
    for word in name.split('-') {
        let mut word = word.chars();
        letters.extend(word.next().map(|first| first.to_ascii_uppercase()));
        letters.push_str(word.as_str());
    }
    letters
}
