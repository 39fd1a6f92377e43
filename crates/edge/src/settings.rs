//! What the operator sets, from Spin's variables.

use chrono::TimeDelta;
use flow_limits::{BreakerRules, Limits};
use flow_store::LeaseTerms;

use crate::{AccountSettings, BillingSettings, Secret};

/// Where the application runs: `production` unless the operator says otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment(String);

impl Environment {
    /// Whether this is a developer's machine or a test, where the development identity works. Only the exact name
    /// counts.
    #[must_use]
    pub fn is_development(&self) -> bool {
        self.0 == "development"
    }

    /// The name that the operator gave.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Environment {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

/// The variables of the application. The default is what holds where nothing is set.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// `environment`.
    pub environment: Environment,
    /// `operator_token`; `None` when it is empty.
    pub operator_token: Option<Secret>,
    /// `max_concurrent_scores` and `lease_seconds`.
    pub lease: LeaseTerms,
    /// `dead_letter_video_hours`: how long the video of a failed attempt is kept so that it can be replayed.
    pub replayable: TimeDelta,
    /// `processing_time_factor`: by how much a tier's processing time is stretched on a slow machine.
    pub processing_time_factor: f64,
    /// `instances_per_video`: how many instances may work on one video.
    pub instances_per_video: u32,
    /// Keys and the way of mails.
    pub accounts: AccountSettings,
    /// Keys of Stripe.
    pub billing: BillingSettings,
    /// `trusted_proxies`: how many proxies of the operator's stand before the application.
    pub trusted_proxies: u32,
    /// `submission_limits`: whether submissions are counted at all; always, but in development.
    pub submission_limits: bool,
    /// `submissions_per_hour`: how many submissions of everybody are taken in an hour.
    pub submissions_per_hour: u32,
    /// `compute_price_per_hour` and `throttled_per_minute`.
    pub breaker: BreakerRules,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            environment: Environment::from("production"),
            operator_token: None,
            // SPEC V3: 10 at once. 30 s is longer than any step of scoring takes, with room for a busy machine.
            lease: LeaseTerms {
                silence: TimeDelta::seconds(30),
                slots: 10,
            },
            // SPEC V5: gone as soon as the attempt is final.
            replayable: TimeDelta::zero(),
            processing_time_factor: 1.0,
            instances_per_video: 4,
            accounts: AccountSettings::default(),
            billing: BillingSettings::default(),
            trusted_proxies: 0,
            submission_limits: true,
            submissions_per_hour: Limits::EVERYONE_PER_HOUR,
            breaker: BreakerRules {
                // A vCPU of AWS Fargate (Linux, x86, us-east-1); one instance keeps one busy.
                dollars_per_compute_hour: 0.04048,
                // 600 an hour: well over half of what everybody together may send.
                throttled_per_minute: 10,
            },
        }
    }
}

/// A variable that has a value it must not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the variable {name} is '{value}'; expected {expected}")]
pub struct BadVariable {
    name: &'static str,
    value: String,
    expected: &'static str,
}

impl Settings {
    /// The variables that are read, with those of [`AccountSettings::NAMES`] and [`BillingSettings::NAMES`].
    pub const NAMES: [&str; 12] = [
        "environment",
        "operator_token",
        "max_concurrent_scores",
        "lease_seconds",
        "dead_letter_video_hours",
        "processing_time_factor",
        "instances_per_video",
        "trusted_proxies",
        "submission_limits",
        "submissions_per_hour",
        "compute_price_per_hour",
        "throttled_per_minute",
    ];

