//! One attempt: its identity, its life and what is known of it.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use flow_catalog::{TestId, Tier};
use serde::{Deserialize, Serialize};

use crate::{Error, Row};

/// Defines a name that is text of a restricted form.
macro_rules! name_type {
    ($(#[$doc:meta])* $name:ident, $expectation:literal, $accepts:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The text of the name.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                let accepts: fn(&str) -> bool = $accepts;
                if accepts(text) { Ok(Self(text.to_owned())) } else { Err($expectation.to_owned()) }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&$name> for crate::Value {
            fn from(name: &$name) -> Self {
                Self::Text(name.0.clone())
            }
        }
    };
}
pub(crate) use name_type;

pub(crate) fn is_lower_hex(byte: u8) -> bool {
    byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte)
}

pub(crate) fn is_name(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

pub(crate) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => is_lower_hex(byte),
        })
}

name_type!(
    /// An attempt's id: a UUID in lower case, version 7, so that ids sort by time.
    AttemptId,
    "an attempt id is a UUID in lower case",
    is_uuid
);

name_type!(
    /// A user's id: 1 to 64 lower-case letters, digits and hyphens.
    UserId,
    "a user id is 1 to 64 lower-case letters, digits and hyphens",
    is_name
);

name_type!(
    /// A SHA-256 in lower-case hexadecimal.
    Sha256Hex,
    "a SHA-256 is 64 hexadecimal digits in lower case",
    |text| text.len() == 64 && text.bytes().all(is_lower_hex)
);

/// Where an attempt is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "AttemptState"))]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Asked for; its video has not arrived.
    Created,
    /// The video is here and waits to be scored.
    Uploaded,
    /// Somebody holds the lease and scores it.
    Scoring,
    /// Scoring broke off by a fault of ours and will be tried again.
    Retrying,
    /// Scored.
    Valid,
    /// The video failed a quality gate or cannot be read; the person can record again.
    Invalid,
    /// All tries broke off by faults of ours; an operator looks at it.
    Failed,
}

impl State {
    /// All states.
    pub const ALL: [Self; 7] = [
        Self::Created,
        Self::Uploaded,
        Self::Scoring,
        Self::Retrying,
        Self::Valid,
        Self::Invalid,
        Self::Failed,
    ];

    /// The name in the database and in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Uploaded => "uploaded",
            Self::Scoring => "scoring",
            Self::Retrying => "retrying",
            Self::Valid => "valid",
            Self::Invalid => "invalid",
            Self::Failed => "failed",
        }
    }

    /// Whether nothing more will happen by itself.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Valid | Self::Invalid | Self::Failed)
    }
}

impl FromStr for State {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|state| state.name() == text)
            .ok_or_else(|| format!("'{text}' is no state"))
    }
}

/// How far scoring is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ScoringProgress"))]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// Sampled frames that are done.
    pub done: u32,
    /// Sampled frames there are.
    pub total: u32,
}

/// What a finished attempt came to; fields are empty where scoring did not get that far.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Outcome {
    /// Quality of the clip, 0..1.
    pub quality_score: Option<f64>,
    /// Mean landmark confidence, 0..1.
    pub confidence_avg: Option<f64>,
    /// Landmark motion variance.
    pub motion_variance: Option<f64>,
    /// What to tell the person.
    pub feedback: Option<String>,
    /// The assessment as JSON.
    pub assessment: Option<String>,
}

/// One attempt as the database knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// Its id.
    pub id: AttemptId,
    /// Whose it is.
    pub user: UserId,
    /// The test in the video.
    pub test: TestId,
    /// The user's tier when the attempt was made.
    pub tier: Tier,
    /// Where it is in its life.
    pub state: State,
    /// Media type the client declared.
    pub content_type: String,
    /// Length the client declared, in bytes; the video accepted has this length.
    pub size_bytes: u64,
    /// SHA-256 the client declared.
    pub declared_sha256: Option<Sha256Hex>,
    /// SHA-256 of the bytes received.
    pub sha256: Option<Sha256Hex>,
    /// Container read from the bytes.
    pub container: Option<String>,
    /// Where the video lies and in how many chunks.
    pub video: Option<(crate::UploadToken, u32)>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When its video was complete.
    pub uploaded_at: Option<DateTime<Utc>>,
    /// When it became final.
    pub finished_at: Option<DateTime<Utc>>,
    /// How often scoring was begun.
    pub runs: u32,
    /// Until when somebody holds it.
    pub lease_until: Option<DateTime<Utc>>,
    /// How far scoring is or was.
    pub progress: Option<Progress>,
    /// What it came to.
    pub outcome: Outcome,
}

