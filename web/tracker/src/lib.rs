//! The pose pipeline in the browser, so that people see how they stand in the picture before they record. No result comes from
//! here: recordings are scored by the server.
#![cfg(target_arch = "wasm32")]

mod bindings;
mod picture;
mod tracker;

/// The component.
struct Component;
