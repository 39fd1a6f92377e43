//! The document is that of this release, and what every operation must have.

use std::collections::BTreeSet;

use flow_api::{Access, OPENAPI, Operation, PATHS, ProblemType, document, operations};
use serde_json::Value;

#[test]
fn the_committed_document_is_the_one_that_the_types_make() {
    let committed: Value = serde_json::from_str(OPENAPI).unwrap();
    let made = document();
    assert!(
        committed == made,
        "crates/api/openapi.json is stale: run `cargo xtask openapi` and read what changed"
    );
}

#[test]
fn the_list_of_addresses_is_that_of_all_operations() {
    let addresses: BTreeSet<_> = operations().map(|operation| operation.path).collect();
    assert!(
        addresses.iter().copied().eq(PATHS),
        "crates/api/src/paths.rs has {PATHS:#?}, operations have {addresses:#?}"
    );
}

#[test]
fn every_operation_has_a_name_an_address_and_words_of_its_own() {
    let (mut names, mut addresses) = (BTreeSet::new(), BTreeSet::new());
    for operation in operations() {
        let id = operation.id;
        assert!(names.insert(id), "{id} twice");
        assert!(
            addresses.insert((operation.path, operation.method.name())),
            "{id} shares its address"
        );
        let camel_case = id.starts_with(|letter: char| letter.is_ascii_lowercase())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        assert!(camel_case, "{id}");
        let summary = operation.summary;
        assert!(!summary.is_empty() && !summary.ends_with('.'), "{id}: {summary}");
        assert!(
            !operation.component.is_empty() && !operation.answers.is_empty(),
            "{id}"
        );
        assert!(
            operation.feature.is_none() || operation.access == Access::Account,
            "{id}: a feature is an account's"
        );
        let braces = operation.path.matches('{').count();
        let given = operation
            .parameters
            .iter()
            .filter(|parameter| operation.path.contains(&format!("{{{}}}", parameter.name)));
        assert_eq!(given.count(), braces, "{id}: parameters of the path");
    }
}

#[test]
fn every_problem_is_an_operations_but_the_one_of_methods_that_are_none() {
    let answered: BTreeSet<ProblemType> = operations().flat_map(Operation::problems).collect();
    for kind in ProblemType::ALL {
        assert_eq!(
            answered.contains(kind),
            *kind != ProblemType::MethodNotAllowed,
            "{kind:?}"
        );
    }
}

#[test]
fn schemas_have_names_of_their_own_and_every_reference_leads_to_one() {
    let document = document();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for name in schemas.keys() {
        assert!(
            !name.ends_with(|last: char| last.is_ascii_digit()),
            "{name}: two types share a name; give one `schemars(rename)`"
        );
    }
    let mut references = Vec::new();
    collect_references(&document, &mut references);
    for reference in &references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
    for name in schemas.keys() {
        let reference = format!("#/components/schemas/{name}");
        assert!(references.contains(&reference), "nothing uses {name}");
    }
}

fn collect_references(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            if let Some(Value::String(reference)) = object.get("$ref") {
                into.push(reference.clone());
            }
            object.values().for_each(|inner| collect_references(inner, into));
        }
        Value::Array(items) => items.iter().for_each(|inner| collect_references(inner, into)),
        _ => {}
    }
}

#[test]
fn requests_say_that_nothing_else_may_be_in_them() {
    let document = document();
    for operation in operations().filter(|operation| operation.body.is_some_and(|body| body.is_json())) {
        let method = operation.method.name().to_ascii_lowercase();
        let body = &document["paths"][operation.path][method]["requestBody"]["content"];
        let reference = body["application/json"]["schema"]["$ref"].as_str().unwrap();
        let schema = document.pointer(&reference[1..]).unwrap();
        assert_eq!(schema["additionalProperties"], false, "{}", operation.id);
    }
}
