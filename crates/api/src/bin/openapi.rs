//! Writes the OpenAPI document to `crates/api/openapi.json`; `cargo xtask openapi` runs it.

use std::{fs, io, path::Path};

fn main() -> io::Result<()> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    let text = serde_json::to_string_pretty(&flow_api::document())?;
    fs::write(file, text + "\n")
}
