//! For who runs the product.

use serde_json::json;

use super::{CURSOR, ID, LIMIT};
use crate::{
    AuditEntryView, BanView, BreakerView, DeadLetterView, LiftRequest, ListView, MailsSent,
    MigrationDownRequest, MigrationsView, ProblemType as P, ReplayView, ResealBatch, SweepEvent, TierRequest,
    TierView,
    operation::{Access, Answer, Content, Method, Operation, Parameter, Place, Tag},
};

const SHOWN: Operation = Operation {
    component: "ops",
    tag: Tag::Operators,
    access: Access::Operator,
    ..Operation::USUAL
};

const DONE: Operation = Operation {
    method: Method::Post,
    ..SHOWN
};

const MIGRATIONS: Content = Content::json::<MigrationsView>();

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "getMetrics",
        path: "/metrics",
        summary: "Show what was counted and how things stand, for Prometheus",
        answers: &[Answer::new(
            200,
            "Prometheus' text format 0.0.4.",
            Content::raw(&["text/plain"]),
        )],
        ..SHOWN
    },
    Operation {
        id: "listMigrations",
        path: "/api/ops/migrations",
        summary: "Show the state of the database's migrations",
        answers: &[Answer::new(200, "Every migration of this release.", MIGRATIONS)],
        own_problems: &[P::MigrationsRefused],
        ..SHOWN
    },
    Operation {
        id: "migrateUp",
        path: "/api/ops/migrations/up",
        summary: "Apply all migrations that are pending",
        answers: &[Answer::new(200, "Every migration of this release.", MIGRATIONS)],
        own_problems: &[P::MigrationsRefused],
        ..DONE
    },
    Operation {
        id: "migrateDown",
        path: "/api/ops/migrations/down",
        summary: "Take the newest migration back",
        body: Some(Content::json::<MigrationDownRequest>()),
        answers: &[Answer::new(200, "Every migration of this release.", MIGRATIONS)],
        own_problems: &[P::MigrationsRefused],
        ..DONE
    },
    Operation {
        id: "listDeadLetters",
        path: "/api/ops/dead-letters",
        summary: "List attempts that failed by a fault of ours, newest first",
        parameters: &[LIMIT, CURSOR],
        answers: &[Answer::new(
            200,
            "A page of dead letters.",
            Content::json::<ListView<DeadLetterView>>(),
        )],
        own_problems: &[P::InvalidValue],
        ..SHOWN
    },
    Operation {
        id: "replayDeadLetter",
        path: "/api/ops/dead-letters/{id}/replay",
        summary: "Have a failed attempt scored again",
        parameters: &[ID],
        answers: &[Answer::new(
            200,
            "What it came to.",
            Content::json::<ReplayView>(),
        )],
        own_problems: &[P::AlreadyReplayed],
        ..DONE
    },
    Operation {
        id: "listAuditEntries",
        path: "/api/ops/audit",
        summary: "List what was done and decided, newest first",
        parameters: &[
            LIMIT,
            Parameter {
                name: "cursor",
                place: Place::Query,
                description: "The `nextCursor` of the page before.",
                schema: || json!({ "type": "string", "pattern": "^[0-9]{1,18}$" }),
            },
            Parameter {
                name: "event",
                place: Place::Query,
                description: "Only entries with this event, such as `ban.placed`.",
                schema: || json!({ "type": "string" }),
            },
            Parameter {
                name: "subject",
                place: Place::Query,
                description: "Only entries about this subject, under the name that only the log knows.",
                schema: || json!({ "type": "string" }),
            },
        ],
        answers: &[Answer::new(
            200,
            "A page of entries.",
            Content::json::<ListView<AuditEntryView>>(),
        )],
        own_problems: &[P::InvalidValue],
        ..SHOWN
    },
    Operation {
        id: "listBans",
        path: "/api/ops/bans",
        summary: "List bans, newest first",
        parameters: &[
            LIMIT,
            CURSOR,
            Parameter {
                name: "subject",
                place: Place::Query,
                description: "Only bans of this user or this address: a user's id, or the mark of an address.",
                schema: || json!({ "type": "string" }),
            },
        ],
        answers: &[Answer::new(
            200,
            "A page of bans.",
            Content::json::<ListView<BanView>>(),
        )],
        own_problems: &[P::InvalidValue],
        ..SHOWN
    },
    Operation {
        id: "liftBan",
        path: "/api/ops/bans/{id}/lift",
        summary: "Lift a ban",
        description: "Forgets the user's refused tries too, so that the next one does not bring it back.",
        parameters: &[ID],
        body: Some(Content::json::<LiftRequest>().such_as(r#"{"reason":"a shared network"}"#)),
        answers: &[Answer::new(200, "The ban, lifted.", Content::json::<BanView>())],
        own_problems: &[P::BanIsOver, P::InvalidValue],
        ..DONE
    },
    Operation {
        id: "getBreaker",
        path: "/api/ops/breaker",
        summary: "Show the circuit breaker and what it looks at",
        answers: &[Answer::new(200, "The breaker.", Content::json::<BreakerView>())],
        ..SHOWN
    },
    Operation {
        id: "setAccountTier",
        method: Method::Put,
        path: "/api/ops/accounts/{id}/tier",
        component: "auth",
        summary: "Say what an account pays for",
        description: "An upgrade holds at once; a cheaper tier follows as `nextTier` at the end of the paid period.",
        parameters: &[ID],
        body: Some(
            Content::json::<TierRequest>().such_as(r#"{"tier":"pro","endsAt":"2027-01-31T00:00:00Z"}"#),
        ),
        answers: &[Answer::new(200, "What holds now.", Content::json::<TierView>())],
        own_problems: &[P::InvalidValue],
        ..SHOWN
    },
    Operation {
        id: "resealAccounts",
        path: "/api/ops/accounts/reseal",
        component: "auth",
        summary: "Seal anew what is sealed with an old key",
        description: "Called until nothing remains; then the old key may go.",
        parameters: &[LIMIT],
        answers: &[Answer::new(
            200,
            "What the batch came to.",
            Content::json::<ResealBatch>(),
        )],
        own_problems: &[P::InvalidValue, P::NotConfigured],
        ..DONE
    },
    Operation {
        id: "sendMails",
        path: "/api/ops/mails",
        component: "auth",
        summary: "Send the mails that are due",
        answers: &[Answer::new(
            200,
            "What became of them.",
            Content::json::<MailsSent>(),
        )],
        own_problems: &[P::NotConfigured],
        ..DONE
    },
    Operation {
        id: "sweep",
        path: "/api/ops/sweep",
        component: "pose-score",
        summary: "Take up what nobody came back for",
        description: "Takes back silent leases, deletes raw videos that must not be kept, and scores what waits. A stream of \
            `SweepEvent`s, one JSON value a line.",
        answers: &[Answer::new(
            200,
            "What is done, as it is.",
            Content::lines::<SweepEvent<'static>>(),
        )],
        ..DONE
    },
];
