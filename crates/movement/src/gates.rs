//! The quality gates that hold for every test: person, light, framing, tracking, motion, view, other people.
//!
//! Whether the movement is the right one is each protocol's own question.

use flow_catalog::{BodyPart, Gates, Setup, TestId, View, thresholds};
use flow_landmarks::{Clip, Landmark, Side};

use crate::{
    accuracy,
    assessment::{Check, CheckCode, Quality},
    geometry::{mean, median, quantile, rounded},
    motion,
    signals::{Frame, SIDE_ON_FROM_DEG, Signals, lying_end_on_deg, lying_front_error_deg, side_error_deg},
    track,
};

/// Slack on the longest clip, seconds: recorders round up and containers pad.
const DURATION_SLACK_S: f64 = 1.0;

/// Checks a clip for `test`; failed checks come first.
#[must_use]
pub fn check(test: TestId, setup: &Setup, clip: &Clip, signals: &Signals) -> Quality {
    let gates = &thresholds().gates;
    let mut checks = Checks {
        test,
        list: Vec::new(),
    };

    let brightness = mean(
        clip.observations
            .iter()
            .map(|observation| f64::from(observation.brightness)),
    );
    let lit = brightness
        .is_none_or(|luma| luma >= gates.brightness_low.limit && luma <= gates.brightness_high.limit);
    if let Some(luma) = brightness {
        let limit = if luma > 128.0 {
            gates.brightness_high.limit
        } else {
            gates.brightness_low.limit
        };
        checks.add(CheckCode::BadLighting, lit, luma, limit);
    }
    let shortest = setup.shortest_clip_s.limit;
    let length_s = if clip.duration.is_finite() {
        clip.duration
    } else {
        signals.seconds()
    };
    // Whatever the container says, nothing was seen beyond the last frame.
    let seen_s = length_s.min(signals.seconds() + DURATION_SLACK_S);
    checks.add(CheckCode::TooShort, seen_s >= shortest, seen_s, shortest);
    checks.add(
        CheckCode::TooLong,
        length_s <= gates.duration_s.limit + DURATION_SLACK_S,
        length_s,
        gates.duration_s.limit,
    );

    let people: Vec<u8> = clip
        .observations
        .iter()
        .filter_map(|observation| observation.people)
        .collect();
    if !people.is_empty() {
        let crowded = people.iter().filter(|&&count| count > 1).count();
        let share = crowded as f64 / people.len() as f64;
        let enough = crowded as f64 >= gates.people_frames.limit.min(people.len() as f64);
        let limit = gates.people_share.limit;
        checks.add(
            CheckCode::MultiplePeople,
            !(enough && share > limit),
            share,
            limit,
        );
    }

    let with_pose = clip
        .observations
        .iter()
        .filter(|observation| observation.pose.is_some())
        .count();
    let person_share = with_pose as f64 / clip.observations.len().max(1) as f64;
    let somebody = signals.present().next().is_some() || signals.doubtful.contains(&true);
    let person = person_share >= gates.person_share.limit && somebody;
    checks.add(
        CheckCode::InvalidNoPerson,
        person,
        person_share,
        gates.person_share.limit,
    );

    let mut quality = Quality {
        quality_score: 0.0,
        confidence_avg: 0.0,
        motion_variance: 0.0,
        tracked_share: 0.0,
        pose_accuracy: None,
        brightness: brightness.map(rounded),
        checks: Vec::new(),
    };
    if person {
        let tracking = Tracking::of(setup, gates, clip, signals);
        quality.tracked_share = rounded(tracking.tracked_share);
        quality.pose_accuracy = Some(rounded(accuracy::share(setup, clip, signals)));
        quality.confidence_avg = rounded(tracking.confidence);
        quality.motion_variance = rounded(motion::variance(setup, signals));
        quality.quality_score = if lit {
            rounded(tracking.tracked_share * tracking.confidence)
        } else {
            0.0
        };
        checks.tracking(&tracking, gates, quality.quality_score, lit);
        checks.motion(setup, gates, clip, signals, quality.motion_variance);
        checks.view(setup, gates, signals);
    }
    quality.checks = checks.list;
    sort(&mut quality.checks);
    if lies_end_on(setup, gates, signals) || turns_away(signals) {
        // What its own head, feet or back hide is seen once the camera stands where it should: that comes first.
        quality.checks.sort_by_key(|check| match check.code {
            CheckCode::WrongAngle => (check.passed, CheckCode::Occlusion, false),
            code => (check.passed, code, true),
        });
    }
    quality
}

