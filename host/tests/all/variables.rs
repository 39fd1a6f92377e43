//! Variables: which source wins, what components see, what is missing.

use crate::{app, manifest_with};
use flow::variables::{Template, VariableError, Variables};
use std::collections::BTreeMap;

const MANIFEST: &str = r#"variables = { url = "https://{{ host }}/{{path}}", host = "{{ host }}" }
[variables]
host = { default = "example.com" }
path = { required = true }"#;

fn given(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[test]
fn the_command_line_beats_the_environment_beats_the_default() {
    let app = app(&manifest_with(MANIFEST));
    let environment = |key: &str| match key {
        "SPIN_VARIABLE_HOST" => Some("env.example".to_owned()),
        "SPIN_VARIABLE_PATH" => Some("env".to_owned()),
        _ => None,
    };
    let resolve = |pairs: &[(&str, &str)], with_environment: bool| {
        Variables::resolve(&app, &given(pairs), |key| {
            if with_environment { environment(key) } else { None }
        })
        .expect("resolved")
        .get("site", "url")
        .expect("the variable")
    };
    assert_eq!(resolve(&[("path", "p")], false), "https://example.com/p");
    assert_eq!(resolve(&[], true), "https://env.example/env");
    assert_eq!(
        resolve(&[("host", "cli.example")], true),
        "https://cli.example/env"
    );
}

#[test]
fn a_required_variable_without_a_value_is_named_with_both_ways_to_set_it() {
    let errors = Variables::resolve(&app(&manifest_with(MANIFEST)), &given(&[]), |_| None)
        .expect_err("path is missing");
    assert_eq!(errors.len(), 1);
    assert!(
        errors[0].contains("SPIN_VARIABLE_PATH") && errors[0].contains("--variable path="),
        "{errors:?}"
    );
}

#[test]
fn a_component_gets_only_its_own_variables() {
    let variables = Variables::resolve(&app(&manifest_with(MANIFEST)), &given(&[("path", "p")]), |_| None)
        .expect("resolved");
    assert!(matches!(
        variables.get("site", "path"),
        Err(VariableError::Undefined(_))
    ));
    assert!(matches!(
        variables.get("other", "url"),
        Err(VariableError::Undefined(_))
    ));
    for name in ["", "Url", "a__b", "a_", "1a", "a-b"] {
        assert!(
            matches!(variables.get("site", name), Err(VariableError::InvalidName(_))),
            "{name}"
        );
    }
}

#[test]
fn a_template_that_names_no_variable_of_the_app_is_an_error() {
    let text = manifest_with("variables = { x = \"{{ gone }}\" }");
    let errors = Variables::resolve(&app(&text), &given(&[]), |_| None).expect_err("unknown variable");
    assert!(errors[0].contains("gone"), "{errors:?}");
}

#[test]
fn templates() {
    let values = given(&[("a", "1"), ("b", "{{ a }}")]);
    let expand = |text: &str| Template::parse(text).and_then(|template| template.expand(&values));
    assert_eq!(expand(""), Ok(String::new()));
    assert_eq!(expand("x{{a}}y{{ b }}"), Ok("x1y{{ a }}".to_owned()));
    assert_eq!(expand("}} { a }"), Ok("}} { a }".to_owned()));
    assert!(expand("{{ a").is_err());
    assert!(expand("{{ c }}").is_err());
    assert!(Template::parse("plain").expect("good").is_literal());
}
