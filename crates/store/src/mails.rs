//! The outbox: mails that are written with what they are about, and sent afterwards, as often as it takes.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    Database, Error, Row, Store,
    attempt::{is_name, name_type},
};

name_type!(
    /// A mail's id.
    MailId,
    "a mail's id is 1 to 64 lower-case letters, digits and hyphens",
    is_name
);

/// What a mail is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailKind {
    /// Has the link that verifies an address.
    Verify,
    /// Somebody registered with an address that has an account.
    AlreadyRegistered,
    /// Has the link that resets a password.
    Reset,
    /// A password was changed.
    PasswordChanged,
    /// Has the link that confirms another address.
    ChangeEmail,
    /// An account has another address.
    EmailChanged,
    /// An address cannot register yet.
    Barred,
}

impl MailKind {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::Verify,
        Self::AlreadyRegistered,
        Self::Reset,
        Self::PasswordChanged,
        Self::ChangeEmail,
        Self::EmailChanged,
        Self::Barred,
    ];

    /// Its name in the database and in the log.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Verify => "verify",
            Self::AlreadyRegistered => "already-registered",
            Self::Reset => "reset",
            Self::PasswordChanged => "password-changed",
            Self::ChangeEmail => "change-email",
            Self::EmailChanged => "email-changed",
            Self::Barred => "barred",
        }
    }
}

impl std::str::FromStr for MailKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == text)
            .ok_or_else(|| format!("'{text}' is no kind of mail"))
    }
}

/// A mail to be put into the outbox.
#[derive(Clone, Debug)]
pub struct NewMail {
    /// Its id.
    pub id: MailId,
    /// What it is about.
    pub kind: MailKind,
    /// To whom, subject and text, sealed.
    pub payload_sealed: String,
    /// From when on it need not arrive any more.
    pub expires_at: DateTime<Utc>,
}

/// A mail in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its id.
    pub id: MailId,
    /// What it is about.
    pub kind: MailKind,
    /// To whom, subject and text, sealed.
    pub payload_sealed: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// How often sending it was begun.
    pub tries: u32,
}

/// How long whoever took a mail to send it has for that: longer than the provider may take to answer.
const SENDING: TimeDelta = TimeDelta::seconds(60);

/// When to try again after so many tries in vain: 30 s, 2 min, 8 min, 32 min, then every hour.
#[must_use]
pub fn retry_after_failure(tries: u32) -> TimeDelta {
    let factor = 4_i64.saturating_pow(tries.saturating_sub(1).min(8));
    TimeDelta::seconds(30 * factor).min(TimeDelta::hours(1))
}

const COLUMNS: &str = "id, kind, payload_sealed, created_at, tries";

impl Mail {
    fn from_row(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            id: row.parsed(0)?,
            kind: row.parsed(1)?,
            payload_sealed: row.text(2)?,
            created_at: row.time(3)?,
            tries: u32::try_from(row.count(4)?).unwrap_or(u32::MAX),
        })
    }
}

impl<D: Database> Store<D> {
    /// Takes the mail that has waited longest, if one is due. Nobody else gets it for a minute; then it is due again, unless
    /// [`Store::mail_sent`] or [`Store::mail_failed`] was told what became of it.
    pub async fn take_mail(&self, now: DateTime<Utc>) -> Result<Option<Mail>, Error> {
        let rows = self
            .database
            .run(
                &format!(
                    "UPDATE mails SET tries = tries + 1, next_try_at = ?1 \
                     WHERE id = (SELECT id FROM mails WHERE next_try_at <= ?2 AND expires_at > ?2 \
                                 ORDER BY next_try_at, id LIMIT 1) \
                     RETURNING {COLUMNS}"
                ),
                &[(now + SENDING).into(), now.into()],
            )
            .await?;
        rows.first().map(Mail::from_row).transpose()
    }

    /// The provider has the mail, or will never take it: it leaves the outbox.
    pub async fn mail_sent(&self, id: &MailId) -> Result<(), Error> {
        self.database
            .run("DELETE FROM mails WHERE id = ?", &[id.into()])
            .await
            .map(drop)
    }

