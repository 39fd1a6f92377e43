//! Short recordings of each test's own movement, for the tables of what must be refused.

use flow_landmarks::Side::{Left, Right};

use crate::motion::{
    Balance,
    Direction::{Anterior, Posterolateral, Posteromedial},
    Drives, Hands, Hold, Lunges, Motion, Reach, Reaches, Squats,
};

pub(super) const DRIVES: Motion = Motion::Drives(Drives {
    times: [2, 2],
    ..Drives::GOOD
});
pub(super) const LUNGES: Motion = Motion::Lunges(Lunges {
    times: [1, 2],
    ..Lunges::GOOD
});
pub(super) const SQUATS: Motion = Motion::Squats(Squats {
    before: 2,
    after: 0,
    tempo: 2.4,
    ..Squats::GOOD
});
pub(super) const BALANCE: Motion = Motion::Balance(Balance {
    holds: &[Hold::quiet(Left, 4.0), Hold::quiet(Right, 4.0)],
    hands: Hands::AtSides,
});
pub(super) const REACHES: Motion = Motion::Reaches(Reaches {
    reaches: &[
        Reach {
            stance: Left,
            direction: Anterior,
            ratio: 0.62,
        },
        Reach {
            stance: Left,
            direction: Posteromedial,
            ratio: 0.90,
        },
        Reach {
            stance: Left,
            direction: Posterolateral,
            ratio: 0.85,
        },
        Reach {
            stance: Right,
            direction: Anterior,
            ratio: 0.62,
        },
        Reach {
            stance: Right,
            direction: Posteromedial,
            ratio: 0.90,
        },
    ],
    tempo: 2.2,
});
