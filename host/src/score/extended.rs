//! What is typical for each measure, and what the confidence is made of, for people at a terminal.

use flow_interpretation::{Better, ExtendedMeasure, Typical, extend};
use flow_movement::Assessment;
use std::fmt::Write as _;

use super::report::{quantity, side};

/// The extended result as text; empty for a refused clip.
#[must_use]
pub fn extended(assessment: &Assessment) -> String {
    let Some(extended) = extend(assessment) else {
        return String::new();
    };
    let parts = extended.confidence;
    let mut text = format!(
        "What is typical\n  confidence {:.0} %: tracking {:.0} %, nearness to cut-offs, view, repetitions and sides {:.0} %\n",
        parts.confidence * 100.0,
        parts.tracking * 100.0,
        parts.rest * 100.0
    );
    for measure in &extended.measures {
        if let Some(typical) = &measure.typical {
            text.push_str(&line(measure, typical));
        }
    }
    text.push('\n');
    text
}

fn line(measure: &ExtendedMeasure, typical: &Typical) -> String {
    let value = |value: f64| quantity(value, measure.unit);
    let way = match typical.better {
        Better::Higher => "from",
        Better::Lower => "up to",
        Better::NearZero => "either way up to",
    };
    let mut text = format!(
        "  {}{}: {}{}; typical {way} {} (dead band {}), {}: {}\n",
        measure.words,
        if measure.key { " (key measure)" } else { "" },
        side(measure.side),
        value(measure.value),
        value(typical.limit),
        value(typical.dead_band),
        typical.basis,
        typical.source
    );
    if measure.repetitions.len() > 1 {
        let each: Vec<String> = measure.repetitions.iter().map(|&each| value(each)).collect();
        // Writing to a String cannot fail.
        _ = writeln!(text, "    each repetition: {}", each.join(", "));
    }
    text
}
