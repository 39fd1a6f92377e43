//! E-mail addresses, passwords, tokens, sealed data and mails: what accounts are made of, without storage or HTTP.
//!
//! Every algorithm is a library's; what is here is which one, with which parameters and for what. The clock, random bytes
//! and keys are arguments. No type here shows a secret or an address in its `Debug`.

mod client;
mod email;
mod hash;
mod keys;
mod letter;
mod lookup;
mod password;
mod seal;
mod secret;
mod token;

pub use client::client_label;
pub use email::{BadEmail, Email};
pub use hash::{HashError, Verdict, hash, verify, verify_nobody};
pub use keys::{KeyError, encode_key};
pub use letter::Letter;
pub use lookup::{Domain, LookupKey};
pub use password::{Password, WeakPassword};
pub use seal::{Place, SealError, Sealer};
pub use secret::SecretToken;
pub use token::{ACCESS_TOKEN_LIFE, AccessClaims, JsonWebKey, Jwks, TokenError, TokenSigner, TokenVerifier};

/// Bytes in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0x0f]);
    digits
        .map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)]))
        .collect()
}
