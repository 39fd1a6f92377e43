//! `GET /api/report` and `GET /api/report.html`: the report as data and as a page to read, print and keep.

use flow_catalog::Feature;
use flow_edge::{Call, Error, Reply, Settings, bytes, enter, json, now, with_header};
use flow_interpretation::Taken;
use flow_report::{Measured, Report, page};
use flow_store::{NewestResult, PastResult};
use http::{
    StatusCode,
    header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY},
};

use crate::stored::assessment;

pub async fn data(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    json(StatusCode::OK, &assemble(call, settings).await?)
}

/// With `?download=1` the browser saves it.
pub async fn document(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    let kind = match call.query("download")? {
        None | Some("0") => "inline",
        Some("1") => "attachment",
        Some(_) => {
            return Err(Error::Invalid {
                field: "download",
                reason: "0 or 1 is expected".into(),
            });
        }
    };
    let report = assemble(call, settings).await?;
    let page = page(&report);
    let reply = bytes(StatusCode::OK, "text/html; charset=utf-8", page.html);
    let reply = with_header(reply, CONTENT_SECURITY_POLICY, page.policy)?;
    let disposition = format!("{kind}; filename=\"flow-logic-report-{}.html\"", report.on);
    with_header(reply, CONTENT_DISPOSITION, &disposition)
}

async fn assemble(call: &Call, settings: &Settings) -> Result<Report, Error> {
    let (store, identity) = enter(call, settings).await?;
    identity.require(Feature::Report)?;
    let newest = store.newest_results(&identity.user).await?;
    let past = store.past_results(&identity.user).await?;
    let newest = newest.iter().map(measured).collect::<Result<Vec<_>, _>>()?;
    let history = past.iter().map(taken).collect::<Result<Vec<_>, _>>()?;
    Ok(Report::new(&newest, &history, identity.tier, now()))
}

fn measured(newest: &NewestResult) -> Result<Measured, Error> {
    Ok(Measured {
        assessment: assessment(&newest.attempt, &newest.assessment)?,
        attempt: Some(newest.attempt.to_string()),
        at: newest.finished_at,
    })
}

fn taken(past: &PastResult) -> Result<Taken, Error> {
    Ok(Taken {
        measures: serde_json::from_str(&past.measures)
            .map_err(|error| Error::Internal(format!("the measures of a result: {error}")))?,
        test: past.test,
        at: past.finished_at,
        confidence: past.confidence,
    })
}
