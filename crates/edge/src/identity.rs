//! Who is asking: what the request claims ([`Caller`]), and who that is in the database ([`Identity`]).
//!
//! In the environment `development`, and only there, a request without a token is the development identity: whoever the
//! request says it is. Where the operator set nothing the environment is `production`.

use chrono_tz::Tz;
use flow_catalog::{Feature, Tier};
use flow_store::UserId;
use http::HeaderMap;

use crate::{Error, Settings};

/// Who is asking, and what they pay for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The user.
    pub user: UserId,
    /// The user's tier.
    pub tier: Tier,
    /// Where the user's days and months begin.
    pub time_zone: Tz,
    /// Whether the user's e-mail address is known to be theirs.
    pub verified: bool,
}

/// What a request says of who sends it, checked as far as that goes without the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// The development identity.
    Developer(Identity),
}

impl Caller {
    /// Who the headers say is asking.
    pub fn of(settings: &Settings, headers: &HeaderMap) -> Result<Self, Error> {
        if settings.environment.is_development() {
            developer(headers).map(Self::Developer)
        } else {
            Err(Error::SignInRequired)
        }
    }
}

/// The development identity: `x-dev-user` (`dev` if missing) with `x-dev-tier` (`free` if missing) in `x-dev-time-zone`
/// (`UTC` if missing).
fn developer(headers: &HeaderMap) -> Result<Identity, Error> {
    let text = |name, default| match headers.get(name) {
        None => Ok(default),
        Some(value) => value.to_str().map_err(|_| Error::Invalid {
            field: name,
            reason: "plain text is expected".into(),
        }),
    };
    let user = text("x-dev-user", "dev")?;
    let user = user.parse().map_err(|reason| Error::Invalid {
        field: "x-dev-user",
        reason,
    })?;
    let tier = text("x-dev-tier", "free")?;
    let tier = serde_json::from_value(tier.into()).map_err(|_| Error::Invalid {
        field: "x-dev-tier",
        reason: "free, basic, pro or pro-plus is expected".into(),
    })?;
    let time_zone = text("x-dev-time-zone", "UTC")?;
    let time_zone = time_zone.parse().map_err(|_| Error::Invalid {
        field: "x-dev-time-zone",
        reason: "the name of a time zone is expected, Europe/Berlin for example".into(),
    })?;
    Ok(Identity {
        user,
        tier,
        time_zone,
        verified: true,
    })
}

impl Identity {
    /// Refuses who does not pay for a feature, naming the tier that has it.
    pub fn require(&self, feature: Feature) -> Result<(), Error> {
        if self.tier.has(feature) {
            Ok(())
        } else {
            Err(Error::TierLacksFeature {
                feature,
                tier: self.tier,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Environment;

    fn settings(environment: &str) -> Settings {
        Settings {
            environment: Environment::from(environment),
            ..Settings::default()
        }
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| ((*name).parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn outside_development_nobody_is_anybody() {
        let named = headers(&[("x-dev-user", "ann"), ("x-dev-tier", "pro-plus")]);
        for text in [
            "production",
            "staging",
            "preview",
            "",
            "Development",
            "development ",
            "dev",
        ] {
            assert!(
                matches!(Caller::of(&settings(text), &named), Err(Error::SignInRequired)),
                "{text:?}"
            );
        }
    }

    #[test]
    fn in_development_everybody_is_who_they_say() {
        let identity = |pairs: &[(&'static str, &str)]| {
            Caller::of(&settings("development"), &headers(pairs)).map(|Caller::Developer(identity)| identity)
        };
        let dev = Identity {
            user: "dev".parse().unwrap(),
            tier: Tier::Free,
            time_zone: Tz::UTC,
            verified: true,
        };
        assert_eq!(identity(&[]).unwrap(), dev);
        let ann = Identity {
            user: "ann".parse().unwrap(),
            tier: Tier::ProPlus,
            time_zone: Tz::Europe__Berlin,
            verified: true,
        };
        let named = [
            ("x-dev-user", "ann"),
            ("x-dev-tier", "pro-plus"),
            ("x-dev-time-zone", "Europe/Berlin"),
        ];
        assert_eq!(identity(&named).unwrap(), ann);
        for pairs in [
            [("x-dev-user", "Ann Other")],
            [("x-dev-user", "")],
            [("x-dev-tier", "gold")],
            [("x-dev-time-zone", "Mars/Olympus")],
        ] {
            assert!(
                matches!(identity(&pairs), Err(Error::Invalid { .. })),
                "{pairs:?}"
            );
        }
    }
}
