//! Health, published keys, the document itself, and what development has.

use flow_identity::Jwks;

use crate::{
    Health, ListView, OutboxMail, ProblemType as P,
    operation::{Access, Answer, Content, Operation, Tag},
};

const SYSTEM: Operation = Operation {
    tag: Tag::System,
    access: Access::Anybody,
    ..Operation::USUAL
};

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "getHealth",
        path: "/health",
        component: "ops",
        summary: "Show whether what the product stands on is there",
        answers: &[
            Answer::new(200, "All is well.", Content::json::<Health>()),
            Answer::new(503, "Something is not.", Content::json::<Health>()),
        ],
        ..SYSTEM
    },
    Operation {
        id: "getJsonWebKeys",
        path: "/.well-known/jwks.json",
        component: "auth",
        summary: "Show the public keys of access tokens",
        answers: &[Answer::new(200, "The keys.", Content::json::<Jwks>()).with(&["Cache-Control"])],
        own_problems: &[P::NotConfigured],
        ..SYSTEM
    },
    Operation {
        id: "getOpenApi",
        path: "/api/openapi.json",
        component: "ops",
        summary: "Show this document",
        answers: &[
            Answer::new(200, "The document.", Content::raw(&["application/json"]))
                .with(&["Cache-Control", "ETag"]),
            Answer::empty(304, "It is what `If-None-Match` names.").with(&["Cache-Control", "ETag"]),
        ],
        ..SYSTEM
    },
    Operation {
        id: "listOutboxMails",
        path: "/api/dev/outbox",
        component: "auth",
        summary: "List the mails that would be sent",
        description: "In development only, where no mail is sent. As a page where `Accept` asks for HTML.",
        access: Access::Development,
        answers: &[Answer::new(
            200,
            "The newest 100 mails.",
            Content::json::<ListView<OutboxMail>>(),
        )],
        ..SYSTEM
    },
];
