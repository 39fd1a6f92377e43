//! Who a session belongs to: the one question that every signed-in request asks the database.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use flow_catalog::Tier;
use flow_limits::Ban;

use crate::{
    AuditSubject, Database, Error, SessionId, Store, Subscription, UserId,
    limits::{BAN_COLUMNS, BANS_OF_ACCOUNT, HARDEST_FIRST, maybe_ban},
};

/// Asks for the session `?1` at the time `?2`.
static QUESTION: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT accounts.id, verified_at, time_zone, audit_subject, tier, next_tier, subscriptions.ends_at, \
         ban.* FROM sessions \
         JOIN accounts ON accounts.id = sessions.account_id \
         LEFT JOIN subscriptions ON subscriptions.account_id = accounts.id \
         LEFT JOIN (SELECT {BAN_COLUMNS} FROM bans) AS ban \
         ON ban.id = (SELECT id {BANS_OF_ACCOUNT} ORDER BY {HARDEST_FIRST} LIMIT 1) \
         WHERE sessions.id = ?1 AND revoked_at IS NULL AND expires_at > ?2"
    )
});

/// A user who is signed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Their id.
    pub user: UserId,
    /// Whether their address is known to be theirs.
    pub verified: bool,
    /// Where their days begin.
    pub time_zone: Tz,
    /// The tier that holds now.
    pub tier: Tier,
    /// Their name in the audit log.
    pub audit_subject: AuditSubject,
    /// The hardest ban of theirs that holds.
    pub ban: Option<Ban>,
}

impl<D: Database> Store<D> {
    /// The user of a session, if the session holds: all that a request needs to know of them, in one query.
    pub async fn member(&self, session: &SessionId, now: DateTime<Utc>) -> Result<Option<Member>, Error> {
        let rows = self
            .database
            .run(&QUESTION, &[session.into(), now.into()])
            .await?;
        rows.first()
            .map(|row| {
                Ok(Member {
                    user: row.parsed(0)?,
                    verified: row.maybe_time(1)?.is_some(),
                    time_zone: row.parsed(2)?,
                    audit_subject: row.parsed(3)?,
                    tier: Subscription::from_columns(row, 4)?.tier_at(now),
                    ban: maybe_ban(row, 7)?,
                })
            })
            .transpose()
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use futures_executor::block_on;

    use super::*;
    use crate::testing::{Harness, account_id, session_id};

    #[test]
    fn a_session_says_who_its_user_is_and_what_holds_for_them() {
        let harness = Harness::new();
        harness.registered(1);
        let session = harness.signed_in(1, 10);
        let member = harness.member(&session).unwrap();
        assert_eq!(
            (member.user, member.verified, member.time_zone, member.tier),
            (account_id(1), false, chrono_tz::Europe::Berlin, Tier::Free)
        );
        assert_eq!(member.audit_subject.as_str(), "subject-1");
        block_on(harness.store.verify_email("verify-1", harness.now())).unwrap();
        let pro = Subscription {
            tier: Tier::Pro,
            next_tier: None,
            ends_at: Some(harness.now() + TimeDelta::seconds(60)),
        };
        block_on(harness.store.subscribe(&account_id(1), &pro, harness.now())).unwrap();
        let member = harness.member(&session).unwrap();
        assert_eq!((member.verified, member.tier), (true, Tier::Pro));
        harness.advance_seconds(60);
        assert_eq!(harness.member(&session).unwrap().tier, Tier::Free);
        assert_eq!(harness.member(&session_id(99)), None);
    }

    #[test]
    fn of_several_bans_the_hardest_that_holds_comes_with_the_member() {
        let harness = Harness::new();
        harness.registered(1);
        let session = harness.signed_in(1, 10);
        let level = || harness.member(&session).unwrap().ban.map(|ban| ban.level.name());
        assert_eq!(level(), None);
        let now = harness.now().timestamp_millis();
        for (id, subject, level, hours, lifted) in [
            ("a", account_id(1), "soft", 24, "NULL, NULL"),
            ("b", account_id(1), "hard", 2, "NULL, NULL"),
            ("c", account_id(1), "hard", 9, "1, 'a mistake'"),
            ("d", account_id(2), "hard", 9, "NULL, NULL"),
        ] {
            let end = now + hours * 3_600_000;
            harness.sql(&format!(
                "INSERT INTO bans VALUES ('{id}', 'user', '{subject}', '{level}', 'over-fifty-tries', {now}, {end}, {lifted})"
            ));
        }
        assert_eq!(level(), Some("hard"));
        harness.advance_seconds(2 * 3600);
        assert_eq!(level(), Some("soft"));
        harness.advance_seconds(22 * 3600);
        assert_eq!(level(), None);
    }

    #[test]
    fn a_zone_that_nobody_knows_is_damage() {
        let harness = Harness::new();
        harness.registered(1);
        let session = harness.signed_in(1, 10);
        harness.sql("UPDATE accounts SET time_zone = 'Middle/Earth'");
        let asked = block_on(harness.store.member(&session, harness.now()));
        assert!(matches!(asked, Err(Error::Damaged(_))), "{asked:?}");
    }
}
