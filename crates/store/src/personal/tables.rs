//! The tables and columns that hold something of a person, as data: export and deletion go by this one list.
//!
//! A test holds the list against the database: a table or column that nobody decided on fails it.

/// How a column is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As it is.
    Plain,
    /// Milliseconds since 1970, as a time in RFC 3339.
    Time,
    /// JSON in text.
    Json,
    /// Encrypted, and bound to the row that this column names; whoever exports opens it. Read as the row's name, a space and
    /// what is sealed.
    Sealed(&'static str),
    /// A file of its own in this folder with this ending, named after the columns before it.
    File(&'static str, &'static str),
    /// Not exported: a secret, or a name that only the system uses.
    Withheld,
}

/// Which of a table's rows are a person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// Those with the user's id in this column.
    User(&'static str),
    /// Those of the user's attempts.
    Attempt,
    /// Those of the user's sessions.
    Session,
    /// Bans of the user.
    Ban,
    /// Those with the name that the audit log has for the user.
    Subject,
}

impl Owner {
    /// The condition in SQL on `?1`, the user's id, and `?2`, the name in the audit log.
    pub(super) fn condition(self) -> String {
        match self {
            Self::User(column) => format!("{column} = ?1"),
            Self::Attempt => "attempt_id IN (SELECT id FROM attempts WHERE user_id = ?1)".to_owned(),
            Self::Session => "session_id IN (SELECT id FROM sessions WHERE account_id = ?1)".to_owned(),
            Self::Ban => "subject_kind = 'user' AND subject = ?1".to_owned(),
            Self::Subject => "subject = ?2".to_owned(),
        }
    }
}

/// A table with rows of persons.
#[derive(Clone, Copy, Debug)]
pub struct PersonalTable {
    /// Its name.
    pub name: &'static str,
    /// What its rows are, in words for the person.
    pub about: &'static str,
    /// Its columns.
    pub columns: &'static [(&'static str, Form)],
    pub(super) owner: Owner,
}

