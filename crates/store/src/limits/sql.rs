//! What is counted, as pieces of SQL that the admission of a submission and the report on usage share.
//!
//! All pieces name the same numbered parameters, which [`Context`] gives.

use chrono::{DateTime, Utc};
use flow_limits::{BreakerRules, Limits, Moment, last_minutes};

use crate::{Rules, UserId, Value};

/// Submissions that count: neither joined to another one nor failed by a fault of ours.
macro_rules! counts {
    () => {
        "merged_into IS NULL AND state <> 'failed'"
    };
}

/// Bans of `$kind` and subject `$subject` that hold now.
macro_rules! bans {
    ($kind:literal, $subject:literal) => {
        concat!(
            "FROM bans WHERE subject_kind = '",
            $kind,
            "' AND subject = ",
            $subject,
            " AND lifted_at IS NULL AND (ends_at IS NULL OR ends_at > ?2)"
        )
    };
}

pub(crate) const BANS_OF_ACCOUNT: &str = bans!("user", "accounts.id");
pub(super) const BANS_OF_USER: &str = bans!("user", "?1");
pub(super) const BANS_OF_ADDRESS: &str = bans!("address", "?6");
pub(super) const OF_HOUR: &str = concat!(
    "FROM attempts WHERE user_id = ?1 AND created_at > ?3 AND ",
    counts!()
);
pub(super) const OF_DAY: &str = concat!(
    "FROM attempts WHERE user_id = ?1 AND created_at >= ?4 AND ",
    counts!()
);
pub(super) const WAITING: &str =
    "FROM attempts WHERE user_id = ?1 AND merged_into IS NULL AND state IN ('uploaded', 'retrying')";
pub(super) const COMPLETED: &str =
    "FROM attempts WHERE user_id = ?1 AND merged_into IS NULL AND state = 'valid' AND finished_at >= ?5";
pub(super) const COMING: &str = "FROM attempts WHERE user_id = ?1 AND merged_into IS NULL AND state IN ('uploaded', 'scoring', 'retrying')";
pub(super) const OF_ADDRESS: &str = concat!(
    "FROM submission_addresses AS s JOIN attempts AS a ON a.id = s.attempt_id \
     WHERE s.mark = ?6 AND s.created_at > ?3 AND ",
    counts!()
);
pub(super) const OF_EVERYONE: &str = concat!("FROM attempts WHERE created_at > ?3 AND ", counts!());
pub(super) const OF_MINUTE: &str = concat!("FROM attempts WHERE created_at >= ?9 AND ", counts!());
pub(super) const REFUSED_TODAY: &str = "FROM refused_submissions WHERE user_id = ?1 AND quarter >= ?7";
pub(super) const ACCEPTED_LATELY: &str = concat!("FROM attempts WHERE created_at >= ?8 AND ", counts!());
pub(super) const REFUSED_LATELY: &str = "FROM refused_minutes WHERE minute >= ?8";
pub(super) const COMPUTED_LATELY: &str = "FROM compute_minutes WHERE minute >= ?10";

/// How many parameters [`Context`] gives; a statement's own begin after them.
const GIVEN: usize = 10;

/// Parameters of a statement: those that all pieces share, then its own.
#[derive(Clone, Debug)]
pub(crate) struct Context(Vec<Value>);

impl Context {
    /// Parameters for a user's submission.
    pub fn new(user: &UserId, rules: &Rules) -> Self {
        let moment = &rules.moment;
        Self(vec![
            user.into(),
            moment.now.into(),
            moment.hour_ago().into(),
            moment.day.start.into(),
            moment.month.start.into(),
            rules.address.as_ref().map_or(Value::Null, Value::from),
            Moment::quarter_of(moment.day.start).into(),
            last_minutes(moment.now, BreakerRules::MINUTES).into(),
            moment.minute().into(),
            last_minutes(moment.now, BreakerRules::COST_MINUTES).into(),
        ])
    }

    /// Parameters for what is counted of everybody in minutes of the clock.
    pub fn of_minutes(now: DateTime<Utc>) -> Self {
        let mut parameters = vec![Value::Null; GIVEN];
        parameters[7] = last_minutes(now, BreakerRules::MINUTES).into();
        parameters[9] = last_minutes(now, BreakerRules::COST_MINUTES).into();
        Self(parameters)
    }

    /// Parameters where nothing is counted.
    pub fn without_rules(user: &UserId, now: DateTime<Utc>) -> Self {
        let mut parameters = vec![user.into(), now.into()];
        parameters.resize(GIVEN, Value::Null);
        Self(parameters)
    }

    /// Adds a parameter and returns its name.
    pub fn add(&mut self, value: impl Into<Value>) -> String {
        self.0.push(value.into());
        format!("?{}", self.0.len())
    }

    pub fn values(&self) -> &[Value] {
        &self.0
    }
}

/// The condition under which a submission for the test named by `test` is admitted.
pub(crate) fn admits(context: &mut Context, rules: &Rules, test: &str) -> String {
    let Limits {
        per_hour,
        per_day,
        per_test_and_day,
        per_address_and_hour,
        everyone_per_hour,
        ..
    } = rules.limits;
    let room = has_room(context, &rules.limits, test);
    let (hour, day) = (context.add(per_hour), context.add(per_day));
    let test_day = context.add(per_test_and_day);
    let address = context.add(per_address_and_hour);
    let everyone = context.add(everyone_per_hour);
    let throttled = context.add(rules.breaker.throttled_per_minute);
    let affordable = context.add(rules.breaker.affordable_milliseconds());
    let (least, percent) = (BreakerRules::LEAST_SUBMISSIONS, BreakerRules::REFUSED_PERCENT);
    format!(
        "NOT EXISTS (SELECT 1 {BANS_OF_USER}) AND NOT EXISTS (SELECT 1 {BANS_OF_ADDRESS}) AND {room} \
         AND (SELECT count(*) {OF_DAY} AND test = {test}) < {test_day} \
         AND (SELECT count(*) {OF_DAY}) < {day} \
         AND (SELECT count(*) {OF_HOUR}) < {hour} \
         AND (SELECT count(*) {OF_ADDRESS}) < {address} \
         AND (SELECT count(*) {OF_EVERYONE}) < {everyone} \
         AND ((SELECT count(*) {OF_MINUTE}) < {throttled} OR NOT ( \
             (SELECT coalesce(sum(milliseconds), 0) {COMPUTED_LATELY}) > {affordable} \
             OR (SELECT submissions >= {least} AND too_many * 100 > submissions * {percent} FROM ( \
                 SELECT (SELECT count(*) {ACCEPTED_LATELY}) + coalesce(sum(refused), 0) AS submissions, \
                 coalesce(sum(too_many), 0) AS too_many {REFUSED_LATELY}))))"
    )
}

/// The condition under which a video for the test named by `test` may wait to be scored: not too many wait, and the
/// month has room for the test, which it has for one that was completed or is about to be.
pub(crate) fn has_room(context: &mut Context, limits: &Limits, test: &str) -> String {
    let (waiting, tests) = (context.add(limits.waiting), context.add(limits.tests_per_month));
    format!(
        "(SELECT count(*) {WAITING}) < {waiting} \
         AND (EXISTS (SELECT 1 {COMPLETED} AND test = {test}) OR EXISTS (SELECT 1 {COMING} AND test = {test}) \
         OR (SELECT count(*) FROM (SELECT test {COMPLETED} UNION SELECT test {COMING})) < {tests})"
    )
}