    /// The mail could not be sent; it is tried again at `next_try_at`.
    pub async fn mail_failed(&self, id: &MailId, next_try_at: DateTime<Utc>) -> Result<(), Error> {
        self.database
            .run(
                "UPDATE mails SET next_try_at = ? WHERE id = ?",
                &[next_try_at.into(), id.into()],
            )
            .await
            .map(drop)
    }

    /// What waits in the outbox, newest first.
    pub async fn outbox(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<Mail>, Error> {
        let rows = self
            .database
            .run(
                &format!("SELECT {COLUMNS} FROM mails WHERE expires_at > ? ORDER BY created_at DESC, id DESC LIMIT ?"),
                &[now.into(), limit.into()],
            )
            .await?;
        rows.iter().map(Mail::from_row).collect()
    }

    /// Puts a mail into the outbox. For use inside a transaction.
    pub(crate) async fn put_mail(
        &self,
        account: &str,
        mail: &NewMail,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        self.database
            .run(
                "INSERT INTO mails (id, account_id, kind, payload_sealed, created_at, next_try_at, expires_at) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)",
                &[
                    (&mail.id).into(),
                    account.into(),
                    mail.kind.name().into(),
                    mail.payload_sealed.as_str().into(),
                    now.into(),
                    mail.expires_at.into(),
                ],
            )
            .await
            .map(drop)
    }
}

#[cfg(test)]
mod tests {
    use futures_executor::block_on;

    use super::*;
    use crate::testing::Harness;

    fn take(harness: &Harness) -> Option<Mail> {
        block_on(harness.store.take_mail(harness.now())).unwrap()
    }

    #[test]
    fn a_mail_is_taken_by_one_and_again_when_nothing_was_heard_of_it() {
        let harness = Harness::new();
        harness.registered(1);
        let mail = take(&harness).unwrap();
        assert_eq!((mail.kind, mail.tries), (MailKind::Verify, 1));
        assert_eq!(take(&harness), None, "somebody sends it");
        harness.advance_seconds(60);
        let again = take(&harness).unwrap();
        assert_eq!((&again.id, again.tries), (&mail.id, 2));
        block_on(harness.store.mail_sent(&mail.id)).unwrap();
        harness.advance_seconds(3600);
        assert_eq!(take(&harness), None);
    }

    #[test]
    fn after_a_failure_a_mail_waits_longer_each_time() {
        let minutes: Vec<i64> = (1..=7)
            .map(|tries| retry_after_failure(tries).num_seconds())
            .collect();
        assert_eq!(minutes, [30, 120, 480, 1920, 3600, 3600, 3600]);
        assert_eq!(retry_after_failure(u32::MAX), TimeDelta::hours(1));

        let harness = Harness::new();
        harness.registered(1);
        let mail = take(&harness).unwrap();
        block_on(
            harness
                .store
                .mail_failed(&mail.id, harness.now() + retry_after_failure(mail.tries)),
        )
        .unwrap();
        harness.advance_seconds(29);
        assert_eq!(take(&harness), None);
        harness.advance_seconds(1);
        assert_eq!(take(&harness).unwrap().tries, 2);
    }

    #[test]
    fn what_need_not_arrive_any_more_is_not_sent() {
        let harness = Harness::new();
        harness.registered(1);
        assert_eq!(
            block_on(harness.store.outbox(harness.now(), 10)).unwrap().len(),
            1
        );
        harness.advance_seconds(86_400);
        assert_eq!(take(&harness), None);
        assert_eq!(block_on(harness.store.outbox(harness.now(), 10)).unwrap(), []);
    }

    #[test]
    fn the_longest_waiting_mail_is_first() {
        let harness = Harness::new();
        harness.registered(1);
        harness.advance_seconds(1);
        harness.registered(2);
        let newest_first = block_on(harness.store.outbox(harness.now(), 10)).unwrap();
        let taken = [take(&harness).unwrap(), take(&harness).unwrap()];
        assert_eq!(
            (&taken[0].id, &taken[1].id),
            (&newest_first[1].id, &newest_first[0].id)
        );
    }
}
