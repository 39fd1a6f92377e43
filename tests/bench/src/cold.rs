//! Milliseconds from instantiating the compiled component of the engine to the end of its first inference.

use std::{path::Path, time::Instant};

use anyhow::Result;
use flow_pose::{Engine as _, Model};
use flow_system_tests::{CompiledNn, nn_file};

use crate::{
    models::picture,
    report::Report,
    table::{Table, median, verdict},
};

/// What instance, model and first inference may take together, milliseconds.
const LIMIT_MS: f64 = 300.0;

/// Fresh instances of each model.
const INSTANCES: usize = 15;

/// Measures all models.
pub fn measure(report: &mut Report) -> Result<()> {
    let compiled = CompiledNn::compile(&nn_file())?;
    let mut table = Table::new(
        &format!("Cold start of the engine in wasm, milliseconds, median of {INSTANCES} instances"),
        &[
            "model",
            "instantiate",
            "load",
            "first run",
            "second run",
            "until the first result",
            "at most",
            "bar",
        ],
    );
    let mut slowest: f64 = 0.0;
    for model in Model::ALL {
        let input = picture(model.input_side());
        let mut times: [Vec<f64>; 5] = Default::default();
        for _ in 0..INSTANCES {
            let start = Instant::now();
            let passed_ms = || start.elapsed().as_secs_f64() * 1e3;
            let mut instance = compiled.instantiate(Path::new("models"), &[])?;
            let instantiated = passed_ms();
            instance.prepare(model)?;
            let loaded = passed_ms();
            instance.run(model, &input)?;
            let first = passed_ms();
            instance.run(model, &input)?;
            let second = passed_ms();
            let parts = [
                instantiated,
                loaded - instantiated,
                first - loaded,
                second - first,
                first,
            ];
            for (times, part) in times.iter_mut().zip(parts) {
                times.push(part);
            }
        }
        let [instantiate, load, first, second, total] = times.map(median);
        slowest = slowest.max(total);
        table.row(&[
            model.name().to_owned(),
            format!("{instantiate:.2}"),
            format!("{load:.1}"),
            format!("{first:.1}"),
            format!("{second:.1}"),
            format!("{total:.1}"),
            LIMIT_MS.to_string(),
            verdict(total, LIMIT_MS),
        ]);
    }
    report.add(&table);
    report.hold("cold start of the slowest model, ms", slowest, LIMIT_MS);
    Ok(())
}
