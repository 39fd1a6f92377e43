//! Seconds to score a 45 s clip, on the command line and through HTTP, split into its parts.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context as _, Result, bail};
use flow_system_tests::Client;
use serde_json::Value;
use wait4::Wait4 as _;

use crate::{
    clips::{SAMPLES_HZ, SECONDS, TimedClip, clips},
    mediapipe::MediaPipe,
    report::Report,
    served::Served,
    table::{Table, median, ratio, verdict},
};

/// One run: seconds and the peak of resident memory, with what can be told of its parts.
#[derive(Clone, Copy)]
struct Sample {
    total: f64,
    decode: Option<f64>,
    inference: Option<f64>,
    rest: Option<f64>,
    /// Gates and scores, once all landmarks are there.
    scoring: Option<f64>,
    peak_mb: Option<f64>,
    /// Most linear memory of an instance that worked on it.
    instance_mb: Option<f64>,
    /// Seconds of processor time, over all threads.
    processor: f64,
}

impl Sample {
    /// What a thousand videos like this cost.
    fn usd_per_1000(&self) -> f64 {
        self.processor * 1000.0 * USD_PER_VCPU_HOUR / 3600.0
    }
}

/// List price of AWS Fargate, Linux/x86, us-east-1: <https://aws.amazon.com/fargate/pricing/>.
pub const USD_PER_VCPU_HOUR: f64 = 0.04048;

/// What may be taken to score [`HELD_CLIP`] over [`HELD_WAY`], seconds.
const LIMIT_S: f64 = 12.0;
const HELD_CLIP: &str = "480x640 15/s H.264";
const HELD_WAY: &str = "HTTP, wasm inference";

/// What an instance may take of linear memory, MB.
const LIMIT_MB: f64 = 300.0;

/// A way to score a clip.
trait Way {
    fn name(&self) -> &str;
    fn run(&mut self, clip: &Path) -> Result<Sample>;
}

/// Measures all clips every way; the baseline is MediaPipe in Python, or the command line when that is missing.
pub fn measure(report: &mut Report, runs: usize, python: &Path) -> Result<()> {
    let mut ways: Vec<Box<dyn Way>> = Vec::new();
    if let Some(mediapipe) = MediaPipe::find(python) {
        ways.push(Box::new(mediapipe));
    } else {
        eprintln!(
            "MediaPipe is not installed for {}: that baseline is left out",
            python.display()
        );
    }
    for (inference, engine) in [("native", "ONNX Runtime"), ("wasm", "portable engine")] {
        ways.push(Box::new(CommandLine {
            inference,
            name: format!("flow score, {engine}"),
        }));
    }
    for (inference, instances) in [("native", 4), ("wasm", 1), ("wasm", 4)] {
        ways.push(Box::new(Served::start(inference, instances)?));
    }
    let mut table = Table::new(
        &format!("Seconds to score a clip of {SECONDS} s, median of {runs}"),
        &[
            "clip",
            "way",
            "total",
            "decode",
            "inference",
            "rest",
            "inference, ms a frame",
            "scoring, ms",
            "peak MB",
            "instance MB",
            "processor s",
            "USD per 1,000",
            "total / first row",
            "at most, s",
            "bar",
        ],
    );
    let mut instances_mb = Vec::new();
    for clip in clips()? {
        let samples = add_clip(report, &mut table, &clip, &mut ways, runs)?;
        instances_mb.extend(samples.iter().flatten().filter_map(|sample| sample.instance_mb));
    }
    report.add(&table);
    if let Some(largest_mb) = instances_mb.into_iter().max_by(f64::total_cmp) {
        report.hold(
            "linear memory of an instance that scores, MB",
            largest_mb,
            LIMIT_MB,
        );
    }
    Ok(())
}

/// Adds the rows of a clip; gives what each way took.
fn add_clip(
    report: &mut Report,
    table: &mut Table,
    clip: &TimedClip,
    ways: &mut [Box<dyn Way>],
    runs: usize,
) -> Result<Vec<Vec<Sample>>> {
    let mut samples = vec![Vec::new(); ways.len()];
    for _ in 0..runs {
        for (way, samples) in ways.iter_mut().zip(&mut samples) {
            let sample = way
                .run(&clip.file)
                .with_context(|| format!("{}: {}", clip.name, way.name()))?;
            samples.push(sample);
        }
    }
    let mut baseline = None;
    for (way, samples) in ways.iter().zip(&samples) {
        let total = median(samples.iter().map(|sample| sample.total).collect());
        let middle = |part: fn(&Sample) -> Option<f64>, digits: usize| {
            let values: Option<Vec<f64>> = samples.iter().map(part).collect();
            values.map_or_else(|| "-".to_owned(), |values| format!("{:.digits$}", median(values)))
        };
        let baseline = *baseline.get_or_insert(total);
        let (limit, met) = if clip.name == HELD_CLIP && way.name() == HELD_WAY {
            let what = format!("{SECONDS} s of {HELD_CLIP}, {HELD_WAY}, full model, seconds");
            report.hold(&what, total, LIMIT_S);
            (LIMIT_S.to_string(), verdict(total, LIMIT_S))
        } else {
            ("-".to_owned(), "-".to_owned())
        };
        table.row(&[
            clip.name.to_owned(),
            way.name().to_owned(),
            format!("{total:.2}"),
            middle(|sample| sample.decode, 2),
            middle(|sample| sample.inference, 2),
            middle(|sample| sample.rest, 2),
            middle(
                |sample| Some(sample.inference? * 1e3 / f64::from(SECONDS * SAMPLES_HZ)),
                1,
            ),
            middle(|sample| Some(sample.scoring? * 1e3), 1),
            middle(|sample| sample.peak_mb, 0),
            middle(|sample| sample.instance_mb, 0),
            middle(|sample| Some(sample.processor), 2),
            middle(|sample| Some(sample.usd_per_1000()), 3),
            ratio(total, Some(baseline)),
            limit,
            met,
        ]);
    }
    Ok(samples)
}

