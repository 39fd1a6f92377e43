//! Makes instances of one component and decides how long they live: Spin's reuse, and this host's time limit.

use super::state::MemoryLimit;
use super::{Clock, Host};
use crate::key_value::{KeyValueFile, KeyValueState};
use crate::manifest::Limits;
use crate::nn::{NnComponent, NnState};
use crate::outbound::OutboundHooks;
use crate::sqlite::SqliteState;
use crate::variables::{Variables, VariablesState};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use wasmtime::component::{GuestTaskId, ResourceTable};
use wasmtime::{Store, StoreContextMut};
use wasmtime_wasi::{FsPerms, WasiCtxBuilder};
use wasmtime_wasi_http::handler::{
    HandlerState, Instance, Proxy, ProxyHandler, ShouldAccept, WorkerExpiration, WorkerState, WorkerStatus,
};
use wasmtime_wasi_http::p3::bindings::ServicePre;
use wasmtime_wasi_http::{WasiHttpCtx, WasiHttpView};

/// Hands requests to instances of one component.
pub type ComponentHandler = ProxyHandler<InstanceFactory>;

/// Everything that instances of one component are made from.
pub struct InstanceFactory {
    /// The component's id.
    pub component: Arc<str>,
    /// The compiled and linked component.
    pub service: ServicePre<Host>,
    /// Memory, time and reuse.
    pub limits: Limits,
    /// Environment of the guest.
    pub environment: Vec<(String, String)>,
    /// Folder that is the guest's `/`.
    pub files: Option<PathBuf>,
    /// The guest's wall clock.
    pub clock: Clock,
    /// The key-value stores and which of them the component may open.
    pub key_value: (KeyValueFile, Arc<HashSet<String>>),
    /// The folder of the databases and which of them the component may open.
    pub sqlite: (Arc<Path>, Arc<HashSet<String>>),
    /// The app's variables.
    pub variables: Arc<Variables>,
    /// The way out: other components and allowed hosts.
    pub outbound: OutboundHooks,
    /// Native inference, when the component uses it.
    pub nn: Option<Arc<NnComponent>>,
}

impl InstanceFactory {
    fn host(&self) -> wasmtime::Result<Host> {
        let mut wasi = WasiCtxBuilder::new();
        wasi.envs(&self.environment).wall_clock(self.clock.clone());
        // Standard output belongs to the host's own machine-readable line.
        wasi.stdout(std::io::stderr()).inherit_stderr();
        if let Some(files) = &self.files {
            wasi.preopened_dir(files, "/", FsPerms::ReadOnly)?;
        }
        Ok(Host {
            table: ResourceTable::new(),
            wasi: wasi.build(),
            http: WasiHttpCtx::new(),
            outbound: self.outbound.clone(),
            memory: MemoryLimit {
                component: self.component.clone(),
                limit: self.limits.memory,
                used: 0,
            },
            key_value: KeyValueState {
                file: self.key_value.0.clone(),
                allowed: self.key_value.1.clone(),
                open: 0,
            },
            sqlite: SqliteState {
                folder: self.sqlite.0.clone(),
                allowed: self.sqlite.1.clone(),
                open: 0,
            },
            variables: VariablesState {
                variables: self.variables.clone(),
                component: self.component.clone(),
            },
            nn: NnState {
                component: self.nn.clone(),
            },
        })
    }
}

impl HandlerState for InstanceFactory {
    type StoreData = Host;
    type WorkerExpiration = Expiration;
    type WorkerState = Lifetime;

    async fn instantiate(&self) -> wasmtime::Result<Instance<Host, Expiration, Lifetime>> {
        let mut store = Store::new(self.service.engine(), self.host()?);
        store.limiter(|host| &mut host.memory);
        // A computing guest steps aside at every tick, so that other requests and the time limit get their turn.
        store.set_epoch_deadline(1);
        store.epoch_deadline_async_yield_and_update(1);
        let proxy = Proxy::P3(self.service.instantiate_async(&mut store).await?);
        Ok(Instance {
            store,
            proxy,
            view: |host| host.http(),
            expiration: Expiration {
                idle: self.limits.idle,
                request_limit: self.limits.request_limit,
                sleep: Box::pin(tokio::time::sleep(self.limits.idle)),
            },
            state: Lifetime {
                component: self.component.clone(),
                limits: self.limits.clone(),
            },
        })
    }
}

/// Ends an instance that has idled, or worked on its last request, for too long.
pub struct Expiration {
    idle: Duration,
    request_limit: Duration,
    sleep: Pin<Box<tokio::time::Sleep>>,
}

impl WorkerExpiration for Expiration {
    fn poll(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        status: WorkerStatus,
        since: Instant,
    ) -> Poll<()> {
        let limit = match status {
            WorkerStatus::Idle => self.idle,
            WorkerStatus::Requests | WorkerStatus::PostReturn => self.request_limit,
        };
        let deadline = tokio::time::Instant::from_std(since + limit);
        if deadline != self.sleep.deadline() {
            self.sleep.as_mut().reset(deadline);
        }
        self.sleep.as_mut().poll(context)
    }
}

/// How many requests an instance takes, and what happens when it ends.
pub struct Lifetime {
    component: Arc<str>,
    limits: Limits,
}

impl WorkerState for Lifetime {
    type StoreData = Host;
    type RequestData = ();

    fn should_accept_request(&self, concurrent: usize, total: usize) -> ShouldAccept {
        if total >= self.limits.reuse_requests {
            ShouldAccept::Never
        } else if concurrent >= self.limits.concurrent_requests {
            ShouldAccept::No
        } else {
            ShouldAccept::Yes
        }
    }

    fn on_request_start(
        &self,
        _store: StoreContextMut<'_, Host>,
        (): (),
        _task: GuestTaskId,
    ) -> Pin<Box<dyn Future<Output = ()> + Send + Sync>> {
        Box::pin(tokio::time::sleep(self.limits.request_limit))
    }

    fn drop(&self, store: Store<Host>, result: wasmtime::Result<()>) {
        if let Err(error) = result {
            tracing::error!(component = %self.component, "instance failed: {error:?}");
        }
        // Linear memory never shrinks: what is used at the end is the most that was used.
        tracing::debug!(component = %self.component, memory_bytes = store.data().memory.used, "instance ended");
        drop(store);
    }
}
