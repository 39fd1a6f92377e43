//! What tiers offer, and what may still be sent.

use crate::{
    LimitsView, ListView, TierOffer,
    operation::{Access, Answer, Content, Operation, Tag},
};

const LIMITS: Operation = Operation {
    component: "limits",
    tag: Tag::Limits,
    ..Operation::USUAL
};

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "listTiers",
        path: "/api/tiers",
        summary: "List the tiers, cheapest first",
        description: "What each offers and what a month of it costs. The same for everybody.",
        access: Access::Anybody,
        answers: &[
            Answer::new(200, "All tiers.", Content::json::<ListView<TierOffer>>()).with(&["Cache-Control"]),
        ],
        ..LIMITS
    },
    Operation {
        id: "getLimits",
        path: "/api/limits/status",
        summary: "Show what is left of the limits",
        description: "What submissions are held against, when there is more, and whether the user is banned. Asking changes nothing.",
        access: Access::AccountEvenIfBanned,
        answers: &[Answer::new(200, "What is left.", Content::json::<LimitsView>())],
        ..LIMITS
    },
];
