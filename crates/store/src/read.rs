//! Reading attempts and what they left.

use chrono::{DateTime, Utc};
use flow_catalog::TestId;

use crate::{Attempt, AttemptId, Database, Error, KeyFrame, Store, UserId, Value, attempt::COLUMNS};

/// One page of a list, newest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// What is on this page.
    pub items: Vec<T>,
    /// Whether there is more after it.
    pub more: bool,
}

impl<T> Page<T> {
    /// A page of at most `limit` from rows of which one more was asked for.
    pub(crate) fn cut(mut items: Vec<T>, limit: u32) -> Self {
        let more = items.len() > limit as usize;
        items.truncate(limit as usize);
        Self { items, more }
    }
}

/// The newest result a user has for a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewestResult {
    /// The attempt it came from.
    pub attempt: AttemptId,
    /// When it came out.
    pub finished_at: DateTime<Utc>,
    /// The assessment as JSON.
    pub assessment: String,
}

/// What progress needs of a result: its measures, without anything drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct PastResult {
    /// The test.
    pub test: TestId,
    /// When it came out.
    pub finished_at: DateTime<Utc>,
    /// Confidence of the result, 0..1.
    pub confidence: f64,
    /// The measures as JSON.
    pub measures: String,
}

impl<D: Database> Store<D> {
    /// A user's attempt; an id whose video was sent before leads to the attempt that stands for both.
    pub async fn attempt_of(&self, user: &UserId, id: &AttemptId) -> Result<Option<Attempt>, Error> {
        Ok(self.attempt(id).await?.filter(|attempt| attempt.user == *user))
    }

    /// Anybody's attempt, for the system's own use.
    pub async fn attempt(&self, id: &AttemptId) -> Result<Option<Attempt>, Error> {
        let rows = self
            .database
            .run(
                &format!(
                    "SELECT {COLUMNS} FROM attempts \
                     WHERE id = (SELECT coalesce(merged_into, id) FROM attempts WHERE id = ?)"
                ),
                &[id.into()],
            )
            .await?;
        rows.first().map(Attempt::from_row).transpose()
    }

    /// A user's attempts, newest first, those before `before` only.
    pub async fn attempts(
        &self,
        user: &UserId,
        before: Option<&AttemptId>,
        limit: u32,
    ) -> Result<Page<Attempt>, Error> {
        let rows = self
            .database
            .run(
                &format!(
                    "SELECT {COLUMNS} FROM attempts WHERE user_id = ? AND merged_into IS NULL AND id < ? \
                     ORDER BY id DESC LIMIT ?"
                ),
                // '~' comes after every character of an id.
                &[
                    user.into(),
                    before.map_or(Value::from("~"), Value::from),
                    (limit + 1).into(),
                ],
            )
            .await?;
        let attempts = rows
            .iter()
            .map(Attempt::from_row)
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Page::cut(attempts, limit))
    }

    /// The newest valid result for each test that a user has one for, oldest attempt first.
    pub async fn newest_results(&self, user: &UserId) -> Result<Vec<NewestResult>, Error> {
        let rows = self
            .database
            .run(
                "SELECT max(id), finished_at, assessment FROM attempts \
                 WHERE user_id = ? AND state = 'valid' AND merged_into IS NULL AND assessment IS NOT NULL \
                 GROUP BY test ORDER BY max(id)",
                &[user.into()],
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok(NewestResult {
                    attempt: row.parsed(0)?,
                    finished_at: row.time(1)?,
                    assessment: row.text(2)?,
                })
            })
            .collect()
    }

    /// The last valid result of each test and day (UTC) that a user has, oldest first.
    pub async fn past_results(&self, user: &UserId) -> Result<Vec<PastResult>, Error> {
        let rows = self
            .database
            .run(
                "SELECT max(id), test, finished_at, \
                 coalesce(json_extract(assessment, '$.result.confidence'), 0.0), \
                 coalesce(json_extract(assessment, '$.result.measures'), '[]') FROM attempts \
                 WHERE user_id = ? AND state = 'valid' AND merged_into IS NULL AND assessment IS NOT NULL \
                 GROUP BY test, finished_at / 86400000 ORDER BY max(id)",
                &[user.into()],
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok(PastResult {
                    test: row.parsed(1)?,
                    finished_at: row.time(2)?,
                    confidence: row.maybe_real(3)?.unwrap_or_default(),
                    measures: row.text(4)?,
                })
            })
            .collect()
    }

    /// The key frames of an attempt without their drawings, in order.
    pub async fn key_frames(&self, id: &AttemptId) -> Result<Vec<KeyFrame>, Error> {
        let rows = self
            .database
            .run(
                "SELECT number, caption, at_seconds, '' FROM key_frames WHERE attempt_id = ? ORDER BY number",
                &[id.into()],
            )
            .await?;
        rows.iter().map(KeyFrame::from_row).collect()
    }

    /// One key frame of an attempt with its drawing.
    pub async fn key_frame(&self, id: &AttemptId, number: u32) -> Result<Option<KeyFrame>, Error> {
        let rows = self
            .database
            .run(
                "SELECT number, caption, at_seconds, svg FROM key_frames WHERE attempt_id = ? AND number = ?",
                &[id.into(), number.into()],
            )
            .await?;
        rows.first().map(KeyFrame::from_row).transpose()
    }
}

