//! Tests of the host through its library and its binary. One program, because linking the runtime is the slow part.

#![expect(
    clippy::expect_used,
    reason = "a test stops where something unexpected happens"
)]

mod allowed_hosts;
mod commands;
mod glances;
mod key_value;
mod manifest;
mod migrations;
mod routing;
mod serving;
mod sqlite;
mod variables;

use std::path::Path;

/// A minimal manifest with `extra` appended.
fn manifest_with(extra: &str) -> String {
    format!(
        r#"spin_manifest_version = 2
[application]
name = "test"
[[trigger.http]]
route = "/..."
component = "site"
[component.site]
source = "site.wasm"
{extra}"#
    )
}

/// Parses a manifest that must be good.
fn app(text: &str) -> flow::manifest::App {
    flow::manifest::parse(text, Path::new("/app/spin.toml")).expect("the manifest is good")
}
