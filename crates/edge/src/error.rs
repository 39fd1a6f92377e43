//! Everything that can go wrong while answering a request, and what the client is told about it.
//!
//! This is the one place where errors become statuses. Use the variant that says what happened; use
//! [`Error::Internal`] only for what should be impossible, and let [`flow_store::Error`] convert by `?`.

use chrono::{DateTime, TimeDelta, Utc};
use flow_api::{DamagedAssessment, DamagedEntry, ProblemType, rfc3339};
use flow_catalog::{Feature, TestId, Tier, UnknownTest};
use flow_identity::{HashError, KeyError, SealError, WeakPassword};
use flow_limits::{Ban, Policy, Refusal};
use http::{HeaderMap, HeaderValue, Method, header};
use serde_json::{Map, Value, json};

use crate::{Problem, pace::LEAST_BYTES_PER_SECOND};

/// Why a request is not answered as asked.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in.
    #[error("sign in first: this address needs an account")]
    SignInRequired,
    /// No account has this address and this password.
    #[error("no account has this e-mail address and password; check both, or reset the password")]
    WrongCredentials,
    /// Somebody is signed in, and does not know the account's password.
    #[error("this is not the password of your account; check it, or choose a new one by mail")]
    WrongPassword,
    /// The session is over, or there was none.
    #[error("your session has ended; sign in again")]
    SessionEnded,
    /// Something asks for an address that is known to be the user's.
    #[error("confirm your e-mail address first: follow the link in the mail you got, or ask for another one")]
    EmailNotVerified,
    /// A token from a mail is not good, or not any more.
    #[error("this link does not work any more; ask for another mail")]
    TokenInvalid,
    /// A password may not be chosen.
    #[error("{0}")]
    WeakPassword(#[from] WeakPassword),
    /// Something was tried too often.
    #[error("this was tried too often; wait until {until} and try again", until = rfc3339(*.resets_at))]
    TooManyTries {
        /// How many tries are let through in a window.
        limit: u32,
        /// The length of the window.
        window_seconds: u32,
        /// When the next one is let through.
        resets_at: DateTime<Utc>,
        /// The same from now.
        retry_after_seconds: u32,
    },
    /// Another site made a browser ask this.
    #[error("this request came from another site; open this one and try again there")]
    CrossSite,
    /// Something is not set that accounts need. Says what, for the log.
    #[error("{0}")]
    NotConfigured(String),
    /// The operator's token is missing or wrong.
    #[error("send the operator's token as 'Authorization: Bearer TOKEN'")]
    OperatorRequired,
    /// The tier lacks the test.
    #[error(
        "{test} is not part of the {tier} tier; it is part of {available} and above",
        test = .test.title(), tier = .tier.title(), available = Tier::cheapest_with(*.test).title()
    )]
    TierLacksTest {
        /// The test asked for.
        test: TestId,
        /// The user's tier.
        tier: Tier,
    },
    /// The tier lacks the feature.
    #[error(
        "{feature} is not part of the {tier} tier; it is part of {available} and above",
        feature = .feature.title(), tier = .tier.title(), available = .feature.since().title()
    )]
    TierLacksFeature {
        /// The feature asked for.
        feature: Feature,
        /// The user's tier.
        tier: Tier,
    },
    /// There is nothing under this address, or it belongs to somebody else.
    #[error("there is no {0} here; check the address")]
    NotFound(&'static str),
    /// The address exists, the method does not.
    #[error("this address answers {methods} only", methods = names(.0))]
    MethodNotAllowed(&'static [Method]),
    /// The body has the wrong media type.
    #[error("the media type '{found}' is not accepted here; send {accepted}")]
    MediaType {
        /// What was declared, cleaned.
        found: String,
        /// What to send, in words.
        accepted: &'static str,
    },
    /// The body is too long.
    #[error("this is more than the {limit} bytes allowed here; {advice}")]
    BodyTooLarge {
        /// The limit in bytes.
        limit: u64,
        /// What to do.
        advice: &'static str,
    },
    /// The body is no JSON, or not of the form expected.
    #[error("the body cannot be read as JSON of the form expected: {0}")]
    BadJson(String),
    /// The connection broke while the body was read.
    #[error("the body broke off; send the request again")]
    BrokenBody,
    /// The body came too slowly.
    #[error(
        "the body came with less than {rate} bytes a second; send it again over a better connection",
        rate = LEAST_BYTES_PER_SECOND
    )]
    SlowBody,
    /// A field, header or parameter has a value that is not accepted.
    #[error("the value of {field} is not accepted: {reason}")]
    Invalid {
        /// Which.
        field: &'static str,
        /// What is expected.
        reason: String,
    },
    /// No such test.
    #[error("{0}")]
    UnknownTest(#[from] UnknownTest),
    /// Fewer or more bytes came than were declared.
    #[error("{declared} bytes were declared and {received} came; send the whole video again")]
    LengthMismatch {
        /// `sizeBytes` of the attempt.
        declared: u64,
        /// Bytes that came.
        received: u64,
    },
    /// The bytes do not have the hash that was declared.
    #[error("the video that came has another SHA-256 than was declared; send it again")]
    HashMismatch,
    /// The bytes are no video that can be read; says what they are instead, if that can be told.
    #[error("{0}")]
    NotAVideo(String),
    /// The idempotency key belongs to another request.
    #[error("this Idempotency-Key was used for another request; use a new key for a new attempt")]
    IdempotencyKeyReused,
    /// An upload goes on from another place than was said, or somebody else goes on with it.
    #[error(
        "{received} bytes of this video are kept: send the rest from there, with `Upload-Offset: {received}`"
    )]
    UploadOffset {
        /// How many bytes are kept.
        received: u64,
    },
    /// The attempt has another video already.
    #[error("this attempt has its video already; make a new attempt for another one")]
    HasVideo,
    /// There is no video to score yet.
    #[error("this attempt has no video yet; send it to {upload} first")]
    NoVideo {
        /// Where to.
        upload: String,
    },
    /// A dead letter was replayed before.
    #[error("this dead letter was replayed before; look at its attempt")]
    AlreadyReplayed,
    /// Migrations of the database cannot be applied or taken back; says what to do. Only operators see it.
    #[error("{0}")]
    MigrationsRefused(String),
    /// All slots for scoring are taken.
    #[error("all places for scoring are taken; your video is kept, ask again soon")]
    SlotsTaken {
        /// How many slots the tier may hold while they are scarce.
        share: u32,
        /// When to ask again.
        retry_after_seconds: u32,
    },
    /// A ban was lifted before, or has ended.
    #[error("this ban is over: it was lifted before, or has ended")]
    BanIsOver,
    /// A limit on submissions is reached.
    #[error("{}", limits::detail(.0))]
    LimitReached(Box<Refusal>),
    /// A ban is in the way.
    #[error("{}", limits::ban_detail(ban))]
    Banned {
        /// The ban.
        ban: Ban,
        /// When it was in the way.
        at: DateTime<Utc>,
    },
    /// The database or the video store does not answer.
    #[error("storage failed: {0}")]
    Storage(#[from] flow_store::Error),
    /// Something impossible happened.
    #[error("{0}")]
    Internal(String),
}