#[cfg(test)]
mod tests {
    use futures_executor::block_on;

    use super::*;
    use crate::testing::{Harness, hash, id};

    #[test]
    fn the_newest_valid_result_of_each_test_counts_and_nobody_elses() {
        let harness = Harness::new();
        let finish = |number: u8, valid: bool| {
            harness.uploaded(number, &hash(number));
            let leased = harness.leased(number);
            harness.advance_seconds(60);
            block_on(
                harness
                    .store
                    .finish(&leased, &Harness::scored(valid), harness.now()),
            )
            .unwrap();
        };
        finish(1, true);
        finish(2, true);
        finish(3, false);
        harness.created(4);
        let user = Harness::wanted(1).user;
        let newest = || block_on(harness.store.newest_results(&user)).unwrap();
        let [only] = newest().try_into().unwrap();
        assert_eq!(only.attempt, id(2));
        assert_eq!(only.assessment, "{}");

        harness.sql(&format!(
            "UPDATE attempts SET test = 'y-balance' WHERE id = '{}'",
            id(1)
        ));
        let attempts: Vec<AttemptId> = newest().into_iter().map(|result| result.attempt).collect();
        assert_eq!(attempts, [id(1), id(2)]);

        harness.sql(&format!(
            "UPDATE attempts SET user_id = 'someone-else' WHERE id = '{}'",
            id(2)
        ));
        assert_eq!(newest().len(), 1);
    }

    #[test]
    fn the_last_result_of_each_test_and_day_is_part_of_the_past() {
        let harness = Harness::new();
        let user = Harness::wanted(1).user;
        for (number, hours) in [(1, 1), (2, 2), (3, 48), (4, 1)] {
            harness.uploaded(number, &hash(number));
            let leased = harness.leased(number);
            harness.advance_seconds(hours * 3600);
            let mut scored = Harness::scored(number != 4);
            scored.outcome.assessment = Some(format!(
                r#"{{"result":{{"confidence":0.{number},"measures":[{{"value":{number}}}],"keyFrames":[1]}}}}"#
            ));
            block_on(harness.store.finish(&leased, &scored, harness.now())).unwrap();
        }
        let past = || block_on(harness.store.past_results(&user)).unwrap();
        let told: Vec<_> = past()
            .into_iter()
            .map(|result| (result.test, result.confidence, result.measures))
            .collect();
        let squat = TestId::OverheadSquat;
        assert_eq!(
            told,
            [
                (squat, 0.2, r#"[{"value":2}]"#.to_owned()),
                (squat, 0.3, r#"[{"value":3}]"#.to_owned())
            ]
        );
        assert_eq!(
            past()[1].finished_at - past()[0].finished_at,
            chrono::TimeDelta::hours(48)
        );
        let eve: UserId = "eve".parse().unwrap();
        assert_eq!(block_on(harness.store.past_results(&eve)).unwrap(), []);

        // An assessment from another time may lack what is looked for.
        harness.sql("UPDATE attempts SET assessment = '{}'");
        assert!(
            past()
                .iter()
                .all(|result| result.measures == "[]" && result.confidence == 0.0)
        );
    }

    #[test]
    fn pages_follow_each_other_without_gap_or_repeat() {
        let harness = Harness::new();
        for number in 1..=5 {
            harness.created(number);
        }
        let user = Harness::wanted(1).user;
        let mut seen = Vec::new();
        let mut before = None;
        loop {
            let page = block_on(harness.store.attempts(&user, before.as_ref(), 2)).unwrap();
            seen.extend(page.items.iter().map(|attempt| attempt.id.clone()));
            before = page.items.last().map(|attempt| attempt.id.clone());
            if !page.more {
                break;
            }
        }
        assert_eq!(seen, [5, 4, 3, 2, 1].map(id));
    }

    #[test]
    fn nobody_sees_the_attempt_of_another_user() {
        let harness = Harness::new();
        let attempt = harness.created(1);
        let eve: UserId = "eve".parse().unwrap();
        assert_eq!(block_on(harness.store.attempt_of(&eve, &attempt.id)), Ok(None));
        assert_eq!(
            block_on(harness.store.attempts(&eve, None, 10)).unwrap().items,
            []
        );
    }
}