    /// Settings from variables; `get` gives the value of one, or `None` where it is not set.
    pub fn from_variables(get: impl Fn(&str) -> Option<String>) -> Result<Self, BadVariable> {
        let mut settings = Self::default();
        let number = |name: &'static str, range: std::ops::RangeInclusive<f64>, expected: &'static str| {
            match get(name) {
                None => Ok(None),
                Some(value) => match value.parse::<f64>() {
                    Ok(number) if range.contains(&number) => Ok(Some(number)),
                    _ => Err(BadVariable {
                        name,
                        value,
                        expected,
                    }),
                },
            }
        };
        if let Some(name) = get("environment") {
            settings.environment = Environment::from(name.as_str());
        }
        settings.operator_token = get("operator_token")
            .filter(|token| !token.is_empty())
            .map(Secret::from);
        if let Some(slots) = number("max_concurrent_scores", 0.0..=1000.0, "a number from 0 to 1000")? {
            settings.lease.slots = slots as u32;
        }
        if let Some(seconds) = number("lease_seconds", 1.0..=3600.0, "seconds, 1 to 3600")? {
            settings.lease.silence = TimeDelta::milliseconds((seconds * 1000.0) as i64);
        }
        if let Some(hours) = number("dead_letter_video_hours", 0.0..=720.0, "hours, 0 to 720")? {
            settings.replayable = TimeDelta::seconds((hours * 3600.0) as i64);
        }
        if let Some(factor) = number("processing_time_factor", 0.01..=100.0, "a factor, 0.01 to 100")? {
            settings.processing_time_factor = factor;
        }
        if let Some(instances) = number("instances_per_video", 1.0..=100.0, "a number from 1 to 100")? {
            settings.instances_per_video = instances as u32;
        }
        let development = settings.environment.is_development();
        settings.accounts = AccountSettings::from_variables(&get, development);
        settings.billing = BillingSettings::from_variables(&get);
        if let Some(proxies) = number("trusted_proxies", 0.0..=20.0, "a number from 0 to 20")? {
            settings.trusted_proxies = proxies as u32;
        }
        if let Some(submissions) = number("submissions_per_hour", 0.0..=1e6, "a number from 0 to 1000000")? {
            settings.submissions_per_hour = submissions as u32;
        }
        if let Some(dollars) = number("compute_price_per_hour", 0.0..=1000.0, "US dollars, 0 to 1000")? {
            settings.breaker.dollars_per_compute_hour = dollars;
        }
        if let Some(submissions) = number("throttled_per_minute", 0.0..=1e6, "a number from 0 to 1000000")? {
            settings.breaker.throttled_per_minute = submissions as u32;
        }
        match get("submission_limits").as_deref() {
            None | Some("enforced") => {}
            // Tests send hundreds of clips; nobody else may.
            Some("off") => settings.submission_limits = !settings.environment.is_development(),
            Some(value) => {
                return Err(BadVariable {
                    name: "submission_limits",
                    value: value.to_owned(),
                    expected: "enforced, or off, which works in development only",
                });
            }
        }
        Ok(settings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Settings, BadVariable> {
        Settings::from_variables(|name| {
            pairs
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn nothing_set_is_production_with_the_figures_of_the_specification() {
        assert_eq!(read(&[]), Ok(Settings::default()));
        assert!(!Settings::default().environment.is_development());
        assert_eq!(Settings::default().lease.slots, 10);
    }

    #[test]
    fn limits_are_off_where_a_developer_says_so_and_nowhere_else() {
        let limits = |pairs: &[(&str, &str)]| read(pairs).map(|settings| settings.submission_limits).ok();
        let off = ("submission_limits", "off");
        assert_eq!(limits(&[("environment", "development"), off]), Some(false));
        assert_eq!(limits(&[("environment", "development")]), Some(true));
        assert_eq!(limits(&[("submission_limits", "enforced")]), Some(true));
        for environment in ["production", "staging", "preview", "", "Development"] {
            assert_eq!(
                limits(&[("environment", environment), off]),
                Some(true),
                "{environment}"
            );
        }
    }

    #[test]
    fn variables_are_read_and_nonsense_is_named() {
        let settings = read(&[
            ("max_concurrent_scores", "3"),
            ("lease_seconds", "2.5"),
            ("operator_token", ""),
        ])
        .unwrap();
        assert_eq!(
            (settings.lease.slots, settings.lease.silence),
            (3, TimeDelta::milliseconds(2500))
        );
        assert_eq!(settings.operator_token, None);
        for (name, value) in [
            ("max_concurrent_scores", "many"),
            ("lease_seconds", "0"),
            ("dead_letter_video_hours", "-1"),
            ("processing_time_factor", "NaN"),
            ("instances_per_video", "0"),
            ("trusted_proxies", "-1"),
            ("submissions_per_hour", "all"),
            ("compute_price_per_hour", "-0.1"),
            ("throttled_per_minute", ""),
            ("submission_limits", "none"),
        ] {
            let error = read(&[(name, value)]).unwrap_err().to_string();
            assert!(error.contains(name) && error.contains(value), "{error}");
        }
    }
}
