//! The HTTP interface as its clients see it: what is sent, what is answered, and what can go wrong.
//!
//! Components read and answer the types that are here. With the feature `schema` there are also the operations
//! ([`operations`]) and the OpenAPI document that is made of both ([`document`]); it is committed as `openapi.json`
//! ([`OPENAPI`]).

mod account;
mod attempts;
mod auth;
mod events;
mod health;
mod limits;
mod list;
mod operators;
mod paths;
mod problem;
mod tiers;
mod time;

#[cfg(feature = "schema")]
mod openapi;
#[cfg(feature = "schema")]
mod operation;
#[cfg(feature = "schema")]
mod operations;

pub use account::{
    AccountChange, AccountDetails, DeleteRequest, EmailChangeRequest, PasswordRequest, SubscriptionView,
};
pub use attempts::{
    AttemptRequest, AttemptView, DamagedAssessment, KeyFrameView, MAX_VIDEO_BYTES, UploadView, VIDEO_TYPES,
};
pub use auth::{
    AccountView, Consent, EmailRequest, LoginRequest, MailOnItsWay, OutboxMail, RegisterRequest,
    ResetRequest, SessionView, SessionsEnded, SignedIn, VerifyRequest,
};
pub use events::{ScoringEvent, SweepEvent};
pub use health::{Health, HealthChecks, Verdict};
pub use limits::{AllowanceView, LimitsView};
pub use list::{DEFAULT_LIMIT, ListView, MAX_LIMIT};
#[cfg(feature = "schema")]
pub use openapi::{Problem, document};
#[cfg(feature = "schema")]
pub use operation::{Access, Answer, Content, Method, Operation, Parameter, Place, Tag};
#[cfg(feature = "schema")]
pub use operations::operations;
pub use operators::{
    AuditEntryView, BanView, BreakerView, DamagedEntry, DeadLetterView, LONGEST_LIFT_REASON, LiftRequest,
    MailsSent, MigrationDownRequest, MigrationView, MigrationsView, ReplayView, ResealBatch, TierRequest,
    TierView,
};
pub use paths::PATHS;
pub use problem::ProblemType;
pub use tiers::{Price, TierOffer};
pub use time::rfc3339;

/// The OpenAPI document of this release, as `cargo xtask openapi` wrote it.
pub const OPENAPI: &str = include_str!("../openapi.json");
