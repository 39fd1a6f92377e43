//! `flow score`: one video file to an assessment, in this process, without a server.

mod decode;
mod engine;
mod extended;
mod page;
mod report;

pub use decode::DecodingThread;
pub use engine::choose_engine;
pub use extended::extended;
pub use page::write_report;
pub use report::report;

use anyhow::{Context, Result};
use flow_assess::{Assessed, Options, Progress, Run};
use flow_catalog::TestId;
use flow_pose::{Engine, LandmarkModel};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// What to score, and how.
#[derive(Clone, Debug)]
pub struct Request {
    /// The video.
    pub file: PathBuf,
    /// The movement test it shows.
    pub test: TestId,
    /// Which landmark model.
    pub model: LandmarkModel,
}

/// Scores the video; `progress` hears of every frame.
///
/// # Errors
/// The file cannot be read, is refused or damaged, or inference fails. A clip that fails a quality gate is no error.
pub fn score(
    request: &Request,
    engine: &mut impl Engine,
    mut progress: impl FnMut(Progress),
) -> Result<Assessed> {
    let options = Options {
        model: request.model,
        ..Options::default()
    };
    let size = fs::metadata(&request.file)
        .with_context(|| cannot_read(&request.file))?
        .len();
    let limit = options.limits.max_bytes as u64;
    if size > limit {
        anyhow::bail!(
            "{} has {:.0} MB; a recording has at most {:.0} MB",
            request.file.display(),
            size as f64 / 1e6,
            limit as f64 / 1e6
        );
    }
    // What is no ordinary file may be longer than it says.
    let mut bytes = Vec::new();
    fs::File::open(&request.file)
        .and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
        .with_context(|| cannot_read(&request.file))?;
    let video =
        flow_video::open(bytes, &options.limits).with_context(|| request.file.display().to_string())?;
    let (info, expected) = (video.info().clone(), video.expected_samples());
    let mut run = Run::over(
        DecodingThread::start(video)?,
        info,
        expected,
        request.test,
        &options,
    );
    while let Some(now) = run
        .step(engine)
        .with_context(|| request.file.display().to_string())?
    {
        progress(now);
    }
    Ok(run.finish())
}

fn cannot_read(file: &Path) -> String {
    format!("cannot read {}", file.display())
}

/// Writes the key frames of a result as SVG files into `folder`; returns their paths.
pub fn write_key_frames(assessed: &Assessed, folder: &Path) -> Result<Vec<PathBuf>> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let frames = assessed
        .assessment
        .result
        .as_ref()
        .map_or(&[][..], |result| &result.key_frames);
    let mut paths = Vec::new();
    for (index, frame) in frames.iter().enumerate() {
        let path = folder.join(format!("{:02}-frame-{}.svg", index + 1, frame.frame));
        fs::write(&path, flow_movement::draw::draw(frame))
            .with_context(|| format!("cannot write {}", path.display()))?;
        paths.push(path);
    }
    Ok(paths)
}
