//! The data file of cut-offs, gate limits and texts, as types: a missing or unknown entry does not parse.

mod by_name;
mod cutoffs;

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

pub use by_name::cutoff;
pub use cutoffs::*;

use crate::{Limit, TestId};

/// The text of the data file.
const DATA_FILE: &str = include_str!("../../data/thresholds.toml");

/// All cut-offs, gate limits and texts.
///
/// The file is part of the program; a test of this crate parses it and checks every value.
#[must_use]
pub fn thresholds() -> &'static Thresholds {
    static THRESHOLDS: LazyLock<Thresholds> = LazyLock::new(|| {
        #[expect(
            clippy::expect_used,
            reason = "the text is compiled in; `the_data_file_parses_and_every_number_makes_sense` parses the same text"
        )]
        toml::from_str(DATA_FILE).expect("thresholds.toml is well formed")
    });
    &THRESHOLDS
}

/// Everything in `data/thresholds.toml`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Thresholds {
    /// Limits of the quality gates.
    pub gates: Gates,
    /// What to do when a check fails, by the check's code; the texts of a test come first.
    pub instructions: BTreeMap<String, String>,
    /// What counts as a plausibly read body.
    pub pose_accuracy: PoseAccuracy,
    /// Test 4.
    pub overhead_squat: TestData<OverheadSquat>,
    /// Test 7.
    pub single_leg_balance: TestData<SingleLegBalance>,
    /// Test 3.
    pub y_balance: TestData<YBalance>,
    /// Test 6.
    pub ankle_mobility: TestData<AnkleMobility>,
    /// Test 9.
    pub shoulder_flexion: TestData<ShoulderFlexion>,
    /// Test 8.
    pub lateral_lunge: TestData<LateralLunge>,
    /// Test 2.
    pub plank: TestData<Plank>,
    /// Test 1.
    pub neck_flexion_extension: TestData<NeckFlexionExtension>,
    /// Test 13.
    pub chin_tuck: TestData<ChinTuck>,
    /// Test 14.
    pub bird_dog: TestData<BirdDog>,
    /// Test 15.
    pub clamshell: TestData<Clamshell>,
    /// Test 10.
    pub wall_slide: TestData<WallSlide>,
    /// Test 11.
    pub dead_bug: TestData<DeadBug>,
    /// Test 12.
    pub glute_bridge: TestData<GluteBridge>,
    /// Test 5.
    #[serde(rename = "hip-shoulder-90-90")]
    pub hip_shoulder: TestData<HipShoulder>,
}

/// One test: how it is recorded, its cut-offs and its texts.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct TestData<C> {
    /// How the test is recorded.
    #[serde(flatten)]
    pub setup: Setup,
    /// Its cut-offs.
    pub cutoffs: C,
    /// Its texts.
    #[serde(flatten)]
    pub texts: TestTexts,
}

/// How a test is recorded and what must be seen.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Setup {
    /// The view of the body that the test needs.
    pub view: View,
    /// Parts that must be seen on both sides when facing the camera, on the nearer side when side-on.
    pub both_sides_needed: Vec<BodyPart>,
    /// Parts of which one side is enough, because the movement hides the other.
    pub one_side_needed: Vec<BodyPart>,
    /// Whether the body moves far in the test, so that little movement means none; holds are still by design.
    pub dynamic: bool,
    /// Whether nothing in the scoring rests on which side is called left: MediaPipe takes the sides of a body on its back for
    /// each other, for seconds.
    #[serde(default)]
    pub sides_may_be_exchanged: bool,
    /// Repetitions the protocol asks for.
    pub repetitions_wanted: u32,
    /// Repetitions without which there is no result.
    pub repetitions_needed: u32,
    /// Length in seconds below which a recording cannot hold the test.
    pub shortest_clip_s: Limit,
}

/// The texts of a test.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct TestTexts {
    /// What to do when a check fails, by the check's code.
    pub instructions: BTreeMap<String, String>,
    /// What each flag says, by the flag's code; `{side}` and `{direction}` are filled in.
    pub flags: BTreeMap<String, String>,
    /// What each bucket says, by the bucket's name.
    pub buckets: BTreeMap<String, String>,
}

/// The view of the body that a test needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum View {
    /// Facing the camera throughout.
    Front,
    /// Side-on throughout, either side.
    Side,
    /// Side-on or facing the camera, either throughout.
    SideOrFront,
    /// Lying, the front of the body toward the camera.
    LyingFront,
    /// Facing the camera first, side-on after a quarter turn; only the first is indispensable.
    FrontThenSide,
}

