//! Scores every rendered scenario without a host around it and lists what came out: the developer's loop for scoring. Also
//! writes and checks `docs/measurement.md`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};
use clap::Parser;
use flow_mannequin::{Scenario, scenarios, sweeps};
use flow_measure::{Engine, Row, document, drift::drift, real, score};

/// The document that says what is measured, from the project's root.
const DOCUMENT: &str = "docs/measurement.md";

/// The document that says what recordings of real people score.
const REAL: &str = "docs/real-people.md";

/// How the line begins that says what the former was made from.
const NOTE: &str = "<!-- made from ";

#[derive(Parser)]
#[command(about = "Score the rendered people natively and compare with what was rendered")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
struct Arguments {
    /// Only scenarios whose name contains this
    filter: Option<String>,
    /// Take landmarks from the last run, where they are: for changes to scoring alone
    #[arg(long)]
    reuse: bool,
    /// Print the measures of every scenario
    #[arg(long)]
    measures: bool,
    /// The dials swept across the cut-offs instead of the scenarios
    #[arg(long, conflicts_with_all = ["document", "check"])]
    sweeps: bool,
    /// Write docs/measurement.md and, where `FLOW_SHARED` names the recordings, docs/real-people.md
    #[arg(long, conflicts_with = "filter")]
    document: bool,
    /// Fail when one of them is no longer true
    #[arg(long, conflicts_with_all = ["filter", "document"])]
    check: bool,
    /// A hash of all that decides what rendered people measure: `--document` notes it, and `--check` measures nothing anew
    /// where docs/measurement.md has it
    #[arg(long)]
    inputs: Option<String>,
    /// What runs the models; the documents are about ONNX Runtime
    #[arg(long, value_enum, default_value = "onnx-runtime", conflicts_with_all = ["document", "check"])]
    engine: Engine,
    /// Where the models are
    #[arg(long, default_value = "models")]
    models: PathBuf,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    if arguments.check {
        return check(&arguments);
    }
    let filter = arguments.filter.as_deref().unwrap_or_default();
    let all = if arguments.sweeps { sweeps() } else { scenarios() };
    let scenarios: Vec<Scenario> = all
        .into_iter()
        .filter(|scenario| scenario.name.contains(filter))
        .collect();
    let rows = arguments.score(&scenarios)?;
    if arguments.sweeps {
        for row in &rows {
            print_swept(row, arguments.measures);
        }
        return Ok(());
    }
    for row in &rows {
        print(row, arguments.measures);
    }
    let wrong = rows.iter().filter(|row| !row.mistakes().is_empty()).count();
    println!("{wrong} of {} scenarios come out wrong", rows.len());
    if arguments.document {
        write(
            DOCUMENT,
            &arguments.noted(document::text(&rows, &arguments.score(&sweeps())?)?),
        )?;
        if let Some(text) = real_people()? {
            write(REAL, &text)?;
        }
    }
    Ok(())
}

impl Arguments {
    fn score(&self, scenarios: &[Scenario]) -> Result<Vec<Row>> {
        score(scenarios, self.engine, &self.models, self.reuse)
    }

    /// The line that says what a document was made from.
    fn note(&self) -> Option<String> {
        let inputs = self.inputs.as_ref()?;
        Some(format!("{NOTE}{inputs} -->"))
    }

    /// The document with that line.
    fn noted(&self, text: String) -> String {
        match self.note() {
            Some(note) => format!("{text}\n{note}\n"),
            None => text,
        }
    }
}

/// The document about real people, where their recordings are.
fn real_people() -> Result<Option<String>> {
    let Some(folder) = real::folder() else {
        println!("{REAL}: skipped, FLOW_SHARED is not set");
        return Ok(None);
    };
    real::text(&folder).map(Some)
}

fn write(path: &str, text: &str) -> Result<()> {
    if let Some(folder) = Path::new(path).parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text).context(path.to_owned())?;
    println!("{path} is written");
    Ok(())
}

/// Fails when one of the documents is no longer true.
fn check(arguments: &Arguments) -> Result<()> {
    let kept = kept(DOCUMENT)?;
    if arguments
        .note()
        .is_some_and(|note| kept.lines().any(|line| line == note))
    {
        println!("{DOCUMENT} is true: nothing that it is made from has changed since it was written");
    } else {
        let rows = arguments.score(&scenarios())?;
        compare(
            DOCUMENT,
            &kept,
            &document::text(&rows, &arguments.score(&sweeps())?)?,
        )?;
        println!(
            "write it again, `cargo xtask measure --document`, to be spared measuring until something changes"
        );
    }
    if let Some(text) = real_people()? {
        compare(REAL, &self::kept(REAL)?, &text)?;
    }
    Ok(())
}

fn kept(path: &str) -> Result<String> {
    fs::read_to_string(path)
        .with_context(|| format!("{path} cannot be read; `cargo xtask measure --document` writes it"))
}

fn compare(path: &str, kept: &str, text: &str) -> Result<()> {
    let kept: Vec<&str> = kept.lines().filter(|line| !line.starts_with(NOTE)).collect();
    let differences = drift(kept.join("\n").trim_end(), text.trim_end());
    if differences.is_empty() {
        println!("{path} is true");
        return Ok(());
    }
    bail!(
        "{path} is no longer true:\n  {}\nIf that is meant, run `cargo xtask measure --document` and commit the file.",
        differences.join("\n  ")
    )
}

/// Prints one scenario with its mistakes.
fn print(row: &Row, measures: bool) {
    let (judged, mistakes) = (row.judged(), row.mistakes());
    let mark = if mistakes.is_empty() { "right" } else { "WRONG" };
    let confidence = judged
        .confidence()
        .map_or_else(String::new, |confidence| format!(" ({confidence:.2})"));
    println!("{mark} {}: {}{confidence}", row.scenario.name, judged.verdict());
    for mistake in &mistakes {
        println!("      {mistake}");
    }
    if measures {
        print_measures(row);
    }
}

/// Prints one recording of a sweep: how sure its bucket is, and the one it deserves where that is another.
fn print_swept(row: &Row, measures: bool) {
    let deserved = document::deserved(&row.scenario);
    let judged = row.judged();
    let bucket = judged.bucket().unwrap_or("refused");
    let confidence = judged.confidence().unwrap_or(f64::NAN);
    let mark = if bucket == deserved { "right" } else { "WRONG" };
    println!(
        "{mark} {confidence:.2} {}: {}, deserves {deserved}",
        row.scenario.name,
        judged.verdict()
    );
    if measures {
        print_measures(row);
    }
}

fn print_measures(row: &Row) {
    if let Some(accuracy) = row.assessment.quality.pose_accuracy {
        println!("      pose accuracy {:.1} %", accuracy * 100.0);
    }
    for measure in row.json["result"]["measures"].as_array().into_iter().flatten() {
        println!("      {measure}");
    }
}
