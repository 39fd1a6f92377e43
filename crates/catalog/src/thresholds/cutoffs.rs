//! The cut-offs of each test, by the names they have in the data file.

use serde::Deserialize;

use crate::Cutoff;

/// Cut-offs of test 4.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each is explained by its `source` in the data file")]
pub struct OverheadSquat {
    pub squat_knee_flexion_deg: Cutoff,
    pub depth_deg: Cutoff,
    pub depth_front_deg: Cutoff,
    pub depth_severe_deg: Cutoff,
    pub trunk_over_tibia_deg: Cutoff,
    pub trunk_over_tibia_severe_deg: Cutoff,
    pub knee_inside_foot_deg: Cutoff,
    pub knee_inside_foot_severe_deg: Cutoff,
    pub heel_rise_ratio: Cutoff,
    pub heel_rise_severe_ratio: Cutoff,
    pub hands_ahead_of_toes_ratio: Cutoff,
    pub hands_ahead_of_toes_severe_ratio: Cutoff,
    pub arm_raise_deg: Cutoff,
    pub arm_raise_severe_deg: Cutoff,
}

/// Cut-offs of test 7.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each is explained by its `source` in the data file")]
pub struct SingleLegBalance {
    pub foot_clear_ratio: Cutoff,
    pub stance_shift_ratio: Cutoff,
    pub shortest_hold_s: Cutoff,
    pub free_foot_travel_ratio: Cutoff,
    pub hold_s: Cutoff,
    pub short_hold_s: Cutoff,
    pub side_gap_s: Cutoff,
    pub steady_sway_ratio: Cutoff,
    pub unsteady_sway_ratio: Cutoff,
}

/// Cut-offs of test 3.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each is explained by its `source` in the data file")]
pub struct YBalance {
    pub reach_ratio: Cutoff,
    pub stance_shift_ratio: Cutoff,
    pub front_gap_ratio: Cutoff,
    pub back_gap_ratio: Cutoff,
    pub back_sum_gap_ratio: Cutoff,
    pub moderate_factor: Cutoff,
    pub marked_factor: Cutoff,
    pub composite_percent: Cutoff,
}

/// Cut-offs of test 6.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each is explained by its `source` in the data file")]
pub struct AnkleMobility {
    pub drive_deg: Cutoff,
    pub split_stance_ratio: Cutoff,
    pub foot_shift_ratio: Cutoff,
    pub hips_drop_ratio: Cutoff,
    pub heel_rise_ratio: Cutoff,
    pub heel_rise_severe_ratio: Cutoff,
    pub shin_lean_deg: Cutoff,
    pub shin_lean_severe_deg: Cutoff,
    pub side_gap_deg: Cutoff,
}

/// Cut-offs of test 9.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each is explained by its `source` in the data file")]
pub struct ShoulderFlexion {
    pub raise_deg: Cutoff,
    pub rest_deg: Cutoff,
    pub flexion_deg: Cutoff,
    pub flexion_severe_deg: Cutoff,
    pub side_gap_deg: Cutoff,
    pub lean_back_deg: Cutoff,
}

/// Cut-offs of test 8.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each is explained by its `source` in the data file")]
pub struct LateralLunge {
    pub knee_gap_deg: Cutoff,
    pub feet_apart_ratio: Cutoff,
    pub depth_deg: Cutoff,
    pub depth_severe_deg: Cutoff,
    pub knee_inside_foot_deg: Cutoff,
    pub knee_inside_foot_severe_deg: Cutoff,
    pub trunk_lean_deg: Cutoff,
    pub trunk_lean_severe_deg: Cutoff,
    pub side_gap_deg: Cutoff,
}

/// Cut-offs of test 2.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each is explained by its `source` in the data file")]
pub struct Plank {
    pub hip_reads_high_deg: Cutoff,
    pub hip_offset_deg: Cutoff,
    pub hip_offset_severe_deg: Cutoff,
    pub hip_offset_greatest_deg: Cutoff,
    pub off_line_s: Cutoff,
    pub level_deg: Cutoff,
    pub support_ratio: Cutoff,
    pub support_shift_ratio: Cutoff,
    pub knee_bend_deg: Cutoff,
    pub knee_clear_ratio: Cutoff,
    pub shortest_hold_s: Cutoff,
    pub hold_s: Cutoff,
    pub short_hold_s: Cutoff,
}

/// Cut-offs of test 1.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each is explained by its `source` in the data file")]
pub struct NeckFlexionExtension {
    pub head_reads_share: Cutoff,
    pub face_mesh_reads_share: Cutoff,
    pub nod_deg: Cutoff,
    pub rest_deg: Cutoff,
    pub flexion_deg: Cutoff,
    pub flexion_severe_deg: Cutoff,
    pub extension_deg: Cutoff,
    pub extension_severe_deg: Cutoff,
    pub trunk_deg: Cutoff,
    pub face_rise_ratio: Cutoff,
    pub shoulder_drop_ratio: Cutoff,
}

