//! Test 3, Y-balance: even reaches, and one leg behind the other in each direction.

use flow_catalog::TestId;
use flow_landmarks::Side::{self, Left, Right};

use super::{
    BASE as ANY,
    sets::{GYM, HALL},
};
use crate::{
    body::BodyKind,
    motion::{
        Direction::{Anterior, Posterolateral, Posteromedial},
        Motion, Reach, Reaches,
    },
    scenario::{Expect, Flag, Scenario},
};

const BASE: Scenario = Scenario {
    test: TestId::YBalance,
    ..ANY
};

const fn reaching(reaches: &'static [Reach], tempo: f32) -> Motion {
    Motion::Reaches(Reaches { reaches, tempo })
}

/// The three reaches of one stance.
pub(super) const fn three(stance: Side, [anterior, medial, lateral]: [f32; 3]) -> [Reach; 3] {
    [
        Reach {
            stance,
            direction: Anterior,
            ratio: anterior,
        },
        Reach {
            stance,
            direction: Posteromedial,
            ratio: medial,
        },
        Reach {
            stance,
            direction: Posterolateral,
            ratio: lateral,
        },
    ]
}

/// Left stance, then right.
const fn both(left: [f32; 3], right: [f32; 3]) -> [Reach; 6] {
    let (left, right) = (three(Left, left), three(Right, right));
    [left[0], left[1], left[2], right[0], right[1], right[2]]
}

/// One camera sees depth too poorly for the absolute reach: that flag may come or not.
const fn symmetric() -> Expect {
    Expect::Scored {
        bucket: "symmetric",
        flags: &[],
        may: &["low-reach"],
    }
}

const fn asymmetric(flags: &'static [Flag]) -> Expect {
    Expect::Scored {
        bucket: "asymmetric",
        flags,
        may: &["low-reach"],
    }
}

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "y-balance-symmetric",
        motion: reaching(&const { both([0.68, 1.0, 0.92], [0.68, 1.0, 0.92]) }, 2.8),
        expect: symmetric(),
        ..BASE
    },
    Scenario {
        name: "y-balance-symmetric-slow",
        body: BodyKind::Short,
        set: GYM,
        heading: 10.0,
        motion: reaching(&const { both([0.64, 0.92, 0.86], [0.65, 0.93, 0.85]) }, 3.8),
        expect: symmetric(),
        ..BASE
    },
    Scenario {
        name: "y-balance-symmetric-low",
        body: BodyKind::Sturdy,
        set: HALL,
        motion: reaching(&const { both([0.54, 0.66, 0.62], [0.54, 0.66, 0.62]) }, 2.6),
        expect: Expect::Scored {
            bucket: "symmetric",
            flags: &[Flag::on("low-reach", Left), Flag::on("low-reach", Right)],
            may: &[],
        },
        ..BASE
    },
    Scenario {
        name: "y-balance-symmetric-far",
        motion: reaching(&const { both([0.80, 1.05, 1.00], [0.80, 1.05, 1.00]) }, 3.0),
        expect: Expect::Scored {
            bucket: "symmetric",
            flags: &[],
            may: &[],
        },
        ..BASE
    },
    Scenario {
        name: "y-balance-anterior-left-behind",
        motion: reaching(&const { both([0.46, 0.95, 0.88], [0.70, 0.95, 0.88]) }, 2.8),
        expect: asymmetric(&[Flag::on("reach-gap", Left)]),
        ..BASE
    },
    Scenario {
        name: "y-balance-posteromedial-right-behind",
        body: BodyKind::Short,
        motion: reaching(&const { both([0.64, 1.02, 0.86], [0.64, 0.78, 0.86]) }, 2.8),
        expect: asymmetric(&[Flag::on("reach-gap", Right)]),
        ..BASE
    },
    Scenario {
        name: "y-balance-posterolateral-left-behind",
        body: BodyKind::Sturdy,
        set: GYM,
        heading: -10.0,
        motion: reaching(&const { both([0.62, 0.90, 0.64], [0.62, 0.90, 0.90]) }, 2.8),
        expect: asymmetric(&[Flag::on("reach-gap", Left)]),
        ..BASE
    },
    Scenario {
        name: "y-balance-right-behind-everywhere",
        body: BodyKind::Tall,
        set: HALL,
        motion: reaching(&const { both([0.70, 1.02, 0.94], [0.48, 0.76, 0.68]) }, 2.8),
        // One for each direction.
        expect: asymmetric(&[Flag::on("reach-gap", Right); 3]),
        ..BASE
    },
    Scenario {
        name: "y-balance-anterior-right-behind",
        body: BodyKind::Sturdy,
        set: HALL,
        heading: 6.0,
        motion: reaching(&const { both([0.72, 0.95, 0.88], [0.46, 0.95, 0.88]) }, 2.8),
        expect: asymmetric(&[Flag::on("reach-gap", Right)]),
        ..BASE
    },
    // Only the leg that is behind is below the typical range.
    Scenario {
        name: "y-balance-right-low",
        body: BodyKind::Tall,
        motion: reaching(&const { both([0.80, 1.05, 0.94], [0.50, 0.74, 0.68]) }, 3.0),
        expect: Expect::Scored {
            bucket: "asymmetric",
            flags: &[
                Flag::on("low-reach", Right),
                Flag::on("reach-gap", Right),
                Flag::on("reach-gap", Right),
                Flag::on("reach-gap", Right),
            ],
            may: &[],
        },
        ..BASE
    },
];
