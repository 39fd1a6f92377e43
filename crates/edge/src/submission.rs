//! Submissions and their limits: what holds for one, what the client and operators are told.

use chrono::{DateTime, Utc};
use flow_api::rfc3339;
use flow_catalog::TestId;
use flow_limits::{Ban, BanLevel, Limits, Moment, Usage};
use flow_store::{Alert, Rules};

use serde_json::{Value, json};

use crate::{Call, ClientAddress, Error, Identity, Level, Log, Reply, Settings, error::limits::rate_limits};

/// What holds for a submission of somebody now; `None` where nothing is counted.
pub fn submission_rules(
    call: &Call,
    settings: &Settings,
    identity: &Identity,
    now: DateTime<Utc>,
) -> Result<Option<Rules>, Error> {
    settings
        .submission_limits
        .then(|| user_rules(call, settings, identity, now))
        .transpose()
}

/// The same, counted or not.
pub fn user_rules(
    call: &Call,
    settings: &Settings,
    identity: &Identity,
    now: DateTime<Utc>,
) -> Result<Rules, Error> {
    let address = ClientAddress::of(call.headers(), settings.trusted_proxies);
    let key = settings.accounts.lookup_key()?;
    Ok(Rules {
        limits: Limits::of(identity.tier, settings.submissions_per_hour),
        breaker: settings.breaker,
        moment: Moment::new(identity.time_zone, now),
        address: address.map(|address| address.mark(&key)).transpose()?,
    })
}

/// A reply to an accepted submission with what the user has left, for all tests and for this one.
#[must_use]
pub fn with_rate_limits(mut reply: Reply, usage: &Usage, test: TestId, rules: &Rules) -> Reply {
    let Rules { limits, moment, .. } = rules;
    let standings = [
        usage.user_hour(limits, moment),
        usage.user_day(limits, moment),
        usage.test_day(test, limits, moment),
    ];
    reply.headers_mut().extend(rate_limits(&standings, moment.now));
    reply
}

/// Writes what operators should hear of to the log. It names bans and nobody.
pub fn tell_operators(log: &Log, alerts: &[Alert]) {
    for alert in alerts {
        let (level, message, more) = told(alert);
        log.write(level, message, more);
    }
}

/// What is written of an alert.
fn told(alert: &Alert) -> (Level, &'static str, Value) {
    match alert {
        Alert::Banned { ban, .. } => banned(ban),
        Alert::BreakerOpened(reason) => (
            Level::Alert,
            "submissions are throttled",
            json!({ "reason": reason.name() }),
        ),
        Alert::BreakerClosed => (Level::Info, "submissions are no longer throttled", Value::Null),
    }
}

fn banned(ban: &Ban) -> (Level, &'static str, Value) {
    let level = match ban.level {
        BanLevel::Permanent => Level::Alert,
        BanLevel::Hard => Level::Warning,
        BanLevel::Soft | BanLevel::Address => Level::Info,
    };
    let more = json!({
        "ban": ban.id,
        "banLevel": ban.level.name(),
        "reason": ban.reason.name(),
        "until": ban.ends_at.map(rfc3339),
    });
    (level, "a ban was placed", more)
}

#[cfg(test)]
mod tests {
    use flow_catalog::Tier;
    use flow_limits::{NewBan, OpenReason};
    use flow_store::Subject;

    use super::*;

    #[test]
    fn operators_are_told_what_happened_and_not_to_whom() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let banned = |tries| Alert::Banned {
            subject: Subject::User("ann".parse().unwrap()),
            ban: NewBan::for_tries(tries, Tier::Free)
                .unwrap()
                .from("b-1".into(), now),
        };
        let ban = |level: &str, reason: &str, until: Option<&str>| json!({ "ban": "b-1", "banLevel": level, "reason": reason, "until": until });
        for (alert, level, more) in [
            (
                banned(10),
                Level::Info,
                ban("soft", "over-daily-quota", Some("2027-01-16T08:00:00.000Z")),
            ),
            (
                banned(51),
                Level::Warning,
                ban("hard", "over-fifty-tries", Some("2027-01-22T08:00:00.000Z")),
            ),
            (
                banned(101),
                Level::Alert,
                ban("permanent", "over-hundred-tries", None),
            ),
            (
                Alert::BreakerOpened(OpenReason::Cost),
                Level::Alert,
                json!({ "reason": "cost" }),
            ),
            (Alert::BreakerClosed, Level::Info, Value::Null),
        ] {
            let (told_level, _, told_more) = told(&alert);
            assert_eq!((told_level, told_more), (level, more));
        }
    }
}
