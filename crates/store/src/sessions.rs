//! Sessions: opened by signing in, kept alive by refresh tokens that are good once, ended by their owner or by a thief.
//!
//! A session is the family of all refresh tokens that followed on its first one. A token that comes a second time means that
//! two have it, so the whole family ends; unless the same client comes twice within a few seconds, as two of its windows do
//! when they wake up at once. It gets the same successor both times.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use crate::{
    Database, Error, Store, UserId, Value,
    attempt::{is_uuid, name_type},
    sql::transaction,
};

name_type!(
    /// A session's id: a UUID in lower case.
    SessionId,
    "a session id is a UUID in lower case",
    is_uuid
);

/// How long a session lasts that nobody uses...
pub const SESSION_IDLE: TimeDelta = TimeDelta::days(30);

/// ...and any session at the longest: then the password is asked for again.
const LONGEST: TimeDelta = TimeDelta::days(180);

/// How long after a token's use the same client may use it again.
const GRACE: TimeDelta = TimeDelta::seconds(10);

/// A sign-in.
#[derive(Clone, Debug)]
pub struct NewSession<'a> {
    /// Its id.
    pub id: SessionId,
    /// Who signed in.
    pub account: &'a UserId,
    /// What the client is called in the list of sessions.
    pub client_label: &'a str,
    /// The mark of the client.
    pub client_mark: &'a str,
    /// The digest of its first refresh token.
    pub refresh_hash: &'a str,
    /// A new hash of the password, when the stored one is outdated.
    pub rehashed: Option<&'a str>,
}

/// A refresh token that came.
#[derive(Clone, Copy, Debug)]
pub struct Refresh<'a> {
    /// Its digest.
    pub hash: &'a str,
    /// The digest of the token that follows on it.
    pub successor_hash: &'a str,
    /// The mark of the client that sent it.
    pub client_mark: &'a str,
}

/// What became of a refresh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refreshed {
    /// The successor is good now.
    Rotated {
        /// The session.
        session: SessionId,
        /// Whose it is.
        account: UserId,
    },
    /// The token was used before: its session has ended just now.
    Reused {
        /// The session.
        session: SessionId,
        /// Whose it was.
        account: UserId,
    },
    /// The token is unknown, or its session is over.
    Ended,
}

/// Why a session was ended before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionEnd {
    /// Its owner signed out.
    SignedOut,
    /// Its owner ended it from another session.
    Revoked,
    /// Its owner chose a new password by mail.
    PasswordReset,
    /// Its owner chose a new password in another session.
    PasswordChanged,
    /// A refresh token came twice.
    TokenReused,
}

impl SessionEnd {
    /// Its name in the database and in the audit log.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignedOut => "signed-out",
            Self::Revoked => "revoked",
            Self::PasswordReset => "password-reset",
            Self::PasswordChanged => "password-changed",
            Self::TokenReused => "token-reused",
        }
    }
}

/// A session as it is shown to its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// What the client is called.
    pub client_label: String,
    /// When it was opened.
    pub created_at: DateTime<Utc>,
    /// When it was refreshed last.
    pub last_used_at: DateTime<Utc>,
    /// When it ends if nobody uses it.
    pub expires_at: DateTime<Utc>,
}

impl<D: Database> Store<D> {
    /// Opens a session.
    pub async fn open_session(&self, new: &NewSession<'_>, now: DateTime<Utc>) -> Result<(), Error> {
        transaction(&self.database, async || {
            if let Some(password_hash) = new.rehashed {
                self.write_password(new.account, password_hash).await?;
            }
            self.database
                .run(
                    "INSERT INTO sessions (id, account_id, client_label, client_mark, created_at, last_used_at, \
                     expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)",
                    &[
                        (&new.id).into(),
                        new.account.into(),
                        new.client_label.into(),
                        new.client_mark.into(),
                        now.into(),
                        (now + SESSION_IDLE).into(),
                    ],
                )
                .await?;
            self.put_refresh_token(new.refresh_hash, &new.id, now).await?;
            let reference = Some(new.id.as_str());
            self.record_of_account("session.opened", new.account, reference, json!({}), now)
                .await
        })
        .await
    }

