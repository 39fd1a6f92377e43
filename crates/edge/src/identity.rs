//! Who is asking.
//!
//! Until accounts exist there is one way to be somebody: the development identity, which is whoever the request says it
//! is. It works only where the operator set the variable `environment` to exactly `development`; the default is
//! `production`, where nobody is anybody. Accounts will replace this module and nothing else.

use flow_catalog::{Feature, Tier};
use flow_store::UserId;
use http::HeaderMap;

use crate::{Environment, Error};

/// Who is asking, and what they pay for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The user.
    pub user: UserId,
    /// The user's tier.
    pub tier: Tier,
}

impl Identity {
    /// The identity behind a request: in development `x-dev-user` (`dev` if missing) with `x-dev-tier` (`free` if
    /// missing), elsewhere none.
    pub fn of(environment: &Environment, headers: &HeaderMap) -> Result<Self, Error> {
        if !environment.is_development() {
            return Err(Error::SignInRequired);
        }
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
        Ok(Self { user, tier })
    }

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
            let environment = Environment::from(text);
            assert!(
                matches!(Identity::of(&environment, &named), Err(Error::SignInRequired)),
                "{text:?}"
            );
        }
    }

    #[test]
    fn in_development_everybody_is_who_they_say() {
        let identity =
            |pairs: &[(&'static str, &str)]| Identity::of(&Environment::from("development"), &headers(pairs));
        let dev = Identity {
            user: "dev".parse().unwrap(),
            tier: Tier::Free,
        };
        assert_eq!(identity(&[]).unwrap(), dev);
        let ann = Identity {
            user: "ann".parse().unwrap(),
            tier: Tier::ProPlus,
        };
        assert_eq!(
            identity(&[("x-dev-user", "ann"), ("x-dev-tier", "pro-plus")]).unwrap(),
            ann
        );
        for pairs in [
            [("x-dev-user", "Ann Other")],
            [("x-dev-user", "")],
            [("x-dev-tier", "gold")],
        ] {
            assert!(
                matches!(identity(&pairs), Err(Error::Invalid { .. })),
                "{pairs:?}"
            );
        }
    }
}
