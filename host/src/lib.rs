//! The embedded host: runs the components of `spin.toml` with wasmtime, natively infers poses, and scores videos on the command line.
//!
//! It is a host for this app on one machine and in tests, not a second Spin: what components of this app do not import is not
//! here, and where it behaves differently from Spin 4.1 that is a mistake, unless the module's doc says why.

pub mod cli;
pub mod doctor;
mod hex;
pub mod http;
pub mod key_value;
pub mod manifest;
pub mod migrate;
pub mod nn;
pub mod outbound;
pub mod router;
pub mod runtime;
pub mod score;
pub mod sqlite;
pub mod up;
pub mod variables;
