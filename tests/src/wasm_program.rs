//! A program in wasm on the host's engine, with nothing but its output: what code costs in wasm.

use std::path::Path;

use anyhow::{Result, anyhow};
use flow::runtime::{new_engine, start_epochs};
use wasmtime::{
    Store, UpdateDeadline,
    component::{Component, Linker, ResourceTable},
};
use wasmtime_wasi::{
    WasiCtx, WasiCtxView, WasiView,
    p2::{bindings::sync::Command, pipe::MemoryOutputPipe},
};

/// What a program may print, in bytes.
const OUTPUT: usize = 1 << 20;

struct State {
    wasi: WasiCtx,
    table: ResourceTable,
}

impl WasiView for State {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView {
            ctx: &mut self.wasi,
            table: &mut self.table,
        }
    }
}

/// Runs the command in the file `program` and returns what it printed. It is interrupted at every tick, as the app's
/// components are.
pub fn run_wasm(program: &Path) -> Result<String> {
    let engine = new_engine()?;
    start_epochs(&engine);
    let component = Component::from_file(&engine, program)?;
    let mut linker = Linker::new(&engine);
    wasmtime_wasi::p2::add_to_linker_sync(&mut linker)?;
    let output = MemoryOutputPipe::new(OUTPUT);
    let wasi = WasiCtx::builder().stdout(output.clone()).inherit_stderr().build();
    let table = ResourceTable::new();
    let mut store = Store::new(&engine, State { wasi, table });
    store.epoch_deadline_callback(|_| Ok(UpdateDeadline::Continue(1)));
    store.set_epoch_deadline(1);
    let command = Command::instantiate(&mut store, &component, &linker)?;
    command
        .wasi_cli_run()
        .call_run(&mut store)?
        .map_err(|()| anyhow!("{} failed", program.display()))?;
    Ok(String::from_utf8(output.contents().to_vec())?)
}
