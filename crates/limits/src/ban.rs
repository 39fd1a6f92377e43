//! Bans: what a user or an address is shut out from, for how long, and what earns one (product requirement L2).

use chrono::{DateTime, TimeDelta, Utc};
use flow_catalog::Tier;
use serde::Serialize;

/// How much is shut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum BanLevel {
    /// An address may not submit; users are not touched.
    Address,
    /// The user may not submit.
    Soft,
    /// The account's features are shut.
    Hard,
    /// As `Hard`, without an end.
    Permanent,
}

/// What a ban was earned with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BanReason {
    /// More submissions tried in a day than the tier has.
    OverDailyQuota,
    /// More than 50 submissions tried in a day.
    OverFiftyTries,
    /// More than 100 submissions tried in a day.
    OverHundredTries,
    /// More videos waiting to be scored at once than anybody may have.
    QueueFlooded,
    /// More submissions from one address in an hour than an address may send.
    AddressFlooded,
}

/// A ban that holds or held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ban {
    /// Its id.
    pub id: String,
    /// How much is shut.
    pub level: BanLevel,
    /// What for.
    pub reason: BanReason,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Until when; `None` is for good.
    pub ends_at: Option<DateTime<Utc>>,
}

/// A ban that somebody has just earned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewBan {
    /// How much is shut.
    pub level: BanLevel,
    /// What for.
    pub reason: BanReason,
}

/// Submissions tried in a day above which a ban is hard.
const HARD_TRIES: u32 = 50;

/// Submissions tried in a day above which a ban is permanent.
const PERMANENT_TRIES: u32 = 100;

impl BanLevel {
    /// All levels.
    pub const ALL: [Self; 4] = [Self::Address, Self::Soft, Self::Hard, Self::Permanent];

    /// How long such a ban holds; `None` is for good.
    #[must_use]
    pub const fn length(self) -> Option<TimeDelta> {
        match self {
            Self::Address => Some(TimeDelta::hours(1)),
            Self::Soft => Some(TimeDelta::hours(24)),
            Self::Hard => Some(TimeDelta::days(7)),
            Self::Permanent => None,
        }
    }

    /// The name in the database and in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Soft => "soft",
            Self::Hard => "hard",
            Self::Permanent => "permanent",
        }
    }

    /// Whether the account's features are shut, not only submissions.
    #[must_use]
    pub const fn shuts_account(self) -> bool {
        matches!(self, Self::Hard | Self::Permanent)
    }
}

impl BanReason {
    /// All reasons.
    pub const ALL: [Self; 5] = [
        Self::OverDailyQuota,
        Self::OverFiftyTries,
        Self::OverHundredTries,
        Self::QueueFlooded,
        Self::AddressFlooded,
    ];

    /// The name in the database and in problem documents.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OverDailyQuota => "over-daily-quota",
            Self::OverFiftyTries => "over-fifty-tries",
            Self::OverHundredTries => "over-hundred-tries",
            Self::QueueFlooded => "queue-flooded",
            Self::AddressFlooded => "address-flooded",
        }
    }

    /// What happened, for the middle of a sentence that is read by who did it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::OverDailyQuota => "more videos were tried in one day than your tier has",
            Self::OverFiftyTries => "more than 50 videos were tried in one day",
            Self::OverHundredTries => "more than 100 videos were tried in one day",
            Self::QueueFlooded => "too many videos were waiting to be scored at once",
            Self::AddressFlooded => "too many videos came from your network in one hour",
        }
    }
}

impl NewBan {
    /// What somebody of `tier` has earned who tried so many submissions today, accepted or not.
    #[must_use]
    pub const fn for_tries(tries: u32, tier: Tier) -> Option<Self> {
        let (level, reason) = if tries > PERMANENT_TRIES {
            (BanLevel::Permanent, BanReason::OverHundredTries)
        } else if tries > HARD_TRIES {
            (BanLevel::Hard, BanReason::OverFiftyTries)
        } else if tries > tier.videos_per_day() {
            (BanLevel::Soft, BanReason::OverDailyQuota)
        } else {
            return None;
        };
        Some(Self { level, reason })
    }

    /// What somebody has earned who had too many videos waiting.
    #[must_use]
    pub const fn for_flooded_queue() -> Self {
        Self {
            level: BanLevel::Soft,
            reason: BanReason::QueueFlooded,
        }
    }

    /// What an address has earned that sent too many videos.
    #[must_use]
    pub const fn for_flooding_address() -> Self {
        Self {
            level: BanLevel::Address,
            reason: BanReason::AddressFlooded,
        }
    }

    /// The ban, from `now` on.
    #[must_use]
    pub fn from(self, id: String, now: DateTime<Utc>) -> Ban {
        Ban {
            id,
            level: self.level,
            reason: self.reason,
            created_at: now,
            ends_at: self.level.length().map(|length| now + length),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_earn_bans_one_above_each_threshold() {
        use BanLevel::{Hard, Permanent, Soft};
        let cases = [
            (Tier::Free, 0, None),
            (Tier::Free, 9, None),
            (Tier::Free, 10, Some(Soft)),
            (Tier::Basic, 9, None),
            (Tier::Basic, 10, Some(Soft)),
            (Tier::Pro, 21, None),
            (Tier::Pro, 22, Some(Soft)),
            (Tier::ProPlus, 45, None),
            (Tier::ProPlus, 46, Some(Soft)),
            (Tier::ProPlus, 50, Some(Soft)),
            (Tier::Free, 50, Some(Soft)),
            (Tier::ProPlus, 51, Some(Hard)),
            (Tier::Free, 100, Some(Hard)),
            (Tier::Free, 101, Some(Permanent)),
            (Tier::ProPlus, u32::MAX, Some(Permanent)),
        ];
        for (tier, tries, level) in cases {
            let earned = NewBan::for_tries(tries, tier).map(|ban| ban.level);
            assert_eq!(earned, level, "{tries} tries in {tier:?}");
        }
    }

    #[test]
    fn a_ban_holds_as_long_as_its_level_says() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        for (level, hours) in [
            (BanLevel::Address, Some(1)),
            (BanLevel::Soft, Some(24)),
            (BanLevel::Hard, Some(7 * 24)),
            (BanLevel::Permanent, None),
        ] {
            let reason = BanReason::OverDailyQuota;
            let ban = NewBan { level, reason }.from("b".into(), now);
            assert_eq!(
                ban.ends_at,
                hours.map(|hours| now + TimeDelta::hours(hours)),
                "{level:?}"
            );
        }
    }

    #[test]
    fn names_are_those_of_json_and_harder_bans_come_later() {
        for level in BanLevel::ALL {
            assert_eq!(serde_json::to_value(level).unwrap(), level.name());
        }
        for reason in BanReason::ALL {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.name());
        }
        assert!(BanLevel::ALL.is_sorted());
    }
}
