//! Which tokens are accepted, and every way of making one that must not be.

use jwt_simple::{
    algorithms::{HS256Key, MACLike as _},
    claims::NoCustomClaims,
};

use super::*;
use crate::encode_key;

const VARIABLE: &str = "token_keys";

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn keys(list: &[(&str, u8)]) -> String {
    let keys = list
        .iter()
        .map(|(id, byte)| format!("{id}:{}", encode_key(&[*byte; 32])));
    keys.collect::<Vec<_>>().join(",")
}

fn signer(list: &[(&str, u8)]) -> TokenSigner {
    TokenSigner::from_variable(VARIABLE, &keys(list)).unwrap()
}

fn verifier(list: &[(&str, u8)]) -> TokenVerifier {
    TokenVerifier::from_variable(VARIABLE, &keys(list)).unwrap()
}

fn claims() -> AccessClaims {
    AccessClaims {
        subject: "user-1".into(),
        session: "session-1".into(),
    }
}

/// A token with whatever header and claims, signed properly with the key `k1`.
fn forged(header: &serde_json::Value, claims: &serde_json::Value) -> String {
    let encode = |value: &serde_json::Value| Base64UrlUnpadded::encode_string(value.to_string().as_bytes());
    let signed = format!("{}.{}", encode(header), encode(claims));
    let pair = signer(&[("k1", 1)]).0;
    let signature = pair.key_pair().as_ref().sk.sign(&signed, None);
    format!("{signed}.{}", Base64UrlUnpadded::encode_string(&signature[..]))
}

fn good_header() -> serde_json::Value {
    serde_json::json!({ "alg": "EdDSA", "typ": "at+jwt", "kid": "k1" })
}

fn good_claims() -> serde_json::Value {
    let seconds = now().timestamp();
    serde_json::json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": "user-1", "sid": "session-1", "iat": seconds, "exp": seconds + 900,
    })
}

fn with(mut value: serde_json::Value, name: &str, member: serde_json::Value) -> serde_json::Value {
    if member.is_null() {
        value.as_object_mut().unwrap().remove(name);
    } else {
        value[name] = member;
    }
    value
}

#[test]
fn a_token_says_who_asks_for_fifteen_minutes() {
    let token = signer(&[("k1", 1)]).sign(&claims(), now()).unwrap();
    let verifier = verifier(&[("k1", 1)]);
    let tolerance = i64::try_from(CLOCK_TOLERANCE_SECONDS).unwrap();
    for (seconds, good) in [
        (0, true),
        (900, true),
        (900 + tolerance, true),
        (901 + tolerance, false),
        (100_000, false),
        (-tolerance, true),
        (-1 - tolerance, false),
    ] {
        let checked = verifier.verify(&token, now() + TimeDelta::seconds(seconds));
        assert_eq!(checked.is_ok(), good, "{seconds}: {checked:?}");
        if good {
            assert_eq!(checked, Ok(claims()));
        }
    }
}

#[test]
fn the_key_is_chosen_by_its_id_and_old_keys_verify_until_they_are_removed() {
    let old = signer(&[("k1", 1)]).sign(&claims(), now()).unwrap();
    let new = signer(&[("k2", 2), ("k1", 1)]).sign(&claims(), now()).unwrap();
    let both = verifier(&[("k2", 2), ("k1", 1)]);
    assert!(both.verify(&old, now()).is_ok() && both.verify(&new, now()).is_ok());
    let removed = verifier(&[("k2", 2)]);
    assert!(removed.verify(&old, now()).is_err() && removed.verify(&new, now()).is_ok());
    // Under the right id with another key, and under another id with the right key.
    assert!(verifier(&[("k1", 3)]).verify(&old, now()).is_err());
    assert!(verifier(&[("k3", 1)]).verify(&old, now()).is_err());
}

#[test]
fn what_a_header_says_is_not_believed() {
    let verifier = verifier(&[("k1", 1), ("k2", 2)]);
    assert_eq!(
        verifier.verify(&forged(&good_header(), &good_claims()), now()),
        Ok(claims())
    );
    for header in [
        with(good_header(), "alg", "none".into()),
        with(good_header(), "alg", "None".into()),
        with(good_header(), "alg", "HS256".into()),
        with(good_header(), "alg", "ES256".into()),
        with(good_header(), "alg", "Ed25519".into()),
        with(good_header(), "alg", serde_json::Value::Null),
        with(good_header(), "kid", "k2".into()),
        with(good_header(), "kid", "k9".into()),
        with(good_header(), "kid", "".into()),
        with(good_header(), "kid", serde_json::Value::Null),
        with(good_header(), "typ", "JWT".into()),
        with(good_header(), "typ", serde_json::Value::Null),
        with(good_header(), "crit", serde_json::json!(["b64"])),
    ] {
        let checked = verifier.verify(&forged(&header, &good_claims()), now());
        assert!(checked.is_err(), "{header}");
    }
}

