//! Submissions and their limits: what holds for one, what the client and operators are told.

use chrono::{DateTime, Utc};
use flow_catalog::TestId;
use flow_limits::{Ban, BanLevel, Limits, Moment, Usage};
use flow_store::{Alert, Rules};

use crate::{Call, ClientAddress, Error, Identity, Reply, RequestId, Settings, error::limits::rate_limits};

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
pub fn tell_operators(request_id: &RequestId, alerts: &[Alert]) {
    for alert in alerts {
        eprintln!("{}", line(request_id, alert));
    }
}

fn line(request_id: &RequestId, alert: &Alert) -> String {
    let request = request_id.as_str();
    match alert {
        Alert::Banned { ban, .. } => banned(request, ban),
        Alert::BreakerOpened(reason) => {
            format!(
                "alert request={request} submissions are throttled reason={}",
                reason.name()
            )
        }
        Alert::BreakerClosed => format!("info request={request} submissions are no longer throttled"),
    }
}

fn banned(request: &str, ban: &Ban) -> String {
    let severity = match ban.level {
        BanLevel::Permanent => "alert",
        BanLevel::Hard => "warning",
        BanLevel::Soft | BanLevel::Address => "info",
    };
    let (level, reason) = (ban.level.name(), ban.reason.name());
    let until = ban
        .ends_at
        .map_or_else(String::new, |end| format!(" until={}", crate::rfc3339(end)));
    format!(
        "{severity} request={request} ban={} level={level} reason={reason}{until}",
        ban.id
    )
}

#[cfg(test)]
mod tests {
    use flow_catalog::Tier;
    use flow_limits::{NewBan, OpenReason};
    use flow_store::Subject;
    use http::HeaderMap;

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
        let request_id = RequestId::choose(&HeaderMap::new(), || "r-1".into());
        for (alert, expected) in [
            (
                banned(10),
                "info request=r-1 ban=b-1 level=soft reason=over-daily-quota until=2027-01-16T08:00:00.000Z",
            ),
            (
                banned(51),
                "warning request=r-1 ban=b-1 level=hard reason=over-fifty-tries until=2027-01-22T08:00:00.000Z",
            ),
            (
                banned(101),
                "alert request=r-1 ban=b-1 level=permanent reason=over-hundred-tries",
            ),
            (
                Alert::BreakerOpened(OpenReason::Cost),
                "alert request=r-1 submissions are throttled reason=cost",
            ),
            (
                Alert::BreakerClosed,
                "info request=r-1 submissions are no longer throttled",
            ),
        ] {
            assert_eq!(line(&request_id, &alert), expected);
        }
    }
}
