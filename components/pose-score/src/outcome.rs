//! From what a run gives to what is stored.

use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};
use flow_assess::Assessed;
use flow_catalog::Tier;
use flow_movement::{Status, draw};
use flow_store::{KeyFrame, Outcome, Scored};
use flow_video::{VideoError, VideoInfo};

/// A clip that was assessed: valid, or invalid by one of its quality gates.
pub fn assessed(assessed: &Assessed) -> Result<Scored, String> {
    let assessment = &assessed.assessment;
    let failed = assessment.quality.checks.iter().find(|check| !check.passed);
    let frames = assessment.result.iter().flat_map(|result| &result.key_frames);
    let key_frames = (1..).zip(frames).map(|(number, frame)| KeyFrame {
        number,
        caption: frame.what.clone(),
        at_seconds: frame.t,
        svg: draw::draw(frame),
    });
    Ok(Scored {
        valid: assessment.status == Status::Valid,
        reason: failed.map(|check| check.code.code().to_owned()),
        outcome: Outcome {
            quality_score: Some(assessment.quality.quality_score),
            confidence_avg: Some(assessment.quality.confidence_avg),
            motion_variance: Some(assessment.quality.motion_variance),
            feedback: Some(assessment.feedback.clone()),
            assessment: Some(serde_json::to_string(assessment).map_err(|error| error.to_string())?),
        },
        landmarks: Some(compressed(&assessed.clip)?),
        key_frames: key_frames.collect(),
    })
}

/// A video that is refused or damaged.
pub fn refused(error: &VideoError) -> Scored {
    unscored(
        "UNREADABLE_VIDEO",
        format!("This video cannot be scored: {error}."),
    )
}

/// A video that takes longer than the tier's time, into which the share `fits` of it fits.
pub fn over_time(tier: Tier, info: &VideoInfo, fits: f64) -> Scored {
    // A fifth less than what fits at this pace, so that the next try has room.
    let seconds = (info.duration_s * fits.min(1.0) * 0.8).floor().max(1.0);
    unscored(
        "OVER_TIME",
        format!(
            "Scoring this video takes longer than the {} s that the {} tier has for one video. Record at 720p or less, \
             with 30 frames a second or fewer, and no longer than {seconds} s.",
            tier.processing_seconds(),
            tier.title(),
        ),
    )
}

fn unscored(reason: &str, feedback: String) -> Scored {
    Scored {
        valid: false,
        reason: Some(reason.to_owned()),
        outcome: Outcome {
            feedback: Some(feedback),
            ..Outcome::default()
        },
        landmarks: None,
        key_frames: Vec::new(),
    }
}

fn compressed(clip: &impl serde::Serialize) -> Result<Vec<u8>, String> {
    let json = serde_json::to_vec(clip).map_err(|error| error.to_string())?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder
        .write_all(&json)
        .and_then(|()| encoder.finish())
        .map_err(|error| error.to_string())
}
