//! Test 7, single-leg balance: buckets by time, the gap between the sides, touching down, hopping, sway, one side only.

use flow_catalog::TestId;
use flow_landmarks::Side::{Left, Right};

use super::{
    BASE as ANY, scored,
    sets::{GYM, HALL},
};
use crate::{
    body::BodyKind,
    motion::{Balance, Hands, Hold, Motion},
    scenario::{Flag, Scenario},
};

const BASE: Scenario = Scenario {
    test: TestId::SingleLegBalance,
    ..ANY
};

const fn on_one_leg(holds: &'static [Hold], hands: Hands) -> Motion {
    Motion::Balance(Balance { holds, hands })
}

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "single-leg-balance-pass",
        motion: on_one_leg(
            &[Hold::quiet(Left, 20.2), Hold::quiet(Right, 20.2)],
            Hands::AtSides,
        ),
        expect: scored("pass", &[]),
        ..BASE
    },
    // Sway on the good side of its cut-off, but not by much.
    Scenario {
        name: "single-leg-balance-pass-swaying",
        body: BodyKind::Short,
        set: GYM,
        heading: 10.0,
        motion: on_one_leg(
            &[Hold::swaying(Right, 20.2, 3.0), Hold::swaying(Left, 20.2, 3.0)],
            Hands::OnHips,
        ),
        expect: scored("pass", &[]),
        ..BASE
    },
    Scenario {
        name: "single-leg-balance-both-limited",
        body: BodyKind::Sturdy,
        set: HALL,
        motion: on_one_leg(
            &[Hold::quiet(Left, 12.0), Hold::quiet(Right, 14.0)],
            Hands::AtSides,
        ),
        expect: scored(
            "limited",
            &[Flag::on("short-hold", Left), Flag::on("short-hold", Right)],
        ),
        ..BASE
    },
    Scenario {
        name: "single-leg-balance-right-short",
        body: BodyKind::Tall,
        set: GYM,
        motion: on_one_leg(
            &[Hold::quiet(Left, 20.3), Hold::quiet(Right, 11.0)],
            Hands::AtSides,
        ),
        expect: scored("limited", &[Flag::on("short-hold", Right), Flag::new("side-gap")]),
        ..BASE
    },
    Scenario {
        name: "single-leg-balance-left-very-short",
        body: BodyKind::Short,
        motion: on_one_leg(&[Hold::quiet(Left, 5.0), Hold::quiet(Right, 13.0)], Hands::OnHips),
        expect: scored(
            "significant",
            &[
                Flag::on("short-hold", Left),
                Flag::on("short-hold", Right),
                Flag::new("side-gap"),
            ],
        ),
        ..BASE
    },
    Scenario {
        name: "single-leg-balance-touching-down",
        body: BodyKind::Tall,
        heading: -15.0,
        motion: on_one_leg(
            &[
                Hold::quiet(Left, 5.0),
                Hold::quiet(Left, 6.5),
                Hold::quiet(Right, 4.0),
                Hold::quiet(Right, 6.5),
            ],
            Hands::AtSides,
        ),
        expect: scored(
            "significant",
            &[Flag::on("short-hold", Left), Flag::on("short-hold", Right)],
        ),
        ..BASE
    },
    Scenario {
        name: "single-leg-balance-unsteady-right",
        body: BodyKind::Sturdy,
        motion: on_one_leg(
            &[Hold::quiet(Left, 11.5), Hold::swaying(Right, 11.5, 7.5)],
            Hands::AtSides,
        ),
        expect: scored(
            "limited",
            &[
                Flag::on("short-hold", Left),
                Flag::on("short-hold", Right),
                Flag::on("unsteady", Right),
            ],
        ),
        ..BASE
    },
    Scenario {
        name: "single-leg-balance-hopping-left",
        body: BodyKind::Short,
        set: HALL,
        motion: on_one_leg(
            &[
                Hold {
                    hop_at: Some(6.5),
                    ..Hold::quiet(Left, 12.0)
                },
                Hold::quiet(Right, 6.0),
            ],
            Hands::AtSides,
        ),
        expect: scored(
            "significant",
            &[Flag::on("short-hold", Left), Flag::on("short-hold", Right)],
        ),
        ..BASE
    },
    Scenario {
        name: "single-leg-balance-left-only",
        body: BodyKind::Tall,
        set: HALL,
        motion: on_one_leg(&[Hold::quiet(Left, 13.0)], Hands::OnHips),
        expect: scored("limited", &[Flag::on("short-hold", Left)]),
        ..BASE
    },
    Scenario {
        name: "single-leg-balance-unsteady-left",
        body: BodyKind::Tall,
        set: GYM,
        motion: on_one_leg(
            &[Hold::swaying(Left, 11.5, 8.0), Hold::quiet(Right, 11.5)],
            Hands::OnHips,
        ),
        expect: scored(
            "limited",
            &[
                Flag::on("short-hold", Left),
                Flag::on("short-hold", Right),
                Flag::on("unsteady", Left),
            ],
        ),
        ..BASE
    },
];
