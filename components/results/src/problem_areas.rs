//! `GET /api/problem-areas`: what the newest result of each test means together.

use flow_edge::{Call, Error, Reply, Settings, enter, json, rfc3339};
use flow_interpretation::{Interpretation, interpret, trail};
use flow_store::{AttemptId, NewestResult};
use http::StatusCode;
use serde::Serialize;

use crate::stored::assessment;

/// Problem areas with what they rest on.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct View {
    #[serde(flatten)]
    interpretation: Interpretation,
    /// The results it was made from, oldest first.
    results: Vec<Source>,
    /// The same in words.
    explanation: String,
}

/// A result that counted.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Source {
    attempt: AttemptId,
    finished_at: String,
}

pub async fn show(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    let (store, identity) = enter(call, settings).await?;
    let newest = store.newest_results(&identity.user).await?;
    let assessments = newest
        .iter()
        .map(|result| assessment(&result.attempt, &result.assessment))
        .collect::<Result<Vec<_>, _>>()?;
    let results: Vec<_> = assessments
        .iter()
        .filter_map(|assessment| Some((assessment.test, assessment.result.as_ref()?)))
        .collect();
    let interpretation = interpret(&results);
    let view = View {
        explanation: trail(&interpretation),
        interpretation,
        results: newest.into_iter().map(Source::from).collect(),
    };
    json(StatusCode::OK, &view)
}

impl From<NewestResult> for Source {
    fn from(newest: NewestResult) -> Self {
        Self {
            attempt: newest.attempt,
            finished_at: rfc3339(newest.finished_at),
        }
    }
}
