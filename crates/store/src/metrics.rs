//! Figures for `/metrics`: what instances counted, added up; and how things stand.

use chrono::{DateTime, Utc};

use crate::{Database, Error, Store, Value};

/// One value of a Prometheus series.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The series.
    pub name: String,
    /// Its labels as Prometheus writes them, without braces; empty when it has none.
    pub labels: String,
    /// Its value.
    pub value: f64,
}

impl Figure {
    /// A figure with at most one label, whose value needs no escapes.
    #[must_use]
    pub fn new(name: &str, label: Option<(&str, &str)>, value: f64) -> Self {
        let labels = label.map_or_else(String::new, |(label, value)| format!("{label}=\"{value}\""));
        Self {
            name: name.to_owned(),
            labels,
            value,
        }
    }
}

/// Figures that are written with one statement: far below the 32,766 parameters that SQLite takes.
const AT_ONCE: usize = 500;

/// How things stand, each a question with rows of (label's value, figure).
const STANDINGS: [(&str, Option<&str>, &str); 6] = [
    (
        "flow_attempts_waiting",
        Some("state"),
        "SELECT state, count(*) FROM attempts WHERE state IN ('uploaded', 'scoring', 'retrying') GROUP BY state",
    ),
    (
        "flow_dead_letters",
        None,
        "SELECT '', count(*) FROM dead_letters WHERE replayed_at IS NULL",
    ),
    (
        "flow_bans",
        Some("level"),
        "SELECT level, count(*) FROM bans WHERE lifted_at IS NULL AND (ends_at IS NULL OR ends_at > ?1) GROUP BY level",
    ),
    ("flow_mails_waiting", None, "SELECT '', count(*) FROM mails"),
    ("flow_accounts", None, "SELECT '', count(*) FROM accounts"),
    (
        "flow_breaker_open",
        None,
        "SELECT '', count(*) FROM breaker WHERE open_for IS NOT NULL",
    ),
];

impl<D: Database> Store<D> {
    /// Adds figures to those that are there.
    pub async fn add_figures(&self, figures: &[Figure]) -> Result<(), Error> {
        for figures in figures.chunks(AT_ONCE) {
            let places = vec!["(?, ?, ?)"; figures.len()].join(", ");
            let values: Vec<Value> = figures
                .iter()
                .flat_map(|figure| {
                    [
                        figure.name.as_str().into(),
                        figure.labels.as_str().into(),
                        figure.value.into(),
                    ]
                })
                .collect();
            let statement = format!(
                "INSERT INTO metrics (name, labels, value) VALUES {places} \
                 ON CONFLICT (name, labels) DO UPDATE SET value = value + excluded.value"
            );
            self.database.run(&statement, &values).await?;
        }
        Ok(())
    }

    /// All figures that only grow, by name and labels.
    pub async fn figures(&self) -> Result<Vec<Figure>, Error> {
        let rows = self
            .database
            .run(
                "SELECT name, labels, value FROM metrics ORDER BY name, labels",
                &[],
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Figure {
                    name: row.text(0)?,
                    labels: row.text(1)?,
                    value: row.maybe_real(2)?.unwrap_or_default(),
                })
            })
            .collect()
    }

    /// How things stand now: what waits, what is banned.
    pub async fn standings(&self, now: DateTime<Utc>) -> Result<Vec<Figure>, Error> {
        let mut standings = Vec::new();
        for (name, label, question) in STANDINGS {
            let values: &[Value] = if question.contains("?1") {
                &[now.into()]
            } else {
                &[]
            };
            for row in self.database.run(question, values).await? {
                let value = row.text(0)?;
                let label = label.map(|label| (label, value.as_str()));
                standings.push(Figure::new(name, label, row.count(1)? as f64));
            }
        }
        Ok(standings)
    }
}

#[cfg(test)]
mod tests {
    use futures_executor::block_on;

    use super::*;
    use crate::testing::{Harness, hash};

    #[test]
    fn what_instances_counted_adds_up() {
        let harness = Harness::new();
        let frames = |value| Figure::new("flow_scored_frames_total", None, value);
        let problem = |name: &str, value| Figure::new("flow_problems_total", Some(("problem", name)), value);
        for figures in [
            vec![frames(90.0), problem("not-found", 1.0)],
            vec![],
            vec![frames(0.5), problem("busy", 2.0)],
        ] {
            block_on(harness.store.add_figures(&figures)).unwrap();
        }
        let many: Vec<_> = (0..1200)
            .map(|number| problem(&format!("p{}", number % 600), 1.0))
            .collect();
        block_on(harness.store.add_figures(&many)).unwrap();
        let figures = block_on(harness.store.figures()).unwrap();
        assert_eq!(figures.len(), 603);
        for expected in [
            frames(90.5),
            problem("not-found", 1.0),
            problem("busy", 2.0),
            problem("p599", 2.0),
        ] {
            assert!(figures.contains(&expected), "{expected:?}");
        }
    }

    #[test]
    fn events_count_in_the_transaction_that_makes_them() {
        let harness = Harness::new();
        for (number, valid) in [(1, false), (2, true), (3, true)] {
            harness.uploaded(number, &hash(number));
            let leased = harness.leased(number);
            let scored = Harness::scored(valid);
            block_on(harness.store.finish(&leased, &scored, harness.now())).unwrap();
        }
        let event = |name, value| Figure::new("flow_events_total", Some(("event", name)), value);
        assert_eq!(
            block_on(harness.store.figures()).unwrap(),
            [
                event("account.activated", 1.0),
                event("assessment.completed", 2.0),
                event("assessment.created", 3.0),
                event("assessment.measurement_failed", 1.0),
            ]
        );
    }

    #[test]
    fn standings_are_told_as_they_are() {
        let harness = Harness::new();
        harness.uploaded(1, &hash(1));
        harness.uploaded(2, &hash(2));
        let _leased = harness.leased(2);
        harness.registered(1);
        for (id, level, ends_at) in [
            ("b1", "soft", Some(1)),
            ("b2", "soft", Some(i64::MAX / 2)),
            ("b3", "permanent", None),
        ] {
            let ends_at = ends_at.map_or_else(|| "NULL".to_owned(), |end: i64| end.to_string());
            harness.sql(&format!(
                "INSERT INTO bans (id, subject_kind, subject, level, reason, created_at, ends_at) \
                 VALUES ('{id}', 'user', 'ann', '{level}', 'over-daily-quota', 1, {ends_at})"
            ));
        }
        let standings = block_on(harness.store.standings(harness.now())).unwrap();
        assert_eq!(
            standings,
            [
                Figure::new("flow_attempts_waiting", Some(("state", "scoring")), 1.0),
                Figure::new("flow_attempts_waiting", Some(("state", "uploaded")), 1.0),
                Figure::new("flow_dead_letters", None, 0.0),
                Figure::new("flow_bans", Some(("level", "permanent")), 1.0),
                Figure::new("flow_bans", Some(("level", "soft")), 1.0),
                Figure::new("flow_mails_waiting", None, 1.0),
                Figure::new("flow_accounts", None, 1.0),
                Figure::new("flow_breaker_open", None, 0.0),
            ]
        );
    }
}
