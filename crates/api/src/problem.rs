//! The types of problem documents (RFC 9457): the one table of names, titles and statuses.

use http::StatusCode;

macro_rules! problem_types {
    ($($(#[$doc:meta])* $variant:ident => $name:literal, $title:literal, $status:ident;)*) => {
        /// What a problem is about. Clients may branch on its name, which is stable over releases.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum ProblemType {
            $($(#[$doc])* $variant,)*
        }

        impl ProblemType {
            /// All types.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The last part of the document's `type`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The document's `title`: the same for every problem of the type.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// The status of the answer.
            #[must_use]
            pub const fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status,)* }
            }
        }
    };
}

problem_types! {
    /// JSON that cannot be read, or is not of the form expected.
    BadJson => "bad-json", "JSON cannot be read", BAD_REQUEST;
    /// The connection broke while the body was read.
    BrokenBody => "broken-body", "The body broke off", BAD_REQUEST;
    /// A field, header or parameter has a value that is not accepted.
    InvalidValue => "invalid-value", "A value is not accepted", BAD_REQUEST;
    /// No such test.
    UnknownTest => "unknown-test", "Unknown test", BAD_REQUEST;
    /// Fewer or more bytes came than were declared.
    LengthMismatch => "length-mismatch", "Incomplete video", BAD_REQUEST;
    /// A token from a mail is not good, or not any more.
    TokenInvalid => "token-invalid", "The link does not work", BAD_REQUEST;
    /// The day's videos of one test are used up.
    DailyTestLimit => "daily-test-limit", "Enough of this test for today", BAD_REQUEST;
    /// Nobody is signed in.
    SignInRequired => "sign-in-required", "Sign in first", UNAUTHORIZED;
    /// The session is over, or there was none.
    SessionEnded => "session-ended", "The session has ended", UNAUTHORIZED;
    /// No account has this address and this password.
    WrongCredentials => "wrong-credentials", "Wrong address or password", UNAUTHORIZED;
    /// The operator's token is missing or wrong.
    OperatorRequired => "operator-required", "For operators only", UNAUTHORIZED;
    /// A ban is in the way.
    Banned => "banned", "Banned", FORBIDDEN;
    /// Another site made a browser ask this.
    CrossSite => "cross-site", "Asked by another site", FORBIDDEN;
    /// The address must be confirmed first.
    EmailNotVerified => "email-not-verified", "Confirm your address first", FORBIDDEN;
    /// The month's different tests are used up.
    MonthlyTests => "monthly-tests", "The month's tests are used up", FORBIDDEN;
    /// The tier lacks the feature.
    TierLacksFeature => "tier-lacks-feature", "Not part of your tier", FORBIDDEN;
    /// The tier lacks the test.
    TierLacksTest => "tier-lacks-test", "Not part of your tier", FORBIDDEN;
    /// Somebody is signed in, and does not know the account's password.
    WrongPassword => "wrong-password", "Wrong password", FORBIDDEN;
    /// There is nothing under this address, or it belongs to somebody else.
    NotFound => "not-found", "Not found", NOT_FOUND;
    /// The address exists, the method does not.
    MethodNotAllowed => "method-not-allowed", "Method not allowed", METHOD_NOT_ALLOWED;
    /// The body came too slowly.
    SlowBody => "slow-body", "The body came too slowly", REQUEST_TIMEOUT;
    /// A dead letter was replayed before.
    AlreadyReplayed => "already-replayed", "Replayed before", CONFLICT;
    /// A ban was lifted before, or has ended.
    BanIsOver => "ban-is-over", "The ban is over", CONFLICT;
    /// The attempt has another video already.
    HasVideo => "has-video", "The attempt has its video", CONFLICT;
    /// Migrations cannot be applied or taken back.
    MigrationsRefused => "migrations-refused", "Migrations are refused", CONFLICT;
    /// There is no video to score yet.
    NoVideo => "no-video", "No video yet", CONFLICT;
    /// An upload goes on from another byte.
    UploadOffset => "upload-offset", "The upload goes on from another byte", CONFLICT;
    /// The body is too long, or declared to be.
    TooLarge => "too-large", "Too large", PAYLOAD_TOO_LARGE;
    /// The body has the wrong media type.
    MediaType => "media-type", "Wrong media type", UNSUPPORTED_MEDIA_TYPE;
    /// The bytes do not have the hash that was declared.
    HashMismatch => "hash-mismatch", "The video was damaged on its way", UNPROCESSABLE_ENTITY;
    /// The idempotency key belongs to another request.
    IdempotencyKeyReused => "idempotency-key-reused", "Idempotency key used before", UNPROCESSABLE_ENTITY;
    /// The bytes are no video that can be read.
    NotAVideo => "not-a-video", "Not a video", UNPROCESSABLE_ENTITY;
    /// A password may not be chosen.
    WeakPassword => "weak-password", "Choose another password", UNPROCESSABLE_ENTITY;
    /// Too many videos came from the address.
    AddressBlocked => "address-blocked", "Too many videos from your network", TOO_MANY_REQUESTS;
    /// The day's videos are used up.
    DailyLimit => "daily-limit", "Enough videos for today", TOO_MANY_REQUESTS;
    /// The hour's videos are used up.
    HourlyLimit => "hourly-limit", "Enough videos for this hour", TOO_MANY_REQUESTS;
    /// Too many videos of the user wait to be scored.
    QueueFull => "queue-full", "Too many videos waiting", TOO_MANY_REQUESTS;
    /// Something was tried too often.
    TooManyTries => "too-many-tries", "Tried too often", TOO_MANY_REQUESTS;
    /// Something impossible happened.
    Internal => "internal", "A fault of ours", INTERNAL_SERVER_ERROR;
    /// All slots for scoring are taken.
    Busy => "busy", "Too many videos at once", SERVICE_UNAVAILABLE;
    /// More videos came of everybody than can be scored.
    GlobalLimit => "global-limit", "Too many videos at once", SERVICE_UNAVAILABLE;
    /// Something is not set that accounts need.
    NotConfigured => "not-configured", "Not set up here", SERVICE_UNAVAILABLE;
    /// The database or the video store does not answer.
    StorageUnavailable => "storage-unavailable", "Storage does not answer", SERVICE_UNAVAILABLE;
    /// Submissions are throttled.
    Throttled => "throttled", "Few videos are taken now", SERVICE_UNAVAILABLE;
}

impl ProblemType {
    /// The document's `type`.
    #[must_use]
    pub fn uri(self) -> String {
        format!("/problems/{}", self.name())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_type_has_a_name_of_its_own_and_a_status_of_an_error() {
        let names: BTreeSet<&str> = ProblemType::ALL.iter().map(|kind| kind.name()).collect();
        assert_eq!(names.len(), ProblemType::ALL.len());
        for kind in ProblemType::ALL {
            let status = kind.status();
            assert!(status.is_client_error() || status.is_server_error(), "{kind:?}");
            let kebab = |name: &str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
            assert!(kebab(kind.name()), "{kind:?}");
        }
    }
}
