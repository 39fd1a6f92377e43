//! Whether poses can be inferred: the component that scores is asked to run a model.

use std::{
    cell::Cell,
    pin::pin,
    time::{Duration, Instant},
};

use bytes::Bytes;
use futures_util::future::{Either, select};
use http::{Request, StatusCode};
use http_body_util::Empty;
use spin_sdk::{http::send, time::sleep, variables};

/// The host under which the component is called privately, where hosts can do that.
const SERVICE: &str = "pose-score.spin.internal";

/// How long it may take: a cold start, loading a model and running it, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long an instance believes a good answer: health is open to everybody, and running models is not cheap.
const GOOD_FOR: Duration = Duration::from_secs(10);

thread_local! {
    static LAST_GOOD: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Whether a model runs; `None` where components cannot call each other.
pub async fn check() -> Option<Result<(), String>> {
    match variables::get("scoring_service").await {
        Ok(service) if service == SERVICE => {}
        Ok(_) => return None,
        Err(error) => return Some(Err(format!("the variable scoring_service: {error}"))),
    }
    if LAST_GOOD.get().is_some_and(|last| last.elapsed() < GOOD_FOR) {
        return Some(Ok(()));
    }
    let asked = match select(pin!(ask()), pin!(sleep(PATIENCE))).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => Err("the component that scores is silent".to_owned()),
    };
    if asked.is_ok() {
        LAST_GOOD.set(Some(Instant::now()));
    }
    Some(asked)
}

async fn ask() -> Result<(), String> {
    let request = Request::get(format!("http://{SERVICE}/internal/inference"))
        .body(Empty::<Bytes>::new())
        .map_err(|error| error.to_string())?;
    let response = send(request).await.map_err(|error| error.to_string())?;
    match response.status() {
        StatusCode::NO_CONTENT => Ok(()),
        status => Err(format!(
            "the component that scores answers {status}; its log says why"
        )),
    }
}
