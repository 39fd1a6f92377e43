//! Milliseconds a frame between the decoder and the landmarks, without the models, in wasm and natively.

use std::path::Path;

use anyhow::Result;
use flow_bench_frame::{Figures, SIZES};
use flow_system_tests::run_wasm;

use crate::{
    report::Report,
    table::{Table, median, verdict},
};

/// What `cargo xtask bench` makes of `tests/bench/frame`.
const PROGRAM: &str = "target/wasm32-wasip2/release/flow-bench-frame.wasm";

/// What a frame may take in wasm, milliseconds.
const LIMIT_MS: f64 = 3.0;

/// A part of a frame: its name, its time, and whether the target is for it.
type Part = (&'static str, fn(&Figures) -> f64, bool);

const PARTS: [Part; 6] = [
    ("brightness, thumbnail", |figures| figures.sample_ms, false),
    (
        "colour, crop with rotation, resize",
        |figures| figures.crop_ms,
        false,
    ),
    (
        "landmarks, heatmap refinement",
        |figures| figures.landmarks_ms,
        false,
    ),
    ("all of it", |figures| figures.whole_ms, true),
    (
        "all of it, with the face",
        |figures| figures.whole_with_face_ms,
        false,
    ),
    (
        "all of it, counting people: one frame in thirty",
        |figures| figures.whole_with_count_ms,
        false,
    ),
];

/// Runs the program `runs` times each way, in turns.
pub fn measure(report: &mut Report, runs: usize) -> Result<()> {
    let (mut wasm, mut native) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        wasm.push(serde_json::from_str::<Vec<Figures>>(&run_wasm(Path::new(
            PROGRAM,
        ))?)?);
        let figures: Result<Vec<_>, _> = SIZES
            .into_iter()
            .map(|(width, height)| flow_bench_frame::measure(width, height))
            .collect();
        native.push(figures?);
    }
    let mut table = Table::new(
        &format!("Milliseconds a frame besides decoding and models, median of {runs}"),
        &["frame", "part", "wasm", "native", "at most, wasm", "bar"],
    );
    for (index, (width, height)) in SIZES.into_iter().enumerate() {
        for (name, part, judged) in PARTS {
            let middle = |figures: &[Vec<Figures>]| {
                median(
                    figures
                        .iter()
                        .filter_map(|sizes| sizes.get(index))
                        .map(part)
                        .collect(),
                )
            };
            let milliseconds = middle(&wasm);
            let (limit, met) = if judged {
                let what = format!("a frame of {width}x{height} besides decoding and models, wasm, ms");
                report.hold(&what, milliseconds, LIMIT_MS);
                (LIMIT_MS.to_string(), verdict(milliseconds, LIMIT_MS))
            } else {
                ("-".to_owned(), "-".to_owned())
            };
            table.row(&[
                format!("{width}x{height}"),
                name.to_owned(),
                format!("{milliseconds:.2}"),
                format!("{:.2}", middle(&native)),
                limit,
                met,
            ]);
        }
    }
    report.add(&table);
    Ok(())
}
