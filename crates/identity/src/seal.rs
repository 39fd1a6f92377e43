//! Data that is sealed where it lies: XChaCha20-Poly1305, bound to its place, under keys that can be rotated.

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305,
    aead::{Aead as _, Payload},
};

use crate::{KeyError, keys::named_keys};

/// Length of a nonce in bytes: long enough that random ones do not meet.
const NONCE_BYTES: usize = 24;

/// Where a sealed value lies. It opens nowhere else, so that nobody who can write to the database swaps two.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The table.
    pub table: &'a str,
    /// The column.
    pub column: &'a str,
    /// The row's id.
    pub row: &'a str,
}

/// Why something could not be sealed or opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// No configured key has this id: it was rotated out too early.
    #[error("sealed data needs the data key '{0}', which is not configured")]
    UnknownKey(String),
    /// It was changed, moved to another place, or never sealed.
    #[error("sealed data is damaged, or not from this place")]
    Damaged,
}

/// Seals with the first key and opens with all of them.
///
/// What is sealed reads `keyid.base64url(nonce and ciphertext)`, so that a database can tell rows of an old key by a prefix.
pub struct Sealer {
    current: Key,
    earlier: Vec<Key>,
}

struct Key {
    id: String,
    cipher: XChaCha20Poly1305,
}

impl Sealer {
    /// Reads `keyid:base64url,...` from a variable.
    pub fn from_variable(variable: &'static str, text: &str) -> Result<Self, KeyError> {
        let mut keys = named_keys(variable, text)?.into_iter().map(|key| Key {
            cipher: XChaCha20Poly1305::new(&key.bytes.into()),
            id: key.id,
        });
        let current = keys.next().ok_or_else(|| KeyError::missing(variable))?;
        Ok(Self {
            current,
            earlier: keys.collect(),
        })
    }

    /// Seals a text for its place. `nonce` is fresh randomness.
    pub fn seal(&self, place: Place<'_>, text: &str, nonce: [u8; NONCE_BYTES]) -> Result<String, SealError> {
        let Key { id, cipher } = &self.current;
        let payload = Payload {
            msg: text.as_bytes(),
            aad: &bound_to(id, place),
        };
        let sealed = cipher
            .encrypt(&nonce.into(), payload)
            .map_err(|_| SealError::Damaged)?;
        let bytes = [&nonce[..], &sealed].concat();
        Ok(format!("{id}.{}", Base64UrlUnpadded::encode_string(&bytes)))
    }

    /// Opens what was sealed for a place.
    pub fn open(&self, place: Place<'_>, sealed: &str) -> Result<String, SealError> {
        let (id, bytes) = sealed.split_once('.').ok_or(SealError::Damaged)?;
        let mut keys = std::iter::once(&self.current).chain(&self.earlier);
        let key = keys
            .find(|key| key.id == id)
            .ok_or_else(|| SealError::UnknownKey(id.chars().take(32).collect()))?;
        let bytes = Base64UrlUnpadded::decode_vec(bytes).map_err(|_| SealError::Damaged)?;
        let (nonce, sealed) = bytes
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or(SealError::Damaged)?;
        let payload = Payload {
            msg: sealed,
            aad: &bound_to(id, place),
        };
        let opened = key.cipher.decrypt(&(*nonce).into(), payload);
        String::from_utf8(opened.map_err(|_| SealError::Damaged)?).map_err(|_| SealError::Damaged)
    }

    /// How everything begins that is sealed with the key in use; what begins otherwise is to be sealed anew.
    #[must_use]
    pub fn current_prefix(&self) -> String {
        format!("{}.", self.current.id)
    }

    /// Whether this was sealed with a key that is no longer in use.
    #[must_use]
    pub fn needs_resealing(&self, sealed: &str) -> bool {
        !sealed.starts_with(&self.current_prefix())
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Sealer(..)")
    }
}

