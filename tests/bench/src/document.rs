//! `docs/performance.md`: what was measured, on what, and all tables of a run.

use std::{fs, process::Command};

use anyhow::{Context as _, Result, bail};

use crate::scoring::USD_PER_VCPU_HOUR;

const FILE: &str = "docs/performance.md";

/// Writes the document over the tables of a run of everything.
pub fn write(tables: &str) -> Result<()> {
    let text = format!(
        "# Performance\n\n\
         Written by `cargo xtask bench --document`, never by hand; every figure is of one run.\n\n\
         - On: {processor}, {cores} cores, {system}; wasmtime {wasmtime}, which interrupts guests as the host does.\n\
         - When: {date}.\n\
         - Models run on one core, all engines in turns. rten {rten} and tract {tract} are built as the product is, for wasm \
         with `+simd128,+relaxed-simd`, and come to the same outputs; rten packs its weights beforehand. `native engine` is \
         ONNX Runtime behind the `Engine` of the product, `portable` is `crates/inference`.\n\
         - Decoding, inference and the rest of a clip are seconds on the clock, added up over the instances that work on it at \
         the same time; with more instances than cores they wait for each other. Its cost: the processor time of the whole \
         process at {USD_PER_VCPU_HOUR} USD per vCPU-hour, the list price of AWS Fargate, Linux/x86, us-east-1 (<https://aws.amazon.com/fargate/pricing/>). \
         Memory, storage and traffic are not in it.\n\
         - A figure that may only be so much has the column `bar`: `met` or `MISSED`; the last table has all of them.\n\
         {tables}",
        processor = processor()?,
        cores = std::thread::available_parallelism()?,
        system = std::env::consts::OS,
        wasmtime = locked("Cargo.lock", "wasmtime")?,
        date = today()?,
        rten = locked("tests/bench/libraries/Cargo.lock", "rten")?,
        tract = locked("tests/bench/libraries/Cargo.lock", "tract-onnx")?,
    );
    fs::write(FILE, text).context(FILE)?;
    eprintln!("{FILE} is written");
    Ok(())
}

/// The processor's model as Linux names it.
fn processor() -> Result<String> {
    let text = fs::read_to_string("/proc/cpuinfo").context("/proc/cpuinfo, which only Linux has")?;
    let model = text
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(key, _)| key.trim() == "model name");
    Ok(model
        .map_or("a processor without a name", |(_, name)| name.trim())
        .to_owned())
}

/// The version of a package in a lock file.
fn locked(file: &str, package: &str) -> Result<String> {
    let text = fs::read_to_string(file).with_context(|| file.to_owned())?;
    let start = format!("name = \"{package}\"\nversion = \"");
    let (_, rest) = text
        .split_once(&start)
        .with_context(|| format!("{file} has no {package}"))?;
    Ok(rest.chars().take_while(|&letter| letter != '"').collect())
}

/// Today's date in UTC.
fn today() -> Result<String> {
    let output = Command::new("date").args(["-u", "+%Y-%m-%d"]).output()?;
    if !output.status.success() {
        bail!("`date` failed");
    }
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
