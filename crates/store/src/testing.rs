//! What the tests of this crate run on: SQLite in memory with the product's own migrations, a map, a clock to move.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

use chrono::{DateTime, TimeDelta, Utc};
use flow_catalog::{TestId, Tier};
use futures_executor::block_on;

use crate::{
    Accepted, Attempt, AttemptId, Blobs, Created, Database, Error, KeyFrame, Lease, LeaseTerms, LeaseToken,
    Leased, MailKind, Member, NewAccount, NewAttempt, NewMail, NewMailToken, NewSession, Outcome, Received,
    Refresh, Refreshed, Registered, RegistrationMails, Row, Scored, SessionId, Sha256Hex, Store, Upload,
    UploadStart, UploadToken, UserId,
};

/// Applies the product's migrations, statement by statement as Spin takes them. They may be applied twice.
pub(crate) fn migrate(connection: &rusqlite::Connection) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations");
    for migration in flow_migrations::read(folder.as_ref()).unwrap() {
        for statement in flow_migrations::statements(&migration.up).unwrap() {
            block_on(connection.run(statement.text, &[])).unwrap();
        }
    }
}

/// A key-value store in memory that can be made to fail.
#[derive(Debug, Default)]
pub(crate) struct MemoryBlobs {
    blobs: RefCell<BTreeMap<String, Vec<u8>>>,
    calls_left: Cell<Option<u32>>,
}

impl MemoryBlobs {
    pub fn len(&self) -> usize {
        self.blobs.borrow().len()
    }

    pub fn largest(&self) -> usize {
        self.blobs.borrow().values().map(Vec::len).max().unwrap_or(0)
    }

    pub fn fail_after(&self, calls: u32) {
        self.calls_left.set(Some(calls));
    }

    pub fn heal(&self) {
        self.calls_left.set(None);
    }

    fn call(&self) -> Result<(), Error> {
        match self.calls_left.get() {
            Some(0) => Err(Error::Blobs("down".into())),
            left => {
                self.calls_left.set(left.map(|left| left - 1));
                Ok(())
            }
        }
    }
}

impl Blobs for MemoryBlobs {
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, Error> {
        self.call()?;
        Ok(self.blobs.borrow().get(key).cloned())
    }

    async fn set(&self, key: &str, value: &[u8]) -> Result<(), Error> {
        self.call()?;
        self.blobs.borrow_mut().insert(key.to_owned(), value.to_vec());
        Ok(())
    }

    async fn delete(&self, key: &str) -> Result<(), Error> {
        self.call()?;
        self.blobs.borrow_mut().remove(key);
        Ok(())
    }

    async fn exists(&self, key: &str) -> Result<bool, Error> {
        self.call()?;
        Ok(self.blobs.borrow().contains_key(key))
    }
}

pub(crate) fn id(number: u8) -> AttemptId {
    format!("0193e7b0-0000-7000-8000-0000000000{number:02x}")
        .parse()
        .unwrap()
}

pub(crate) fn token(number: u8) -> UploadToken {
    format!("upload-{number}").parse().unwrap()
}

pub(crate) fn lease_token(number: u8) -> LeaseToken {
    format!("lease-{number}").parse().unwrap()
}

pub(crate) fn hash(number: u8) -> Sha256Hex {
    format!("{number:064x}").parse().unwrap()
}

pub(crate) fn account_id(number: u8) -> UserId {
    format!("0193e7b0-0000-7000-8000-00000000aa{number:02x}")
        .parse()
        .unwrap()
}

pub(crate) fn session_id(number: u8) -> SessionId {
    format!("0193e7b0-0000-7000-8000-00000000bb{number:02x}")
        .parse()
        .unwrap()
}

/// A store with a clock, and attempts in whatever state a test wants.
pub(crate) struct Harness {
    pub store: Store<rusqlite::Connection>,
    now: Cell<DateTime<Utc>>,
    leases: Cell<u8>,
    mails: Cell<u32>,
}

impl Harness {
    pub fn new() -> Self {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        connection.execute_batch("PRAGMA foreign_keys = ON").unwrap();
        migrate(&connection);
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        Self {
            store: Store::new(connection),
            now: Cell::new(now),
            leases: Cell::new(100),
            mails: Cell::new(0),
        }
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.now.get()
    }

    pub fn advance_seconds(&self, seconds: i64) {
        self.now.set(self.now() + TimeDelta::seconds(seconds));
    }

    pub fn terms() -> LeaseTerms {
        LeaseTerms {
            silence: TimeDelta::seconds(30),
            slots: 10,
        }
    }

    pub fn wanted(number: u8) -> NewAttempt {
        NewAttempt {
            id: id(number),
            user: "dev".parse().unwrap(),
            tier: Tier::Free,
            test: TestId::OverheadSquat,
            content_type: "video/mp4".into(),
            size_bytes: 1000,
            sha256: None,
            idempotency_key: None,
        }
    }

