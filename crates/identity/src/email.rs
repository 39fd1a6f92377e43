//! E-mail addresses in the one form in which they are compared, looked up and written to.

use std::fmt;

use icu_normalizer::ComposingNormalizerBorrowed;

/// Longest address in bytes (RFC 5321, section 4.5.3.1.3, less the angle brackets).
const LONGEST: usize = 254;

/// Longest part before the @ in bytes (RFC 5321, section 4.5.3.1.1).
const LONGEST_LOCAL_PART: usize = 64;

/// Longest label of a domain in bytes (RFC 1035, section 2.3.4).
const LONGEST_LABEL: usize = 63;

/// What is longer is not even normalized: compatibility forms take up to four times the bytes of what they stand for.
const LONGEST_TYPED: usize = 4 * LONGEST;

/// An e-mail address, normalized: trimmed, in compatibility form (NFKC) and lower case.
///
/// Two spellings that reach the same mailbox at every provider of note are equal. Its `Debug` does not show it, so that it
/// gets into no log by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Email(String);

/// What was typed is no address that mail can be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an e-mail address of at most {LONGEST} bytes is expected, such as ann@example.org")]
pub struct BadEmail;

impl Email {
    /// The address that somebody typed.
    pub fn parse(typed: &str) -> Result<Self, BadEmail> {
        let typed = typed.trim();
        if typed.len() > LONGEST_TYPED {
            return Err(BadEmail);
        }
        let nfkc = ComposingNormalizerBorrowed::new_nfkc();
        // Lower case can take apart what was composed: `İ` becomes two characters.
        let lower = nfkc.normalize(typed).to_lowercase();
        let normalized = nfkc.normalize(&lower);
        let (local_part, domain) = normalized.rsplit_once('@').ok_or(BadEmail)?;
        if normalized.len() <= LONGEST && is_local_part(local_part) && is_domain(domain) {
            Ok(Self(normalized.into_owned()))
        } else {
            Err(BadEmail)
        }
    }

    /// The address. Whoever asks is about to look it up, to seal it or to write to it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is before the @.
    #[must_use]
    pub fn local_part(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local_part, _)| local_part)
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Email(..)")
    }
}

/// Whether this can be the part before the @, unquoted: nobody is served by quoted ones, and they hide what is sent where.
fn is_local_part(text: &str) -> bool {
    let in_length = (1..=LONGEST_LOCAL_PART).contains(&text.len());
    let of_characters = text
        .chars()
        .all(|c| !c.is_whitespace() && !c.is_control() && !"()<>[]:;,@\\\"".contains(c));
    let dots_between = text.split('.').all(|piece| !piece.is_empty());
    in_length && of_characters && dots_between
}

/// Whether this can be a domain that has mail: at least two labels, the last one not a number.
fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=LONGEST_LABEL).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let last = text.rsplit('.').next().unwrap_or("");
    text.contains('.') && text.split('.').all(is_label) && last.chars().any(|c| !c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_one_address_are_one_address() {
        for typed in [
            "ann@example.org",
            "  Ann@Example.ORG\n",
            "ANN@EXAMPLE.ORG",
            // Full-width letters, as Japanese keyboards write them.
            "ａｎｎ@ｅｘａｍｐｌｅ.org",
        ] {
            assert_eq!(
                Email::parse(typed).unwrap().as_str(),
                "ann@example.org",
                "{typed}"
            );
        }
        // A letter with its accent and the letter followed by the accent.
        assert_eq!(
            Email::parse("jos\u{e9}@example.org"),
            Email::parse("jose\u{301}@example.org")
        );
    }

    #[test]
    fn addresses_are_taken_in_the_forms_that_people_have() {
        for typed in [
            "a@b.co",
            "first.last+tag@sub.example.co.uk",
            "o'brien_x-y@example.org",
            "用户@例子.公司",
            "x@xn--fsqu00a.xn--55qx5d",
            "1234@5678.example",
        ] {
            assert!(Email::parse(typed).is_ok(), "{typed}");
        }
    }

    #[test]
    fn what_no_mail_reaches_is_refused() {
        let long_local_part = format!("{}@example.org", "a".repeat(65));
        let long_label = format!("a@{}.org", "b".repeat(64));
        let long = format!("a@{}org", "long-label.".repeat(24));
        let endless = "a".repeat(100_000);
        for typed in [
            "",
            "ann",
            "@example.org",
            "ann@",
            "ann@example",
            "ann@@example.org",
            "a@b@example.org",
            "ann@.org",
            "ann@example..org",
            "ann@example.org.",
            "ann@-example.org",
            "ann@example-.org",
            "ann@127.0.0.1",
            "ann@[127.0.0.1]",
            ".ann@example.org",
            "ann.@example.org",
            "a..nn@example.org",
            "an n@example.org",
            "ann@exam ple.org",
            "\"ann\"@example.org",
            "ann@example.org\r\nBcc: eve@example.org",
            "ann\u{0}@example.org",
            "<ann@example.org>",
            "ann@example.org,eve@example.org",
            &long_local_part,
            &long_label,
            &long,
            &endless,
        ] {
            assert_eq!(Email::parse(typed), Err(BadEmail), "{typed:?}");
        }
    }

    #[test]
    fn an_address_is_not_shown_by_debug() {
        let email = Email::parse("ann@example.org").unwrap();
        assert_eq!(
            format!("{email:?} {:?}", Some(&email)),
            "Email(..) Some(Email(..))"
        );
        assert_eq!(email.local_part(), "ann");
    }

    proptest! {
        #[test]
        fn what_is_normalized_stays_as_it_is(local_part in "\\PC{1,12}", domain in "\\PC{1,8}\\.\\PC{2,5}") {
            if let Ok(email) = Email::parse(&format!("{local_part}@{domain}")) {
                prop_assert_eq!(Email::parse(email.as_str()), Ok(email));
            }
        }
    }
}
