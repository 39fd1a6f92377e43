//! Milliseconds that gates and scores take in wasm once all landmarks are there, test by test.

use std::fs;

use anyhow::{Context as _, Result};
use flow_mannequin::{Expect, Scenario, scenarios};
use flow_system_tests::Client;

use crate::{
    clips::{SAMPLES_HZ, SECONDS, looped},
    scoring::with_padding,
    served::Served,
    table::{Table, median, verdict},
};

/// What scoring a clip of [`SECONDS`] may take, milliseconds.
const TARGET_MS: f64 = 50.0;

/// Scores a good recording of every test, looped to the longest clip, through HTTP. Landmarks are found natively: scoring
/// runs in the component either way.
pub fn measure(runs: usize) -> Result<Table> {
    let served = Served::start("native", 4)?;
    let frames = SECONDS * SAMPLES_HZ;
    let mut table = Table::new(
        &format!("Scoring {frames} frames in wasm, median of {runs}, target {TARGET_MS} ms"),
        &["test", "recording", "came out as", "ms", "target"],
    );
    let client = Client::new(&served.url, "bench").with("x-dev-tier", "pro-plus");
    for scenario in recordings() {
        let film = fs::read(looped(&scenario)?)?;
        let (mut times, mut outcome) = (Vec::new(), String::new());
        for _ in 0..runs {
            let id = client.submit_for(scenario.test.slug(), &with_padding(film.clone())?);
            let events = client.scored(&id);
            let attempt = events.last().map(|event| &event["attempt"]).context("no event")?;
            let bucket = attempt["assessment"]["result"]["bucket"].as_str();
            let code = attempt["assessment"]["quality"]["checks"][0]["code"].as_str();
            bucket.or(code).unwrap_or("nothing").clone_into(&mut outcome);
            let [.., scoring] = served.split(&id)?;
            times.push(scoring * 1e3);
        }
        let milliseconds = median(times);
        table.row(&[
            scenario.test.title().to_owned(),
            scenario.name.to_owned(),
            outcome,
            format!("{milliseconds:.1}"),
            verdict(milliseconds, TARGET_MS),
        ]);
    }
    Ok(table)
}

/// The longest good recording of each test.
fn recordings() -> Vec<Scenario> {
    let mut longest: Vec<Scenario> = Vec::new();
    for scenario in scenarios() {
        if !matches!(scenario.expect, Expect::Scored { .. }) {
            continue;
        }
        let seconds = |scenario: &Scenario| scenario.span().1 - scenario.span().0;
        match longest.iter_mut().find(|known| known.test == scenario.test) {
            Some(known) if seconds(known) < seconds(&scenario) => *known = scenario,
            Some(_) => {}
            None => longest.push(scenario),
        }
    }
    longest.sort_by_key(|scenario| scenario.test);
    longest
}