    pub fn create(&self, new: &NewAttempt) -> Created {
        block_on(self.store.create(new, None, self.now()))
            .unwrap()
            .created
    }

    pub fn created(&self, number: u8) -> Attempt {
        match self.create(&Self::wanted(number)) {
            Created::New(attempt) => attempt,
            other => panic!("{other:?}"),
        }
    }

    pub fn begin(&self, attempt: &Attempt, token: &UploadToken) -> UploadStart {
        block_on(
            self.store
                .begin_upload(&attempt.user, &attempt.id, token, self.now()),
        )
        .unwrap()
    }

    pub fn continued(&self, attempt: &Attempt, fresh: &UploadToken) -> UploadStart {
        block_on(
            self.store
                .continue_upload(&attempt.user, &attempt.id, fresh, self.now()),
        )
        .unwrap()
    }

    /// Accepts the video of an upload from whoever writes it now.
    pub fn accept(&self, attempt: &Attempt, token: &UploadToken, sha256: &Sha256Hex) -> Accepted {
        self.accept_from(attempt, &self.upload(token), sha256)
    }

    pub fn accept_from(&self, attempt: &Attempt, upload: &Upload, sha256: &Sha256Hex) -> Accepted {
        let received = Received {
            sha256: sha256.clone(),
            bytes: 1000,
            chunks: 1,
        };
        block_on(
            self.store
                .accept_video(attempt, upload, &received, "mp4", None, self.now()),
        )
        .unwrap()
        .accepted
    }

    /// An upload as whoever writes it now has it.
    pub fn upload(&self, token: &UploadToken) -> Upload {
        let rows = self.sql(&format!(
            "SELECT started_at FROM video_uploads WHERE token = '{token}'"
        ));
        Upload {
            token: token.clone(),
            since: rows[0].time(0).unwrap(),
        }
    }

    pub fn uploaded(&self, number: u8, sha256: &Sha256Hex) -> Attempt {
        self.uploaded_by(number, &Self::wanted(number).user, sha256)
    }

    pub fn uploaded_by(&self, number: u8, user: &UserId, sha256: &Sha256Hex) -> Attempt {
        let new = NewAttempt {
            user: user.clone(),
            ..Self::wanted(number)
        };
        let Created::New(attempt) = self.create(&new) else {
            panic!("not new")
        };
        self.begin(&attempt, &token(number));
        match self.accept(&attempt, &token(number), sha256) {
            Accepted::Accepted(attempt) => attempt,
            other => panic!("{other:?}"),
        }
    }

    pub fn lease(&self, number: u8) -> Lease {
        self.leases.set(self.leases.get() + 1);
        let token = lease_token(self.leases.get());
        block_on(
            self.store
                .take_lease(&id(number), &token, Self::terms(), self.now()),
        )
        .unwrap()
    }

    pub fn leased(&self, number: u8) -> Leased {
        match self.lease(number) {
            Lease::Taken(leased) => leased,
            other => panic!("{other:?}"),
        }
    }

    pub fn failed(&self, number: u8, sha256: &Sha256Hex) -> Attempt {
        let attempt = self.uploaded(number, sha256);
        self.fail(number);
        attempt
    }

    /// Lets every run of an uploaded attempt break off.
    pub fn fail(&self, number: u8) {
        for _ in 0..=crate::MAX_RETRIES {
            let leased = self.leased(number);
            block_on(self.store.give_up_run(&leased, "the engine burned", self.now())).unwrap();
        }
    }

    pub fn scored(valid: bool) -> Scored {
        let frame = |number| KeyFrame {
            number,
            caption: "deepest point".into(),
            at_seconds: 1.5,
            svg: "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".into(),
        };
        Scored {
            valid,
            reason: (!valid).then(|| "BAD_LIGHTING".into()),
            outcome: Outcome {
                quality_score: Some(0.9),
                confidence_avg: Some(0.8),
                motion_variance: Some(0.2),
                feedback: Some("Well done.".into()),
                assessment: Some("{}".into()),
            },
            landmarks: Some(vec![1, 2, 3]),
            key_frames: vec![frame(1), frame(2)],
        }
    }

    /// A mail that is good for a day.
    pub fn new_mail(&self, kind: MailKind) -> NewMail {
        self.mails.set(self.mails.get() + 1);
        NewMail {
            id: format!("mail-{:04}", self.mails.get()).parse().unwrap(),
            kind,
            payload_sealed: format!("k1.mail-{}", self.mails.get()),
            expires_at: self.now() + TimeDelta::days(1),
        }
    }