impl Way for MediaPipe {
    fn name(&self) -> &'static str {
        "MediaPipe Python"
    }

    fn run(&mut self, clip: &Path) -> Result<Sample> {
        let measured = Self::run(self, clip)?;
        if measured.frames == 0 {
            bail!("MediaPipe saw no frame");
        }
        Ok(Sample {
            // Imports are not the clip's; a service would have done them before.
            total: measured.total,
            decode: Some(measured.decode),
            inference: Some(measured.inference),
            rest: Some(measured.total - measured.decode - measured.inference),
            scoring: None,
            peak_mb: None,
            instance_mb: None,
            processor: measured.processor,
        })
    }
}

/// `flow score` as a process of its own: decoding on one thread, inference on another.
struct CommandLine {
    inference: &'static str,
    name: String,
}

impl Way for CommandLine {
    fn name(&self) -> &str {
        &self.name
    }

    fn run(&mut self, clip: &Path) -> Result<Sample> {
        let start = Instant::now();
        let mut child = Command::new("target/release/flow")
            .args([
                "score",
                "--test",
                "single-leg-balance",
                "--inference",
                self.inference,
            ])
            .arg(clip)
            .stdout(Stdio::piped())
            .spawn()?;
        let mut text = String::new();
        std::io::Read::read_to_string(&mut child.stdout.take().context("no output")?, &mut text)?;
        let ended = child.wait4()?;
        let total = start.elapsed().as_secs_f64();
        let timings = text
            .lines()
            .find_map(|line| line.strip_prefix("Time: "))
            .with_context(|| format!("flow score printed no times: {text}"))?;
        let seconds: Vec<f64> = timings
            .split_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect();
        let [decode, inference, rest, scoring] = seconds[..] else {
            bail!("not four times: {timings}")
        };
        Ok(Sample {
            total,
            decode: Some(decode),
            inference: Some(inference),
            rest: Some(rest),
            scoring: Some(scoring),
            peak_mb: Some(ended.rusage.maxrss as f64 / 1e6),
            instance_mb: None,
            processor: (ended.rusage.utime + ended.rusage.stime).as_secs_f64(),
        })
    }
}

/// Appends sixteen bytes that both containers skip: a `free` box after MP4, a Void element after `WebM`. The same bytes
/// would be scored only once.
pub fn with_padding(mut video: Vec<u8>) -> Result<Vec<u8>> {
    let nonce = SystemTime::now().duration_since(UNIX_EPOCH)?.as_micros() as u64;
    if video.get(4..8) == Some(b"ftyp") {
        video.extend_from_slice(&[0, 0, 0, 16]);
        video.extend_from_slice(b"free");
    } else {
        // Element Void with a size of 14 bytes.
        video.extend_from_slice(&[0xEC, 0x8E, 0, 0, 0, 0, 0, 0]);
    }
    video.extend_from_slice(&nonce.to_be_bytes());
    Ok(video)
}

impl Way for Served {
    fn name(&self) -> &str {
        &self.name
    }

    fn run(&mut self, clip: &Path) -> Result<Sample> {
        let video = with_padding(fs::read(clip)?)?;
        let client = Client::new(&self.url, "bench");
        let (before, since) = (self.processor_s()?, self.logged()?);
        let start = Instant::now();
        let id = client.submit(&video);
        let events = client.scored(&id);
        let total = start.elapsed().as_secs_f64();
        let attempt = events.last().map_or(&Value::Null, |event| &event["attempt"]);
        if attempt["assessment"].is_null() {
            bail!("not assessed: {}", attempt["feedback"]);
        }
        let processor = self.processor_s()? - before;
        let [decode, inference, rest, scoring] = self.split(&id)?;
        Ok(Sample {
            total,
            decode: Some(decode),
            inference: Some(inference),
            rest: Some(rest),
            scoring: Some(scoring),
            peak_mb: Some(self.peak_mb()?),
            instance_mb: Some(self.instance_mb(since)?),
            processor,
        })
    }
}
