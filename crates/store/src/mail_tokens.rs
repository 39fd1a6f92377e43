//! Tokens that came by mail: they prove that somebody reads it, once and for a while.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::{
    AuditEntry, AuditSubject, Database, Error, NewMail, Store, UserId, sessions::SessionEnd, sql::transaction,
};

/// What a token is good for. (A third purpose, `change-email`, is the table's already.)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailPurpose {
    /// Shows that the address of an account is its owner's.
    Verify,
    /// Lets the owner choose another password.
    Reset,
}

impl MailPurpose {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Verify => "verify",
            Self::Reset => "reset",
        }
    }
}

/// A token that a mail takes to its reader.
#[derive(Clone, Debug)]
pub struct NewMailToken {
    /// Its digest.
    pub hash: String,
    /// Until when it is good.
    pub expires_at: DateTime<Utc>,
}

/// Whose token it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenOwner {
    /// The account.
    pub account: UserId,
    /// The account's address, sealed.
    pub email_sealed: String,
    /// The account's name in the audit log.
    pub audit_subject: AuditSubject,
}

impl<D: Database> Store<D> {
    /// Puts a token and its mail in place for the account whose address has this mark: to verify it if it is not verified,
    /// or to reset its password. Says whose it is.
    ///
    /// Where there is no such account as much is written, only that it is over from the start: how long an answer takes must
    /// not tell who has an account.
    pub async fn ask_by_mail(
        &self,
        email_lookup: &str,
        purpose: MailPurpose,
        token: &NewMailToken,
        mail: &NewMail,
        now: DateTime<Utc>,
    ) -> Result<Option<AuditSubject>, Error> {
        transaction(&self.database, async || {
            let found = self
                .database
                .run(
                    "SELECT id, audit_subject FROM accounts \
                     WHERE email_lookup = ? AND (? <> 'verify' OR verified_at IS NULL)",
                    &[email_lookup.into(), purpose.name().into()],
                )
                .await?;
            let (mut token, mut mail) = (token.clone(), mail.clone());
            let (account, subject) = if let Some(row) = found.first() {
                (row.text(0)?, Some(row.parsed(1)?))
            } else {
                (token.expires_at, mail.expires_at) = (now, now);
                (String::new(), None)
            };
            self.put_mail_token(&account, purpose, &token).await?;
            self.put_mail(&account, &mail, now).await?;
            let entry = AuditEntry {
                event: "account.mail_requested",
                subject: subject.clone(),
                reference: None,
                detail: json!({ "purpose": purpose.name() }),
            };
            self.record(entry, now).await?;
            Ok(subject)
        })
        .await
    }

    /// Whose token this is, if it is good for this purpose now. It stays good.
    pub async fn token_owner(
        &self,
        hash: &str,
        purpose: MailPurpose,
        now: DateTime<Utc>,
    ) -> Result<Option<TokenOwner>, Error> {
        let rows = self
            .database
            .run(
                "SELECT accounts.id, email_sealed, audit_subject \
                 FROM mail_tokens JOIN accounts ON accounts.id = account_id \
                 WHERE hash = ? AND purpose = ? AND used_at IS NULL AND expires_at > ?",
                &[hash.into(), purpose.name().into(), now.into()],
            )
            .await?;
        rows.first()
            .map(|row| {
                Ok(TokenOwner {
                    account: row.parsed(0)?,
                    email_sealed: row.text(1)?,
                    audit_subject: row.parsed(2)?,
                })
            })
            .transpose()
    }

    /// Uses a token to verify the address of its account. `None` when it is not good.
    pub async fn verify_email(&self, hash: &str, now: DateTime<Utc>) -> Result<Option<TokenOwner>, Error> {
        transaction(&self.database, async || {
            let owner = self.use_token(hash, MailPurpose::Verify, now).await?;
            if let Some(owner) = &owner {
                self.mark_verified(&owner.account, now).await?;
                self.record_of_account("account.email_verified", &owner.account, None, json!({}), now)
                    .await?;
            }
            Ok(owner)
        })
        .await
    }

    /// Uses a token to give its account another password, and puts `notice` into the outbox. All sessions of the account end,
    /// all other reset tokens too; and whoever reads the mail has shown that the address is theirs. `None` when the token is
    /// not good.
    pub async fn reset_password(
        &self,
        hash: &str,
        password_hash: &str,
        notice: &NewMail,
        now: DateTime<Utc>,
    ) -> Result<Option<TokenOwner>, Error> {
        transaction(&self.database, async || {
            let Some(owner) = self.use_token(hash, MailPurpose::Reset, now).await? else {
                return Ok(None);
            };
            self.write_password(&owner.account, password_hash).await?;
            self.mark_verified(&owner.account, now).await?;
            self.database
                .run(
                    "UPDATE mail_tokens SET used_at = ? WHERE account_id = ? AND used_at IS NULL",
                    &[now.into(), (&owner.account).into()],
                )
                .await?;
            self.close_sessions(&owner.account, None, SessionEnd::PasswordReset, now)
                .await?;
            self.put_mail(owner.account.as_str(), notice, now).await?;
            self.record_of_account("account.password_reset", &owner.account, None, json!({}), now)
                .await?;
            Ok(Some(owner))
        })
        .await
    }

    /// Writes a token down. For use inside a transaction.
    pub(crate) async fn put_mail_token(
        &self,
        account: &str,
        purpose: MailPurpose,
        token: &NewMailToken,
    ) -> Result<(), Error> {
        self.database
            .run(
                "INSERT INTO mail_tokens (hash, account_id, purpose, expires_at) VALUES (?, ?, ?, ?)",
                &[
                    token.hash.as_str().into(),
                    account.into(),
                    purpose.name().into(),
                    token.expires_at.into(),
                ],
            )
            .await
            .map(drop)
    }

