//! Keyed marks: what stands in the database for something that must be found again but not read.

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::{
    KeyError, hex,
    keys::{KEY_BYTES, single_key},
};

/// What a mark stands for. The same text in two domains has two marks, so that they cannot be matched with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domain {
    /// A normalized e-mail address.
    Email,
    /// A network address of a client.
    Address,
    /// A client's `User-Agent`.
    UserAgent,
    /// What is counted to slow down who tries too often.
    Throttle,
    /// The refresh token that follows on another one.
    RefreshSuccessor,
    /// The address of an account that was deleted under a ban.
    Barred,
}

impl Domain {
    const fn word(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Address => "address",
            Self::UserAgent => "user-agent",
            Self::Throttle => "throttle",
            Self::RefreshSuccessor => "refresh-successor",
            Self::Barred => "barred",
        }
    }
}

/// The key of all marks. It cannot be rotated without the marks being made anew, so it is a key of its own.
#[derive(Clone)]
pub struct LookupKey([u8; KEY_BYTES]);

impl LookupKey {
    /// Reads the key from a variable.
    pub fn from_variable(variable: &'static str, text: &str) -> Result<Self, KeyError> {
        single_key(variable, text).map(Self)
    }

    /// HMAC-SHA-256 of the domain and the value.
    #[must_use]
    pub fn derive(&self, domain: Domain, value: &[u8]) -> [u8; 32] {
        // A key shorter than SHA-256's block is filled up with zeroes (RFC 2104, section 2).
        let mut block = [0; 64];
        block[..KEY_BYTES].copy_from_slice(&self.0);
        let mut mac = Hmac::<Sha256>::new(&block.into());
        // No word contains a zero byte, so no word with a value reads like another word with another value.
        for piece in [domain.word().as_bytes(), &[0], value] {
            mac.update(piece);
        }
        mac.finalize().into_bytes().into()
    }

    /// The same in lower-case hexadecimal, as it is stored.
    #[must_use]
    pub fn mark(&self, domain: Domain, value: &[u8]) -> String {
        hex(&self.derive(domain, value))
    }
}

impl fmt::Debug for LookupKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("LookupKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode_key;

    const DOMAINS: [Domain; 6] = [
        Domain::Email,
        Domain::Address,
        Domain::UserAgent,
        Domain::Throttle,
        Domain::RefreshSuccessor,
        Domain::Barred,
    ];

    fn key(byte: u8) -> LookupKey {
        LookupKey::from_variable("lookup_key", &encode_key(&[byte; 32])).unwrap()
    }

    #[test]
    fn a_mark_depends_on_key_domain_and_value() {
        let mut marks: Vec<String> = Vec::new();
        for byte in [1, 2] {
            for domain in DOMAINS {
                for value in ["", "ann@example.org", "bob@example.org"] {
                    marks.push(key(byte).mark(domain, value.as_bytes()));
                }
            }
        }
        let count = marks.len();
        assert!(marks.iter().all(|mark| mark.len() == 64));
        marks.sort_unstable();
        marks.dedup();
        assert_eq!(marks.len(), count, "no two are the same");
        let again = key(1).mark(Domain::Email, b"ann@example.org");
        assert!(marks.contains(&again), "the same again is the same");
    }

    /// `printf 'email\0ann@example.org' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0b0b...0b` (32 bytes).
    #[test]
    fn a_mark_is_what_other_tools_compute() {
        assert_eq!(
            key(11).mark(Domain::Email, b"ann@example.org"),
            "dd47c929c3160de7e3cbef2f71705ca8395a901075c425d734522b38d230614d"
        );
        assert_eq!(format!("{:?}", key(11)), "LookupKey(..)");
    }
}