/// Cut-offs of test 13.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each is explained by its `source` in the data file")]
pub struct ChinTuck {
    pub ear_line_deg: Cutoff,
    pub ear_line_low_deg: Cutoff,
    pub tuck_deg: Cutoff,
    pub back_deg: Cutoff,
    pub hold_s: Cutoff,
    pub tilt_deg: Cutoff,
    pub chin_down_deg: Cutoff,
    pub chin_up_deg: Cutoff,
    pub nod_deg: Cutoff,
    pub face_mesh_nod_deg: Cutoff,
}

/// Cut-offs of test 14.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each is explained by its `source` in the data file")]
pub struct BirdDog {
    pub support_ratio: Cutoff,
    pub hips_up_ratio: Cutoff,
    pub stretched_deg: Cutoff,
    pub kneeling_deg: Cutoff,
    pub knee_bend_deg: Cutoff,
    pub far_leg_reads_low_deg: Cutoff,
    pub arm_raised_deg: Cutoff,
    pub arm_visibility: Cutoff,
    pub arm_swing_deg: Cutoff,
    pub shortest_hold_s: Cutoff,
    pub hold_s: Cutoff,
    pub leg_line_deg: Cutoff,
    pub leg_line_severe_deg: Cutoff,
    pub arm_line_deg: Cutoff,
    pub hip_shift_ratio: Cutoff,
    pub drift_ratio: Cutoff,
    pub side_gap_deg: Cutoff,
}

/// Cut-offs of test 15.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each is explained by its `source` in the data file")]
pub struct Clamshell {
    pub rest_deg: Cutoff,
    pub least_deg: Cutoff,
    pub feet_apart_ratio: Cutoff,
    pub opening_deg: Cutoff,
    pub opening_severe_deg: Cutoff,
}

/// Cut-offs of test 10.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each is explained by its `source` in the data file")]
pub struct WallSlide {
    pub slide_deg: Cutoff,
    pub bottom_deg: Cutoff,
    pub bottom_severe_deg: Cutoff,
    pub forearm_tilt_deg: Cutoff,
    pub forearm_tilt_severe_deg: Cutoff,
    pub forearm_ahead_deg: Cutoff,
    pub forearm_ahead_severe_deg: Cutoff,
    pub top_deg: Cutoff,
    pub top_severe_deg: Cutoff,
    pub shrug_ratio: Cutoff,
    pub shrug_severe_ratio: Cutoff,
    pub side_lean_deg: Cutoff,
    pub side_lean_severe_deg: Cutoff,
    pub side_gap_deg: Cutoff,
    pub side_gap_severe_deg: Cutoff,
}

/// Cut-offs of test 11.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each is explained by its `source` in the data file")]
pub struct DeadBug {
    pub stretched_deg: Cutoff,
    pub legs_apart_deg: Cutoff,
    pub other_knee_deg: Cutoff,
    pub arm_visibility: Cutoff,
    pub arms_apart_deg: Cutoff,
    pub arm_away_deg: Cutoff,
    pub trunk_turn_deg: Cutoff,
    pub trunk_turn_severe_deg: Cutoff,
    pub leg_over_floor_deg: Cutoff,
    pub knee_bend_deg: Cutoff,
    pub away_s: Cutoff,
    pub arm_line_deg: Cutoff,
}

/// Cut-offs of test 12.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each is explained by its `source` in the data file")]
pub struct GluteBridge {
    pub hip_extension_deg: Cutoff,
    pub bridge_deg: Cutoff,
    pub rest_deg: Cutoff,
    pub level_deg: Cutoff,
    pub planted_knee_deg: Cutoff,
    pub free_knee_deg: Cutoff,
    pub foot_clear_ratio: Cutoff,
    pub hip_drop_deg: Cutoff,
    pub hip_drop_severe_deg: Cutoff,
    pub off_line_s: Cutoff,
    pub shortest_hold_s: Cutoff,
    pub hold_s: Cutoff,
    pub short_hold_s: Cutoff,
    pub side_gap_s: Cutoff,
    pub side_gap_deg: Cutoff,
}

/// Cut-offs of test 5.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each is explained by its `source` in the data file")]
pub struct HipShoulder {
    pub sitting_ratio: Cutoff,
    pub seat_shift_ratio: Cutoff,
    pub least_deg: Cutoff,
    pub turn_least_deg: Cutoff,
    pub hip_internal_deg: Cutoff,
    pub hip_internal_severe_deg: Cutoff,
    pub hip_external_deg: Cutoff,
    pub hip_external_severe_deg: Cutoff,
    pub shoulder_internal_deg: Cutoff,
    pub shoulder_external_deg: Cutoff,
    pub side_gap_deg: Cutoff,
    pub thigh_drift_deg: Cutoff,
    pub side_lean_deg: Cutoff,
    pub upper_arm_low_deg: Cutoff,
}