    async fn use_token(
        &self,
        hash: &str,
        purpose: MailPurpose,
        now: DateTime<Utc>,
    ) -> Result<Option<TokenOwner>, Error> {
        let owner = self.token_owner(hash, purpose, now).await?;
        if owner.is_some() {
            self.database
                .run(
                    "UPDATE mail_tokens SET used_at = ? WHERE hash = ?",
                    &[now.into(), hash.into()],
                )
                .await?;
        }
        Ok(owner)
    }

    async fn mark_verified(&self, account: &UserId, now: DateTime<Utc>) -> Result<(), Error> {
        self.database
            .run(
                "UPDATE accounts SET verified_at = coalesce(verified_at, ?) WHERE id = ?",
                &[now.into(), account.into()],
            )
            .await
            .map(drop)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use futures_executor::block_on;

    use super::*;
    use crate::{
        MailKind, Refreshed,
        testing::{Harness, account_id},
    };

    fn ask(harness: &Harness, mark: &str, purpose: MailPurpose, token: &str) -> Option<AuditSubject> {
        let kind = match purpose {
            MailPurpose::Verify => MailKind::Verify,
            MailPurpose::Reset => MailKind::Reset,
        };
        let token = NewMailToken {
            hash: token.into(),
            expires_at: harness.now() + TimeDelta::hours(1),
        };
        let mail = harness.new_mail(kind);
        block_on(
            harness
                .store
                .ask_by_mail(mark, purpose, &token, &mail, harness.now()),
        )
        .unwrap()
    }

    fn verify(harness: &Harness, hash: &str) -> bool {
        let owner = block_on(harness.store.verify_email(hash, harness.now())).unwrap();
        owner.is_some_and(|owner| owner.account == account_id(1))
    }

    fn reset(harness: &Harness, hash: &str, password: &str) -> bool {
        let notice = harness.new_mail(MailKind::PasswordChanged);
        let done = harness
            .store
            .reset_password(hash, password, &notice, harness.now());
        block_on(done).unwrap().is_some()
    }

    fn account(harness: &Harness) -> crate::Credentials {
        block_on(harness.store.credentials("mark-1", harness.now()))
            .unwrap()
            .unwrap()
    }

    #[test]
    fn a_token_verifies_once_and_only_what_it_was_made_for() {
        let harness = Harness::new();
        harness.registered(1);
        assert!(ask(&harness, "mark-1", MailPurpose::Reset, "for-reset").is_some());
        for wrong in ["", "unknown", "for-reset"] {
            assert!(!verify(&harness, wrong), "{wrong}");
        }
        assert!(!reset(&harness, "verify-1", "phc-new"));
        assert!(!account(&harness).account.verified);
        assert!(verify(&harness, "verify-1"));
        assert!(account(&harness).account.verified);
        assert!(!verify(&harness, "verify-1"), "once is enough");
    }

    #[test]
    fn a_token_is_good_until_its_end() {
        let harness = Harness::new();
        harness.registered(1);
        ask(&harness, "mark-1", MailPurpose::Verify, "a");
        ask(&harness, "mark-1", MailPurpose::Verify, "b");
        harness.advance_seconds(3599);
        assert!(verify(&harness, "a"));
        harness.advance_seconds(1);
        assert!(!verify(&harness, "b"));
    }

    #[test]
    fn for_an_unknown_address_as_much_is_written_and_none_of_it_is_good() {
        let harness = Harness::new();
        harness.registered(1);
        let rows = |harness: &Harness| (harness.count("mail_tokens"), harness.count("mails"));
        let before = rows(&harness);
        assert_eq!(ask(&harness, "mark-of-nobody", MailPurpose::Reset, "decoy"), None);
        assert_eq!(rows(&harness), (before.0 + 1, before.1 + 1));
        assert!(!reset(&harness, "decoy", "phc-new"));
        assert_eq!(
            block_on(harness.store.outbox(harness.now(), 10)).unwrap().len(),
            1
        );
        // A verified address is no reason for another mail either.
        verify(&harness, "verify-1");
        assert_eq!(ask(&harness, "mark-1", MailPurpose::Verify, "again"), None);
        assert_eq!(rows(&harness), (before.0 + 2, before.1 + 2));
        assert!(ask(&harness, "mark-1", MailPurpose::Reset, "reset").is_some());
    }

    #[test]
    fn a_reset_changes_the_password_verifies_the_address_and_ends_every_session() {
        let harness = Harness::new();
        harness.registered(1);
        harness.registered(2);
        let (mine, other) = (harness.signed_in(1, 10), harness.signed_in(2, 20));
        ask(&harness, "mark-1", MailPurpose::Reset, "first");
        ask(&harness, "mark-1", MailPurpose::Reset, "second");
        assert!(reset(&harness, "second", "phc-new"));
        let credentials = account(&harness);
        assert_eq!(credentials.password_hash, "phc-new");
        assert!(credentials.account.verified);
        assert!(
            !reset(&harness, "first", "phc-evil"),
            "older links end with the reset"
        );
        assert!(!verify(&harness, "verify-1"));
        assert_eq!(harness.member(&mine), None);
        assert_eq!(harness.refresh(10, "mark-of-agent"), Refreshed::Ended);
        assert!(harness.member(&other).is_some(), "of another account");
        let kinds = harness.sql(
            "SELECT kind FROM mails WHERE account_id = (SELECT id FROM accounts LIMIT 1) ORDER BY id DESC",
        );
        assert_eq!(kinds[0].text(0).unwrap(), "password-changed");
    }
}
