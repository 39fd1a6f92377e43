//! What was measured: how many clips, of whom, from where, how fast.

use std::collections::BTreeSet;

use flow_catalog::TestId;
use flow_mannequin::{Expect, Scenario};
use serde_json::Value;

use super::name;
use crate::{Row, table::Table};

pub fn text(rows: &[Row]) -> String {
    let of = |rows: &[&Row]| Variety::of(rows.iter().map(|row| &row.scenario));
    let all = of(&rows.iter().collect::<Vec<_>>());
    let mut table = Table::new([
        "test",
        "good recordings",
        "bodies",
        "cameras",
        "frame rates",
        "seconds per repetition",
        "to be refused",
    ]);
    for test in TestId::ALL {
        let (good, refused): (Vec<&Row>, Vec<&Row>) = rows
            .iter()
            .filter(|row| row.scenario.test == test)
            .partition(|row| matches!(row.scenario.expect, Expect::Scored { .. }));
        let variety = of(&good);
        table.row([
            name(test),
            good.len().to_string(),
            variety.bodies.len().to_string(),
            variety.cameras.len().to_string(),
            variety.rates.len().to_string(),
            variety.tempos.into_iter().collect::<Vec<_>>().join(", "),
            refused.len().to_string(),
        ]);
    }
    format!(
        "## What was measured

{clips} clips: {bodies} bodies before {cameras} cameras. Landmarks are found by the product's own models, run by ONNX Runtime;
none is taken from the renderer. A good recording shows its test and has to be scored as it was rendered, outside the
dead bands of the cut-offs; the others have to be refused. Where no seconds are given, the test has no repetitions of one
length.

{table}
Rendered people are not real people: clothes, skin, hair, light, lenses and the way they move are simpler than in life.
The figures say how well the product measures what it is shown. They are no promise for real recordings.
",
        clips = rows.len(),
        bodies = all.bodies.len(),
        cameras = all.cameras.len(),
        table = table.markdown(),
    )
}

/// What differs between recordings.
#[derive(Default)]
struct Variety {
    bodies: BTreeSet<String>,
    cameras: BTreeSet<String>,
    rates: BTreeSet<String>,
    tempos: BTreeSet<String>,
}

impl Variety {
    fn of<'a>(scenarios: impl Iterator<Item = &'a Scenario>) -> Self {
        let mut variety = Self::default();
        for scenario in scenarios {
            variety.bodies.insert(format!("{:?}", scenario.body));
            variety.cameras.insert(format!("{:?}", scenario.set.camera));
            variety.rates.insert(format!("{:?}", scenario.rate));
            let motion = serde_json::to_value(scenario.motion).unwrap_or_default();
            variety.tempos.extend(tempo(&motion));
        }
        variety
    }
}

/// The seconds of one repetition, in motions that have such a dial.
fn tempo(motion: &Value) -> Option<String> {
    let dials = motion.as_object()?.values().next()?;
    Some(format!("{:.1}", dials.get("tempo")?.as_f64()?))
}
