//! Access tokens: signed with Ed25519, by a key that the header names, for 15 minutes.
//!
//! A token says who asks and in which session; whether the session still holds is for the database to say.

use std::{collections::HashSet, fmt};

use base64ct::{Base64UrlUnpadded, Encoding as _};
use chrono::{DateTime, TimeDelta, Utc};
use jwt_simple::{
    algorithms::{Ed25519KeyPair, Ed25519PublicKey, EdDSAKeyPairLike as _, EdDSAPublicKeyLike as _},
    claims::{Audiences, JWTClaims},
    common::{HeaderOptions, VerificationOptions},
    prelude::{Duration, UnixTimeStamp},
    token::Token,
};
use serde::{Deserialize, Serialize};

use crate::{
    KeyError,
    keys::{NamedKey, named_keys},
};

/// How long an access token is good for.
pub const ACCESS_TOKEN_LIFE: TimeDelta = TimeDelta::minutes(15);

/// How far the clocks of two machines may be apart.
const CLOCK_TOLERANCE_SECONDS: u64 = 5;

/// Who makes these tokens, and for whom.
const ISSUER: &str = "flow-logic";
const AUDIENCE: &str = "flow-logic-api";

/// The `typ` of an access token (RFC 9068, section 2.1): no other kind of token is mistaken for one.
const TYPE: &str = "at+jwt";

/// The one algorithm (RFC 8037). What else a header may name is refused before any key is touched.
const ALGORITHM: &str = "EdDSA";

/// Longest token that is looked at: ours have about 400 bytes.
const LONGEST_TOKEN: usize = 2048;

/// An Ed25519 seed as PKCS #8 (RFC 8410, section 7) is this and the seed.
const PKCS8_HEAD: [u8; 16] = [48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32];

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessClaims {
    /// The user's id.
    pub subject: String,
    /// The session's id.
    pub session: String,
}

/// Why a token is not accepted or could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// It is no access token of ours, or it was changed, or its time is over.
    #[error("the access token is not valid: {0}")]
    Invalid(String),
    /// Signing failed.
    #[error("an access token could not be signed: {0}")]
    Signing(String),
}

#[derive(Serialize, Deserialize)]
struct Session {
    sid: String,
}

fn key_pair(variable: &'static str, key: &NamedKey) -> Result<Ed25519KeyPair, KeyError> {
    let der = [&PKCS8_HEAD[..], &key.bytes].concat();
    let pair = Ed25519KeyPair::from_der(&der).map_err(|_| {
        KeyError::because(
            variable,
            format!("has a key '{}' that is no Ed25519 seed", key.id),
        )
    })?;
    Ok(pair.with_key_id(&key.id))
}

fn unix_time(time: DateTime<Utc>) -> UnixTimeStamp {
    Duration::from_secs(u64::try_from(time.timestamp()).unwrap_or(0))
}

/// Makes tokens with the first key.
pub struct TokenSigner(Ed25519KeyPair);

impl TokenSigner {
    /// Reads `kid:base64url-seed,...` from a variable.
    pub fn from_variable(variable: &'static str, text: &str) -> Result<Self, KeyError> {
        let keys = named_keys(variable, text)?;
        let first = keys.first().ok_or_else(|| KeyError::missing(variable))?;
        key_pair(variable, first).map(Self)
    }

    /// A token for 15 minutes from now. The library adds noise to the signature, so two tokens are never the same.
    pub fn sign(&self, claims: &AccessClaims, now: DateTime<Utc>) -> Result<String, TokenError> {
        let claims = JWTClaims {
            issued_at: Some(unix_time(now)),
            expires_at: Some(unix_time(now + ACCESS_TOKEN_LIFE)),
            invalid_before: None,
            issuer: Some(ISSUER.to_owned()),
            subject: Some(claims.subject.clone()),
            audiences: Some(Audiences::AsString(AUDIENCE.to_owned())),
            jwt_id: None,
            nonce: None,
            custom: Session {
                sid: claims.session.clone(),
            },
        };
        let options = HeaderOptions {
            signature_type: Some(TYPE.to_owned()),
            content_type: None,
        };
        self.0
            .sign_with_options(claims, &options)
            .map_err(|error| TokenError::Signing(error.to_string()))
    }
}

