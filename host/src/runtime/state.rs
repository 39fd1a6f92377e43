//! What the host keeps for one instance: the data of its store.

use crate::key_value::KeyValueState;
use crate::nn::NnState;
use crate::outbound::OutboundHooks;
use crate::sqlite::SqliteState;
use crate::variables::VariablesState;
use wasmtime::ResourceLimiter;
use wasmtime::component::ResourceTable;
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};
use wasmtime_wasi_http::{WasiHttpCtx, WasiHttpCtxView, WasiHttpView};

/// State of one instance.
pub struct Host {
    pub(crate) table: ResourceTable,
    pub(crate) wasi: WasiCtx,
    pub(crate) http: WasiHttpCtx,
    pub(crate) outbound: OutboundHooks,
    pub(crate) memory: MemoryLimit,
    pub(crate) key_value: KeyValueState,
    pub(crate) sqlite: SqliteState,
    pub(crate) variables: VariablesState,
    pub(crate) nn: NnState,
}

impl WasiView for Host {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView {
            ctx: &mut self.wasi,
            table: &mut self.table,
        }
    }
}

impl WasiHttpView for Host {
    fn http(&mut self) -> WasiHttpCtxView<'_> {
        WasiHttpCtxView {
            hooks: &mut self.outbound,
            table: &mut self.table,
            ctx: &mut self.http,
        }
    }
}

/// Caps the linear memory of one instance, all of its parts together.
#[derive(Debug)]
pub(crate) struct MemoryLimit {
    pub(crate) component: std::sync::Arc<str>,
    pub(crate) limit: usize,
    pub(crate) used: usize,
}

impl ResourceLimiter for MemoryLimit {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        let used = self.used.saturating_sub(current).saturating_add(desired);
        if used > self.limit {
            tracing::warn!(component = %self.component, used, limit = self.limit, "memory limit reached");
            return Ok(false);
        }
        self.used = used;
        Ok(true)
    }

    fn table_growing(
        &mut self,
        _current: usize,
        _desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        Ok(true)
    }
}
