//! Routes of a signed-in person against a component that does nothing, and signing in against hashing one password; on the
//! same host, in turns.

use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use flow_system_tests::{
    Client,
    accounts::{PASSWORD, SignedIn, login, registration, token_in},
};
use serde_json::json;

use crate::{
    report::Report,
    served::Served,
    table::{Table, median, ratio, verdict},
};

/// How much longer than the baseline a read may take: half of its requests in the same time.
const LIMIT: f64 = 2.0;

/// How much longer than hashing alone signing in may take before hashing is not most of it.
const LOGIN_LIMIT: f64 = 2.0;

/// Rounds over all routes, and requests of one route in a round: instances are reused, as under load.
const ROUNDS: usize = 20;
const REQUESTS: usize = 50;

/// Rounds that are not measured: components are compiled and caches warm afterwards.
const WARM_UP: usize = 2;

/// What a signed-in person reads.
const READS: [&str; 6] = [
    "/api/account",
    "/api/attempts",
    "/api/auth/sessions",
    "/api/limits/status",
    "/api/problem-areas",
    "/api/report",
];

/// Measures all routes.
pub fn measure(report: &mut Report) -> Result<()> {
    let app = Served::start("auto", 4)?;
    let baseline = Served::baseline()?;
    let nobody = Client::new(&baseline.url, "nobody");
    let person = signed_in(&app.url)?;
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); READS.len() + 1];
    for round in 0..WARM_UP + ROUNDS {
        let mut keep = |index: usize, milliseconds: f64| {
            if round >= WARM_UP {
                times[index].push(milliseconds);
            }
        };
        keep(0, mean_ms(&nobody, "/")?);
        for (index, path) in READS.into_iter().enumerate() {
            keep(index + 1, mean_ms(&person.client, path)?);
        }
    }
    let mut medians = times.into_iter().map(median);
    let trivial = medians.next().context("no baseline")?;
    let mut table = Table::new(
        &format!(
            "Reads of a signed-in person, milliseconds a request, median of {ROUNDS} rounds of {REQUESTS}; \
             baseline: a component that answers `ok`"
        ),
        &["route", "ms", "ratio to the baseline", "at most", "bar"],
    );
    table.row(&row("baseline", trivial, trivial, None));
    let mut slowest: f64 = 0.0;
    for (path, milliseconds) in READS.into_iter().zip(medians) {
        slowest = slowest.max(milliseconds / trivial);
        table.row(&row(&format!("GET {path}"), milliseconds, trivial, Some(LIMIT)));
    }
    report.add(&table);
    report.hold(
        "slowest read of a signed-in person, ratio to a trivial component",
        slowest,
        LIMIT,
    );
    sign_in(report, &app, &nobody)
}

/// Signing in, which hashes a password, against hashing one.
fn sign_in(report: &mut Report, app: &Served, nobody: &Client) -> Result<()> {
    let client = Client::new(&app.url, "nobody");
    let mut times = [Vec::new(), Vec::new()];
    for round in 0..WARM_UP + ROUNDS {
        let measured = [
            timed(|| Ok(nobody.get("/password").status == 200))?,
            timed(|| Ok(login(&client, EMAIL, PASSWORD).status == 200))?,
        ];
        for (times, milliseconds) in times.iter_mut().zip(measured) {
            if round >= WARM_UP {
                times.push(milliseconds);
            }
        }
    }
    let [hash, login] = times.map(median);
    let mut table = Table::new(
        &format!(
            "Signing in, milliseconds, median of {ROUNDS}; baseline: a component that hashes one password with the same \
             parameters (Argon2id, 19 MiB, 2 passes)"
        ),
        &["what", "ms", "ratio to the baseline", "at most", "bar"],
    );
    table.row(&row("baseline", hash, hash, None));
    table.row(&row("POST /api/auth/login", login, hash, Some(LOGIN_LIMIT)));
    report.add(&table);
    report.hold("signing in, ratio to hashing alone", login / hash, LOGIN_LIMIT);
    Ok(())
}

fn row(name: &str, milliseconds: f64, baseline: f64, limit: Option<f64>) -> [String; 5] {
    let dash = || "-".to_owned();
    [
        name.to_owned(),
        format!("{milliseconds:.2}"),
        ratio(milliseconds, Some(baseline)),
        limit.map_or_else(dash, |limit| limit.to_string()),
        limit.map_or_else(dash, |limit| verdict(milliseconds / baseline, limit)),
    ]
}

fn mean_ms(client: &Client, path: &str) -> Result<f64> {
    let all = timed(|| {
        for _ in 0..REQUESTS {
            let answer = client.get(path);
            ensure!(answer.status == 200, "{path}: {}", answer.json());
        }
        Ok(true)
    })?;
    Ok(all / REQUESTS as f64)
}

/// Milliseconds that something takes that must come out well.
fn timed(work: impl FnOnce() -> Result<bool>) -> Result<f64> {
    let began = Instant::now();
    ensure!(work()?, "a call is refused");
    Ok(began.elapsed().as_secs_f64() * 1e3)
}

const EMAIL: &str = "bench@example.org";

/// Somebody in the tier that has everything, with a session.
fn signed_in(url: &str) -> Result<SignedIn> {
    let client = Client::new(url, "nobody");
    let registered = client.post("/api/auth/register", &registration(EMAIL, PASSWORD));
    ensure!(registered.status == 202, "{}", registered.json());
    let outbox = client.get("/api/dev/outbox").json();
    let text = outbox["items"][0]["text"].as_str().context("a mail")?;
    let verified = client.post("/api/auth/verify", &json!({ "token": token_in(text) }));
    ensure!(verified.status == 204, "{}", verified.json());
    let person = SignedIn::from(&client, &login(&client, EMAIL, PASSWORD));
    let id = person.account["id"].as_str().context("an id")?;
    let operator = client.clone().with("authorization", "Bearer bench");
    let tier = operator.clone().with("content-type", "application/json").call(
        "PUT",
        &format!("/api/ops/accounts/{id}/tier"),
        json!({ "tier": "pro-plus" }).to_string().as_bytes(),
    );
    ensure!(tier.status == 200, "{}", tier.json());
    Ok(person)
}