/// All of them, so that rows go before those they refer to.
pub const PERSONAL_TABLES: &[PersonalTable] = {
    use Form::{File, Json, Plain, Sealed, Time, Withheld};
    &[
        PersonalTable {
            name: "key_frames",
            about: "Moments of your clips as drawn skeletons; the drawings are in the folder key-frames.",
            owner: Owner::Attempt,
            columns: &[
                ("attempt_id", Plain),
                ("number", Plain),
                ("caption", Plain),
                ("at_seconds", Plain),
                ("svg", File("key-frames", "svg")),
            ],
        },
        PersonalTable {
            name: "landmarks",
            about: "Where your body was found in each sampled frame; the files are in the folder landmarks.",
            owner: Owner::Attempt,
            columns: &[("attempt_id", Plain), ("clip", File("landmarks", "json.gz"))],
        },
        PersonalTable {
            name: "dead_letters",
            about: "Attempts that failed by a fault of ours.",
            owner: Owner::Attempt,
            columns: &[
                ("id", Plain),
                ("attempt_id", Plain),
                ("reason", Plain),
                ("runs", Plain),
                ("created_at", Time),
                ("replayed_at", Time),
            ],
        },
        PersonalTable {
            name: "video_uploads",
            about: "Videos that are being received or scored; each is deleted once its attempt is decided.",
            owner: Owner::Attempt,
            columns: &[("token", Withheld), ("attempt_id", Plain), ("started_at", Time)],
        },
        PersonalTable {
            name: "submission_addresses",
            about: "Submissions of the last day whose network address is counted, as a keyed hash.",
            owner: Owner::Attempt,
            columns: &[("attempt_id", Plain), ("mark", Withheld), ("created_at", Time)],
        },
        PersonalTable {
            name: "idempotency_keys",
            about: "Keys that your client sent so that a repeated request counts once; kept for a day.",
            owner: Owner::User("user_id"),
            columns: &[
                ("user_id", Withheld),
                ("key", Plain),
                ("request", Plain),
                ("attempt_id", Plain),
                ("created_at", Time),
            ],
        },
        PersonalTable {
            name: "attempts",
            about: "Your attempts at movement tests with their results and all measurements.",
            owner: Owner::User("user_id"),
            columns: &[
                ("id", Plain),
                ("user_id", Withheld),
                ("test", Plain),
                ("tier", Plain),
                ("state", Plain),
                ("merged_into", Plain),
                ("content_type", Plain),
                ("size_bytes", Plain),
                ("declared_sha256", Plain),
                ("sha256", Plain),
                ("container", Plain),
                ("video_token", Withheld),
                ("video_chunks", Withheld),
                ("created_at", Time),
                ("uploaded_at", Time),
                ("finished_at", Time),
                ("runs", Plain),
                ("lease_token", Withheld),
                ("lease_until", Withheld),
                ("frames_done", Plain),
                ("frames_total", Plain),
                ("last_error", Withheld),
                ("quality_score", Plain),
                ("confidence_avg", Plain),
                ("motion_variance", Plain),
                ("feedback", Plain),
                ("assessment", Json),
            ],
        },
        PersonalTable {
            name: "refused_submissions",
            about: "How many submissions were refused, by quarter of an hour; kept for two days.",
            owner: Owner::User("user_id"),
            columns: &[("user_id", Withheld), ("quarter", Time), ("count", Plain)],
        },
        PersonalTable {
            name: "bans",
            about: "Times for which your account was blocked, and why.",
            owner: Owner::Ban,
            columns: &[
                ("id", Plain),
                ("subject_kind", Withheld),
                ("subject", Withheld),
                ("level", Plain),
                ("reason", Plain),
                ("created_at", Time),
                ("ends_at", Time),
                ("lifted_at", Time),
                ("lift_reason", Plain),
            ],
        },
        PersonalTable {
            name: "audit_events",
            about: "What was recorded of your attempts before there were accounts.",
            owner: Owner::User("user_id"),
            columns: &[
                ("id", Plain),
                ("at", Time),
                ("event", Plain),
                ("user_id", Withheld),
                ("attempt_id", Plain),
                ("detail", Json),
            ],
        },
        PersonalTable {
            name: "refresh_tokens",
            about: "When your sign-ins were renewed.",
            owner: Owner::Session,
            columns: &[
                ("hash", Withheld),
                ("session_id", Plain),
                ("issued_at", Time),
                ("used_at", Time),
            ],
        },
        PersonalTable {
            name: "sessions",
            about: "Your sign-ins.",
            owner: Owner::User("account_id"),
            columns: &[
                ("id", Plain),
                ("account_id", Withheld),
                ("client_label", Plain),
                ("client_mark", Withheld),
                ("created_at", Time),
                ("last_used_at", Time),
                ("expires_at", Time),
                ("revoked_at", Time),
                ("revoked_reason", Plain),
            ],
        },
        PersonalTable {
            name: "mail_tokens",
            about: "Links that were sent to you by mail and have not expired.",
            owner: Owner::User("account_id"),
            columns: &[
                ("hash", Withheld),
                ("account_id", Withheld),
                ("purpose", Plain),
                ("new_email_lookup", Withheld),
                ("new_email_sealed", Sealed("hash")),
                ("expires_at", Time),
                ("used_at", Time),
            ],
        },
        PersonalTable {
            name: "mails",
            about: "Mails to you that wait to be sent.",
            owner: Owner::User("account_id"),
            columns: &[
                ("id", Plain),
                ("account_id", Withheld),
                ("kind", Plain),
                // It may hold a link that signs in; whoever may read the mailbox has it.
                ("payload_sealed", Withheld),
                ("created_at", Time),
                ("tries", Plain),
                ("next_try_at", Time),
                ("expires_at", Time),
            ],
        },
        PersonalTable {
            name: "time_zone_changes",
            about: "When you changed your time zone; kept for a week.",
            owner: Owner::User("account_id"),
            columns: &[("account_id", Withheld), ("at", Time)],
        },
        PersonalTable {
            name: "consents",
            about: "The versions of the wellness disclaimer that you agreed to.",
            owner: Owner::User("account_id"),
            columns: &[("account_id", Withheld), ("version", Plain), ("at", Time)],
        },
        PersonalTable {
            name: "subscriptions",
            about: "What you pay for.",
            owner: Owner::User("account_id"),
            columns: &[
                ("account_id", Withheld),
                ("tier", Plain),
                ("next_tier", Plain),
                ("ends_at", Time),
            ],
        },
        PersonalTable {
            name: "accounts",
            about: "Your account.",
            owner: Owner::User("id"),
            columns: &[
                ("id", Plain),
                ("email_lookup", Withheld),
                ("email_sealed", Sealed("id")),
                ("password_hash", Withheld),
                ("audit_subject", Withheld),
                ("time_zone", Plain),
                ("adult_confirmed_at", Time),
                ("verified_at", Time),
                ("created_at", Time),
            ],
        },
    ]
};

/// What is recorded of a person without naming them. It is exported, and it stays.
pub const AUDIT_LOG: PersonalTable = PersonalTable {
    name: "audit_log",
    about: "What was recorded of your account and your attempts. It stays when the account is deleted, and names nobody.",
    owner: Owner::Subject,
    columns: {
        use Form::{Json, Plain, Time, Withheld};
        &[
            ("id", Plain),
            ("at", Time),
            ("event", Plain),
            ("subject", Withheld),
            ("reference", Plain),
            ("detail", Json),
        ]
    },
};