impl fmt::Debug for TokenSigner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TokenSigner(..)")
    }
}

/// Checks tokens with whichever key they name.
#[derive(Clone, Debug)]
pub struct TokenVerifier(Vec<(String, Ed25519PublicKey)>);

impl TokenVerifier {
    /// Reads `kid:base64url-seed,...` from a variable.
    pub fn from_variable(variable: &'static str, text: &str) -> Result<Self, KeyError> {
        let public_keys = named_keys(variable, text)?
            .into_iter()
            .map(|key| Ok((key.id.clone(), key_pair(variable, &key)?.public_key())));
        public_keys.collect::<Result<_, _>>().map(Self)
    }

    /// What a token says, if it is one of ours and still good.
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<AccessClaims, TokenError> {
        self.verify_with_end(token, now).map(|(claims, _)| claims)
    }

    /// The same with the time at which the token ends.
    pub fn verify_with_end(
        &self,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<(AccessClaims, DateTime<Utc>), TokenError> {
        let invalid = |reason: &str| TokenError::Invalid(reason.to_owned());
        if token.len() > LONGEST_TOKEN {
            return Err(invalid("it is too long"));
        }
        let header = Token::decode_metadata(token).map_err(|_| invalid("it is no token"))?;
        if header.algorithm() != ALGORITHM {
            return Err(invalid("its algorithm is not EdDSA"));
        }
        let key_id = header.key_id().ok_or_else(|| invalid("it names no key"))?;
        let (_, key) = self
            .0
            .iter()
            .find(|(known, _)| known == key_id)
            .ok_or_else(|| invalid("its key is unknown"))?;
        let options = VerificationOptions {
            required_key_id: Some(key_id.to_owned()),
            required_signature_type: Some(TYPE.to_owned()),
            allowed_issuers: Some(HashSet::from([ISSUER.to_owned()])),
            allowed_audiences: Some(HashSet::from([AUDIENCE.to_owned()])),
            time_tolerance: Some(Duration::from_secs(CLOCK_TOLERANCE_SECONDS)),
            max_token_length: Some(LONGEST_TOKEN),
            artificial_time: Some(unix_time(now)),
            ..VerificationOptions::default()
        };
        let claims = key
            .verify_token::<Session>(token, Some(options))
            .map_err(|error| TokenError::Invalid(error.to_string()))?;
        // The library checks an end that is there and does not miss one.
        let end = claims
            .expires_at
            .and_then(|end| i64::try_from(end.as_secs()).ok())
            .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
            .ok_or_else(|| invalid("it has no end"))?;
        let claims = AccessClaims {
            subject: claims.subject.ok_or_else(|| invalid("it names nobody"))?,
            session: claims.custom.sid,
        };
        Ok((claims, end))
    }

    /// The public keys, for whoever wants to check tokens elsewhere.
    #[must_use]
    pub fn jwks(&self) -> Jwks {
        let keys = self.0.iter().map(|(id, key)| JsonWebKey {
            kty: "OKP",
            crv: "Ed25519",
            alg: ALGORITHM,
            key_use: "sig",
            kid: id.clone(),
            x: Base64UrlUnpadded::encode_string(&key.to_bytes()),
        });
        Jwks { keys: keys.collect() }
    }
}

/// A JSON Web Key Set (RFC 7517).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "JsonWebKeySet"))]
pub struct Jwks {
    /// The keys; the first one signs.
    pub keys: Vec<JsonWebKey>,
}

/// A public key for Ed25519 (RFC 8037, section 2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[expect(missing_docs, reason = "the members of the RFC")]
pub struct JsonWebKey {
    pub kty: &'static str,
    pub crv: &'static str,
    pub alg: &'static str,
    #[serde(rename = "use")]
    pub key_use: &'static str,
    pub kid: String,
    pub x: String,
}

#[cfg(test)]
mod tests;
