//! Links every interface that this host implements.

use super::Host;
use super::bindings::{key_value, nn, sqlite, variables};
use wasmtime::Engine;
use wasmtime::component::{HasSelf, Linker};

/// A linker with WASI 0.2 and 0.3, `wasi:http@0.3`, Spin's interfaces, and `wasi:nn` when `neural`.
///
/// Sockets are linked because Rust's standard library names them, and refuse every address.
pub fn new_linker(engine: &Engine, neural: bool) -> wasmtime::Result<Linker<Host>> {
    let mut linker = Linker::new(engine);
    wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
    wasmtime_wasi::p3::add_to_linker(&mut linker)?;
    wasmtime_wasi_http::p3::add_to_linker(&mut linker)?;
    key_value::add_to_linker::<_, HasSelf<Host>>(&mut linker, |host| host)?;
    sqlite::add_to_linker::<_, HasSelf<Host>>(&mut linker, |host| host)?;
    variables::add_to_linker::<_, HasSelf<Host>>(&mut linker, |host| host)?;
    if neural {
        nn::tensor::add_to_linker::<_, HasSelf<Host>>(&mut linker, |host| host)?;
        nn::errors::add_to_linker::<_, HasSelf<Host>>(&mut linker, |host| host)?;
        nn::inference::add_to_linker::<_, HasSelf<Host>>(&mut linker, |host| host)?;
        nn::graph::add_to_linker::<_, HasSelf<Host>>(&mut linker, |host| host)?;
    }
    Ok(linker)
}
