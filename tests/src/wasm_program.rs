//! A program in wasm on the host's engine, with nothing but its output: what code costs in wasm.

use std::path::Path;

use anyhow::{Result, anyhow};
use flow::runtime::new_engine;
use wasmtime::component::Component;
use wasmtime_wasi::{
    WasiCtx,
    p2::{bindings::sync::Command, pipe::MemoryOutputPipe},
};

use crate::guest::{linker, store};

/// What a program may print, in bytes.
const OUTPUT: usize = 1 << 20;

/// Runs the command in the file `program` and returns what it printed.
pub fn run_wasm(program: &Path) -> Result<String> {
    let engine = new_engine()?;
    let linker = linker(&engine)?;
    let component = Component::from_file(&engine, program)?;
    let output = MemoryOutputPipe::new(OUTPUT);
    let wasi = WasiCtx::builder().stdout(output.clone()).inherit_stderr().build();
    let mut store = store(&engine, wasi);
    let command = Command::instantiate(&mut store, &component, &linker)?;
    command
        .wasi_cli_run()
        .call_run(&mut store)?
        .map_err(|()| anyhow!("{} failed", program.display()))?;
    Ok(String::from_utf8(output.contents().to_vec())?)
}
