//! `GET /api/problem-areas`: what the newest result of each test means together.

use flow_api::rfc3339;
use flow_edge::{Call, Error, Reply, Settings, enter, json};
use flow_report::{ProblemAreas, ResultSource};
use flow_store::NewestResult;
use http::StatusCode;

use crate::stored::assessment;

pub async fn show(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    let (store, identity) = enter(call, settings).await?;
    let newest = store.newest_results(&identity.user).await?;
    let assessments = newest
        .iter()
        .map(|result| assessment(&result.attempt, &result.assessment))
        .collect::<Result<Vec<_>, _>>()?;
    let sources = newest.iter().map(source).collect();
    json(StatusCode::OK, &ProblemAreas::new(&assessments, sources))
}

fn source(newest: &NewestResult) -> ResultSource {
    ResultSource {
        attempt: newest.attempt.to_string(),
        finished_at: rfc3339(newest.finished_at),
    }
}
