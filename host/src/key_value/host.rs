//! `spin:key-value` for guests: which labels a component may open, and the operations off the async threads.

use super::{KeyValueError, KeyValueFile, Store};
use crate::runtime::Host;
use crate::runtime::bindings::key_value::{self as wit, Error};
use crate::runtime::blocking;
use crate::runtime::streams;
use std::collections::HashSet;
use std::sync::Arc;
use wasmtime::component::{Accessor, FutureReader, HasSelf, Resource, StreamReader};

/// Stores one instance may have open, as in Spin.
const MAX_OPEN: usize = 256;

/// What one instance needs for its stores.
#[derive(Clone, Debug)]
pub struct KeyValueState {
    /// The file.
    pub file: KeyValueFile,
    /// Labels the component may open.
    pub allowed: Arc<HashSet<String>>,
    /// How many it has open.
    pub open: usize,
}

/// A store that a guest has opened.
#[derive(Clone, Debug)]
pub struct OpenStore(Store);

impl From<KeyValueError> for Error {
    fn from(error: KeyValueError) -> Self {
        Self::Other(error.to_string())
    }
}

impl wit::Host for Host {}

impl wit::HostStore for Host {
    async fn drop(&mut self, store: Resource<OpenStore>) -> wasmtime::Result<()> {
        self.table.delete(store)?;
        self.key_value.open -= 1;
        Ok(())
    }
}

/// Runs `operation` on the store behind `handle`, off the async threads.
async fn with_store<R: Send + 'static>(
    accessor: &Accessor<Host, HasSelf<Host>>,
    handle: &Resource<OpenStore>,
    operation: impl FnOnce(&Store) -> Result<R, KeyValueError> + Send + 'static,
) -> wasmtime::Result<Result<R, Error>> {
    let OpenStore(store) = accessor.with(|mut access| access.get().table.get(handle).cloned())?;
    blocking(move || operation(&store).map_err(Error::from)).await
}

impl wit::HostStoreWithStore<Host> for HasSelf<Host> {
    async fn open(
        accessor: &Accessor<Host, Self>,
        label: String,
    ) -> wasmtime::Result<Result<Resource<OpenStore>, Error>> {
        accessor.with(|mut access| {
            let host = access.get();
            if !host.key_value.allowed.contains(&label) {
                return Ok(Err(Error::AccessDenied));
            }
            if host.key_value.open >= MAX_OPEN {
                return Ok(Err(Error::StoreTableFull));
            }
            host.key_value.open += 1;
            Ok(Ok(host
                .table
                .push(OpenStore(host.key_value.file.store(&label)))?))
        })
    }

    async fn get(
        accessor: &Accessor<Host, Self>,
        store: Resource<OpenStore>,
        key: String,
    ) -> wasmtime::Result<Result<Option<Vec<u8>>, Error>> {
        with_store(accessor, &store, move |store| store.get(&key)).await
    }

    async fn set(
        accessor: &Accessor<Host, Self>,
        store: Resource<OpenStore>,
        key: String,
        value: Vec<u8>,
    ) -> wasmtime::Result<Result<(), Error>> {
        with_store(accessor, &store, move |store| store.set(&key, &value)).await
    }

    async fn delete(
        accessor: &Accessor<Host, Self>,
        store: Resource<OpenStore>,
        key: String,
    ) -> wasmtime::Result<Result<(), Error>> {
        with_store(accessor, &store, move |store| store.delete(&key)).await
    }

    async fn exists(
        accessor: &Accessor<Host, Self>,
        store: Resource<OpenStore>,
        key: String,
    ) -> wasmtime::Result<Result<bool, Error>> {
        with_store(accessor, &store, move |store| store.exists(&key)).await
    }

    async fn get_keys(
        accessor: &Accessor<Host, Self>,
        store: Resource<OpenStore>,
    ) -> wasmtime::Result<(StreamReader<String>, FutureReader<Result<(), Error>>)> {
        let (keys, result) = match with_store(accessor, &store, Store::keys).await? {
            Ok(keys) => (keys, Ok(())),
            Err(error) => (Vec::new(), Err(error)),
        };
        accessor.with(|mut access| {
            Ok((
                StreamReader::new(&mut access, keys)?,
                streams::ready(&mut access, result)?,
            ))
        })
    }
}
