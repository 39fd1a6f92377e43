//! The state of the database's migrations, and changing it where only the app reaches the database.
//!
//! The files are those of this release, mounted as `/migrations`; `flow migrate` does the same from the outside.

use std::path::Path;

use flow_api::{MigrationDownRequest, MigrationView, MigrationsView};
use flow_edge::{Call, Error, Reply, RequestBody, Settings, json, now, read_json, require_operator};
use flow_migrations::{Migration, Status};
use flow_store::SpinDatabase;
use http::StatusCode;
use serde_json::json;

/// Where the manifest mounts the folder.
const FOLDER: &str = "/migrations";

pub async fn list(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    require_operator(settings, call.headers())?;
    show(state().await)
}

/// Applies all that is pending. Nothing is: that is what was wanted.
pub async fn up(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    require_operator(settings, call.headers())?;
    let migrations = files()?;
    let database = SpinDatabase::open().await?;
    for migration in flow_migrations::up(&database, &migrations, now())
        .await
        .map_err(told)?
    {
        call.log.info(
            "a migration was applied",
            json!({ "migration": migration.to_string() }),
        );
    }
    show(flow_migrations::status(&database, &migrations).await)
}

pub async fn down<B>(call: &Call, body: B, settings: &Settings) -> Result<Reply, Error>
where
    B: RequestBody,
{
    require_operator(settings, call.headers())?;
    let MigrationDownRequest { version } = read_json(call, body).await?;
    let migrations = files()?;
    let database = SpinDatabase::open().await?;
    let back = flow_migrations::down(&database, &migrations, version)
        .await
        .map_err(told)?;
    call.log.info(
        "a migration was taken back",
        json!({ "migration": back.to_string() }),
    );
    show(flow_migrations::status(&database, &migrations).await)
}

fn files() -> Result<Vec<Migration>, Error> {
    flow_migrations::read(Path::new(FOLDER)).map_err(told)
}

/// State of every migration of this release.
pub async fn state() -> Result<Vec<Status>, flow_migrations::Error> {
    let migrations = flow_migrations::read(Path::new(FOLDER))?;
    flow_migrations::status(&SpinDatabase::open().await?, &migrations).await
}

fn show(statuses: Result<Vec<Status>, flow_migrations::Error>) -> Result<Reply, Error> {
    let statuses = statuses.map_err(told)?;
    let items = statuses.into_iter().map(|status| MigrationView {
        version: status.migration.version,
        name: status.migration.name,
        applied_at: status.applied_at,
    });
    let view = MigrationsView {
        items: items.collect(),
    };
    json(StatusCode::OK, &view)
}

fn told(error: flow_migrations::Error) -> Error {
    use flow_migrations::Error as E;
    match error {
        E::Database(error) => Error::Storage(error),
        // Only operators come here, and they need the database's words.
        E::Refused(_) | E::Statement { .. } => Error::MigrationsRefused(error.to_string()),
        E::Read { .. } => Error::Internal(error.to_string()),
    }
}
