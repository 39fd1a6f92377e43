//! Code in wasm on the host's engine with nothing but WASI around it.

use anyhow::Result;
use flow::runtime::start_epochs;
use wasmtime::{
    Engine, Store, UpdateDeadline,
    component::{Linker, ResourceTable},
};
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};

/// What a guest has.
pub(crate) struct Guest {
    wasi: WasiCtx,
    table: ResourceTable,
}

impl WasiView for Guest {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView {
            ctx: &mut self.wasi,
            table: &mut self.table,
        }
    }
}

/// Starts the engine's epochs and links WASI.
pub(crate) fn linker(engine: &Engine) -> Result<Linker<Guest>> {
    start_epochs(engine);
    let mut linker = Linker::new(engine);
    wasmtime_wasi::p2::add_to_linker_sync(&mut linker)?;
    Ok(linker)
}

/// A store whose guest is interrupted at every tick, as the app's components are.
pub(crate) fn store(engine: &Engine, wasi: WasiCtx) -> Store<Guest> {
    let table = ResourceTable::new();
    let mut store = Store::new(engine, Guest { wasi, table });
    store.epoch_deadline_callback(|_| Ok(UpdateDeadline::Continue(1)));
    store.set_epoch_deadline(1);
    store
}
