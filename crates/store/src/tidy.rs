//! What of accounts is over and need not be kept: tokens, mails, sessions, counts.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{Database, Error, Store, TimeZoneChange};

/// How long an ended session is kept: long enough to answer a question about it.
const ENDED_SESSION: TimeDelta = TimeDelta::days(30);

/// How long a used refresh token is remembered, so that it is known when it comes again. Unused it would be over by then too.
const USED_TOKEN: TimeDelta = TimeDelta::days(30);

/// Longer than any window in which tries are counted.
const OLD_COUNT: TimeDelta = TimeDelta::days(1);

impl<D: Database> Store<D> {
    /// Removes what is over. Safe to call at any time and from several places at once.
    pub async fn tidy_accounts(&self, now: DateTime<Utc>) -> Result<(), Error> {
        let cuts = [
            ("DELETE FROM mail_tokens WHERE expires_at <= ?", now),
            ("DELETE FROM mails WHERE expires_at <= ?", now),
            ("DELETE FROM barred_addresses WHERE ends_at <= ?", now),
            (
                "DELETE FROM time_zone_changes WHERE at <= ?",
                now - TimeZoneChange::WINDOW,
            ),
            ("DELETE FROM throttles WHERE window_start <= ?", now - OLD_COUNT),
            ("DELETE FROM refresh_tokens WHERE used_at <= ?", now - USED_TOKEN),
            (
                "DELETE FROM refresh_tokens WHERE session_id IN \
                 (SELECT id FROM sessions WHERE min(expires_at, coalesce(revoked_at, expires_at)) <= ?)",
                now - ENDED_SESSION,
            ),
            (
                "DELETE FROM sessions WHERE min(expires_at, coalesce(revoked_at, expires_at)) <= ?",
                now - ENDED_SESSION,
            ),
        ];
        for (statement, cut) in cuts {
            self.database.run(statement, &[cut.into()]).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use futures_executor::block_on;

    use super::*;
    use crate::{
        Refreshed, SessionEnd, ThrottleRule,
        testing::{Harness, account_id, session_id},
    };

    const DAY: i64 = 86_400;

    fn tidy(harness: &Harness) {
        block_on(harness.store.tidy_accounts(harness.now())).unwrap();
    }

    #[test]
    fn tokens_mails_and_counts_go_when_they_are_over() {
        let harness = Harness::new();
        harness.registered(1);
        let rule = ThrottleRule {
            window: TimeDelta::hours(1),
            limit: 1,
        };
        block_on(harness.store.count_try("a", rule, harness.now())).unwrap();
        harness.advance_seconds(DAY - 1);
        tidy(&harness);
        for table in ["mail_tokens", "mails", "throttles"] {
            assert_eq!(harness.count(table), 1, "{table}");
        }
        harness.advance_seconds(1);
        tidy(&harness);
        for table in ["mail_tokens", "mails", "throttles"] {
            assert_eq!(harness.count(table), 0, "{table}");
        }
        assert_eq!(harness.count("accounts"), 1);
    }

    #[test]
    fn a_session_goes_a_month_after_its_end_with_its_tokens() {
        let harness = Harness::new();
        harness.registered(1);
        harness.signed_in(1, 10);
        harness.signed_in(1, 20);
        let end = SessionEnd::Revoked;
        block_on(
            harness
                .store
                .end_session(&account_id(1), &session_id(10), end, harness.now()),
        )
        .unwrap();
        harness.advance_seconds(30 * DAY - 1);
        tidy(&harness);
        assert_eq!(
            (harness.count("sessions"), harness.count("refresh_tokens")),
            (2, 2)
        );
        harness.advance_seconds(1);
        tidy(&harness);
        assert_eq!(
            (harness.count("sessions"), harness.count("refresh_tokens")),
            (1, 1)
        );
        harness.advance_seconds(30 * DAY);
        tidy(&harness);
        assert_eq!(
            (harness.count("sessions"), harness.count("refresh_tokens")),
            (0, 0)
        );
    }

    #[test]
    fn a_used_token_is_remembered_for_a_month_while_its_session_goes_on() {
        let harness = Harness::new();
        harness.registered(1);
        harness.signed_in(1, 10);
        harness.refresh(10, "mark-of-agent");
        for token in [11, 12] {
            harness.advance_seconds(20 * DAY);
            assert!(matches!(
                harness.refresh(token, "mark-of-agent"),
                Refreshed::Rotated { .. }
            ));
            tidy(&harness);
        }
        // 10 was used 40 days ago, 11 20 days ago, 12 now; 13 waits.
        assert_eq!(harness.count("refresh_tokens"), 3);
        assert_eq!(harness.refresh(10, "mark-of-agent"), Refreshed::Ended);
        assert!(matches!(
            harness.refresh(11, "mark-of-agent"),
            Refreshed::Reused { .. }
        ));
    }
}
