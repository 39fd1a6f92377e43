//! Secrets that are handed out once: refresh tokens and the tokens in mails. Only their digest is stored.

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use sha2::{Digest as _, Sha256};

use crate::{Domain, LookupKey, hex};

/// Length in bytes: nobody guesses one, so that a plain digest of it may be stored.
const BYTES: usize = 32;

/// A random secret that whoever has it may use.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretToken([u8; BYTES]);

impl SecretToken {
    /// A new one, of fresh randomness.
    #[must_use]
    pub const fn new(random: [u8; BYTES]) -> Self {
        Self(random)
    }

    /// Reads what [`SecretToken::text`] wrote; `None` when it is anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; BYTES];
        let decoded = Base64UrlUnpadded::decode(text, &mut bytes).ok()?;
        (decoded.len() == BYTES).then_some(Self(bytes))
    }

    /// The secret as it is handed out: 43 characters that need no escapes in an address or a cookie.
    #[must_use]
    pub fn text(&self) -> String {
        Base64UrlUnpadded::encode_string(&self.0)
    }

    /// What is stored of it: SHA-256 in lower-case hexadecimal.
    #[must_use]
    pub fn digest(&self) -> String {
        hex(&Sha256::digest(self.0))
    }

    /// The refresh token that follows on this one. It is the same each time, so that two refreshes at once from one client
    /// agree, and nobody can compute it without the key.
    #[must_use]
    pub fn successor(&self, key: &LookupKey) -> Self {
        Self(key.derive(Domain::RefreshSuccessor, &self.0))
    }
}

impl fmt::Debug for SecretToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretToken(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode_key;

    #[test]
    fn a_token_comes_back_as_it_was_written_and_nothing_else_is_one() {
        let token = SecretToken::new([0xfb; 32]);
        let text = token.text();
        assert!(
            text.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        );
        assert_eq!(SecretToken::parse(&text), Some(token.clone()));
        let padded = format!("{text}=");
        for wrong in ["", "x", &text[1..], &padded, &text.repeat(1000)] {
            assert_eq!(SecretToken::parse(wrong), None, "{wrong}");
        }
        assert_eq!(format!("{token:?}"), "SecretToken(..)");
    }

    #[test]
    fn a_digest_is_sha_256() {
        // `head -c 32 /dev/zero | sha256sum`.
        let expected = "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925";
        assert_eq!(SecretToken::new([0; 32]).digest(), expected);
    }

    #[test]
    fn a_successor_is_the_same_each_time_and_needs_the_key() {
        let key = |byte| LookupKey::from_variable("lookup_key", &encode_key(&[byte; 32])).unwrap();
        let token = SecretToken::new([5; 32]);
        let next = token.successor(&key(1));
        assert_eq!(token.successor(&key(1)), next);
        assert_ne!(token.successor(&key(2)), next);
        assert_ne!(next.successor(&key(1)), next);
        assert_ne!(next, token);
    }
}