/// The authenticated data: key and place, each with its length before it, so that no two places read alike.
fn bound_to(key_id: &str, place: Place<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for piece in [key_id, place.table, place.column, place.row] {
        bytes.extend_from_slice(&(piece.len() as u64).to_le_bytes());
        bytes.extend_from_slice(piece.as_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode_key;

    const PLACE: Place<'static> = Place {
        table: "accounts",
        column: "email_sealed",
        row: "a-1",
    };

    fn sealer(keys: &[(&str, u8)]) -> Sealer {
        let keys: Vec<String> = keys
            .iter()
            .map(|(id, byte)| format!("{id}:{}", encode_key(&[*byte; 32])))
            .collect();
        Sealer::from_variable("data_keys", &keys.join(",")).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_at_its_place_and_nowhere_else() {
        let keys = sealer(&[("k1", 1)]);
        let sealed = keys.seal(PLACE, "ann@example.org", [9; 24]).unwrap();
        assert!(sealed.starts_with("k1.") && !sealed.contains("ann"), "{sealed}");
        assert_eq!(keys.open(PLACE, &sealed).as_deref(), Ok("ann@example.org"));
        for place in [
            Place {
                table: "mails",
                ..PLACE
            },
            Place {
                column: "email_lookup",
                ..PLACE
            },
            Place { row: "a-2", ..PLACE },
            Place {
                table: "accountsemail_sealed",
                column: "",
                ..PLACE
            },
        ] {
            assert_eq!(keys.open(place, &sealed), Err(SealError::Damaged), "{place:?}");
        }
    }

    #[test]
    fn every_change_of_a_single_character_is_noticed() {
        let keys = sealer(&[("k1", 1)]);
        let sealed = keys.seal(PLACE, "ann@example.org", [9; 24]).unwrap();
        for index in 3..sealed.len() {
            let mut bytes = sealed.clone().into_bytes();
            bytes[index] = if bytes[index] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            assert_eq!(keys.open(PLACE, &changed), Err(SealError::Damaged), "{index}");
        }
        for damaged in ["", "k1", "k1.", "k1.AAAA", &sealed[..sealed.len() - 1]] {
            assert_eq!(keys.open(PLACE, damaged), Err(SealError::Damaged), "{damaged}");
        }
    }

    #[test]
    fn after_a_rotation_the_new_key_seals_and_the_old_one_still_opens() {
        let before = sealer(&[("k1", 1)]);
        let sealed = before.seal(PLACE, "ann@example.org", [9; 24]).unwrap();
        let after = sealer(&[("k2", 2), ("k1", 1)]);
        assert!(after.needs_resealing(&sealed) && !before.needs_resealing(&sealed));
        let opened = after.open(PLACE, &sealed).unwrap();
        let again = after.seal(PLACE, &opened, [8; 24]).unwrap();
        assert!(again.starts_with("k2.") && !after.needs_resealing(&again));
        let without_the_old_one = sealer(&[("k2", 2)]);
        assert_eq!(
            without_the_old_one.open(PLACE, &again).as_deref(),
            Ok("ann@example.org")
        );
        assert_eq!(
            without_the_old_one.open(PLACE, &sealed),
            Err(SealError::UnknownKey("k1".into()))
        );
        // The same id with another key opens nothing.
        assert_eq!(sealer(&[("k1", 3)]).open(PLACE, &sealed), Err(SealError::Damaged));
        assert!(
            sealer(&[("k", 1)]).needs_resealing(&sealed),
            "an id is no prefix of another"
        );
    }

    /// draft-irtf-cfrg-xchacha-03, appendix A.3.1, checks that the cipher is the one that it says it is.
    #[test]
    fn the_cipher_is_xchacha20_poly1305() {
        let key: Vec<u8> = (0x80..=0x9f).collect();
        let key: [u8; 32] = key.try_into().unwrap();
        let nonce: Vec<u8> = (0x40..=0x57).collect();
        let nonce: [u8; 24] = nonce.try_into().unwrap();
        let aad = [
            0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7,
        ];
        let message =
            b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, \
                        sunscreen would be it.";
        let payload = Payload {
            msg: &message[..],
            aad: &aad,
        };
        let sealed = XChaCha20Poly1305::new(&key.into())
            .encrypt(&nonce.into(), payload)
            .unwrap();
        assert_eq!(crate::hex(&sealed[..16]), "bd6d179d3e83d43b9576579493c0e939");
        assert_eq!(
            crate::hex(&sealed[sealed.len() - 16..]),
            "c0875924c1c7987947deafd8780acf49"
        );
    }
}