/// The columns of an attempt in the order that [`Attempt::from_row`] reads them.
pub(crate) const COLUMNS: &str = "id, user_id, test, tier, state, content_type, size_bytes, declared_sha256, sha256, \
    container, video_token, video_chunks, created_at, uploaded_at, finished_at, runs, lease_until, frames_done, \
    frames_total, quality_score, confidence_avg, motion_variance, feedback, assessment";

impl Attempt {
    pub(crate) fn from_row(row: &Row) -> Result<Self, Error> {
        let parse = |column| -> Result<Option<Sha256Hex>, Error> {
            row.maybe_text(column)?
                .map(|text| text.parse().map_err(Error::Damaged))
                .transpose()
        };
        let small = |column| -> Result<Option<u32>, Error> {
            row.maybe_count(column)?
                .map(|count| {
                    u32::try_from(count).map_err(|_| Error::Damaged(format!("column {column}: {count}")))
                })
                .transpose()
        };
        Ok(Self {
            id: row.parsed(0)?,
            user: row.parsed(1)?,
            test: row.parsed(2)?,
            tier: tier_from_name(&row.text(3)?)?,
            state: row.parsed(4)?,
            content_type: row.text(5)?,
            size_bytes: row.count(6)?,
            declared_sha256: parse(7)?,
            sha256: parse(8)?,
            container: row.maybe_text(9)?,
            video: row
                .maybe_text(10)?
                .map(|token| token.parse().map_err(Error::Damaged))
                .transpose()?
                .zip(small(11)?),
            created_at: row.time(12)?,
            uploaded_at: row.maybe_time(13)?,
            finished_at: row.maybe_time(14)?,
            runs: small(15)?.unwrap_or(0),
            lease_until: row.maybe_time(16)?,
            progress: small(17)?
                .zip(small(18)?)
                .map(|(done, total)| Progress { done, total }),
            outcome: Outcome {
                quality_score: row.maybe_real(19)?,
                confidence_avg: row.maybe_real(20)?,
                motion_variance: row.maybe_real(21)?,
                feedback: row.maybe_text(22)?,
                assessment: row.maybe_text(23)?,
            },
        })
    }

    /// Whether somebody is scoring it at `now`.
    #[must_use]
    pub fn is_leased(&self, now: DateTime<Utc>) -> bool {
        self.state == State::Scoring && self.lease_until.is_some_and(|until| until > now)
    }
}

/// The name of a tier in the database: the one that serde gives it.
pub(crate) const fn tier_name(tier: Tier) -> &'static str {
    match tier {
        Tier::Free => "free",
        Tier::Basic => "basic",
        Tier::Pro => "pro",
        Tier::ProPlus => "pro-plus",
    }
}

pub(crate) fn tier_from_name(name: &str) -> Result<Tier, Error> {
    Tier::ALL
        .into_iter()
        .find(|tier| tier_name(*tier) == name)
        .ok_or_else(|| Error::Damaged(format!("'{name}' is no tier")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_checked_before_they_reach_sql_or_storage_keys() {
        assert!(
            "0193e7b0-1c5a-7000-8000-0123456789ab"
                .parse::<AttemptId>()
                .is_ok()
        );
        for text in [
            "",
            "1",
            "0193E7B0-1c5a-7000-8000-0123456789ab",
            "../../../etc/passwd-and-more-to-be-36",
        ] {
            assert!(text.parse::<AttemptId>().is_err(), "{text}");
        }
        assert!("dev-1".parse::<UserId>().is_ok());
        for text in ["", "Dev", "a/b", "ü", &"a".repeat(65)] {
            assert!(text.parse::<UserId>().is_err(), "{text}");
        }
        assert!("ab".repeat(32).parse::<Sha256Hex>().is_ok());
        for text in ["", "ab", &"AB".repeat(32), &"zz".repeat(32)] {
            assert!(text.parse::<Sha256Hex>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_tier_is_stored_under_the_name_it_has_in_json() {
        for tier in Tier::ALL {
            assert_eq!(serde_json::to_value(tier).unwrap(), tier_name(tier));
            assert_eq!(tier_from_name(tier_name(tier)), Ok(tier));
        }
    }
}