    /// Uses a refresh token.
    pub async fn refresh(&self, refresh: Refresh<'_>, now: DateTime<Utc>) -> Result<Refreshed, Error> {
        transaction(&self.database, async || {
            let rows = self
                .database
                .run(
                    "SELECT sessions.id, account_id, client_mark, created_at, used_at \
                     FROM refresh_tokens JOIN sessions ON sessions.id = session_id \
                     WHERE hash = ? AND revoked_at IS NULL AND expires_at > ?",
                    &[refresh.hash.into(), now.into()],
                )
                .await?;
            let Some(row) = rows.first() else {
                return Ok(Refreshed::Ended);
            };
            let (session, account): (SessionId, UserId) = (row.parsed(0)?, row.parsed(1)?);
            if let Some(used_at) = row.maybe_time(4)? {
                let same_client = row.text(2)? == refresh.client_mark;
                if same_client && now - used_at <= GRACE {
                    return Ok(Refreshed::Rotated { session, account });
                }
                self.close("id = ?3", &[(&session).into()], SessionEnd::TokenReused, now)
                    .await?;
                return Ok(Refreshed::Reused { session, account });
            }
            self.database
                .run(
                    "UPDATE refresh_tokens SET used_at = ? WHERE hash = ?",
                    &[now.into(), refresh.hash.into()],
                )
                .await?;
            self.put_refresh_token(refresh.successor_hash, &session, now)
                .await?;
            self.database
                .run(
                    "UPDATE sessions SET client_mark = ?, last_used_at = ?, expires_at = ? WHERE id = ?",
                    &[
                        refresh.client_mark.into(),
                        now.into(),
                        (now + SESSION_IDLE).min(row.time(3)? + LONGEST).into(),
                        (&session).into(),
                    ],
                )
                .await?;
            Ok(Refreshed::Rotated { session, account })
        })
        .await
    }

    /// An account's sessions that hold, the one used last first.
    pub async fn sessions(
        &self,
        account: &UserId,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Session>, Error> {
        let rows = self
            .database
            .run(
                "SELECT id, client_label, created_at, last_used_at, expires_at FROM sessions \
                 WHERE account_id = ? AND revoked_at IS NULL AND expires_at > ? \
                 ORDER BY last_used_at DESC, id DESC LIMIT ?",
                &[account.into(), now.into(), limit.into()],
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Session {
                    id: row.parsed(0)?,
                    client_label: row.text(1)?,
                    created_at: row.time(2)?,
                    last_used_at: row.time(3)?,
                    expires_at: row.time(4)?,
                })
            })
            .collect()
    }

    /// Ends the session that a refresh token belongs to, whether the token was used or not. `false` when there is none that
    /// holds.
    pub async fn end_session_of_token(
        &self,
        hash: &str,
        end: SessionEnd,
        now: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let condition = "id = (SELECT session_id FROM refresh_tokens WHERE hash = ?3)";
        let ended = transaction(&self.database, async || {
            self.close(condition, &[hash.into()], end, now).await
        });
        Ok(ended.await? > 0)
    }

    /// Ends one session of an account. `false` when the account has no such session that holds.
    pub async fn end_session(
        &self,
        account: &UserId,
        id: &SessionId,
        end: SessionEnd,
        now: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let condition = "account_id = ?3 AND id = ?4";
        let ended = transaction(&self.database, async || {
            self.close(condition, &[account.into(), id.into()], end, now)
                .await
        });
        Ok(ended.await? > 0)
    }

    /// Ends all sessions of an account but `kept`; says how many.
    pub async fn end_sessions(
        &self,
        account: &UserId,
        kept: Option<&SessionId>,
        end: SessionEnd,
        now: DateTime<Utc>,
    ) -> Result<usize, Error> {
        transaction(&self.database, async || {
            self.close_sessions(account, kept, end, now).await
        })
        .await
    }

    /// The same inside a transaction.
    pub(crate) async fn close_sessions(
        &self,
        account: &UserId,
        kept: Option<&SessionId>,
        end: SessionEnd,
        now: DateTime<Utc>,
    ) -> Result<usize, Error> {
        let kept = kept.map_or("", SessionId::as_str);
        let values = [account.into(), kept.into()];
        self.close("account_id = ?3 AND id <> ?4", &values, end, now)
            .await
    }

    /// Ends the sessions that hold and meet a condition, whose values are `?3` and on; says how many. For use inside a
    /// transaction.
    async fn close(
        &self,
        condition: &str,
        values: &[Value],
        end: SessionEnd,
        now: DateTime<Utc>,
    ) -> Result<usize, Error> {
        let values = [&[now.into(), end.name().into()][..], values].concat();
        let ended = self
            .database
            .run(
                &format!(
                    "UPDATE sessions SET revoked_at = ?1, revoked_reason = ?2 \
                     WHERE revoked_at IS NULL AND expires_at > ?1 AND {condition} RETURNING id, account_id"
                ),
                &values,
            )
            .await?;
        for row in &ended {
            let (session, account) = (row.text(0)?, row.parsed(1)?);
            let detail = json!({ "reason": end.name() });
            self.record_of_account("session.ended", &account, Some(&session), detail, now)
                .await?;
        }
        Ok(ended.len())
    }

    async fn put_refresh_token(
        &self,
        hash: &str,
        session: &SessionId,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        self.database
            .run(
                "INSERT INTO refresh_tokens (hash, session_id, issued_at) VALUES (?, ?, ?)",
                &[hash.into(), session.into(), now.into()],
            )
            .await
            .map(drop)
    }
}

#[cfg(test)]
mod tests;
