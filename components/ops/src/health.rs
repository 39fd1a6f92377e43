//! `GET /health`: whether what the product stands on is there.

use flow_edge::{Error, Reply, Settings, json, now, rfc3339};
use flow_migrations::Refused;
use flow_pose::Model;
use flow_store::{Blobs as _, SpinBlobs, SpinDatabase, Store};
use http::StatusCode;
use serde::Serialize;

use crate::migrations::state;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Health {
    status: &'static str,
    version: &'static str,
    environment: String,
    timestamp: String,
    checks: Checks,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Checks {
    database: &'static str,
    migrations: &'static str,
    video_store: &'static str,
    models: &'static str,
    accounts: &'static str,
}

/// Answers 200 when all is well, else 503. What exactly failed is logged, not told.
pub async fn health(settings: &Settings) -> Result<Reply, Error> {
    let checks = Checks {
        database: verdict("database", database().await),
        migrations: verdict("migrations", migrations().await),
        video_store: verdict("video store", video_store().await),
        models: verdict("models", models()),
        accounts: verdict("accounts", accounts(settings)),
    };
    let all = [
        checks.database,
        checks.migrations,
        checks.video_store,
        checks.models,
        checks.accounts,
    ];
    let well = all == ["ok"; 5];
    let health = Health {
        status: if well { "ok" } else { "failing" },
        version: env!("CARGO_PKG_VERSION"),
        environment: settings.environment.name().to_owned(),
        timestamp: rfc3339(now()),
        checks,
    };
    json(
        if well {
            StatusCode::OK
        } else {
            StatusCode::SERVICE_UNAVAILABLE
        },
        &health,
    )
}

fn verdict(name: &str, outcome: Result<(), String>) -> &'static str {
    match outcome {
        Ok(()) => "ok",
        Err(reason) => {
            eprintln!("error health check={name} {reason}");
            "failing"
        }
    }
}

/// Whether everything is set that accounts need.
fn accounts(settings: &Settings) -> Result<(), String> {
    let mails_are_sent = !settings.environment.is_development();
    settings
        .accounts
        .check(mails_are_sent)
        .map_err(|error| error.to_string())
}

async fn database() -> Result<(), String> {
    let database = SpinDatabase::open().await.map_err(|error| error.to_string())?;
    Store::new(database)
        .check()
        .await
        .map_err(|error| error.to_string())
}

/// Whether the database has all that this release needs. It may have more.
async fn migrations() -> Result<(), String> {
    match state().await {
        Ok(statuses) => match statuses.iter().find(|status| status.applied_at.is_none()) {
            None => Ok(()),
            Some(status) => Err(format!("{} is not applied", status.migration)),
        },
        Err(flow_migrations::Error::Refused(Refused::Newer(_))) => Ok(()),
        Err(error) => Err(error.to_string()),
    }
}

async fn video_store() -> Result<(), String> {
    let blobs = SpinBlobs::open().await.map_err(|error| error.to_string())?;
    blobs
        .exists("health")
        .await
        .map(drop)
        .map_err(|error| error.to_string())
}

/// The models that scoring needs, as mounted for this component.
fn models() -> Result<(), String> {
    for model in [Model::PoseDetection, Model::PoseLandmarkFull, Model::FaceLandmark] {
        let path = format!("/models/{}.onnx", model.name());
        let file = std::fs::metadata(&path).map_err(|error| format!("{path}: {error}"))?;
        if file.len() == 0 {
            return Err(format!("{path} is empty"));
        }
    }
    Ok(())
}
