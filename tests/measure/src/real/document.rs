//! `docs/real-people.md`: what each recording of a real person scores under each test.

use std::path::Path;

use anyhow::{Context as _, Result};
use flow_catalog::TestId;

use super::sequence::{SEQUENCES, summary};
use crate::{document, table::Table};

/// The whole document.
///
/// # Errors
///
/// A recording cannot be read.
pub fn text(folder: &Path) -> Result<String> {
    let mut own = Table::new([
        "recording",
        "what is to be seen",
        "handed in as",
        "what came of it",
    ]);
    let mut accepted = Table::new(["recording", "handed in as", "what came of it"]);
    let mut others = Table::new(["recording", "refused with, and how often"]);
    for sequence in &SEQUENCES {
        let clip = sequence.clip(folder)?;
        let test = belongs_to(sequence.name);
        let mut refusals: Vec<(&'static str, usize)> = Vec::new();
        for other in TestId::ALL {
            let assessment = flow_movement::assess(other, &clip);
            let row = [document::name(other), summary(&assessment)];
            if Some(other) == test {
                let seen = [sequence.name.to_owned(), sequence.shows.to_owned()];
                own.row(seen.into_iter().chain(row));
            } else if assessment.result.is_some() {
                accepted.row([sequence.name.to_owned()].into_iter().chain(row));
            } else {
                let first = assessment
                    .quality
                    .checks
                    .first()
                    .context("a refusal names a check")?;
                let code = first.code.code();
                match refusals.iter_mut().find(|(known, _)| *known == code) {
                    Some((_, count)) => *count += 1,
                    None => refusals.push((code, 1)),
                }
            }
        }
        if test.is_none() {
            let seen = [sequence.name, sequence.shows, "any test", "see below"];
            own.row(seen.map(str::to_owned));
        }
        refusals.sort_unstable();
        let words: Vec<String> = refusals
            .iter()
            .map(|(code, count)| format!("{count} {code}"))
            .collect();
        others.row([sequence.name.to_owned(), words.join(", ")]);
    }
    let accepted = if accepted.is_empty() {
        "None.\n".to_owned()
    } else {
        accepted.markdown()
    };
    Ok([
        HEAD,
        &own.markdown(),
        ACCEPTED,
        &accepted,
        OTHERS,
        &others.markdown(),
    ]
    .join("\n"))
}

/// The test whose movement, or nearest to whose movement, a recording shows: mostly the number in its name.
fn belongs_to(name: &str) -> Option<TestId> {
    match name {
        "der_fps6_lunge_front" => return Some(TestId::LateralLunge),
        "der_still_photo_plank" => return Some(TestId::Plank),
        _ => {}
    }
    let number: u8 = name.strip_prefix('t')?.get(..2)?.parse().ok()?;
    TestId::ALL.into_iter().find(|test| test.number() == number)
}

const HEAD: &str = "# What real people score

Landmarks that MediaPipe found in footage of real people, scored under every test. The footage itself cannot be passed on;
what is to be seen was written down by a person who looked at the moving skeletons. None of these people followed a
protocol of this product: most recordings show an exercise that is near a test. So most have to be refused, and what is
accepted has to say what a person sees.

Written by `cargo xtask measure --document` where the variable `FLOW_SHARED` names the recordings, and checked with the
tests there. A number in brackets is the confidence of a result, or what a failed check measured.

";

const ACCEPTED: &str = "
## Accepted as another test

";

const OTHERS: &str = "
## Refused

How often each recording was refused under all other tests, by the first failed check.

";