/// Whether a body that should be seen side-on lies along the line of sight most of the time.
fn lies_end_on(setup: &Setup, gates: &Gates, signals: &Signals) -> bool {
    setup.view == View::Side
        && median(signals.present().map(lying_end_on_deg)).is_some_and(|end| end > gates.view_error_deg.limit)
}

/// Whether a body turns its back on the camera most of the time.
fn turns_away(signals: &Signals) -> bool {
    median(signals.present().map(|frame| frame.view_deg)).is_some_and(|view| view > 180.0 - SIDE_ON_FROM_DEG)
}

/// Failed checks first, in the order of what to fix first.
pub(crate) fn sort(checks: &mut [Check]) {
    checks.sort_by_key(|check| (check.passed, check.code));
}

/// One check with the instruction of its test.
pub(crate) fn check_of(
    test: TestId,
    code: CheckCode,
    passed: bool,
    value: Option<f64>,
    limit: Option<f64>,
) -> Check {
    let instruction = (!passed).then(|| thresholds().instruction(test, code.code()).to_owned());
    let finite = |number: Option<f64>| number.filter(|number| number.is_finite()).map(rounded);
    Check {
        code,
        passed,
        value: finite(value),
        limit: finite(limit),
        instruction,
    }
}

struct Checks {
    test: TestId,
    list: Vec<Check>,
}

impl Checks {
    fn add(&mut self, code: CheckCode, passed: bool, value: f64, limit: f64) {
        self.list
            .push(check_of(self.test, code, passed, Some(value), Some(limit)));
    }

    /// When too little was tracked, the check that fails is the one that names the greater cause.
    fn tracking(&mut self, tracking: &Tracking, gates: &Gates, quality_score: f64, lit: bool) {
        let enough = tracking.tracked_share >= gates.tracked_share.limit;
        let allowed = 1.0 - gates.tracked_share.limit;
        let Tracking {
            outside_share,
            hidden_share,
            doubtful_share,
            ..
        } = *tracking;
        let doubtful = doubtful_share > outside_share.max(hidden_share);
        let outside = !doubtful && outside_share >= hidden_share;
        let hidden = !doubtful && !outside;
        self.add(CheckCode::OutOfFrame, enough || !outside, outside_share, allowed);
        self.add(CheckCode::Occlusion, enough || !hidden, hidden_share, allowed);
        let sure = tracking.confidence >= gates.confidence.limit
            && (!lit || quality_score >= gates.quality_score.limit);
        if sure && !enough && doubtful {
            self.add(CheckCode::LowConfidence, false, doubtful_share, allowed);
        } else {
            let limit = gates.confidence.limit;
            self.add(CheckCode::LowConfidence, sure, tracking.confidence, limit);
        }
    }

    fn motion(&mut self, setup: &Setup, gates: &Gates, clip: &Clip, signals: &Signals, variance: f64) {
        let still = motion::still_share(setup, signals, clip, gates);
        let alive = still <= gates.still_share.limit;
        if setup.dynamic {
            let limit = gates.motion_variance.limit;
            self.add(CheckCode::NoMotion, alive && variance >= limit, variance, limit);
        } else {
            self.add(CheckCode::NoMotion, alive, still, gates.still_share.limit);
        }
    }

    fn view(&mut self, setup: &Setup, gates: &Gates, signals: &Signals) {
        let views = signals.present().map(|frame| frame.view_deg);
        let limit = gates.view_error_deg.limit;
        // A test that shows two views needs the first one for a good part of the clip, not throughout.
        let error = match setup.view {
            View::Front => median(views),
            View::FrontThenSide => quantile(views, 0.2),
            View::LyingFront => median(signals.present().map(lying_front_error_deg)),
            View::Side => median(signals.present().map(side_error_deg)),
            // By what most frames show, so that no turn in between counts as either.
            View::SideOrFront => median(signals.present().map(side_error_deg))
                .zip(median(views))
                .map(|(side, front)| side.min(front)),
        };
        let error = error.unwrap_or(f64::NAN);
        self.add(CheckCode::WrongAngle, error <= limit, error, limit);
    }
}

