//! Who is asking: what the request claims ([`Caller`]), and who that is in the database ([`Identity`]).
//!
//! In the environment `development`, and only there, a request without a token is the development identity: whoever the
//! request says it is. Where the operator set nothing the environment is `production`.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use flow_catalog::{Feature, Tier};
use flow_limits::Ban;
use flow_store::{AuditSubject, Database, SessionId, Store, UserId};
use http::{HeaderMap, header};

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
    /// The session; the development identity has none.
    pub session: Option<SessionId>,
    /// The user's name in the audit log.
    pub audit_subject: AuditSubject,
    /// The user's hardest ban that holds.
    pub ban: Option<Ban>,
}

/// What a request says of who sends it, checked as far as that goes without the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Somebody with an access token that is good.
    Member {
        /// Who the token says it is.
        user: UserId,
        /// The session it was made in.
        session: SessionId,
    },
    /// The development identity.
    Developer(Identity),
}

impl Caller {
    /// Who the headers say is asking.
    pub fn of(settings: &Settings, headers: &HeaderMap, now: DateTime<Utc>) -> Result<Self, Error> {
        if headers.contains_key(header::AUTHORIZATION) {
            let token = bearer(headers).ok_or(Error::SignInRequired)?;
            let claims = settings.accounts.check_token(token, now)?;
            return Ok(Self::Member {
                user: claims.subject.parse().map_err(|_| Error::SignInRequired)?,
                session: claims.session.parse().map_err(|_| Error::SignInRequired)?,
            });
        }
        if settings.environment.is_development() {
            developer(headers).map(Self::Developer)
        } else {
            Err(Error::SignInRequired)
        }
    }

    /// Who that is, if the session still holds.
    pub async fn identify<D: Database>(
        self,
        store: &Store<D>,
        now: DateTime<Utc>,
    ) -> Result<Identity, Error> {
        let (user, session) = match self {
            Self::Developer(identity) => {
                let ban = store.ban_of(&identity.user, now).await?;
                return Ok(Identity { ban, ..identity });
            }
            Self::Member { user, session } => (user, session),
        };
        let member = store.member(&session, now).await?;
        let member = member.filter(|member| member.user == user);
        let member = member.ok_or(Error::SessionEnded)?;
        Ok(Identity {
            user,
            tier: member.tier,
            time_zone: member.time_zone,
            verified: member.verified,
            session: Some(session),
            audit_subject: member.audit_subject,
            ban: member.ban,
        })
    }
}

/// The token of an `Authorization` header. Schemes are told apart without regard to case (RFC 9110, section 11.1).
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    const SCHEME: &str = "Bearer ";
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let value = values.next()?;
    if values.next().is_some() {
        // A proxy or a log before us may look at the other one.
        return None;
    }
    value
        .to_str()
        .ok()
        .and_then(|value| value.split_at_checked(SCHEME.len()))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case(SCHEME))
        .map(|(_, token)| token)
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
    let invalid = |reason| Error::Invalid {
        field: "x-dev-user",
        reason,
    };
    let user = text("x-dev-user", "dev")?;
    let audit_subject = user.parse().map_err(invalid)?;
    let user = user.parse().map_err(invalid)?;
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
        session: None,
        audit_subject,
        ban: None,
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
    use flow_identity::AccessClaims;

    use super::*;

    fn settings(environment: &str) -> Settings {
        Settings::from_variables(|name| (name == "environment").then(|| environment.to_owned())).unwrap()
    }

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    #[test]
    fn a_token_makes_a_member_and_a_bad_one_nobody_not_even_in_development() {
        let settings = settings("development");
        let claims = AccessClaims {
            subject: "u-1".into(),
            session: "0193e7b0-0000-7000-8000-000000000001".into(),
        };
        let token = settings.accounts.signer().unwrap().sign(&claims, now()).unwrap();
        let asked = |value: &str| Caller::of(&settings, &headers(&[("authorization", value)]), now());
        for scheme in ["Bearer", "bearer"] {
            let member = Caller::Member {
                user: "u-1".parse().unwrap(),
                session: claims.session.parse().unwrap(),
            };
            assert_eq!(asked(&format!("{scheme} {token}")).unwrap(), member);
        }
        for bad in [
            String::new(),
            "Bearer ".into(),
            "Bearer x".into(),
            format!("Basic {token}"),
            format!("Bearer {token}x"),
            token.clone(),
        ] {
            assert!(matches!(asked(&bad), Err(Error::SignInRequired)), "{bad}");
        }
        let later = now() + flow_identity::ACCESS_TOKEN_LIFE * 2;
        let over = Caller::of(
            &settings,
            &headers(&[("authorization", &format!("Bearer {token}"))]),
            later,
        );
        assert!(matches!(over, Err(Error::SignInRequired)));
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
                matches!(
                    Caller::of(&settings(text), &named, now()),
                    Err(Error::SignInRequired)
                ),
                "{text:?}"
            );
        }
    }

    #[test]
    fn in_development_everybody_is_who_they_say() {
        let identity = |pairs: &[(&'static str, &str)]| {
            Caller::of(&settings("development"), &headers(pairs), now()).map(|caller| match caller {
                Caller::Developer(identity) => identity,
                Caller::Member { .. } => panic!("a member without a token"),
            })
        };
        let dev = Identity {
            user: "dev".parse().unwrap(),
            tier: Tier::Free,
            time_zone: Tz::UTC,
            verified: true,
            session: None,
            audit_subject: "dev".parse().unwrap(),
            ban: None,
        };
        assert_eq!(identity(&[]).unwrap(), dev);
        let ann = Identity {
            user: "ann".parse().unwrap(),
            tier: Tier::ProPlus,
            time_zone: Tz::Europe__Berlin,
            verified: true,
            session: None,
            audit_subject: "ann".parse().unwrap(),
            ban: None,
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
