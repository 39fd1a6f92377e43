//! The end of an attempt: everything it leaves, in one transaction.

use chrono::{DateTime, Utc};

use crate::{
    Attempt, Database, Error, Leased, Outcome, Row, State, Store, attempt::COLUMNS, audit::AttemptEvent,
    lease::lost, sql::transaction,
};

/// A moment of the clip as a drawn skeleton.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyFrame {
    /// Its number in the attempt, from 1.
    pub number: u32,
    /// What it shows.
    pub caption: String,
    /// When, in seconds from the start of the clip.
    pub at_seconds: f64,
    /// The drawing.
    pub svg: String,
}

impl KeyFrame {
    pub(crate) fn from_row(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            number: u32::try_from(row.count(0)?)
                .map_err(|_| Error::Damaged("a key frame's number".into()))?,
            caption: row.text(1)?,
            at_seconds: row.maybe_real(2)?.unwrap_or_default(),
            svg: row.text(3)?,
        })
    }
}

/// What scoring came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// Whether all gates passed.
    pub valid: bool,
    /// Why not: the status of the gate that failed, or what made the video unreadable. Empty when valid.
    pub reason: Option<String>,
    /// Figures, feedback and the assessment.
    pub outcome: Outcome,
    /// The landmarks, as gzip of JSON, if any were found.
    pub landmarks: Option<Vec<u8>>,
    /// Key frames in order.
    pub key_frames: Vec<KeyFrame>,
}

impl<D: Database> Store<D> {
    /// Makes the attempt final. Either all of it is stored or, when the lease was lost, nothing.
    pub async fn finish(
        &self,
        leased: &Leased,
        scored: &Scored,
        now: DateTime<Utc>,
    ) -> Result<Attempt, Error> {
        let state = if scored.valid {
            State::Valid
        } else {
            State::Invalid
        };
        transaction(&self.database, async || {
            let outcome = &scored.outcome;
            let rows = self
                .database
                .run(
                    &format!(
                        "UPDATE attempts SET state = ?, lease_token = NULL, lease_until = NULL, finished_at = ?, \
                         quality_score = ?, confidence_avg = ?, motion_variance = ?, feedback = ?, assessment = ?, \
                         frames_done = frames_total \
                         WHERE id = ? AND lease_token = ? AND state = 'scoring' RETURNING {COLUMNS}"
                    ),
                    &[
                        state.name().into(),
                        now.into(),
                        outcome.quality_score.into(),
                        outcome.confidence_avg.into(),
                        outcome.motion_variance.into(),
                        outcome.feedback.clone().into(),
                        outcome.assessment.clone().into(),
                        (&leased.attempt.id).into(),
                        (&leased.token).into(),
                    ],
                )
                .await?;
            let attempt = Attempt::from_row(rows.first().ok_or_else(|| lost(leased))?)?;
            if let Some(landmarks) = &scored.landmarks {
                self.database
                    .run(
                        "INSERT INTO landmarks (attempt_id, clip) VALUES (?, ?)",
                        &[(&attempt.id).into(), landmarks.clone().into()],
                    )
                    .await?;
            }
            for frame in &scored.key_frames {
                self.database
                    .run(
                        "INSERT INTO key_frames (attempt_id, number, caption, at_seconds, svg) VALUES (?, ?, ?, ?, ?)",
                        &[
                            (&attempt.id).into(),
                            frame.number.into(),
                            frame.caption.as_str().into(),
                            frame.at_seconds.into(),
                            frame.svg.as_str().into(),
                        ],
                    )
                    .await?;
            }
            let event = if scored.valid {
                AttemptEvent::Completed
            } else {
                AttemptEvent::MeasurementFailed {
                    status: "INVALID",
                    reason: scored.reason.as_deref().unwrap_or("unknown"),
                }
            };
            self.record_of_attempt(&attempt, event, now).await?;
            Ok(attempt)
        })
        .await
    }

