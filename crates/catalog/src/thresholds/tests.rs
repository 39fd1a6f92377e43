//! Whether the data file makes sense.

use super::*;

fn every_entry(value: &toml::Value, path: &str, found: &mut Vec<(String, toml::Table)>) {
    let Some(table) = value.as_table() else { return };
    if table.contains_key("source") {
        found.push((path.to_owned(), table.clone()));
        return;
    }
    for (name, inner) in table {
        every_entry(inner, &format!("{path}/{name}"), found);
    }
}

#[test]
fn the_data_file_parses_and_every_number_makes_sense() {
    assert!(thresholds().gates.tracked_share.limit > 0.0);
    let file: toml::Value = toml::from_str(include_str!("../../data/thresholds.toml")).unwrap();
    let mut entries = Vec::new();
    every_entry(&file, "", &mut entries);
    assert!(entries.len() > 30, "only {} entries found", entries.len());
    for (path, entry) in entries {
        let number = |name: &str| entry.get(name).and_then(toml::Value::as_float);
        assert!(
            number("value").or(number("limit")).is_some_and(f64::is_finite),
            "{path}"
        );
        assert!(number("dead_band").is_none_or(|band| band >= 0.0), "{path}");
        assert!(
            entry["source"].as_str().is_some_and(|text| text.len() >= 12),
            "{path}"
        );
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn severe_limits_lie_beyond_the_ordinary_ones() {
    let squat = &thresholds().overhead_squat.cutoffs;
    let balance = &thresholds().single_leg_balance.cutoffs;
    let reach = &thresholds().y_balance.cutoffs;
    let ankle = &thresholds().ankle_mobility.cutoffs;
    let shoulder = &thresholds().shoulder_flexion.cutoffs;
    let lunge = &thresholds().lateral_lunge.cutoffs;
    let plank = &thresholds().plank.cutoffs;
    let neck = &thresholds().neck_flexion_extension.cutoffs;
    let tuck = &thresholds().chin_tuck.cutoffs;
    let bird_dog = &thresholds().bird_dog.cutoffs;
    let clamshell = &thresholds().clamshell.cutoffs;
    let slide = &thresholds().wall_slide.cutoffs;
    let dead_bug = &thresholds().dead_bug.cutoffs;
    let bridge = &thresholds().glute_bridge.cutoffs;
    let rotation = &thresholds().hip_shoulder.cutoffs;
    for (name, ordinary, severe) in [
        (
            "knee",
            &squat.knee_inside_foot_deg,
            &squat.knee_inside_foot_severe_deg,
        ),
        ("heel", &squat.heel_rise_ratio, &squat.heel_rise_severe_ratio),
        (
            "trunk",
            &squat.trunk_over_tibia_deg,
            &squat.trunk_over_tibia_severe_deg,
        ),
        (
            "hands",
            &squat.hands_ahead_of_toes_ratio,
            &squat.hands_ahead_of_toes_severe_ratio,
        ),
        ("depth", &squat.depth_severe_deg, &squat.depth_deg),
        ("arms", &squat.arm_raise_severe_deg, &squat.arm_raise_deg),
        ("hold", &balance.short_hold_s, &balance.hold_s),
        ("sway", &balance.steady_sway_ratio, &balance.unsteady_sway_ratio),
        ("gap", &reach.moderate_factor, &reach.marked_factor),
        ("shin", &ankle.shin_lean_severe_deg, &ankle.shin_lean_deg),
        (
            "front heel",
            &ankle.heel_rise_ratio,
            &ankle.heel_rise_severe_ratio,
        ),
        ("lunge", &lunge.depth_severe_deg, &lunge.depth_deg),
        (
            "lunge knee",
            &lunge.knee_inside_foot_deg,
            &lunge.knee_inside_foot_severe_deg,
        ),
        ("lunge trunk", &lunge.trunk_lean_deg, &lunge.trunk_lean_severe_deg),
        ("flexion", &shoulder.flexion_severe_deg, &shoulder.flexion_deg),
        (
            "stretched leg",
            &bird_dog.leg_line_deg,
            &bird_dog.leg_line_severe_deg,
        ),
        ("opening", &clamshell.opening_severe_deg, &clamshell.opening_deg),
        ("thighs", &bird_dog.stretched_deg, &bird_dog.kneeling_deg),
        (
            "trunk turn",
            &dead_bug.trunk_turn_deg,
            &dead_bug.trunk_turn_severe_deg,
        ),
        ("bridge", &bridge.bridge_deg, &bridge.hip_extension_deg),
        ("bridge hold", &bridge.short_hold_s, &bridge.hold_s),
        ("bridge hips", &bridge.hip_drop_deg, &bridge.hip_drop_severe_deg),
        ("plank", &plank.short_hold_s, &plank.hold_s),
        ("neck flexion", &neck.flexion_severe_deg, &neck.flexion_deg),
        ("neck extension", &neck.extension_severe_deg, &neck.extension_deg),
        ("nod", &neck.rest_deg, &neck.nod_deg),
        ("tuck", &tuck.tuck_deg, &tuck.back_deg),
        ("ear", &tuck.ear_line_low_deg, &tuck.ear_line_deg),
        ("chin", &tuck.chin_up_deg, &tuck.nod_deg),
        ("hips", &plank.hip_offset_deg, &plank.hip_offset_severe_deg),
        (
            "fold",
            &plank.hip_offset_severe_deg,
            &plank.hip_offset_greatest_deg,
        ),
        ("elbows", &slide.bottom_severe_deg, &slide.bottom_deg),
        ("tilt", &slide.forearm_tilt_deg, &slide.forearm_tilt_severe_deg),
        (
            "forearms",
            &slide.forearm_ahead_deg,
            &slide.forearm_ahead_severe_deg,
        ),
        ("top", &slide.top_severe_deg, &slide.top_deg),
        ("shrug", &slide.shrug_ratio, &slide.shrug_severe_ratio),
        ("side lean", &slide.side_lean_deg, &slide.side_lean_severe_deg),
        (
            "hip in",
            &rotation.hip_internal_severe_deg,
            &rotation.hip_internal_deg,
        ),
        (
            "hip out",
            &rotation.hip_external_severe_deg,
            &rotation.hip_external_deg,
        ),
        ("slide gap", &slide.side_gap_deg, &slide.side_gap_severe_deg),
    ] {
        assert!(ordinary.value < severe.value, "{name}");
        assert_eq!(ordinary.unit, severe.unit, "{name}");
    }
}

#[test]
fn a_test_speaks_for_itself_where_it_can_and_generally_where_it_cannot() {
    let data = thresholds();
    assert!(
        data.instruction(TestId::OverheadSquat, "WRONG_MOVEMENT")
            .contains("squats")
    );
    assert!(
        data.instruction(TestId::OverheadSquat, "BAD_LIGHTING")
            .contains("light")
    );
    assert!(
        data.instruction(TestId::OverheadSquat, "OUT_OF_FRAME")
            .contains("Step back")
    );
}