    /// Registers an account in Berlin whose token of verification is `verify-NUMBER`, good for a day.
    pub fn register(&self, number: u8, email_lookup: &str) -> Registered {
        let new = NewAccount {
            id: account_id(number),
            email_lookup,
            barred_lookup: &format!("barred-{number}"),
            email_sealed: &format!("k1.address-{number}"),
            password_hash: &format!("phc-{number}"),
            audit_subject: format!("subject-{number}").parse().unwrap(),
            time_zone: chrono_tz::Europe::Berlin,
            consent_version: "consent-1",
        };
        let token = NewMailToken {
            hash: format!("verify-{number}"),
            expires_at: self.now() + TimeDelta::days(1),
        };
        let mails = RegistrationMails {
            welcome: self.new_mail(MailKind::Verify),
            known: self.new_mail(MailKind::AlreadyRegistered),
            barred: self.new_mail(MailKind::Barred),
        };
        block_on(self.store.register(&new, &token, &mails, self.now())).unwrap()
    }

    /// An account whose address has the mark `mark-NUMBER`.
    pub fn registered(&self, number: u8) {
        assert_eq!(self.register(number, &format!("mark-{number}")), Registered::New);
    }

    /// A session of an account, whose first refresh token has the session's number.
    pub fn signed_in(&self, account: u8, session: u8) -> SessionId {
        let new = NewSession {
            id: session_id(session),
            account: &account_id(account),
            client_label: "Firefox on Linux",
            client_mark: "mark-of-agent",
            refresh_hash: &format!("refresh-{session}"),
            rehashed: None,
        };
        block_on(self.store.open_session(&new, self.now())).unwrap();
        new.id
    }

    /// Uses the refresh token with this number; the next number follows on it.
    pub fn refresh(&self, token: u8, client_mark: &str) -> Refreshed {
        let refresh = Refresh {
            hash: &format!("refresh-{token}"),
            successor_hash: &format!("refresh-{}", token + 1),
            client_mark,
        };
        block_on(self.store.refresh(refresh, self.now())).unwrap()
    }

    pub fn member(&self, session: &SessionId) -> Option<Member> {
        block_on(self.store.member(session, self.now())).unwrap()
    }

    pub fn sql(&self, statement: &str) -> Vec<Row> {
        block_on(self.store.database.run(statement, &[])).unwrap()
    }

    pub fn set_tier(&self, number: u8, tier: &str) {
        self.sql(&format!(
            "UPDATE attempts SET tier = '{tier}' WHERE id = '{}'",
            id(number)
        ));
    }

    pub fn count(&self, table: &str) -> u64 {
        self.sql(&format!("SELECT count(*) FROM {table}"))[0]
            .count(0)
            .unwrap()
    }

    /// What was recorded of bans and the circuit breaker, in order.
    pub fn limit_events(&self) -> Vec<String> {
        let rows = self.sql(
            "SELECT event FROM audit_log WHERE event LIKE 'ban.%' OR event LIKE 'breaker.%' ORDER BY id",
        );
        rows.iter().map(|row| row.text(0).unwrap()).collect()
    }

    pub fn audit_trail(&self) -> Vec<(String, String)> {
        let rows = self.sql("SELECT event, detail FROM audit_log ORDER BY id");
        rows.iter()
            .map(|row| (row.text(0).unwrap(), row.text(1).unwrap()))
            .collect()
    }
}

mod life {
    use super::*;
    use crate::State;

    /// Every pair of states is tried in SQL, and only the life of an attempt gets through.
    #[test]
    fn illegal_changes_of_state_are_impossible_in_sql() {
        use State as S;
        let legal = [
            (S::Created, S::Uploaded),
            (S::Uploaded, S::Scoring),
            (S::Retrying, S::Scoring),
            (S::Scoring, S::Retrying),
            (S::Scoring, S::Valid),
            (S::Scoring, S::Invalid),
            (S::Scoring, S::Failed),
            (S::Failed, S::Created),
            (S::Failed, S::Uploaded),
        ];
        for from in S::ALL {
            for to in S::ALL {
                let harness = Harness::new();
                harness.uploaded(1, &hash(1));
                // Put the row into `from` without asking the trigger, then ask it.
                let into = |state: S| {
                    let scoring = if state == S::Scoring {
                        "'t', lease_until = 1"
                    } else {
                        "NULL, lease_until = NULL"
                    };
                    let finished = if state.is_final() { "1" } else { "NULL" };
                    let name = state.name();
                    format!(
                        "UPDATE attempts SET state = '{name}', finished_at = {finished}, lease_token = {scoring}"
                    )
                };
                harness.sql("DROP TRIGGER attempts_life");
                harness.sql(&into(from));
                migrate(&harness.store.database);
                let changed = block_on(harness.store.database.run(&into(to), &[]));
                assert_eq!(
                    changed.is_ok(),
                    from == to || legal.contains(&(from, to)),
                    "{from:?} to {to:?}: {changed:?}"
                );
            }
        }
    }
}