impl From<KeyError> for Error {
    fn from(error: KeyError) -> Self {
        Self::NotConfigured(error.to_string())
    }
}

/// A key that was rotated out too early is for the operator to put back.
impl From<SealError> for Error {
    fn from(error: SealError) -> Self {
        let text = error.to_string();
        match error {
            SealError::UnknownKey(_) => Self::NotConfigured(text),
            SealError::Damaged => Self::Internal(text),
        }
    }
}

impl From<DamagedAssessment> for Error {
    fn from(error: DamagedAssessment) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<DamagedEntry> for Error {
    fn from(error: DamagedEntry) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<HashError> for Error {
    fn from(error: HashError) -> Self {
        Self::Internal(error.to_string())
    }
}

impl Error {
    /// That something was tried `limit` times in `window` and is possible again from `resets_at` on.
    #[must_use]
    pub fn too_many_tries(
        limit: u32,
        window: TimeDelta,
        resets_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Self {
        let milliseconds = (resets_at - now).num_milliseconds().max(0);
        Self::TooManyTries {
            limit,
            window_seconds: u32::try_from(window.num_seconds()).unwrap_or(u32::MAX),
            resets_at,
            retry_after_seconds: u32::try_from((milliseconds + 999) / 1000)
                .unwrap_or(u32::MAX)
                .max(1),
        }
    }
}

/// The methods that an address answers: HEAD where GET is, too.
fn names(methods: &[Method]) -> String {
    let names = methods.iter().flat_map(|method| match method {
        &Method::GET => vec!["GET", "HEAD"],
        other => vec![other.as_str()],
    });
    names.collect::<Vec<_>>().join(", ")
}

impl Error {
    /// Whether the fault is ours, and an operator should know.
    #[must_use]
    pub const fn is_ours(&self) -> bool {
        matches!(
            self,
            Self::Storage(_) | Self::Internal(_) | Self::NotConfigured(_)
        )
    }

    /// What the client is told.
    #[must_use]
    pub fn problem(&self) -> Problem {
        use ProblemType as P;
        let kind = match self {
            Self::SignInRequired => P::SignInRequired,
            Self::WrongCredentials => P::WrongCredentials,
            Self::WrongPassword => P::WrongPassword,
            Self::SessionEnded => P::SessionEnded,
            Self::EmailNotVerified => P::EmailNotVerified,
            Self::TokenInvalid => P::TokenInvalid,
            Self::WeakPassword(_) => P::WeakPassword,
            Self::TooManyTries { .. } => P::TooManyTries,
            Self::CrossSite => P::CrossSite,
            Self::NotConfigured(_) => P::NotConfigured,
            Self::OperatorRequired => P::OperatorRequired,
            Self::TierLacksTest { .. } => P::TierLacksTest,
            Self::TierLacksFeature { .. } => P::TierLacksFeature,
            Self::NotFound(_) => P::NotFound,
            Self::MethodNotAllowed(_) => P::MethodNotAllowed,
            Self::MediaType { .. } => P::MediaType,
            Self::BodyTooLarge { .. } => P::TooLarge,
            Self::BadJson(_) => P::BadJson,
            Self::BrokenBody => P::BrokenBody,
            Self::SlowBody => P::SlowBody,
            Self::Invalid { .. } => P::InvalidValue,
            Self::UnknownTest(_) => P::UnknownTest,
            Self::LengthMismatch { .. } => P::LengthMismatch,
            Self::HashMismatch => P::HashMismatch,
            Self::NotAVideo(_) => P::NotAVideo,
            Self::IdempotencyKeyReused => P::IdempotencyKeyReused,
            Self::HasVideo => P::HasVideo,
            Self::UploadOffset { .. } => P::UploadOffset,
            Self::NoVideo { .. } => P::NoVideo,
            Self::AlreadyReplayed => P::AlreadyReplayed,
            Self::MigrationsRefused(_) => P::MigrationsRefused,
            Self::SlotsTaken { .. } => P::Busy,
            Self::BanIsOver => P::BanIsOver,
            Self::LimitReached(refusal) => limits::kind(refusal.standing.policy),
            Self::Banned { .. } => limits::kind(Policy::Ban),
            Self::Storage(_) => P::StorageUnavailable,
            Self::Internal(_) => P::Internal,
        };
        let detail = match self {
            // What storage said may name hosts and files: it is logged, not sent.
            Self::Storage(_) => "what you sent was not saved; try again in a few seconds".to_owned(),
            Self::Internal(_) => {
                "something went wrong on our side; try again, and tell us the requestId if it stays"
                    .to_owned()
            }
            Self::NotConfigured(_) => {
                "accounts are not set up here; whoever runs this finds in its log what is missing".to_owned()
            }
            other => other.to_string(),
        };
        let detail = sentence(&detail);
        Problem {
            kind,
            detail,
            members: self.members(),
            headers: self.headers(),
        }
    }

    fn members(&self) -> Map<String, Value> {
        let members = match self {
            Self::LimitReached(refusal) => return limits::members(refusal),
            Self::Banned { ban, at } => return limits::ban_members(ban, *at),
            Self::TierLacksTest { test, tier } => {
                json!({ "test": test, "tier": tier, "availableIn": Tier::cheapest_with(*test) })
            }
            Self::TierLacksFeature { feature, tier } => {
                json!({ "feature": feature.slug(), "tier": tier, "availableIn": feature.since() })
            }
            Self::UnknownTest(_) => json!({ "field": "test", "known": TestId::ALL }),
            Self::Invalid { field, .. } => json!({ "field": field }),
            Self::WeakPassword(reason) => json!({ "field": "password", "reason": reason.name() }),
            Self::TooManyTries {
                resets_at,
                retry_after_seconds,
                ..
            } => json!({ "resetsAt": rfc3339(*resets_at), "retryAfterSeconds": retry_after_seconds }),
            Self::BodyTooLarge { limit, .. } => json!({ "limitBytes": limit }),
            Self::LengthMismatch { declared, received } => {
                json!({ "declaredBytes": declared, "receivedBytes": received })
            }
            Self::UploadOffset { received } => json!({ "receivedBytes": received }),
            Self::SlotsTaken {
                retry_after_seconds, ..
            } => json!({ "retryAfterSeconds": retry_after_seconds }),
            _ => Value::Null,
        };
        match members {
            Value::Object(members) => members,
            _ => Map::new(),
        }
    }

    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        match self {
            Self::SignInRequired | Self::OperatorRequired | Self::SessionEnded => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            Self::MethodNotAllowed(methods) => {
                if let Ok(value) = HeaderValue::from_str(&names(methods)) {
                    headers.insert(header::ALLOW, value);
                }
            }
            Self::SlotsTaken {
                share,
                retry_after_seconds,
            } => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(*retry_after_seconds));
                // The fields of draft-ietf-httpapi-ratelimit-headers, for a quota of concurrent requests.
                let policy = format!("\"scoring\";q={share};qu=\"concurrent-requests\"");
                let state = format!("\"scoring\";r=0;t={retry_after_seconds}");
                for (name, value) in [("ratelimit-policy", policy), ("ratelimit", state)] {
                    if let Ok(value) = HeaderValue::from_str(&value) {
                        headers.insert(name, value);
                    }
                }
            }
            Self::TooManyTries {
                limit,
                window_seconds,
                retry_after_seconds,
                ..
            } => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(*retry_after_seconds));
                let policy = format!("\"tries\";q={limit};w={window_seconds}");
                let state = format!("\"tries\";r=0;t={retry_after_seconds}");
                for (name, value) in [("ratelimit-policy", policy), ("ratelimit", state)] {
                    if let Ok(value) = HeaderValue::from_str(&value) {
                        headers.insert(name, value);
                    }
                }
            }
            Self::LimitReached(refusal) => headers.extend(limits::headers(refusal)),
            Self::Banned { ban, at } => headers.extend(limits::ban_headers(ban, *at)),
            // A database that is locked for 5 s gives up; the next try meets other traffic.
            Self::Storage(_) => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(5));
            }
            _ => {}
        }
        headers
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal.ban {
            Some(ban) if refusal.standing.policy == Policy::Ban => Self::Banned { ban, at: refusal.at },
            _ => Self::LimitReached(Box::new(refusal)),
        }
    }
}

/// Makes a message a sentence: errors are written to be joined with others, details stand alone.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let mut sentence: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect();
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence
}

pub(crate) mod limits;
#[cfg(test)]
mod tests;
