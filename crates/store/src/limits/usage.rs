//! What was used, counted in one statement.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use flow_catalog::TestId;
use flow_limits::{Signals, Sliding, Usage};
use serde::de::DeserializeOwned;

use super::{
    bans::{BAN_COLUMNS, HARDEST_FIRST, maybe_ban},
    sql::{
        ACCEPTED_LATELY, BANS_OF_ADDRESS, BANS_OF_USER, COMING, COMPLETED, COMPUTED_LATELY, Context,
        OF_ADDRESS, OF_DAY, OF_EVERYONE, OF_HOUR, OF_MINUTE, REFUSED_LATELY, REFUSED_TODAY,
    },
};
use crate::{Database, Error, Row, Rules, Store, UserId};

/// Counts all that a usage has, under the parameters of [`Context`].
static QUESTION: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT (SELECT count(*) {OF_HOUR}), (SELECT min(created_at) {OF_HOUR}), (SELECT json_group_array(test) {OF_DAY}), \
         (SELECT json_group_array(test) {COMPLETED}), (SELECT json_group_array(json_array(test, state)) {COMING}), \
         (SELECT coalesce(sum(count), 0) {REFUSED_TODAY}), \
         (SELECT count(*) {OF_ADDRESS}), (SELECT min(s.created_at) {OF_ADDRESS}), \
         (SELECT max(ends_at) {BANS_OF_ADDRESS}), \
         (SELECT count(*) {OF_EVERYONE}), (SELECT min(created_at) {OF_EVERYONE}), (SELECT count(*) {OF_MINUTE}), \
         (SELECT count(*) {ACCEPTED_LATELY}), (SELECT coalesce(sum(refused), 0) {REFUSED_LATELY}), \
         (SELECT coalesce(sum(too_many), 0) {REFUSED_LATELY}), \
         (SELECT coalesce(sum(milliseconds), 0) {COMPUTED_LATELY}), \
         (SELECT open_for FROM breaker WHERE id = 1), ban.* \
         FROM (SELECT 1) LEFT JOIN (SELECT {BAN_COLUMNS} {BANS_OF_USER} ORDER BY {HARDEST_FIRST} LIMIT 1) AS ban"
    )
});

/// Counts of it what a user is shown, in the same order without the rest.
static SHOWN: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT (SELECT count(*) {OF_HOUR}), (SELECT min(created_at) {OF_HOUR}), (SELECT json_group_array(test) {OF_DAY}), \
         (SELECT json_group_array(test) {COMPLETED}), (SELECT max(ends_at) {BANS_OF_ADDRESS}), \
         (SELECT count(*) {ACCEPTED_LATELY}), (SELECT coalesce(sum(refused), 0) {REFUSED_LATELY}), \
         (SELECT coalesce(sum(too_many), 0) {REFUSED_LATELY}), \
         (SELECT coalesce(sum(milliseconds), 0) {COMPUTED_LATELY}), ban.* \
         FROM (SELECT 1) LEFT JOIN (SELECT {BAN_COLUMNS} {BANS_OF_USER} ORDER BY {HARDEST_FIRST} LIMIT 1) AS ban"
    )
});

/// A usage, and as what the circuit breaker was last seen.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    pub usage: Usage,
    pub breaker_open_for: Option<String>,
}

impl<D: Database> Store<D> {
    /// What a user is shown of what was used. What only the admission of a submission looks at is not counted: what is coming or
    /// waiting, refusals of the day, submissions of the address and of everyone.
    pub async fn shown_usage(&self, user: &UserId, rules: &Rules) -> Result<Usage, Error> {
        let rows = self
            .database
            .run(&SHOWN, Context::new(user, rules).values())
            .await?;
        let row = rows.first().ok_or_else(missing)?;
        let tests_of_day = tests_of_day(row)?;
        Ok(Usage {
            hour: sliding(row, 0)?,
            day: tests_of_day.values().sum(),
            tests_of_day,
            completed: json(row, 3)?,
            address_blocked_until: row.maybe_time(4)?,
            signals: signals(row, 5)?,
            ban: maybe_ban(row, 9)?,
            ..Usage::default()
        })
    }

    pub(super) async fn counted(&self, user: &UserId, rules: &Rules) -> Result<Counted, Error> {
        let rows = self
            .database
            .run(&QUESTION, Context::new(user, rules).values())
            .await?;
        let row = rows.first().ok_or_else(missing)?;
        let tests_of_day = tests_of_day(row)?;
        let coming: Vec<(TestId, String)> = json(row, 4)?;
        let waiting = coming.iter().filter(|(_, state)| state != "scoring").count();
        let usage = Usage {
            hour: sliding(row, 0)?,
            day: tests_of_day.values().sum(),
            tests_of_day,
            completed: json::<BTreeSet<TestId>>(row, 3)?,
            coming: coming.into_iter().map(|(test, _)| test).collect(),
            waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
            refused_today: small(row, 5)?,
            address: sliding(row, 6)?,
            address_blocked_until: row.maybe_time(8)?,
            everyone: sliding(row, 9)?,
            minute: small(row, 11)?,
            signals: signals(row, 12)?,
            ban: maybe_ban(row, 17)?,
        };
        Ok(Counted {
            usage,
            breaker_open_for: row.maybe_text(16)?,
        })
    }
}

fn missing() -> Error {
    Error::Damaged("a usage without a row".into())
}

fn tests_of_day(row: &Row) -> Result<BTreeMap<TestId, u32>, Error> {
    let mut tests_of_day = BTreeMap::new();
    for test in json::<Vec<TestId>>(row, 2)? {
        *tests_of_day.entry(test).or_default() += 1;
    }
    Ok(tests_of_day)
}

/// What the circuit breaker looks at, in four columns.
fn signals(row: &Row, column: usize) -> Result<Signals, Error> {
    Ok(Signals {
        accepted: row.count(column)?,
        refused: row.count(column + 1)?,
        too_many: row.count(column + 2)?,
        compute_milliseconds: row.count(column + 3)?,
    })
}

fn sliding(row: &Row, column: usize) -> Result<Sliding, Error> {
    Ok(Sliding {
        used: small(row, column)?,
        oldest: row.maybe_time(column + 1)?,
    })
}

fn small(row: &Row, column: usize) -> Result<u32, Error> {
    Ok(u32::try_from(row.count(column)?).unwrap_or(u32::MAX))
}

fn json<T: DeserializeOwned>(row: &Row, column: usize) -> Result<T, Error> {
    serde_json::from_str(&row.text(column)?)
        .map_err(|error| Error::Damaged(format!("column {column}: {error}")))
}
