//! Accounts: made once for an address, found again by its mark.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use flow_catalog::Tier;
use serde_json::json;

use crate::{
    AuditEntry, AuditSubject, Database, Error, NewMail, NewMailToken, Row, Store, Subscription, UserId,
    mail_tokens::MailPurpose, sql::transaction,
};

/// What becomes an account. Marks, sealed texts and hashes come from outside; this crate has no keys.
#[derive(Clone, Debug)]
pub struct NewAccount<'a> {
    /// Its id.
    pub id: UserId,
    /// The mark of its address.
    pub email_lookup: &'a str,
    /// The mark under which its address would be barred.
    pub barred_lookup: &'a str,
    /// Its address, sealed.
    pub email_sealed: &'a str,
    /// Its password as a PHC string.
    pub password_hash: &'a str,
    /// Its name in the audit log.
    pub audit_subject: AuditSubject,
    /// Where its days begin.
    pub time_zone: Tz,
    /// The version of the wellness disclaimer that was agreed to. That the person is an adult was confirmed with it.
    pub consent_version: &'a str,
}

/// The mails that registering may take; one of them goes out.
#[derive(Clone, Debug)]
pub struct RegistrationMails {
    /// To whoever has an account now.
    pub welcome: NewMail,
    /// To whoever had one.
    pub known: NewMail,
    /// To whoever cannot have one.
    pub barred: NewMail,
}

/// What came of registering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registered {
    /// There is an account now.
    New,
    /// The address has one already; nothing about it changed.
    Known,
    /// The address had one that was deleted under a ban, which has not ended.
    Barred,
}

/// An account as it is shown to its owner.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// Its id.
    pub id: UserId,
    /// Its address, sealed.
    pub email_sealed: String,
    /// Whether its address is known to be its owner's.
    pub verified: bool,
    /// Where its days begin.
    pub time_zone: Tz,
    /// The tier that holds now.
    pub tier: Tier,
    /// Its name in the audit log.
    pub audit_subject: AuditSubject,
}

/// An account with what its password is checked against.
#[derive(Clone, Debug, PartialEq)]
pub struct Credentials {
    /// The account.
    pub account: Account,
    /// PHC string.
    pub password_hash: String,
}

/// The columns that [`account_from_row`] reads.
pub(crate) const ACCOUNT_COLUMNS: &str =
    "accounts.id, email_sealed, verified_at, time_zone, audit_subject, tier, next_tier, ends_at";

/// How many they are.
pub(crate) const ACCOUNT_COLUMN_COUNT: usize = 8;

/// The tables that have them.
pub(crate) const ACCOUNTS_JOINED: &str =
    "accounts LEFT JOIN subscriptions ON subscriptions.account_id = accounts.id";

pub(crate) fn account_from_row(row: &Row, now: DateTime<Utc>) -> Result<Account, Error> {
    Ok(Account {
        id: row.parsed(0)?,
        email_sealed: row.text(1)?,
        verified: row.maybe_time(2)?.is_some(),
        time_zone: row.parsed(3)?,
        audit_subject: row.parsed(4)?,
        tier: subscription_of_account(row)?.tier_at(now),
    })
}

/// The subscription in the same columns.
pub(crate) fn subscription_of_account(row: &Row) -> Result<Subscription, Error> {
    Subscription::from_columns(row, 5)
}

impl<D: Database> Store<D> {
    /// Makes an account with the token that verifies its address, unless the address has one or is barred, and puts the mail
    /// that says so into the outbox.
    pub async fn register(
        &self,
        new: &NewAccount<'_>,
        token: &NewMailToken,
        mails: &RegistrationMails,
        now: DateTime<Utc>,
    ) -> Result<Registered, Error> {
        transaction(&self.database, async || {
            let found = self
                .database
                .run("SELECT id FROM accounts WHERE email_lookup = ?", &[new.email_lookup.into()])
                .await?;
            if let Some(row) = found.first() {
                self.put_mail(row.text(0)?.as_str(), &mails.known, now).await?;
                return Ok(Registered::Known);
            }
            if self.barred(new.barred_lookup, now).await?.is_some() {
                self.put_mail("", &mails.barred, now).await?;
                return Ok(Registered::Barred);
            }
            self.database
                .run(
                    "INSERT INTO accounts (id, email_lookup, email_sealed, password_hash, audit_subject, time_zone, \
                     adult_confirmed_at, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)",
                    &[
                        (&new.id).into(),
                        new.email_lookup.into(),
                        new.email_sealed.into(),
                        new.password_hash.into(),
                        (&new.audit_subject).into(),
                        new.time_zone.name().into(),
                        now.into(),
                    ],
                )
                .await?;
            self.database
                .run(
                    "INSERT INTO consents (account_id, version, at) VALUES (?, ?, ?)",
                    &[(&new.id).into(), new.consent_version.into(), now.into()],
                )
                .await?;
            self.put_mail_token(new.id.as_str(), MailPurpose::Verify, token).await?;
            self.put_mail(new.id.as_str(), &mails.welcome, now).await?;
            let detail = json!({ "consent": new.consent_version });
            self.record_of_account("account.registered", &new.id, None, detail, now)
                .await?;
            Ok(Registered::New)
        })
        .await
    }