/// A part of the body that has a left and a right landmark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it all")]
pub enum BodyPart {
    Ear,
    Eye,
    Shoulder,
    Elbow,
    Wrist,
    Hip,
    Knee,
    Ankle,
    Foot,
}

/// Limits of the quality gates; see the data file for their sources.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gates {
    /// Visibility 0..1 from which a landmark counts as seen.
    pub landmark_visible: Limit,
    /// Least share of frames in which everything needed is seen.
    pub tracked_share: Limit,
    /// Least share of frames with a person.
    pub person_share: Limit,
    /// Least mean visibility of the needed landmarks.
    pub confidence: Limit,
    /// Least positional variance of the landmark that moves most, in torso lengths squared, for dynamic tests.
    pub motion_variance: Limit,
    /// Mean luma difference 0..255 between sampled frames below which the picture stands still.
    pub still_change: Limit,
    /// Mean luma difference below which the picture is frozen.
    pub frozen_change: Limit,
    /// Range of the landmark that moves most within 2 s, in torso lengths, below which the body stands still.
    pub still_motion: Limit,
    /// Greatest share of the clip that may stand still.
    pub still_share: Limit,
    /// Least mean luma, 0..255.
    pub brightness_low: Limit,
    /// Greatest mean luma, 0..255.
    pub brightness_high: Limit,
    /// Greatest angle between the view and the one the test needs, in degrees.
    pub view_error_deg: Limit,
    /// How far outside the picture a landmark may be, as a share of the picture's side.
    pub frame_margin: Limit,
    /// Greatest distance by which landmarks may jump about, mean over a second, in torso lengths.
    pub unrest: Limit,
    /// Greatest share of counted frames that may show more than one person.
    pub people_share: Limit,
    /// Least number of counted frames with more than one person for the share to count.
    pub people_frames: Limit,
    /// Least quality score.
    pub quality_score: Limit,
    /// Longest clip in seconds.
    pub duration_s: Limit,
}

/// Limits of pose accuracy; see the data file for their sources.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoseAccuracy {
    /// By how much of its median over the clip a bone's length may change, 0..1.
    pub bone_change: Limit,
}

impl Thresholds {
    /// How a test is recorded and its texts.
    #[must_use]
    pub fn test(&self, test: TestId) -> (&Setup, &TestTexts) {
        match test {
            TestId::OverheadSquat => (&self.overhead_squat.setup, &self.overhead_squat.texts),
            TestId::SingleLegBalance => (&self.single_leg_balance.setup, &self.single_leg_balance.texts),
            TestId::YBalance => (&self.y_balance.setup, &self.y_balance.texts),
            TestId::AnkleMobility => (&self.ankle_mobility.setup, &self.ankle_mobility.texts),
            TestId::LateralLunge => (&self.lateral_lunge.setup, &self.lateral_lunge.texts),
            TestId::ShoulderFlexion => (&self.shoulder_flexion.setup, &self.shoulder_flexion.texts),
            TestId::Plank => (&self.plank.setup, &self.plank.texts),
            TestId::NeckFlexionExtension => (
                &self.neck_flexion_extension.setup,
                &self.neck_flexion_extension.texts,
            ),
            TestId::ChinTuck => (&self.chin_tuck.setup, &self.chin_tuck.texts),
            TestId::BirdDog => (&self.bird_dog.setup, &self.bird_dog.texts),
            TestId::Clamshell => (&self.clamshell.setup, &self.clamshell.texts),
            TestId::HipShoulder9090 => (&self.hip_shoulder.setup, &self.hip_shoulder.texts),
            TestId::WallSlide => (&self.wall_slide.setup, &self.wall_slide.texts),
            TestId::DeadBug => (&self.dead_bug.setup, &self.dead_bug.texts),
            TestId::GluteBridge => (&self.glute_bridge.setup, &self.glute_bridge.texts),
        }
    }

    /// What a person can do about a failed check of `test`: the test's own words, else the general ones.
    #[must_use]
    pub fn instruction(&self, test: TestId, check: &str) -> &str {
        let (_, texts) = self.test(test);
        texts
            .instructions
            .get(check)
            .or_else(|| self.instructions.get(check))
            .map_or("Watch the guide and record again.", String::as_str)
    }
}

#[cfg(test)]
mod tests;
