//! The body stays a body: bones keep their length, feet stay on or over the floor, dials mean what they say.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use flow_landmarks::{Landmark, Side};
use flow_mannequin::{
    Angles, Rate, Scenario,
    body::BodyKind,
    motion::{Direction, Drives, Form, Motion, Plank, Reach, Reaches, Rotations, Squats, Stage},
    scenario, scenarios,
};
use flow_movement::{geometry::Vector, signals::hip_line};

/// Metres by which a bone may differ from its length: what rounding makes.
const BONE_ERROR_M: f32 = 0.002;

#[test]
fn bones_keep_their_length_in_every_scenario() {
    for scenario in scenarios() {
        for frame in (0..scenario.frames()).step_by(3) {
            for (body, bones) in scenario.people(frame) {
                for side in 0..2 {
                    for (bone, found, length) in [
                        ("thigh", bones.hip[side].distance(bones.knee[side]), body.thigh),
                        (
                            "shank",
                            bones.knee[side].distance(bones.foot[side].origin),
                            body.shank,
                        ),
                        (
                            "upper arm",
                            bones.shoulder[side].distance(bones.elbow[side]),
                            body.upper_arm,
                        ),
                        (
                            "forearm",
                            bones.elbow[side].distance(bones.wrist[side]),
                            body.forearm,
                        ),
                    ] {
                        assert!(
                            (found - length).abs() < BONE_ERROR_M,
                            "{}, frame {frame}: {bone} of side {side} is {found:.4} m, not {length:.4} m",
                            scenario.name
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn nobody_sinks_into_the_floor() {
    for scenario in scenarios() {
        for frame in scenario.truth().frames {
            let Some(angles) = frame.angles else { continue };
            for side in Side::BOTH {
                let height = angles.foot_clearance.of(side);
                assert!(
                    height > -0.02,
                    "{} at {:.2} s: {side:?} foot {height:.3} leg lengths",
                    scenario.name,
                    frame.t
                );
            }
        }
    }
}

/// The angles of a frame in which the person is in the picture.
fn angles_at(scenario: &Scenario, t: f64) -> Angles {
    let frames = scenario.truth().frames;
    frames
        .into_iter()
        .filter(|frame| frame.t >= t)
        .find_map(|frame| frame.angles)
        .unwrap()
}

/// The moment in a row of squats at which the first one is deepest.
fn first_bottom(scenario: &Scenario) -> Angles {
    let truth = scenario.truth();
    let angles = truth
        .frames
        .iter()
        .filter(|frame| frame.t < 4.5)
        .filter_map(|frame| frame.angles);
    angles
        .max_by(|a, b| a.space.knee_flexion.left.total_cmp(&b.space.knee_flexion.left))
        .unwrap()
}

#[test]
fn the_dials_of_a_squat_are_what_the_truth_measures_at_its_bottom() {
    let base = scenario("overhead-squat-good").unwrap();
    for kind in BodyKind::ALL {
        for form in [
            Form::GOOD,
            Form {
                knee_in: [16.0, -5.0],
                ..Form::GOOD
            },
            Form {
                knee_in: [-5.0, 22.0],
                heel_cm: [0.0, 6.0],
                ..Form::GOOD
            },
            Form {
                thigh: 20.0,
                shin: 30.0,
                lean: 40.0,
                arms: 140.0,
                ..Form::GOOD
            },
        ] {
            let scenario = Scenario {
                body: kind,
                motion: Motion::Squats(Squats { form, ..Squats::GOOD }),
                ..base
            };
            let found = first_bottom(&scenario);
            for (dial, found, wanted, tolerance) in [
                ("lean", found.sagittal.trunk_lean, form.lean, 2.5),
                ("left knee in", found.knee_inside_foot.left, form.knee_in[0], 3.0),
                (
                    "right knee in",
                    found.knee_inside_foot.right,
                    form.knee_in[1],
                    3.0,
                ),
                ("left heel", found.heel_rise_cm.left, form.heel_cm[0], 0.4),
                ("right heel", found.heel_rise_cm.right, form.heel_cm[1], 0.4),
                // One pelvis, two knees: the mean of both thighs is what the dial sets.
                (
                    "thigh",
                    f32::midpoint(
                        found.space.thigh_over_horizontal.left,
                        found.space.thigh_over_horizontal.right,
                    ),
                    form.thigh,
                    6.0,
                ),
            ] {
                assert!(
                    (found - wanted).abs() < tolerance,
                    "{kind:?} {form:?}: {dial} is {found:.1}, not {wanted:.1}"
                );
            }
        }
    }
}

#[test]
fn the_dials_of_a_knee_drive_are_what_the_truth_measures_with_the_heel_down_and_up() {
    let base = scenario("ankle-mobility-pass").unwrap();
    for kind in BodyKind::ALL {
        for (lean, heel_cm) in [(18.0, 0.0), (46.0, 0.0), (24.0, 6.5)] {
            let drives = Drives {
                lean: [lean; 2],
                heel_cm: [heel_cm; 2],
                ..Drives::GOOD
            };
            let scenario = Scenario {
                body: kind,
                motion: Motion::Drives(drives),
                rate: Rate::Even(60),
                ..base
            };
            let frames = scenario.truth().frames;
            for (side, heading) in [(Side::Right, 90.0), (Side::Left, -90.0)] {
                let side_on = |at: &Angles| (at.heading - heading).abs() < 1e-3;
                let angles: Vec<Angles> = frames
                    .iter()
                    .filter_map(|frame| frame.angles)
                    .filter(side_on)
                    .collect();
                let most = |value: &dyn Fn(&Angles) -> f32| angles.iter().map(value).fold(0.0, f32::max);
                let shin = |at: &Angles| at.sagittal.shin_lean.of(side);
                let heel = |at: &Angles| at.heel_rise_cm.of(side);
                let reached = most(&|at| if heel(at) < 0.1 { shin(at) } else { 0.0 });
                assert!(
                    (reached - lean).abs() < 2.0,
                    "{kind:?} {side:?}: {reached:.1}, not {lean}"
                );
                let up = most(&heel);
                assert!(
                    (up - heel_cm).abs() < 0.4,
                    "{kind:?} {side:?}: heel {up:.1} cm, not {heel_cm}"
                );
                assert_eq!(most(&shin) > lean + 5.0, heel_cm > 0.0, "{kind:?} {side:?}");
            }
        }
    }
}

#[test]
fn feet_stay_where_they_are_in_a_squat() {
    let scenario = scenario("overhead-squat-valgus-both-far").unwrap();
    let start = scenario.people(0)[0].1;
    for frame in 0..60 {
        let bones = scenario.people(frame)[0].1;
        for side in 0..2 {
            let moved = bones.foot[side].origin.distance(start.foot[side].origin);
            assert!(moved < 0.002, "frame {frame}: foot {side} moved {moved} m");
        }
    }
}

#[test]
fn a_foot_reaches_as_far_and_in_the_direction_it_is_told() {
    let base = scenario("y-balance-symmetric").unwrap();
    for kind in BodyKind::ALL {
        for stance in Side::BOTH {
            for (direction, ratio) in [
                (Direction::Anterior, 0.6),
                (Direction::Posteromedial, 0.9),
                (Direction::Posterolateral, 0.8),
            ] {
                let reaches: &'static [Reach] = Box::leak(Box::new([Reach {
                    stance,
                    direction,
                    ratio,
                }]));
                let scenario = Scenario {
                    body: kind,
                    motion: Motion::Reaches(Reaches { reaches, tempo: 3.0 }),
                    ..base
                };
                // Start, switching the weight, and half of the stay at the far end.
                let t = 0.6 + 1.4 + 0.46 * 3.0;
                let angles = angles_at(&scenario, t);
                // Landmark leg lengths are shorter than bone leg lengths by 2 cm or so.
                assert!(
                    (angles.toes_apart - ratio).abs() < 0.05,
                    "{kind:?} {stance:?} {direction:?}: {angles:?}"
                );
                let (_, bones) = scenario.people((t * 15.0) as u32)[0];
                let (stands, free) = if stance == Side::Left { (0, 1) } else { (1, 0) };
                let offset = bones.toes[free].origin - bones.toes[stands].origin;
                let aside = if stance == Side::Left { offset.x } else { -offset.x };
                let as_named = match direction {
                    Direction::Anterior => offset.z > 0.3 && aside.abs() < 0.15,
                    Direction::Posteromedial => offset.z < -0.3 && aside < -0.3,
                    Direction::Posterolateral => offset.z < -0.3 && aside > 0.2,
                };
                assert!(as_named, "{kind:?} {stance:?} {direction:?}: {offset}");
            }
        }
    }
}

#[test]
fn the_hips_of_a_plank_are_bent_as_far_as_the_dial_says_and_the_arms_carry_it() {
    let base = scenario("plank-pass").unwrap();
    for kind in BodyKind::ALL {
        for hips in [-24.0, -8.0, 0.0, 12.0, 30.0] {
            let stages: &'static [Stage] = Box::leak(Box::new([Stage { hips, seconds: 4.0 }]));
            let scenario = Scenario {
                body: kind,
                motion: Motion::Plank(Plank {
                    stages,
                    knees_down: false,
                }),
                ..base
            };
            let frames = scenario.truth().frames;
            for frame in frames.iter().filter(|frame| (1.7..5.3).contains(&frame.t)) {
                let world = frame.pose.unwrap().world;
                let middle = |landmark: Landmark| {
                    let at = |landmark: Landmark| {
                        Vector::flat(f64::from(world[landmark].x), f64::from(world[landmark].y))
                    };
                    at(landmark).middle(at(landmark.mirrored()))
                };
                let parts = [Landmark::LeftShoulder, Landmark::LeftHip, Landmark::LeftAnkle].map(middle);
                let found = hip_line(parts[0], parts[1], parts[2], 0.0).offset_deg;
                assert!(
                    (found - f64::from(hips)).abs() < 2.0,
                    "{kind:?} at {:.1} s: {found:.1}, not {hips}",
                    frame.t
                );
                let (_, bones) = scenario.people(frame.frame)[0];
                for joint in [bones.elbow, bones.wrist].concat() {
                    assert!((0.02..0.09).contains(&joint.y), "{kind:?} {hips}: {joint}");
                }
            }
        }
    }
}

#[test]
fn legs_swing_and_forearms_turn_as_far_as_the_dials_say_while_thighs_and_upper_arms_stay() {
    let base = scenario("wall-slide-pass").unwrap();
    for kind in BodyKind::ALL {
        let dials = Rotations {
            hip_internal: [20.0, 42.0],
            hip_external: [46.0, 28.0],
            shoulder_external: [80.0, 50.0],
            shoulder_internal: [25.0, 60.0],
            ..Rotations::GOOD
        };
        let scenario = Scenario {
            body: kind,
            motion: Motion::Rotations(dials),
            ..base
        };
        let frames = scenario.truth().frames;
        let turning = dials.seconds() - 2.0 - 2.0 * dials.tempo;
        let within = |from: f32, to: f32, value: &dyn Fn(&Angles) -> f32| {
            let values: Vec<f32> = frames
                .iter()
                .filter(|frame| (f64::from(from)..f64::from(to)).contains(&frame.t))
                .filter_map(|frame| frame.angles.as_ref())
                .map(value)
                .collect();
            let (low, high) = (f32::min as fn(f32, f32) -> f32, f32::max as fn(f32, f32) -> f32);
            [low, high].map(|choose| values.iter().copied().reduce(choose).unwrap())
        };
        for (index, side) in Side::BOTH.into_iter().enumerate() {
            let [external, internal] =
                within(0.0, turning - 1.2, &|at: &Angles| at.knee_inside_foot.of(side));
            let [down, up] = within(turning, turning + 2.0 * dials.tempo, &|at: &Angles| {
                at.forearm_raise.of(side)
            });
            for (dial, found, wanted) in [
                ("hip in", internal, dials.hip_internal[index]),
                ("hip out", -external, dials.hip_external[index]),
                ("shoulder out", up, dials.shoulder_external[index]),
                ("shoulder in", -down, dials.shoulder_internal[index]),
            ] {
                assert!(
                    (found - wanted).abs() < 3.0,
                    "{kind:?} {side:?}: {dial} is {found:.1}, not {wanted}"
                );
            }
            let [lowest, highest] = within(turning, turning + 2.0 * dials.tempo, &|at: &Angles| {
                at.upper_arm_raise.of(side)
            });
            assert!(
                lowest > 84.0 && highest < 96.0,
                "{kind:?}: upper arms at {lowest:.1} to {highest:.1}"
            );
        }
        let knees = |frame: u32| scenario.people(frame)[0].1.knee;
        for frame in 0..scenario.frames() {
            for side in 0..2 {
                let moved = knees(frame)[side].distance(knees(0)[side]);
                assert!(
                    moved < 0.05,
                    "{kind:?}, frame {frame}: knee {side} moved {moved:.3} m"
                );
            }
        }
    }
}

#[test]
fn repetitions_are_told_with_their_times() {
    let squats = scenario("overhead-squat-good").unwrap().summary().squats;
    assert_eq!(squats.len(), 6);
    assert!(
        squats
            .iter()
            .all(|squat| squat.angles.space.knee_flexion.left > 120.0),
        "{squats:?}"
    );

    let stands = scenario("single-leg-balance-touching-down")
        .unwrap()
        .summary()
        .holds;
    // The foot is clear of the floor for a little longer than it is held up.
    let held = [
        (Side::Left, 5.0),
        (Side::Left, 6.5),
        (Side::Right, 4.0),
        (Side::Right, 6.5),
    ];
    assert_eq!(stands.len(), held.len(), "{stands:?}");
    for (stand, (stance, seconds)) in stands.iter().zip(held) {
        let longer = stand.end - stand.start - seconds;
        assert!(
            stand.stance == stance && (0.4..1.1).contains(&longer),
            "{stand:?}, held {seconds} s"
        );
    }

    let reaches = scenario("y-balance-anterior-left-behind")
        .unwrap()
        .summary()
        .reaches;
    let ratios: Vec<f32> = reaches.iter().map(|reach| reach.ratio).collect();
    for (found, wanted) in ratios.iter().zip([0.46, 0.95, 0.88, 0.70, 0.95, 0.88]) {
        assert!((found - wanted).abs() < 0.03, "{ratios:?}");
    }
    assert_eq!(reaches.len(), 6);

    // What is not filmed is not told.
    let cut = scenario("y-balance-left-stance-only").unwrap().summary().reaches;
    assert!(
        cut.iter().all(|reach| reach.stance == Side::Left) && cut.len() == 3,
        "{cut:?}"
    );
}