    /// The account whose address has this mark, with what its password is checked against.
    pub async fn credentials(
        &self,
        email_lookup: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Credentials>, Error> {
        let rows = self
            .database
            .run(
                &format!(
                    "SELECT {ACCOUNT_COLUMNS}, password_hash FROM {ACCOUNTS_JOINED} WHERE email_lookup = ?"
                ),
                &[email_lookup.into()],
            )
            .await?;
        rows.first()
            .map(|row| {
                Ok(Credentials {
                    account: account_from_row(row, now)?,
                    password_hash: row.text(8)?,
                })
            })
            .transpose()
    }

    /// An account by its id.
    pub async fn account(&self, id: &UserId, now: DateTime<Utc>) -> Result<Option<Account>, Error> {
        let rows = self
            .database
            .run(
                &format!("SELECT {ACCOUNT_COLUMNS} FROM {ACCOUNTS_JOINED} WHERE accounts.id = ?"),
                &[id.into()],
            )
            .await?;
        rows.first().map(|row| account_from_row(row, now)).transpose()
    }

    /// Records that somebody tried to sign in with a wrong password. For an address without an account as much is written.
    pub async fn record_failed_sign_in(
        &self,
        subject: Option<AuditSubject>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let entry = AuditEntry {
            event: "account.sign_in_failed",
            subject,
            reference: None,
            detail: json!({}),
        };
        self.record(entry, now).await
    }

    /// Whether there is an account with this id. For use inside a transaction.
    pub(crate) async fn account_exists(&self, id: &UserId) -> Result<bool, Error> {
        let found = self
            .database
            .run("SELECT 1 FROM accounts WHERE id = ?", &[id.into()])
            .await?;
        Ok(!found.is_empty())
    }

    /// Writes another hash of an account's password. For use inside a transaction.
    pub(crate) async fn write_password(&self, account: &UserId, password_hash: &str) -> Result<(), Error> {
        self.database
            .run(
                "UPDATE accounts SET password_hash = ? WHERE id = ?",
                &[password_hash.into(), account.into()],
            )
            .await
            .map(drop)
    }
}

#[cfg(test)]
mod tests {
    use futures_executor::block_on;

    use super::*;
    use crate::testing::{Harness, account_id};

    #[test]
    fn an_address_has_one_account_and_who_registers_again_changes_nothing() {
        let harness = Harness::new();
        assert_eq!(harness.register(1, "mark-of-ann"), Registered::New);
        let before = block_on(harness.store.credentials("mark-of-ann", harness.now())).unwrap();
        harness.advance_seconds(60);
        assert_eq!(harness.register(2, "mark-of-ann"), Registered::Known);
        let after = block_on(harness.store.credentials("mark-of-ann", harness.now())).unwrap();
        assert_eq!(before, after);
        assert_eq!(harness.register(3, "mark-of-bob"), Registered::New);
        for (table, count) in [("accounts", 2), ("consents", 2), ("mail_tokens", 2), ("mails", 3)] {
            assert_eq!(harness.count(table), count, "{table}");
        }
        let kinds = harness
            .sql("SELECT kind FROM mails WHERE account_id = (SELECT id FROM accounts LIMIT 1) ORDER BY id");
        let kinds: Vec<String> = kinds.iter().map(|row| row.text(0).unwrap()).collect();
        assert_eq!(kinds, ["verify", "already-registered"]);
    }

    #[test]
    fn an_account_is_found_by_mark_and_by_id_with_its_tier() {
        let harness = Harness::new();
        harness.register(1, "mark-of-ann");
        let credentials = block_on(harness.store.credentials("mark-of-ann", harness.now()))
            .unwrap()
            .unwrap();
        assert_eq!(credentials.password_hash, "phc-1");
        let account = credentials.account;
        assert_eq!(
            (&account.id, account.verified, account.tier, account.time_zone),
            (&account_id(1), false, Tier::Free, chrono_tz::Europe::Berlin)
        );
        assert_eq!(
            block_on(harness.store.account(&account_id(1), harness.now())).unwrap(),
            Some(account)
        );
        assert_eq!(
            block_on(harness.store.credentials("mark-of-eve", harness.now())).unwrap(),
            None
        );
        assert_eq!(
            block_on(harness.store.account(&account_id(9), harness.now())).unwrap(),
            None
        );
    }

    #[test]
    fn what_was_agreed_to_and_confirmed_is_kept_with_its_time() {
        let harness = Harness::new();
        harness.register(1, "mark-of-ann");
        let row = &harness.sql(
            "SELECT version, at, adult_confirmed_at, created_at FROM consents JOIN accounts ON accounts.id = account_id",
        )[0];
        assert_eq!(row.text(0).unwrap(), "consent-1");
        for column in 1..=3 {
            assert_eq!(row.time(column).unwrap(), harness.now());
        }
    }
}