    /// The landmarks of an attempt, as they were given to [`Store::finish`].
    pub async fn landmarks(&self, attempt: &Attempt) -> Result<Option<Vec<u8>>, Error> {
        let rows = self
            .database
            .run(
                "SELECT clip FROM landmarks WHERE attempt_id = ?",
                &[(&attempt.id).into()],
            )
            .await?;
        rows.first().map(|row| row.blob(0)).transpose()
    }
}

#[cfg(test)]
mod tests {
    use futures_executor::block_on;
    use serde_json::json;

    use super::*;
    use crate::testing::{Harness, hash};

    #[test]
    fn a_result_is_stored_whole_with_its_audit_event() {
        let harness = Harness::new();
        harness.uploaded(1, &hash(1));
        let leased = harness.leased(1);
        let attempt = block_on(
            harness
                .store
                .finish(&leased, &Harness::scored(true), harness.now()),
        )
        .unwrap();
        assert_eq!(attempt.state, State::Valid);
        assert_eq!(attempt.outcome, Harness::scored(true).outcome);
        assert_eq!(
            block_on(harness.store.landmarks(&attempt)).unwrap(),
            Harness::scored(true).landmarks
        );
        let frames = block_on(harness.store.key_frames(&attempt.id)).unwrap();
        assert_eq!(
            frames.iter().map(|frame| frame.number).collect::<Vec<_>>(),
            [1, 2]
        );
        assert!(
            block_on(harness.store.key_frame(&attempt.id, 2))
                .unwrap()
                .unwrap()
                .svg
                .starts_with("<svg")
        );
        assert_eq!(block_on(harness.store.key_frame(&attempt.id, 3)).unwrap(), None);
        assert_eq!(
            harness.audit_trail(),
            [(
                "assessment.completed".to_owned(),
                r#"{"test":"overhead-squat"}"#.to_owned()
            )]
        );
    }

    #[test]
    fn a_failed_gate_leaves_its_reason_in_the_audit_trail() {
        let harness = Harness::new();
        harness.uploaded(1, &hash(1));
        let leased = harness.leased(1);
        let attempt = block_on(
            harness
                .store
                .finish(&leased, &Harness::scored(false), harness.now()),
        )
        .unwrap();
        assert_eq!(attempt.state, State::Invalid);
        let (event, detail) = harness.audit_trail().pop().unwrap();
        assert_eq!(event, "assessment.measurement_failed");
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&detail).unwrap(),
            json!({ "test": "overhead-squat", "status": "INVALID", "reason": "BAD_LIGHTING" })
        );
    }

    #[test]
    fn who_lost_the_lease_stores_nothing() {
        let harness = Harness::new();
        harness.uploaded(1, &hash(1));
        let first = harness.leased(1);
        harness.advance_seconds(31);
        let second = harness.leased(1);
        let late = block_on(
            harness
                .store
                .finish(&first, &Harness::scored(true), harness.now()),
        );
        assert_eq!(late, Err(Error::LeaseLost(first.attempt.id.to_string())));
        assert_eq!(
            (
                harness.count("key_frames"),
                harness.count("landmarks"),
                harness.count("audit_log")
            ),
            (0, 0, 0)
        );
        assert!(
            block_on(
                harness
                    .store
                    .finish(&second, &Harness::scored(true), harness.now())
            )
            .is_ok()
        );
    }

    #[test]
    fn a_failure_halfway_leaves_the_attempt_as_it_was() {
        let harness = Harness::new();
        harness.uploaded(1, &hash(1));
        let leased = harness.leased(1);
        let mut scored = Harness::scored(true);
        scored.key_frames[1].number = 1;
        let error = block_on(harness.store.finish(&leased, &scored, harness.now())).unwrap_err();
        assert!(matches!(error, Error::Database(_)), "{error}");
        assert_eq!(
            (
                harness.count("key_frames"),
                harness.count("landmarks"),
                harness.count("audit_log")
            ),
            (0, 0, 0)
        );
        assert_eq!(
            block_on(harness.store.attempt(&leased.attempt.id))
                .unwrap()
                .unwrap()
                .state,
            State::Scoring
        );
    }
}
