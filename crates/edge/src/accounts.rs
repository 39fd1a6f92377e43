//! What accounts need from the operator: keys, and the way of mails. Read from variables as text; the keys are made when they
//! are asked for, so that a bad one stops sign-in and not the whole product.

use std::{
    fmt,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use flow_identity::{AccessClaims, KeyError, LookupKey, Sealer, TokenSigner, TokenVerifier};

use crate::{Error, checked_tokens};

const TOKEN_KEYS: &str = "token_keys";
const DATA_KEYS: &str = "data_keys";
const LOOKUP_KEY: &str = "lookup_key";
const MAIL_API: &str = "mail_api";
const MAIL_TOKEN: &str = "mail_token";
const MAIL_FROM: &str = "mail_from";
const PUBLIC_URL: &str = "public_url";

/// What holds in development where nothing is set. Everybody can read these keys, so they hold nowhere else.
const IN_DEVELOPMENT: [(&str, &str); 5] = [
    (
        TOKEN_KEYS,
        "development:ZGV2ZWxvcG1lbnQtdG9rZW4ta2V5LW5vdC1hLXNlY3I",
    ),
    (
        DATA_KEYS,
        "development:ZGV2ZWxvcG1lbnQtZGF0YS1rZXktbm90LWEtc2VjcmU",
    ),
    (LOOKUP_KEY, "ZGV2ZWxvcG1lbnQtbG9va3VwLWtleS1ub3QtYS1zZWM"),
    (MAIL_FROM, "Flow Logic <development@localhost>"),
    (PUBLIC_URL, "http://127.0.0.1:3000"),
];

/// A text that must not be shown.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text, for whoever needs it to do their work.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(..)")
    }
}

/// The variables of accounts; empty where nothing is set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountSettings {
    token_keys: Secret,
    data_keys: Secret,
    lookup_key: Secret,
    mail_api: String,
    mail_token: Secret,
    mail_from: String,
    public_url: String,
}

/// How mails are sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailSettings {
    /// Base address of the provider, without a slash at its end.
    pub api: String,
    /// What the provider knows us by.
    pub token: Secret,
    /// Who a mail is from.
    pub from: String,
}

impl AccountSettings {
    /// The variables that are read.
    pub const NAMES: [&str; 7] = [
        TOKEN_KEYS, DATA_KEYS, LOOKUP_KEY, MAIL_API, MAIL_TOKEN, MAIL_FROM, PUBLIC_URL,
    ];

    /// The settings from variables; in development what is not set has a fixed value.
    pub(crate) fn from_variables(get: impl Fn(&str) -> Option<String>, development: bool) -> Self {
        let value = |name: &str| {
            let set = get(name)
                .map(|value| value.trim().to_owned())
                .filter(|value| !value.is_empty());
            let fixed = IN_DEVELOPMENT
                .iter()
                .find(|(known, _)| development && *known == name);
            set.or_else(|| fixed.map(|(_, value)| (*value).to_owned()))
                .unwrap_or_default()
        };
        let address = |name| value(name).trim_end_matches('/').to_owned();
        Self {
            token_keys: value(TOKEN_KEYS).into(),
            data_keys: value(DATA_KEYS).into(),
            lookup_key: value(LOOKUP_KEY).into(),
            mail_api: address(MAIL_API),
            mail_token: value(MAIL_TOKEN).into(),
            mail_from: value(MAIL_FROM),
            public_url: address(PUBLIC_URL),
        }
    }

    /// What makes access tokens.
    pub fn signer(&self) -> Result<TokenSigner, Error> {
        Ok(TokenSigner::from_variable(TOKEN_KEYS, self.token_keys.expose())?)
    }

    /// What checks access tokens. Its keys are computed once in an instance: that takes as long as checking a token.
    pub fn verifier(&self) -> Result<TokenVerifier, Error> {
        static COMPUTED: Mutex<Option<(Secret, TokenVerifier)>> = Mutex::new(None);
        let mut computed = COMPUTED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((keys, verifier)) = &*computed
            && *keys == self.token_keys
        {
            return Ok(verifier.clone());
        }
        let verifier = TokenVerifier::from_variable(TOKEN_KEYS, self.token_keys.expose())?;
        *computed = Some((self.token_keys.clone(), verifier.clone()));
        Ok(verifier)
    }

