//! What may still be sent.

use crate::{
    LimitsView,
    operation::{Access, Answer, Content, Operation, Tag},
};

pub(super) const OPERATIONS: &[Operation] = &[Operation {
    id: "getLimits",
    path: "/api/limits/status",
    component: "limits",
    tag: Tag::Limits,
    summary: "Show what is left of the limits",
    description: "What submissions are held against, when there is more, and whether the user is banned. Asking changes nothing.",
    access: Access::AccountEvenIfBanned,
    answers: &[Answer::new(200, "What is left.", Content::json::<LimitsView>())],
    ..Operation::USUAL
}];
