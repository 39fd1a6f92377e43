//! `spin:sqlite` for guests: which databases a component may open, and the statements off the async threads.

use super::{Connection, database_path};
use crate::runtime::Host;
use crate::runtime::bindings::sqlite::{self as wit, Error, QueryResult, RowResult, Value};
use crate::runtime::{blocking, streams};
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use wasmtime::component::{Accessor, FutureReader, HasSelf, Resource, StreamReader};

/// Connections one instance may have open, as in Spin.
const MAX_OPEN: usize = 256;

/// What one instance needs for its databases.
#[derive(Clone, Debug)]
pub struct SqliteState {
    /// Folder of the database files.
    pub folder: Arc<Path>,
    /// Labels the component may open.
    pub allowed: Arc<HashSet<String>>,
    /// How many connections it has open.
    pub open: usize,
}

/// A connection that a guest has opened.
#[derive(Clone, Debug)]
pub struct OpenConnection(Connection);

/// What an `execute-async` answers: columns, rows as they come, how it ended.
type Answer = (
    Vec<String>,
    StreamReader<RowResult>,
    FutureReader<Result<(), Error>>,
);

impl Host {
    /// Claims a place for one more connection; the path to open, or why not.
    fn claim_connection(&mut self, database: &str) -> Result<std::path::PathBuf, Error> {
        if !self.sqlite.allowed.contains(database) {
            return Err(Error::AccessDenied);
        }
        if self.sqlite.open >= MAX_OPEN {
            return Err(Error::Io("too many connections opened".to_owned()));
        }
        self.sqlite.open += 1;
        Ok(database_path(&self.sqlite.folder, database))
    }

    fn store_connection(
        &mut self,
        opened: Result<Connection, Error>,
    ) -> wasmtime::Result<Result<Resource<OpenConnection>, Error>> {
        match opened {
            Ok(connection) => Ok(Ok(self.table.push(OpenConnection(connection))?)),
            Err(error) => {
                self.sqlite.open -= 1;
                Ok(Err(error))
            }
        }
    }

    fn connection(&self, handle: &Resource<OpenConnection>) -> wasmtime::Result<Connection> {
        let OpenConnection(connection) = self.table.get(handle)?;
        Ok(connection.clone())
    }
}

async fn open(path: std::path::PathBuf) -> wasmtime::Result<Result<Connection, Error>> {
    blocking(move || Connection::open(&path).map_err(|error| Error::Io(error.to_string()))).await
}

impl wit::Host for Host {}

impl wit::HostConnection for Host {
    async fn open(&mut self, database: String) -> wasmtime::Result<Result<Resource<OpenConnection>, Error>> {
        match self.claim_connection(&database) {
            Ok(path) => {
                let opened = open(path).await?;
                self.store_connection(opened)
            }
            Err(error) => Ok(Err(error)),
        }
    }

    async fn execute(
        &mut self,
        handle: Resource<OpenConnection>,
        statement: String,
        parameters: Vec<Value>,
    ) -> wasmtime::Result<Result<QueryResult, Error>> {
        let connection = self.connection(&handle)?;
        if let Some(result) = connection.glance(&statement, &parameters) {
            return Ok(Ok(result));
        }
        blocking(move || connection.execute(&statement, parameters).map_err(Error::Io)).await
    }

    async fn last_insert_rowid(&mut self, handle: Resource<OpenConnection>) -> wasmtime::Result<i64> {
        let connection = self.connection(&handle)?;
        blocking(move || connection.last_insert_rowid()).await
    }

    async fn changes(&mut self, handle: Resource<OpenConnection>) -> wasmtime::Result<u64> {
        let connection = self.connection(&handle)?;
        blocking(move || connection.changes()).await
    }

    async fn drop(&mut self, handle: Resource<OpenConnection>) -> wasmtime::Result<()> {
        self.table.delete(handle)?;
        self.sqlite.open -= 1;
        Ok(())
    }
}

impl wit::HostConnectionWithStore<Host> for HasSelf<Host> {
    async fn open_async(
        accessor: &Accessor<Host, Self>,
        database: String,
    ) -> wasmtime::Result<Result<Resource<OpenConnection>, Error>> {
        match accessor.with(|mut access| access.get().claim_connection(&database)) {
            Ok(path) => {
                let opened = open(path).await?;
                accessor.with(|mut access| access.get().store_connection(opened))
            }
            Err(error) => Ok(Err(error)),
        }
    }

    async fn execute_async(
        accessor: &Accessor<Host, Self>,
        handle: Resource<OpenConnection>,
        statement: String,
        parameters: Vec<Value>,
    ) -> wasmtime::Result<Result<Answer, Error>> {
        let connection = accessor.with(|mut access| access.get().connection(&handle))?;
        if let Some(QueryResult { columns, rows }) = connection.glance(&statement, &parameters) {
            return accessor.with(|mut access| {
                let rows = StreamReader::new(&mut access, rows)?;
                let end = streams::ready(&mut access, Ok(()))?;
                Ok(Ok((columns, rows, end)))
            });
        }
        let running = connection.stream(statement, parameters);
        let Ok(columns) = running.columns.await else {
            return Ok(Err(Error::Io("the statement's thread ended early".to_owned())));
        };
        let end = async move {
            match running.end.await {
                Ok(result) => wasmtime::error::Ok(result.map_err(Error::Io)),
                Err(_) => Ok(Err(Error::Io("the statement's thread ended early".to_owned()))),
            }
        };
        accessor.with(|mut access| {
            let rows = StreamReader::new(&mut access, streams::from_channel(running.rows))?;
            let end = FutureReader::new(&mut access, end)?;
            Ok(Ok((columns, rows, end)))
        })
    }

    async fn last_insert_rowid_async(
        accessor: &Accessor<Host, Self>,
        handle: Resource<OpenConnection>,
    ) -> wasmtime::Result<i64> {
        let connection = accessor.with(|mut access| access.get().connection(&handle))?;
        blocking(move || connection.last_insert_rowid()).await
    }

    async fn changes_async(
        accessor: &Accessor<Host, Self>,
        handle: Resource<OpenConnection>,
    ) -> wasmtime::Result<u64> {
        let connection = accessor.with(|mut access| access.get().connection(&handle))?;
        blocking(move || connection.changes()).await
    }
}
