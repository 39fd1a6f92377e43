//! The mails that accounts take, word for word. Plain text: nothing in it is loaded, and nobody is followed.

use serde::{Deserialize, Serialize};

use crate::{Email, SecretToken};

/// A mail as it goes out. Its `Debug` shows neither the reader nor the link.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The reader's address.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Text.
    pub text: String,
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Letter(..)")
    }
}

const NOT_YOU: &str = "If this was not you, you need not do anything.";

impl Letter {
    fn new(to: &Email, subject: &str, paragraphs: &[&str]) -> Self {
        Self {
            to: to.as_str().to_owned(),
            subject: subject.to_owned(),
            text: format!("Hello,\n\n{}\n\nFlow Logic\n", paragraphs.join("\n\n")),
        }
    }

    /// Asks whoever registered to confirm the address, within so many hours.
    #[must_use]
    pub fn verify(to: &Email, public_url: &str, token: &SecretToken, hours: i64) -> Self {
        let link = link(public_url, "verify-email", token);
        Self::new(
            to,
            "Confirm your e-mail address",
            &[
                "somebody, hopefully you, registered at Flow Logic with this e-mail address. To confirm that it is yours, open:",
                &link,
                &format!("The link works once, within {hours} hours. {NOT_YOU}"),
            ],
        )
    }

    /// Tells who has an account that somebody registered with their address.
    #[must_use]
    pub fn already_registered(to: &Email, public_url: &str) -> Self {
        Self::new(
            to,
            "You have an account already",
            &[
                "somebody, hopefully you, registered at Flow Logic with this e-mail address. It has an account already, and \
                 nothing about it has changed. Sign in as before, or choose a new password if you have forgotten yours:",
                &format!("{public_url}/forgot-password"),
                NOT_YOU,
            ],
        )
    }

    /// Has the link with which a new password is chosen, within so many minutes.
    #[must_use]
    pub fn reset(to: &Email, public_url: &str, token: &SecretToken, minutes: i64) -> Self {
        let link = link(public_url, "reset-password", token);
        Self::new(
            to,
            "Choose a new password",
            &[
                "somebody, hopefully you, asked for a new password for your account at Flow Logic. To choose one, open:",
                &link,
                &format!(
                    "The link works once, within {minutes} minutes. {NOT_YOU} Your password is as it was."
                ),
            ],
        )
    }

    /// Asks whoever wants to use another address to confirm it, within so many hours.
    #[must_use]
    pub fn change_email(to: &Email, public_url: &str, token: &SecretToken, hours: i64) -> Self {
        let link = link(public_url, "change-email", token);
        Self::new(
            to,
            "Confirm your new e-mail address",
            &[
                "somebody, hopefully you, wants to use this e-mail address for an account at Flow Logic. To confirm that it is \
                 yours, open:",
                &link,
                &format!("The link works once, within {hours} hours. {NOT_YOU}"),
            ],
        )
    }

    /// Tells the address that an account had before that it has another one now.
    #[must_use]
    pub fn email_changed(to: &Email, public_url: &str) -> Self {
        Self::new(
            to,
            "Your e-mail address was changed",
            &[
                "your account at Flow Logic has another e-mail address now; this one no longer signs in.",
                "If this was not you, somebody else knows your password: write to us at once through",
                public_url,
            ],
        )
    }

    /// Tells why an address cannot register: its last account was deleted while it was blocked.
    #[must_use]
    pub fn barred(to: &Email) -> Self {
        Self::new(
            to,
            "You cannot register yet",
            &[
                "somebody, hopefully you, registered at Flow Logic with this e-mail address. Its last account was deleted while \
                 it was blocked, and until the block ends there can be no other one.",
                NOT_YOU,
            ],
        )
    }

    /// Tells that the password was changed, and what to do if it was somebody else.
    #[must_use]
    pub fn password_changed(to: &Email, public_url: &str) -> Self {
        Self::new(
            to,
            "Your password was changed",
            &[
                "the password of your account at Flow Logic was changed just now, and every device was signed out.",
                "If this was not you, somebody else reads your mail: secure your mailbox first, then choose a new password:",
                &format!("{public_url}/forgot-password"),
            ],
        )
    }
}

/// A link with a token. It is behind a `#`, which browsers keep to themselves: no server's log and no `Referer` gets it.
fn link(public_url: &str, page: &str, token: &SecretToken) -> String {
    format!("{public_url}/{page}#token={}", token.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_says_what_to_do_and_has_its_link_on_a_line_of_its_own() {
        let to = Email::parse("ann@example.org").unwrap();
        let token = SecretToken::new([1; 32]);
        let text = token.text();
        for (letter, link) in [
            (
                Letter::verify(&to, "https://flow.example.com", &token, 24),
                format!("https://flow.example.com/verify-email#token={text}"),
            ),
            (
                Letter::reset(&to, "https://flow.example.com", &token, 60),
                format!("https://flow.example.com/reset-password#token={text}"),
            ),
            (
                Letter::change_email(&to, "https://flow.example.com", &token, 24),
                format!("https://flow.example.com/change-email#token={text}"),
            ),
            (
                Letter::email_changed(&to, "https://flow.example.com"),
                "https://flow.example.com".to_owned(),
            ),
            (
                Letter::already_registered(&to, "https://flow.example.com"),
                "https://flow.example.com/forgot-password".to_owned(),
            ),
            (
                Letter::password_changed(&to, "https://flow.example.com"),
                "https://flow.example.com/forgot-password".to_owned(),
            ),
        ] {
            assert_eq!(letter.to, "ann@example.org");
            assert!(letter.text.lines().any(|line| line == link), "{}", letter.text);
            assert!(!letter.subject.is_empty() && !letter.subject.contains(['\r', '\n']));
            assert_eq!(format!("{letter:?}"), "Letter(..)");
            let stored = serde_json::to_string(&letter).unwrap();
            assert_eq!(serde_json::from_str::<Letter>(&stored).unwrap(), letter);
        }
    }
}