#[test]
fn without_a_signature_nothing_is_a_token() {
    let verifier = verifier(&[("k1", 1)]);
    let token = forged(&with(good_header(), "alg", "none".into()), &good_claims());
    let unsigned = token.rsplit_once('.').unwrap().0;
    assert!(verifier.verify(unsigned, now()).is_err());
    assert!(verifier.verify(&format!("{unsigned}."), now()).is_err());
    let good = forged(&good_header(), &good_claims());
    let unsigned = good.rsplit_once('.').unwrap().0;
    assert!(verifier.verify(&format!("{unsigned}."), now()).is_err());
}

#[test]
fn the_public_key_is_no_secret_for_hmac() {
    let verifier = verifier(&[("k1", 1)]);
    let public_key = verifier.0[0].1.to_bytes();
    for secret in [
        public_key.clone(),
        Base64UrlUnpadded::encode_string(&public_key).into_bytes(),
    ] {
        let mac = HS256Key::from_bytes(&secret).with_key_id("k1");
        let mut claims = jwt_simple::claims::Claims::with_custom_claims(
            Session {
                sid: "session-1".into(),
            },
            Duration::from_mins(15),
        )
        .with_issuer(ISSUER)
        .with_audience(AUDIENCE)
        .with_subject("user-1");
        claims.issued_at = Some(unix_time(now()));
        claims.expires_at = Some(unix_time(now() + ACCESS_TOKEN_LIFE));
        claims.invalid_before = None;
        let options = HeaderOptions {
            signature_type: Some(TYPE.to_owned()),
            content_type: None,
        };
        let token = mac.authenticate_with_options(claims, &options).unwrap();
        let options = VerificationOptions {
            artificial_time: Some(unix_time(now())),
            required_signature_type: Some(TYPE.to_owned()),
            ..VerificationOptions::default()
        };
        assert!(
            mac.verify_token::<NoCustomClaims>(&token, Some(options)).is_ok(),
            "the token is good for whoever trusts HMAC"
        );
        assert!(verifier.verify(&token, now()).is_err());
    }
}

#[test]
fn claims_that_are_missing_or_for_others_are_refused() {
    let verifier = verifier(&[("k1", 1)]);
    let seconds = now().timestamp();
    for (name, value) in [
        ("iss", "somebody".into()),
        ("iss", serde_json::Value::Null),
        ("aud", "another-api".into()),
        ("aud", serde_json::json!(["a", "b"])),
        ("aud", serde_json::Value::Null),
        ("exp", (seconds - 60).into()),
        ("exp", serde_json::Value::Null),
        ("exp", "soon".into()),
        ("iat", (seconds + 60).into()),
        ("nbf", (seconds + 60).into()),
        ("sub", serde_json::Value::Null),
        ("sid", serde_json::Value::Null),
        ("sid", 7.into()),
    ] {
        let token = forged(&good_header(), &with(good_claims(), name, value.clone()));
        assert!(verifier.verify(&token, now()).is_err(), "{name}: {value}");
    }
}

#[test]
fn every_change_of_a_token_is_noticed() {
    let verifier = verifier(&[("k1", 1)]);
    let token = signer(&[("k1", 1)]).sign(&claims(), now()).unwrap();
    for index in 0..token.len() {
        let mut bytes = token.clone().into_bytes();
        bytes[index] = if bytes[index] == b'x' { b'y' } else { b'x' };
        let changed = String::from_utf8(bytes).unwrap();
        assert!(verifier.verify(&changed, now()).is_err(), "{index}");
    }
    let long = format!("{token}{}", "A".repeat(1_000_000));
    for wrong in ["", ".", "..", "...", "a.b.c", "Bearer", &long, &token[1..]] {
        assert!(verifier.verify(wrong, now()).is_err());
    }
}

/// The key and its public part of RFC 8037, appendix A.
#[test]
fn public_keys_are_published_as_the_rfc_says() {
    let list = "rfc:nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
    let jwks = TokenVerifier::from_variable(VARIABLE, list).unwrap().jwks();
    assert_eq!(
        serde_json::to_value(jwks).unwrap(),
        serde_json::json!({ "keys": [{
            "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": "rfc",
            "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        }] })
    );
}

#[test]
fn no_seed_is_shown() {
    let list = keys(&[("k1", 1)]);
    let seed = list.split_once(':').unwrap().1;
    let shown = format!("{:?} {:?}", signer(&[("k1", 1)]), verifier(&[("k1", 1)]));
    assert!(!shown.contains(seed) && !shown.contains("[1, 1"), "{shown}");
}