/// How well the needed landmarks were seen.
struct Tracking {
    tracked_share: f64,
    /// Share of the clip in which a needed landmark, or the person, was outside the picture.
    outside_share: f64,
    /// Share of the clip in which a needed landmark was inside the picture but not visible.
    hidden_share: f64,
    /// Share of the clip in which landmarks jump about, or left and right are taken for each other.
    doubtful_share: f64,
    confidence: f64,
}

impl Tracking {
    fn of(setup: &Setup, gates: &Gates, clip: &Clip, signals: &Signals) -> Self {
        let aspect = f64::from(clip.aspect());
        let count = signals.frames.len().max(1) as f64;
        let (mut tracked, mut outside, mut doubtful) = (0.0, 0.0, 0.0);
        let mut confidences = Vec::with_capacity(signals.frames.len());
        for (index, frame) in signals.frames.iter().enumerate() {
            let Some(frame) = frame else {
                if signals.doubtful[index] {
                    doubtful += 1.0;
                } else {
                    outside += 1.0;
                }
                continue;
            };
            let needed = Needed::of(setup, frame);
            confidences.push(needed.confidence(frame));
            if needed.all_seen(frame, aspect, gates) {
                tracked += 1.0;
            } else if !needed.all(|landmark| inside(frame, landmark, aspect, gates)) {
                outside += 1.0;
            }
        }
        Self {
            tracked_share: tracked / count,
            outside_share: outside / count,
            hidden_share: (count - tracked - outside - doubtful) / count,
            doubtful_share: doubtful / count,
            confidence: mean(confidences).unwrap_or(0.0),
        }
    }
}

/// Whether everything that the test needs is seen inside the picture.
pub(crate) fn all_seen(setup: &Setup, frame: &Frame, aspect: f64) -> bool {
    Needed::of(setup, frame).all_seen(frame, aspect, &thresholds().gates)
}

/// Whether a landmark lies in the picture, give or take the margin.
fn inside(frame: &Frame, landmark: Landmark, aspect: f64, gates: &Gates) -> bool {
    let (position, margin) = (frame.body.image(landmark), gates.frame_margin.limit);
    let within = |value: f64| value >= -margin && value <= 1.0 + margin;
    within(position.x / aspect) && within(position.y)
}

/// The landmarks a frame must show: groups of which one landmark is enough.
struct Needed(Vec<Vec<Landmark>>);

impl Needed {
    fn of(setup: &Setup, frame: &Frame) -> Self {
        let both = |part: BodyPart| Side::BOTH.map(|side| landmark(part, side)).to_vec();
        let side_on = frame.view_deg > SIDE_ON_FROM_DEG && frame.view_deg < 180.0 - SIDE_ON_FROM_DEG;
        let mut groups = Vec::new();
        for &part in &setup.both_sides_needed {
            if side_on {
                groups.push(both(part));
            } else {
                groups.extend(Side::BOTH.map(|side| vec![landmark(part, side)]));
            }
        }
        groups.extend(setup.one_side_needed.iter().map(|&part| both(part)));
        Self(groups)
    }

    fn all(&self, good: impl Fn(Landmark) -> bool) -> bool {
        self.0
            .iter()
            .all(|group| group.iter().any(|&landmark| good(landmark)))
    }

    /// Whether each group has a visible landmark, and one inside the picture.
    fn all_seen(&self, frame: &Frame, aspect: f64, gates: &Gates) -> bool {
        self.all(|landmark| frame.body.visibility(landmark) >= gates.landmark_visible.limit)
            && self.all(|landmark| inside(frame, landmark, aspect, gates))
    }

    /// Mean over the groups of the best visibility in each.
    fn confidence(&self, frame: &Frame) -> f64 {
        let best = |group: &Vec<Landmark>| {
            group
                .iter()
                .map(|&landmark| frame.body.visibility(landmark))
                .fold(0.0, f64::max)
        };
        mean(self.0.iter().map(best)).unwrap_or(0.0)
    }
}

/// The landmark of a part of the body.
pub(crate) fn landmark(part: BodyPart, side: Side) -> Landmark {
    match part {
        BodyPart::Ear => track::ear(side),
        BodyPart::Eye => track::eye(side),
        BodyPart::Shoulder => track::shoulder(side),
        BodyPart::Elbow => track::elbow(side),
        BodyPart::Wrist => track::wrist(side),
        BodyPart::Hip => track::hip(side),
        BodyPart::Knee => track::knee(side),
        BodyPart::Ankle => track::ankle(side),
        BodyPart::Foot => track::toe(side),
    }
}
