//! Scores every rendered scenario without a host around it, and lists what came out: the developer's loop for scoring.

mod landmarks;

use std::{
    path::PathBuf,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use anyhow::{Context as _, Result};
use clap::Parser;
use flow_mannequin::{Judged, Scenario, scenarios};
use serde_json::Value;

#[derive(Parser)]
#[command(about = "Score the rendered people natively and compare with what was rendered")]
struct Arguments {
    /// Only scenarios whose name contains this
    #[arg(default_value = "")]
    filter: String,
    /// Take landmarks from the last run, where they are: for changes to scoring alone
    #[arg(long)]
    reuse: bool,
    /// Print the measures of every scenario
    #[arg(long)]
    measures: bool,
    /// Where the models are
    #[arg(long, default_value = "models")]
    models: PathBuf,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let scenarios: Vec<Scenario> = scenarios()
        .into_iter()
        .filter(|scenario| scenario.name.contains(&arguments.filter))
        .collect();
    let next = AtomicUsize::new(0);
    let scored = Mutex::new(Vec::new());
    thread::scope(|scope| {
        let workers: Vec<_> = (0..thread::available_parallelism()?.get())
            .map(|_| {
                scope.spawn(|| -> Result<()> {
                    let mut source = landmarks::Source::new(&arguments.models, arguments.reuse)?;
                    loop {
                        let index = next.fetch_add(1, Ordering::Relaxed);
                        let Some(scenario) = scenarios.get(index) else {
                            return Ok(());
                        };
                        let clip = source.of(scenario).context(scenario.name)?;
                        let assessment = flow_movement::assess(scenario.test, &clip)?;
                        let assessment = serde_json::to_value(&assessment)?;
                        if let Ok(mut scored) = scored.lock() {
                            scored.push((index, assessment));
                        }
                    }
                })
            })
            .collect();
        workers.into_iter().try_for_each(|worker| {
            worker
                .join()
                .unwrap_or_else(|_| anyhow::bail!("a worker panicked"))
        })
    })?;
    let mut scored = scored.into_inner().unwrap_or_default();
    scored.sort_by_key(|(index, _)| *index);
    let mut wrong = 0;
    for (index, assessment) in &scored {
        let mistakes = print(&scenarios[*index], assessment, arguments.measures);
        wrong += usize::from(mistakes > 0);
    }
    println!("{wrong} of {} scenarios come out wrong", scored.len());
    Ok(())
}

/// Prints one scenario and returns how many mistakes it has.
fn print(scenario: &Scenario, assessment: &Value, measures: bool) -> usize {
    let judged = Judged(assessment);
    let mistakes = judged.mistakes(&scenario.expect);
    let mark = if mistakes.is_empty() { "right" } else { "WRONG" };
    let confidence = judged
        .confidence()
        .map_or_else(String::new, |confidence| format!(" ({confidence:.2})"));
    println!("{mark} {}: {}{confidence}", scenario.name, judged.verdict());
    for mistake in &mistakes {
        println!("      {mistake}");
    }
    if measures {
        for measure in assessment["result"]["measures"].as_array().into_iter().flatten() {
            println!("      {measure}");
        }
    }
    mistakes.len()
}
