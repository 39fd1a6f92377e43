//! Attempts: asked for, sent, scored, read.

use flow_catalog::Feature;
use flow_report::AttemptDetails;
use serde_json::json;

use super::{CURSOR, ID, LIMIT};
use crate::{
    AttemptRequest, AttemptView, ListView, ProblemType as P, ScoringEvent, UploadView,
    operation::{Access, Answer, Content, Method, Operation, Parameter, Place, Tag},
};

const ATTEMPT: Operation = Operation {
    tag: Tag::Attempts,
    ..Operation::USUAL
};

const IDEMPOTENCY_KEY: Parameter = Parameter {
    name: "Idempotency-Key",
    place: Place::Header,
    description: "A key of the client's, a UUID for example: the same request with the same key is answered with the attempt \
        that the first one made. Kept for at least a day.",
    schema: || json!({ "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" }),
};

const NUMBER: Parameter = Parameter {
    name: "number",
    place: Place::Path,
    description: "Its number, from 1.",
    schema: || json!({ "type": "integer", "minimum": 1, "maximum": 99 }),
};

const UPLOAD_OFFSET: Parameter = Parameter {
    name: "Upload-Offset",
    place: Place::Header,
    description: "Which byte of the video the body begins with, from 0.",
    schema: || json!({ "type": "integer", "minimum": 0 }),
};

const VIDEO: Content = Content::raw(&[
    "video/mp4",
    "video/quicktime",
    "video/webm",
    "video/x-matroska",
    "application/octet-stream",
]);

const VIDEO_IS_HERE: Answer = Answer::new(
    200,
    "The video is here; the attempt, or another one of the user with the same video.",
    ATTEMPT_CONTENT,
)
.with(&["Content-Location"]);

const ATTEMPT_CONTENT: Content = Content::json::<AttemptView>();

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "createAttempt",
        method: Method::Post,
        path: "/api/attempts",
        component: "upload",
        summary: "Ask for an attempt at a test",
        description: "Counts against the limits of the hour, the day, the test and the month. A repeated request (the same \
            `Idempotency-Key`, or a `sha256` that was sent before) is answered 200 with the attempt that there is, and is free.",
        access: Access::VerifiedAccount,
        parameters: &[IDEMPOTENCY_KEY],
        body: Some(
            Content::json::<AttemptRequest>()
                .such_as(r#"{"test":"overhead-squat","contentType":"video/mp4","sizeBytes":3145728}"#),
        ),
        answers: &[
            Answer::new(201, "The attempt was made.", ATTEMPT_CONTENT).with(&[
                "Location",
                "RateLimit",
                "RateLimit-Policy",
            ]),
            Answer::new(200, "The attempt was made before.", ATTEMPT_CONTENT).with(&["Location"]),
        ],
        own_problems: &[
            P::AddressBlocked,
            P::DailyLimit,
            P::DailyTestLimit,
            P::GlobalLimit,
            P::HourlyLimit,
            P::IdempotencyKeyReused,
            P::InvalidValue,
            P::MonthlyTests,
            P::QueueFull,
            P::Throttled,
            P::TierLacksTest,
            P::UnknownTest,
        ],
        ..ATTEMPT
    },
    Operation {
        id: "listAttempts",
        path: "/api/attempts",
        component: "upload",
        summary: "List attempts, newest first",
        parameters: &[LIMIT, CURSOR],
        answers: &[Answer::new(
            200,
            "A page of attempts: with what came out, without assessments and key frames.",
            Content::json::<ListView<AttemptView>>(),
        )],
        own_problems: &[P::InvalidValue],
        ..ATTEMPT
    },
    Operation {
        id: "getAttempt",
        path: "/api/attempts/{id}",
        component: "results",
        summary: "Show an attempt",
        description: "With its assessment and key frames once it is scored. `assessment.quality.poseAccuracy` is part of the tier \
            Pro+.",
        parameters: &[ID],
        answers: &[Answer::new(200, "The attempt.", ATTEMPT_CONTENT)],
        ..ATTEMPT
    },
    Operation {
        id: "getUpload",
        path: "/api/attempts/{id}/video",
        component: "upload",
        summary: "Show how much of an attempt's video is here",
        description: "After an upload broke off: what is kept of it for an hour, in steps of 1 MiB. It is all of the video only when the \
            attempt has it.",
        parameters: &[ID],
        answers: &[Answer::new(
            200,
            "How much is here.",
            Content::json::<UploadView>(),
        )],
        ..ATTEMPT
    },
    Operation {
        id: "uploadVideo",
        method: Method::Put,
        path: "/api/attempts/{id}/video",
        component: "upload",
        summary: "Send the video of an attempt",
        description: "Exactly the bytes that were announced. The container is recognised from them; a video that is here \
            already is answered 200.",
        parameters: &[ID],
        body: Some(VIDEO),
        answers: &[VIDEO_IS_HERE],
        own_problems: &[
            P::HasVideo,
            P::HashMismatch,
            P::LengthMismatch,
            P::MonthlyTests,
            P::NotAVideo,
            P::QueueFull,
            P::UploadOffset,
        ],
        ..ATTEMPT
    },
    Operation {
        id: "continueUpload",
        method: Method::Patch,
        path: "/api/attempts/{id}/video",
        component: "upload",
        summary: "Send the rest of the video of an attempt",
        description: "All bytes from `Upload-Offset` on, which is the `receivedBytes` of `GET`. Who sends them last goes on with \
            the upload; a request that was still sending is answered 409.",
        parameters: &[ID, UPLOAD_OFFSET],
        body: Some(VIDEO),
        answers: &[VIDEO_IS_HERE],
        own_problems: &[
            P::HasVideo,
            P::HashMismatch,
            P::InvalidValue,
            P::LengthMismatch,
            P::MonthlyTests,
            P::NotAVideo,
            P::QueueFull,
            P::UploadOffset,
        ],
        ..ATTEMPT
    },
    Operation {
        id: "scoreAttempt",
        method: Method::Post,
        path: "/api/attempts/{id}/score",
        component: "pose-score",
        summary: "Score an attempt and follow it",
        description: "A stream of `ScoringEvent`s, one JSON value a line, that ends with `result` or `error`. Whoever asks while \
            the attempt is being scored follows the same run; a client that leaves loses nothing.",
        parameters: &[ID],
        answers: &[Answer::new(
            200,
            "Progress as it happens, then the result.",
            Content::lines::<ScoringEvent<'static>>(),
        )],
        own_problems: &[P::Busy, P::NoVideo],
        ..ATTEMPT
    },
    Operation {
        id: "getAttemptDetails",
        path: "/api/attempts/{id}/details",
        component: "results",
        summary: "Show the extended result of an attempt",
        description: "What is typical for each measure, each repetition, and what the confidence is made of. `poseAccuracy` is \
            part of the tier Pro+.",
        feature: Some(Feature::ExtendedResults),
        parameters: &[ID],
        answers: &[Answer::new(
            200,
            "The extended result.",
            Content::json::<AttemptDetails>(),
        )],
        ..ATTEMPT
    },
    Operation {
        id: "getKeyFrame",
        path: "/api/attempts/{id}/key-frames/{number}.svg",
        component: "results",
        summary: "Show the drawing of a key frame",
        description: "A skeleton at a decisive moment; no picture of the person. It never changes.",
        parameters: &[ID, NUMBER],
        answers: &[Answer::new(200, "The drawing.", Content::raw(&["image/svg+xml"]))],
        ..ATTEMPT
    },
];
