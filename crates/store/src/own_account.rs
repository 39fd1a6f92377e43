//! What owners change about their accounts: the password and the address. Who asks has shown the password before.

use chrono::{DateTime, Utc};

use crate::{
    Account, Credentials, Database, Error, NewMail, NewMailToken, SessionEnd, SessionId, Store, Subscription,
    UserId,
    accounts::{
        ACCOUNT_COLUMN_COUNT, ACCOUNT_COLUMNS, ACCOUNTS_JOINED, account_from_row, subscription_of_account,
    },
    sql::transaction,
};

/// An address that an account is to have.
#[derive(Clone, Copy, Debug)]
pub struct NewEmail<'a> {
    /// Its mark.
    pub lookup: &'a str,
    /// It, sealed for the row of its token.
    pub sealed: &'a str,
}

/// A change of address that waits for its token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailChange {
    /// The account.
    pub account: UserId,
    /// The mark of the new address.
    pub lookup: String,
    /// The new address, sealed for the row of the token.
    pub sealed: String,
}

/// An account with all that its owner sees of it.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnedAccount {
    /// The account.
    pub account: Account,
    /// What it pays for.
    pub subscription: Subscription,
    /// The newest version of the wellness disclaimer that was agreed to.
    pub consent_version: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

impl<D: Database> Store<D> {
    /// An account as its owner sees it.
    pub async fn owned_account(
        &self,
        id: &UserId,
        now: DateTime<Utc>,
    ) -> Result<Option<OwnedAccount>, Error> {
        let rows = self
            .database
            .run(
                &format!(
                    "SELECT {ACCOUNT_COLUMNS}, created_at, \
                     (SELECT version FROM consents WHERE account_id = accounts.id ORDER BY at DESC, version DESC LIMIT 1) \
                     FROM {ACCOUNTS_JOINED} WHERE accounts.id = ?"
                ),
                &[id.into()],
            )
            .await?;
        rows.first()
            .map(|row| {
                Ok(OwnedAccount {
                    account: account_from_row(row, now)?,
                    subscription: subscription_of_account(row)?,
                    created_at: row.time(ACCOUNT_COLUMN_COUNT)?,
                    consent_version: row.text(ACCOUNT_COLUMN_COUNT + 1)?,
                })
            })
            .transpose()
    }

    /// An account with what its password is checked against, by its id.
    pub async fn credentials_of(
        &self,
        id: &UserId,
        now: DateTime<Utc>,
    ) -> Result<Option<Credentials>, Error> {
        let Some(account) = self.account(id, now).await? else {
            return Ok(None);
        };
        let rows = self
            .database
            .run("SELECT password_hash FROM accounts WHERE id = ?", &[id.into()])
            .await?;
        rows.first()
            .map(|row| {
                Ok(Credentials {
                    account,
                    password_hash: row.text(0)?,
                })
            })
            .transpose()
    }

    /// Gives an account another password, ends all its sessions but the one that asks, and puts `notice` into the outbox.
    pub async fn change_password(
        &self,
        account: &UserId,
        password_hash: &str,
        kept: &SessionId,
        notice: &NewMail,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        transaction(&self.database, async || {
            self.write_password(account, password_hash).await?;
            self.forget_mail_tokens(account, now).await?;
            self.close_sessions(account, Some(kept), SessionEnd::PasswordChanged, now)
                .await?;
            self.put_mail(account.as_str(), notice, now).await
        })
        .await
    }

    /// Writes down that an account is to have another address once its token comes back, and puts `link` into the outbox.
    /// Where the address has an account already, puts `notice` there and nothing else happens: who asks does not learn it.
    pub async fn ask_for_email(
        &self,
        account: &UserId,
        email: NewEmail<'_>,
        token: &NewMailToken,
        link: &NewMail,
        notice: &NewMail,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        transaction(&self.database, async || {
            let found = self
                .database
                .run("SELECT id FROM accounts WHERE email_lookup = ?", &[email.lookup.into()])
                .await?;
            if let Some(row) = found.first() {
                return self.put_mail(&row.text(0)?, notice, now).await;
            }
            self.database
                .run(
                    "INSERT INTO mail_tokens (hash, account_id, purpose, new_email_lookup, new_email_sealed, expires_at) \
                     VALUES (?, ?, 'change-email', ?, ?, ?)",
                    &[
                        token.hash.as_str().into(),
                        account.into(),
                        email.lookup.into(),
                        email.sealed.into(),
                        token.expires_at.into(),
                    ],
                )
                .await?;
            self.put_mail(account.as_str(), link, now).await
        })
        .await
    }

    /// The change that a token stands for, if it is good now. It stays good.
    pub async fn email_change(&self, hash: &str, now: DateTime<Utc>) -> Result<Option<EmailChange>, Error> {
        let rows = self
            .database
            .run(
                "SELECT account_id, new_email_lookup, new_email_sealed FROM mail_tokens \
                 WHERE hash = ? AND purpose = 'change-email' AND used_at IS NULL AND expires_at > ?",
                &[hash.into(), now.into()],
            )
            .await?;
        rows.first()
            .map(|row| {
                Ok(EmailChange {
                    account: row.parsed(0)?,
                    lookup: row.text(1)?,
                    sealed: row.text(2)?,
                })
            })
            .transpose()
    }

    /// Uses a token to give its account the new address, sealed for the account's row, and puts `notice` to the old address
    /// into the outbox. `false` when the token is not good, or somebody else has the address meanwhile.
    pub async fn change_email(
        &self,
        hash: &str,
        change: &EmailChange,
        sealed: &str,
        notice: &NewMail,
        now: DateTime<Utc>,
    ) -> Result<bool, Error> {
        transaction(&self.database, async || {
            if self.email_change(hash, now).await?.as_ref() != Some(change) {
                return Ok(false);
            }
            let changed = self
                .database
                .run(
                    "UPDATE accounts SET email_lookup = ?1, email_sealed = ?2, verified_at = ?3 WHERE id = ?4 \
                     AND NOT EXISTS (SELECT 1 FROM accounts WHERE email_lookup = ?1) RETURNING id",
                    &[
                        change.lookup.as_str().into(),
                        sealed.into(),
                        now.into(),
                        (&change.account).into(),
                    ],
                )
                .await?;
            if changed.is_empty() {
                return Ok(false);
            }
            self.forget_mail_tokens(&change.account, now).await?;
            self.put_mail(change.account.as_str(), notice, now).await?;
            Ok(true)
        })
        .await
    }

    /// No link that was sent to an account's owner works any more. For use inside a transaction.
    async fn forget_mail_tokens(&self, account: &UserId, now: DateTime<Utc>) -> Result<(), Error> {
        self.database
            .run(
                "UPDATE mail_tokens SET used_at = ? WHERE account_id = ? AND used_at IS NULL",
                &[now.into(), account.into()],
            )
            .await
            .map(drop)
    }
}
