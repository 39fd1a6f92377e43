//! Prints the figures as JSON: what is run in wasm.

use std::process::ExitCode;

use flow_bench_frame::{SIZES, measure};

fn main() -> ExitCode {
    let figures: Result<Vec<_>, _> = SIZES
        .into_iter()
        .map(|(width, height)| measure(width, height))
        .collect();
    match figures.map(|figures| serde_json::to_string(&figures)) {
        Ok(Ok(figures)) => {
            println!("{figures}");
            ExitCode::SUCCESS
        }
        Ok(Err(error)) => failure(&error),
        Err(error) => failure(&error),
    }
}

fn failure(error: &impl std::fmt::Display) -> ExitCode {
    eprintln!("{error}");
    ExitCode::FAILURE
}
