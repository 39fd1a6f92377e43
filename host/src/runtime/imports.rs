//! Which interfaces a component asks for, checked against what this host has, before anything runs.

use wasmtime::Engine;
use wasmtime::component::Component;

/// The package of the inference interfaces.
pub const NEURAL_PACKAGE: &str = "wasi:nn";

/// Package and version prefix of every interface that the linker has.
const IMPLEMENTED: [(&str, &str); 13] = [
    ("wasi:cli", "0.2."),
    ("wasi:cli", "0.3."),
    ("wasi:clocks", "0.2."),
    ("wasi:clocks", "0.3."),
    ("wasi:filesystem", "0.2."),
    ("wasi:filesystem", "0.3."),
    ("wasi:random", "0.2."),
    ("wasi:random", "0.3."),
    ("wasi:io", "0.2."),
    ("wasi:http", "0.3."),
    ("spin:key-value", "3."),
    ("spin:sqlite", "3."),
    ("spin:variables", "3."),
];

/// Checks every import of `component` against what this host implements; `neural` says whether `wasi:nn` is linked.
///
/// # Errors
/// The interfaces that nobody here provides.
pub fn check_imports(engine: &Engine, component: &Component, neural: bool) -> Result<(), Vec<String>> {
    let missing: Vec<String> = component
        .component_type()
        .imports(engine)
        .map(|(name, _)| name)
        .filter(|name| !implemented(name, neural))
        .map(ToOwned::to_owned)
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(missing) }
}

/// Whether `component` asks for inference.
#[must_use]
pub fn imports_neural(engine: &Engine, component: &Component) -> bool {
    component
        .component_type()
        .imports(engine)
        .any(|(name, _)| package(name) == NEURAL_PACKAGE)
}

fn package(import: &str) -> &str {
    import.split_once('/').map_or(import, |(package, _)| package)
}

fn implemented(import: &str, neural: bool) -> bool {
    let (interface, version) = import.split_once('@').unwrap_or((import, ""));
    let package = package(interface);
    // Sockets refuse everything, but Rust's standard library names them.
    let sockets = package == "wasi:sockets" && (version.starts_with("0.2.") || version.starts_with("0.3."));
    sockets
        || (neural && package == NEURAL_PACKAGE && version == "0.2.0-rc-2024-10-28")
        || IMPLEMENTED
            .iter()
            .any(|(known, known_version)| *known == package && version.starts_with(known_version))
}