    /// What an access token says. Refuses who has none of ours, or one whose time is over.
    pub(crate) fn check_token(&self, token: &str, now: DateTime<Utc>) -> Result<AccessClaims, Error> {
        checked_tokens::check(&self.verifier()?, &self.token_keys, token, now)
            .map_err(|_| Error::SignInRequired)
    }

    /// What seals and opens personal data.
    pub fn sealer(&self) -> Result<Sealer, Error> {
        Ok(Sealer::from_variable(DATA_KEYS, self.data_keys.expose())?)
    }

    /// What makes the marks by which sealed data is found.
    pub fn lookup_key(&self) -> Result<LookupKey, Error> {
        Ok(LookupKey::from_variable(LOOKUP_KEY, self.lookup_key.expose())?)
    }

    /// How mails are sent.
    pub fn mail(&self) -> Result<MailSettings, Error> {
        Ok(MailSettings {
            api: required(MAIL_API, &self.mail_api)?,
            token: required(MAIL_TOKEN, self.mail_token.expose())?.into(),
            from: self.mail_from()?,
        })
    }

    /// Who a mail is from.
    pub fn mail_from(&self) -> Result<String, Error> {
        required(MAIL_FROM, &self.mail_from)
    }

    /// Where people reach the product: the start of every link in a mail, without a slash at its end.
    pub fn public_url(&self) -> Result<String, Error> {
        required(PUBLIC_URL, &self.public_url)
    }

    /// Whether everything is there that accounts need. Where mails are not sent their way is not needed.
    pub fn check(&self, mails_are_sent: bool) -> Result<(), Error> {
        self.signer()?;
        self.verifier()?;
        self.sealer()?;
        self.lookup_key()?;
        self.public_url()?;
        if mails_are_sent {
            self.mail()?;
        }
        Ok(())
    }
}

fn required(variable: &'static str, value: &str) -> Result<String, Error> {
    if value.is_empty() {
        return Err(KeyError::missing(variable).into());
    }
    Ok(value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)], development: bool) -> AccountSettings {
        let get = |name: &str| {
            let found = pairs.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        AccountSettings::from_variables(get, development)
    }

    /// All that production needs. Every byte of the keys is a one.
    fn complete() -> Vec<(&'static str, &'static str)> {
        const KEY: &str = "a:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE";
        vec![
            (TOKEN_KEYS, KEY),
            (DATA_KEYS, KEY),
            (LOOKUP_KEY, &KEY[2..]),
            (MAIL_API, "https://api.example.com/"),
            (MAIL_TOKEN, "s3cret-mail-token"),
            (MAIL_FROM, "Flow Logic <hello@example.com>"),
            (PUBLIC_URL, "https://flow.example.com/"),
        ]
    }

    #[test]
    fn in_development_nothing_needs_to_be_set_and_elsewhere_everything() {
        assert!(read(&[], true).check(false).is_ok());
        assert!(matches!(
            read(&[], false).check(false),
            Err(Error::NotConfigured(_))
        ));
        assert!(read(&complete(), false).check(true).is_ok());
        for name in AccountSettings::NAMES {
            for replacement in [None, Some((name, "  "))] {
                let mut pairs = complete();
                pairs.retain(|(known, _)| *known != name);
                pairs.extend(replacement);
                let error = read(&pairs, false).check(true).unwrap_err().to_string();
                assert_eq!(error, format!("the variable {name} is not set"));
            }
        }
    }

    #[test]
    fn a_bad_key_is_named_by_its_variable_and_not_shown() {
        for name in [TOKEN_KEYS, DATA_KEYS, LOOKUP_KEY] {
            let mut pairs = complete();
            pairs.retain(|(known, _)| *known != name);
            pairs.push((name, "short-s3cret"));
            for development in [true, false] {
                let error = read(&pairs, development).check(true).unwrap_err().to_string();
                assert!(error.contains(name) && !error.contains("s3cret"), "{error}");
            }
        }
    }

    #[test]
    fn debug_shows_no_secret() {
        let shown = format!("{:?}", read(&complete(), false));
        assert!(!shown.contains("AQEB") && !shown.contains("s3cret"), "{shown}");
        assert!(shown.contains("https://flow.example.com\""), "{shown}");
    }

    #[test]
    fn keys_that_are_replaced_while_an_instance_lives_are_replaced() {
        let first = read(&complete(), false).verifier().unwrap().jwks();
        let second = read(&[], true).verifier().unwrap().jwks();
        assert_ne!(first, second);
        assert_eq!(read(&complete(), false).verifier().unwrap().jwks(), first);
    }
}
