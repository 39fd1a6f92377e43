//! What must not change a result does not, on rendered landmarks as they would be seen without fault: the document has the
//! same laws on the landmarks that the models find.

use flow_mannequin::scenarios;
use flow_measure::{Row, invariants::laws};

/// Truth is sampled at the rate of recordings, per second.
const SAMPLES_HZ: f64 = 10.0;

#[test]
fn true_landmarks_of_every_scenario_keep_the_laws() {
    let rows: Vec<Row> = scenarios()
        .iter()
        .map(|scenario| Row::new(scenario, scenario.truth().clip(SAMPLES_HZ)).expect(scenario.name))
        .collect();
    let laws = laws(&rows);
    let broken: Vec<&String> = laws.iter().flat_map(|law| &law.broken).collect();
    assert!(laws.iter().all(|law| law.tried > 0));
    assert!(broken.is_empty(), "{broken:#?}");
}
