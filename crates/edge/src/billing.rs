//! What billing needs from the operator: Stripe's keys.

use crate::Secret;

const SECRET_KEY: &str = "stripe_secret_key";
const WEBHOOK_SECRET: &str = "stripe_webhook_secret";

/// The variables of billing; empty where nothing is sold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BillingSettings {
    secret_key: Secret,
    webhook_secret: Secret,
}

impl BillingSettings {
    /// The variables that are read.
    pub const NAMES: [&str; 2] = [SECRET_KEY, WEBHOOK_SECRET];

    /// The settings from variables.
    pub(crate) fn from_variables(get: impl Fn(&str) -> Option<String>) -> Self {
        let secret = |name: &str| Secret::from(get(name).unwrap_or_default().trim().to_owned());
        Self {
            secret_key: secret(SECRET_KEY),
            webhook_secret: secret(WEBHOOK_SECRET),
        }
    }

    /// Whether everything is set that Stripe needs, in the form that Stripe gives it; `None` where nothing is set.
    #[must_use]
    pub fn check(&self) -> Option<Result<(), String>> {
        let (key, webhook) = (self.secret_key.expose(), self.webhook_secret.expose());
        let must = |name: &str, what: &str| Some(Err(format!("the variable {name} must be {what}")));
        match (key, webhook) {
            ("", "") => None,
            // Secret keys and restricted keys, of tests and live (Stripe, "API keys").
            _ if !["sk_test_", "sk_live_", "rk_test_", "rk_live_"]
                .iter()
                .any(|prefix| key.len() > prefix.len() && key.starts_with(prefix)) =>
            {
                must(SECRET_KEY, "a key that begins with sk_ or rk_ and test_ or live_")
            }
            _ if !(webhook.len() > 6 && webhook.starts_with("whsec_")) => {
                must(WEBHOOK_SECRET, "the signing secret of the webhook, whsec_...")
            }
            _ => Some(Ok(())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stripe_is_set_up_wholly_or_not_at_all() {
        let check = |key: &str, webhook: &str| {
            let settings = BillingSettings::from_variables(|name| {
                Some(if name == SECRET_KEY { key } else { webhook }.to_owned())
            });
            settings.check()
        };
        assert_eq!(check("", " "), None);
        for key in ["sk_test_1", "sk_live_1", "rk_live_1"] {
            assert_eq!(check(key, "whsec_1"), Some(Ok(())), "{key}");
        }
        for (key, webhook, named) in [
            ("sk_test_1", "", WEBHOOK_SECRET),
            ("sk_test_1", "whsec_", WEBHOOK_SECRET),
            ("", "whsec_1", SECRET_KEY),
            ("pk_live_1", "whsec_1", SECRET_KEY),
            ("sk_test_", "whsec_1", SECRET_KEY),
        ] {
            let refused = check(key, webhook).unwrap().unwrap_err();
            assert!(refused.contains(named), "{refused}");
            assert!(key.is_empty() || !refused.contains(key), "{refused}");
        }
    }
}
