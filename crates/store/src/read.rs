//! Reading attempts and what they left.

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
    use crate::testing::{Harness, id};

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
