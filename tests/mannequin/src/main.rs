//! Lists the mannequin's scenarios and films one: `flow-mannequin list`, `flow-mannequin render NAME --out FILE`.

use std::{
    env, fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use flow_mannequin::{Encoding, Expect, scenario, scenarios};

const USAGE: &str = "usage:
  flow-mannequin list
  flow-mannequin render NAME --out FILE [--encoding ENCODING] [--truth FILE.json]

ENCODING is one of h264-baseline, h264-high, h264-fragmented, h264-rotated, hevc, vp8, vp9;
without it, FILE's ending decides: .webm is vp8, anything else h264-baseline.";

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let outcome = match arguments.split_first() {
        Some((command, [])) if command == "list" => list(),
        Some((command, [name, options @ ..])) if command == "render" => render(name, options),
        _ => Err(USAGE.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn list() -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    for scenario in scenarios() {
        let seconds = scenario.seconds();
        let expected = match scenario.expect {
            Expect::Scored { bucket, flags, .. } => {
                let flags = flags.iter().map(|flag| match flag.side {
                    Some(side) => format!("{} {side:?}", flag.code).to_lowercase(),
                    None => flag.code.to_owned(),
                });
                [bucket.to_owned()]
                    .into_iter()
                    .chain(flags)
                    .collect::<Vec<_>>()
                    .join(", ")
            }
            Expect::Refused { code, .. } => code.to_owned(),
        };
        writeln!(out, "{:44} {seconds:5.1} s  {expected}", scenario.name)?;
    }
    Ok(())
}

fn render(name: &str, options: &[String]) -> Result<(), Failure> {
    let scenario =
        scenario(name).ok_or_else(|| format!("unknown scenario '{name}'; see `flow-mannequin list`"))?;
    let (mut out, mut truth, mut encoding) = (None::<PathBuf>, None::<PathBuf>, None);
    for pair in options.chunks(2) {
        match pair {
            [option, value] if option == "--out" => out = Some(value.into()),
            [option, value] if option == "--truth" => truth = Some(value.into()),
            [option, value] if option == "--encoding" => {
                let found = Encoding::ALL
                    .into_iter()
                    .find(|encoding| encoding.name() == value);
                encoding = Some(found.ok_or_else(|| format!("unknown encoding '{value}'\n{USAGE}"))?);
            }
            _ => return Err(USAGE.into()),
        }
    }
    let out = out.ok_or(USAGE)?;
    scenario.encode(encoding.unwrap_or_else(|| by_ending(&out)), &out)?;
    if let Some(path) = truth {
        fs::write(&path, serde_json::to_vec(&scenario.summary())?)
            .map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

fn by_ending(path: &Path) -> Encoding {
    if path.extension().is_some_and(|ending| ending == "webm") {
        Encoding::Vp8
    } else {
        Encoding::H264Baseline
    }
}
