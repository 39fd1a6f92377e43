//! What may be a password: length and what everybody tries first, no rules of composition (OWASP ASVS 5.0, section 6.2).

use std::fmt;

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::Email;

/// Local parts shorter than this are in words by chance: `al@example.org` may use `halogen`.
const SHORTEST_LOCAL_PART: usize = 4;

/// The product's name without spaces and signs.
const PRODUCT: &str = "flowlogic";

/// Passwords that everybody tries first, one a line, in lower case; `data/README.md` says where they come from.
const COMMON: &str = include_str!("../data/common-passwords.txt");

/// A password, as composed characters (NFC): however a keyboard writes an accent, it is the same password.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

/// Why a password may not be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Too few characters.
    #[error("the password is too short; use at least {least} characters", least = Password::FEWEST)]
    TooShort,
    /// Too many characters.
    #[error("the password is too long; use at most {most} characters", most = Password::MOST)]
    TooLong,
    /// It is on the list of common ones.
    #[error("this password is one of the first that anybody tries; choose another one")]
    Common,
    /// The address is in it.
    #[error("the password contains your e-mail address; choose one that does not")]
    ContainsEmail,
    /// The product's name is in it.
    #[error("the password contains the name of this product; choose one that does not")]
    ContainsProduct,
}

impl WeakPassword {
    /// All reasons.
    pub const ALL: [Self; 5] = [
        Self::TooShort,
        Self::TooLong,
        Self::Common,
        Self::ContainsEmail,
        Self::ContainsProduct,
    ];

    /// A short name that clients may branch on.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TooShort => "too-short",
            Self::TooLong => "too-long",
            Self::Common => "common",
            Self::ContainsEmail => "contains-email",
            Self::ContainsProduct => "contains-product",
        }
    }
}

impl Password {
    /// Fewest characters (ASVS 5.0, 6.2.1).
    pub const FEWEST: usize = 8;

    /// Most characters: twice what ASVS 5.0, 6.2.9 asks to allow at least.
    pub const MOST: usize = 128;

    /// A password as somebody typed it to sign in; it may be anything.
    #[must_use]
    pub fn typed(text: &str) -> Self {
        Self(
            ComposingNormalizerBorrowed::new_nfc()
                .normalize(text)
                .into_owned(),
        )
    }

    /// A password that somebody chooses for the account with this address.
    pub fn chosen(text: &str, email: &Email) -> Result<Self, WeakPassword> {
        let password = Self::typed(text);
        let characters = password.0.chars().count();
        if characters < Self::FEWEST {
            return Err(WeakPassword::TooShort);
        }
        if characters > Self::MOST {
            return Err(WeakPassword::TooLong);
        }
        let lower = password.0.to_lowercase();
        if COMMON.lines().any(|common| common == lower) {
            return Err(WeakPassword::Common);
        }
        let local_part = email.local_part();
        if local_part.chars().count() >= SHORTEST_LOCAL_PART && lower.contains(local_part) {
            return Err(WeakPassword::ContainsEmail);
        }
        let letters: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
        if letters.contains(PRODUCT) {
            return Err(WeakPassword::ContainsProduct);
        }
        Ok(password)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Password(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(text: &str) -> Result<(), WeakPassword> {
        let email = Email::parse("Rosalind@example.org").unwrap();
        Password::chosen(text, &email).map(drop)
    }

    #[test]
    fn length_and_what_everybody_tries_first_decide_and_nothing_else() {
        let most = "xk".repeat(64);
        let too_many = format!("{most}x");
        for (text, expected) in [
            ("", Err(WeakPassword::TooShort)),
            ("sh0rt-x", Err(WeakPassword::TooShort)),
            // Seven characters in fourteen bytes.
            ("ééééééé", Err(WeakPassword::TooShort)),
            ("lamp six", Ok(())),
            ("ééoéébéé", Ok(())),
            ("correct horse battery staple", Ok(())),
            ("zvrglbnmf", Ok(())),
            ("8314759260", Ok(())),
            (most.as_str(), Ok(())),
            (too_many.as_str(), Err(WeakPassword::TooLong)),
            ("password", Err(WeakPassword::Common)),
            ("Password1", Err(WeakPassword::Common)),
            ("TRUSTNO1", Err(WeakPassword::Common)),
            ("12345678", Err(WeakPassword::Common)),
            ("my-rosalind-44", Err(WeakPassword::ContainsEmail)),
            ("ROSALIND@example.org", Err(WeakPassword::ContainsEmail)),
            ("I love Flow Logic!", Err(WeakPassword::ContainsProduct)),
            ("flow-logic-2026", Err(WeakPassword::ContainsProduct)),
            ("flow of logic 26", Ok(())),
        ] {
            assert_eq!(chosen(text), expected, "{text}");
        }
    }

    #[test]
    fn a_short_local_part_does_not_forbid_words_that_have_its_letters() {
        let email = Email::parse("al@example.org").unwrap();
        assert!(Password::chosen("halogen lamp", &email).is_ok());
    }

    #[test]
    fn the_list_is_long_enough_and_all_of_it_fits_the_policy() {
        let fitting = COMMON.lines().filter(|line| {
            (Password::FEWEST..=Password::MOST).contains(&line.chars().count())
                && line.to_lowercase() == **line
        });
        assert_eq!(fitting.count(), COMMON.lines().count());
        assert!(COMMON.lines().count() >= 3000, "ASVS 5.0, 6.2.4");
    }

    #[test]
    fn however_an_accent_is_typed_it_is_the_same_password_and_none_is_shown() {
        let composed = Password::typed("caf\u{e9} noir");
        assert_eq!(composed, Password::typed("cafe\u{301} noir"));
        assert_ne!(composed, Password::typed("cafe noir"));
        assert_eq!(format!("{composed:?}"), "Password(..)");
    }
}
