//! Limits and bans in words: what is refused, until when, and the headers that say so.

use chrono::{DateTime, Utc};
use flow_api::{ProblemType, rfc3339};
use flow_limits::{Ban, BanLevel, Policy, Refusal, Standing, rate_limit_headers, seconds_until};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use serde_json::{Map, Value, json};

/// The problem of a limit.
pub(super) const fn kind(policy: Policy) -> ProblemType {
    use ProblemType as P;
    match policy {
        Policy::Ban => P::Banned,
        Policy::AddressHour => P::AddressBlocked,
        Policy::Waiting => P::QueueFull,
        Policy::TestsOfMonth => P::MonthlyTests,
        Policy::TestDay => P::DailyTestLimit,
        Policy::UserDay => P::DailyLimit,
        Policy::UserHour => P::HourlyLimit,
        Policy::EveryoneHour => P::GlobalLimit,
        Policy::Throttle => P::Throttled,
    }
}

/// What happened and what to do about it.
pub(super) fn detail(refusal: &Refusal) -> String {
    let Standing {
        policy,
        limit,
        resets_at,
        ..
    } = refusal.standing;
    let until = resets_at.map_or_else(|| "never".to_owned(), rfc3339);
    let tier = refusal.tier.title();
    let more = refusal
        .available_in()
        .map_or_else(String::new, |tier| format!("; {} has more", tier.title()));
    let limit = match policy {
        Policy::Ban => return refusal.ban.as_ref().map_or_else(String::new, ban_detail),
        Policy::AddressHour => {
            format!(
                "at most {limit} videos an hour are taken from one network; from yours again after {until}"
            )
        }
        Policy::Waiting => {
            format!("{limit} of your videos wait to be scored; have them scored before you send another one")
        }
        Policy::TestsOfMonth => format!(
            "the {tier} tier has {limit} different tests a month{more}; you can repeat the tests that you completed, or \
             go on after {until}"
        ),
        Policy::TestDay => format!(
            "{} can be sent {limit} times a day; again after {until}",
            refusal.test.title()
        ),
        Policy::UserDay => {
            format!("the {tier} tier has {limit} videos a day{more}; your next day begins {until}")
        }
        Policy::UserHour => format!("at most {limit} videos an hour are taken; the next one after {until}"),
        Policy::EveryoneHour => format!(
            "more videos came than can be scored; try again after {until}, this try does not count against you"
        ),
        Policy::Throttle => format!(
            "only few videos are taken at the moment; try again after {until}, this try does not count against you"
        ),
    };
    match &refusal.ban {
        Some(ban) => format!("{limit}. {}", super::sentence(&ban_detail(ban))),
        None => limit,
    }
}

/// What a ban shuts, why and until when.
pub(super) fn ban_detail(ban: &Ban) -> String {
    let reason = ban.reason.title();
    let until = ban
        .ends_at
        .map_or_else(String::new, |end| format!(" until {}", rfc3339(end)));
    match ban.level {
        BanLevel::Address | BanLevel::Soft => format!("you cannot send videos{until}, because {reason}"),
        BanLevel::Hard => format!("your account is shut{until}, because {reason}"),
        BanLevel::Permanent => {
            format!("your account is shut for good, because {reason}; write to us if you think this is wrong")
        }
    }
}

/// The members of the problem of a limit.
pub(super) fn members(refusal: &Refusal) -> Map<String, Value> {
    let standing = refusal.standing;
    let mut members = Map::new();
    members.insert("limit".into(), standing.limit.into());
    members.insert("remaining".into(), 0.into());
    add_reset(&mut members, refusal.resets_at(), refusal.at);
    if matches!(standing.policy, Policy::TestDay | Policy::TestsOfMonth) {
        members.insert("test".into(), json!(refusal.test));
    }
    if matches!(standing.policy, Policy::UserDay | Policy::TestsOfMonth) {
        members.insert("tier".into(), json!(refusal.tier));
    }
    if let Some(tier) = refusal.available_in() {
        members.insert("availableIn".into(), json!(tier));
    }
    if let Some(ban) = &refusal.ban {
        add_ban(&mut members, ban);
    }
    members
}

/// The members of the problem of a ban.
pub(super) fn ban_members(ban: &Ban, now: DateTime<Utc>) -> Map<String, Value> {
    let mut members = Map::new();
    add_reset(&mut members, ban.ends_at, now);
    add_ban(&mut members, ban);
    members
}

fn add_reset(members: &mut Map<String, Value>, resets_at: Option<DateTime<Utc>>, now: DateTime<Utc>) {
    if let Some(time) = resets_at {
        members.insert("resetsAt".into(), rfc3339(time).into());
        members.insert("retryAfterSeconds".into(), seconds_until(time, now).into());
    }
}

fn add_ban(members: &mut Map<String, Value>, ban: &Ban) {
    members.insert("banLevel".into(), json!(ban.level));
    members.insert("banReason".into(), json!(ban.reason));
    if let Some(end) = ban.ends_at {
        members.insert("banEndsAt".into(), rfc3339(end).into());
    }
}

/// The headers of the problem of a limit.
pub(super) fn headers(refusal: &Refusal) -> HeaderMap {
    limit_headers(&refusal.standing, refusal.resets_at(), refusal.at)
}

/// The headers of the problem of a ban.
pub(super) fn ban_headers(ban: &Ban, now: DateTime<Utc>) -> HeaderMap {
    limit_headers(&Standing::of_ban(ban), ban.ends_at, now)
}

fn limit_headers(standing: &Standing, resets_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    if let Some(time) = resets_at {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds_until(time, now)));
    }
    headers.extend(rate_limits(&[*standing], now));
    headers
}

/// The headers `RateLimit-Policy` and `RateLimit`.
pub(crate) fn rate_limits(standings: &[Standing], now: DateTime<Utc>) -> HeaderMap {
    rate_limit_headers(standings, now)
        .into_iter()
        .filter_map(|(name, value)| {
            let value = HeaderValue::from_str(&value).ok()?;
            Some((HeaderName::from_static(name), value))
        })
        .collect()
}
