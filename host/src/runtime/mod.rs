//! The wasm side: engine, what an instance sees of the host, compiled components, and composing dependencies in.

pub mod bindings;
mod cache;
mod clock;
mod compose;
mod engine;
mod imports;
mod instance;
mod linker;
mod state;
pub(crate) mod streams;

pub use cache::{CacheUse, CompileCache};
pub use clock::{Clock, ClockSource};
pub use compose::{ComposeError, Provider, compose};
pub use engine::{EPOCH_TICK, new_engine, start_epochs};
pub use imports::{NEURAL_PACKAGE, check_imports, imports_neural};
pub use instance::{ComponentHandler, InstanceFactory};
pub use linker::new_linker;
pub use state::Host;

/// Runs blocking work (SQLite, inference) off the async threads.
pub(crate) async fn blocking<R: Send + 'static>(
    work: impl FnOnce() -> R + Send + 'static,
) -> wasmtime::Result<R> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| wasmtime::format_err!("a host operation did not finish: {error}"))
}
