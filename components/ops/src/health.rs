//! `GET /health`: whether what the product stands on is there.

use flow_api::{Health, HealthChecks, Verdict, rfc3339};
use flow_edge::{Call, Error, Reply, Settings, json, now};
use flow_migrations::Refused;
use flow_pose::Model;
use flow_store::{Blobs as _, SpinBlobs, SpinDatabase, Store};
use http::StatusCode;
use serde_json::json;

use crate::{inference, migrations::state};

/// Answers 200 when nothing fails, else 503. What exactly failed is logged, not told.
pub async fn health(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    let verdict = |name: &str, outcome: Result<(), String>| match outcome {
        Ok(()) => Verdict::Ok,
        Err(reason) => {
            call.log.error(
                "a check of health fails",
                json!({ "check": name, "reason": reason }),
            );
            Verdict::Failing
        }
    };
    let checks = HealthChecks {
        database: verdict("database", database().await),
        migrations: verdict("migrations", migrations().await),
        key_value_store: verdict("key-value store", key_value_store().await),
        models: verdict("models", models()),
        inference: inference::check()
            .await
            .map_or(Verdict::NotChecked, |outcome| verdict("inference", outcome)),
        accounts: verdict("accounts", accounts(settings)),
        stripe: settings
            .billing
            .check()
            .map_or(Verdict::NotConfigured, |outcome| verdict("stripe", outcome)),
    };
    let status = checks.together();
    let health = Health {
        status,
        version: env!("CARGO_PKG_VERSION"),
        environment: settings.environment.name().to_owned(),
        timestamp: rfc3339(now()),
        checks,
    };
    let code = if status == Verdict::Ok {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    json(code, &health)
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

async fn key_value_store() -> Result<(), String> {
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
