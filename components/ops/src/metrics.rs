//! `GET /metrics`: what all instances counted and how things stand, as Prometheus' text format 0.0.4.
//!
//! Operators only: the figures tell how many people there are and what fails.

use std::{cmp::Ordering, fmt::Write as _};

use bytes::Bytes;
use flow_edge::{Call, Error, Reply, Settings, bytes, now, require_operator};
use flow_store::{Figure, SpinDatabase, Store};
use http::StatusCode;

/// Series by name, with their types and what they tell. In the order of the answer.
const SERIES: [(&str, &str, &str); 17] = [
    ("flow_build_info", "gauge", "1, with the version that answers."),
    (
        "flow_http_requests_total",
        "counter",
        "Answers by route, method and status.",
    ),
    (
        "flow_http_request_duration_seconds",
        "histogram",
        "Time from a request's head to its answer's.",
    ),
    (
        "flow_problems_total",
        "counter",
        "Answers that are problem documents, by the problem's name.",
    ),
    (
        "flow_events_total",
        "counter",
        "Events of the audit log, attempts created, and accounts with their first result.",
    ),
    (
        "flow_business_events_total",
        "counter",
        "UserRegistration, TestCompleted: what the business counts.",
    ),
    (
        "flow_scoring_runs_total",
        "counter",
        "Runs over a video, by how they came out.",
    ),
    (
        "flow_scored_frames_total",
        "counter",
        "Frames that scored runs observed.",
    ),
    (
        "flow_scoring_seconds_total",
        "counter",
        "Where the time of scored runs went, by step.",
    ),
    (
        "flow_compute_seconds_total",
        "counter",
        "Time that instances computed for scoring.",
    ),
    (
        "flow_attempts_waiting",
        "gauge",
        "Attempts with a video that are not final, by state.",
    ),
    (
        "flow_dead_letters",
        "gauge",
        "Attempts that failed by a fault of ours and were not replayed.",
    ),
    ("flow_bans", "gauge", "Bans that hold, by level."),
    ("flow_mails_waiting", "gauge", "Mails in the outbox."),
    ("flow_accounts", "gauge", "Accounts."),
    ("flow_breaker_open", "gauge", "1 while submissions are throttled."),
    (
        "flow_compute_dollars",
        "gauge",
        "What the last hour's computing cost, in US dollars.",
    ),
];

/// What the business calls an event.
const BUSINESS_EVENTS: [(&str, &str); 2] = [
    ("account.registered", "UserRegistration"),
    ("assessment.completed", "TestCompleted"),
];

pub async fn show(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    require_operator(settings, call.headers())?;
    let store = Store::new(SpinDatabase::open().await?);
    let now = now();
    let mut figures = store.figures().await?;
    figures.extend(business_events(&figures));
    figures.extend(store.standings(now).await?);
    let breaker = store.breaker(&settings.breaker, now).await?;
    figures.push(Figure::new(
        "flow_compute_dollars",
        None,
        breaker.signals.dollars(&settings.breaker),
    ));
    let version = Some(("version", env!("CARGO_PKG_VERSION")));
    figures.push(Figure::new("flow_build_info", version, 1.0));
    Ok(bytes(
        StatusCode::OK,
        "text/plain; version=0.0.4; charset=utf-8",
        Bytes::from(text(&figures)),
    ))
}

/// Every event of the business, those that never happened too, so that what is computed from them is there from the beginning.
fn business_events(figures: &[Figure]) -> Vec<Figure> {
    let counts = BUSINESS_EVENTS.map(|(event, name)| {
        let counted = Figure::new("flow_events_total", Some(("event", event)), 0.0);
        let found = figures
            .iter()
            .find(|figure| figure.name == counted.name && figure.labels == counted.labels);
        let count = found.map_or(0.0, |figure| figure.value);
        Figure::new("flow_business_events_total", Some(("event", name)), count)
    });
    counts.into()
}

/// The name, the labels before the bound, and the bound of a histogram's bucket.
fn bucket(figure: &Figure) -> (&str, &str, f64) {
    let parts = figure.labels.split_once(",le=\"");
    let (labels, bound) = parts.unwrap_or((&figure.labels, ""));
    let bound = bound.trim_end_matches('"').parse().unwrap_or(f64::NEG_INFINITY);
    (&figure.name, labels, bound)
}

fn text(figures: &[Figure]) -> String {
    let mut text = String::new();
    for (name, kind, help) in SERIES {
        // Writing to a String cannot fail.
        _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
        let parts = ["", "_bucket", "_sum", "_count"].map(|part| format!("{name}{part}"));
        let mine = figures.iter().filter(|figure| match kind {
            "histogram" => parts[1..].contains(&figure.name),
            _ => figure.name == name,
        });
        let mut mine: Vec<_> = mine.collect();
        // Buckets of one histogram follow each other by their bounds; others have none and stay as they are.
        mine.sort_by(|a, b| bucket(a).partial_cmp(&bucket(b)).unwrap_or(Ordering::Equal));
        for Figure { name, labels, value } in mine {
            _ = match labels.as_str() {
                "" => writeln!(text, "{name} {value}"),
                labels => writeln!(text, "{name}{{{labels}}} {value}"),
            };
        }
    }
    text
}
