//! Access tokens whose signature this instance has checked: checking one takes longer than reading what it opens.

use std::cell::RefCell;

use chrono::{DateTime, Utc};
use flow_identity::{AccessClaims, TokenError, TokenVerifier};
use sha2::{Digest as _, Sha256};

use crate::Secret;

/// How many are remembered; the oldest goes first.
const REMEMBERED: usize = 64;

thread_local! {
    static CHECKED: RefCell<Vec<Checked>> = const { RefCell::new(Vec::new()) };
}

struct Checked {
    /// Of the keys and the token, so that how long a comparison takes tells nothing of a token.
    digest: [u8; 32],
    claims: AccessClaims,
    /// Only in between is the token known to be good.
    from: DateTime<Utc>,
    end: DateTime<Utc>,
}

/// What a token says, if it is one of ours and still good. Whether its session holds is not looked at.
pub(crate) fn check(
    verifier: &TokenVerifier,
    keys: &Secret,
    token: &str,
    now: DateTime<Utc>,
) -> Result<AccessClaims, TokenError> {
    let digest: [u8; 32] = Sha256::new()
        .chain_update(Sha256::digest(keys.expose()))
        .chain_update(token)
        .finalize()
        .into();
    let known = CHECKED.with_borrow(|checked| {
        let known = checked.iter().find(|known| known.digest == digest);
        let good = known.filter(|known| known.from <= now && now < known.end);
        good.map(|known| known.claims.clone())
    });
    if let Some(claims) = known {
        return Ok(claims);
    }
    let (claims, end) = verifier.verify_with_end(token, now)?;
    CHECKED.with_borrow_mut(|checked| {
        checked.retain(|known| known.digest != digest);
        if checked.len() >= REMEMBERED {
            checked.remove(0);
        }
        checked.push(Checked {
            digest,
            claims: claims.clone(),
            from: now,
            end,
        });
    });
    Ok(claims)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use flow_identity::{ACCESS_TOKEN_LIFE, TokenSigner};

    use super::*;

    const KEYS: [&str; 2] = [
        "k1:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE",
        "k1:AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI",
    ];

    #[test]
    fn a_token_is_good_as_often_as_it_is_shown_until_its_end_and_under_its_keys_only() {
        let start = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let claims = AccessClaims {
            subject: "u-1".into(),
            session: "s-1".into(),
        };
        let token = TokenSigner::from_variable("k", KEYS[0])
            .unwrap()
            .sign(&claims, start)
            .unwrap();
        let shown = |keys: &str, token: &str, seconds: i64| {
            let verifier = TokenVerifier::from_variable("k", keys).unwrap();
            let now = start + TimeDelta::seconds(seconds);
            check(&verifier, &Secret::from(keys.to_owned()), token, now)
        };
        let life = ACCESS_TOKEN_LIFE.num_seconds();
        for seconds in [0, 1, life - 1, 2] {
            assert_eq!(shown(KEYS[0], &token, seconds), Ok(claims.clone()), "{seconds}");
        }
        for seconds in [life + 6, -3600] {
            assert!(shown(KEYS[0], &token, seconds).is_err(), "{seconds}");
        }
        assert!(shown(KEYS[1], &token, 1).is_err(), "signed with another key");
        let mut forged = token.clone();
        let last = if forged.ends_with('A') { "B" } else { "A" };
        forged.replace_range(forged.len() - 1.., last);
        assert!(shown(KEYS[0], &forged, 1).is_err(), "changed");
    }

    #[test]
    fn no_more_are_remembered_than_fit() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let signer = TokenSigner::from_variable("k", KEYS[0]).unwrap();
        let verifier = TokenVerifier::from_variable("k", KEYS[0]).unwrap();
        for number in 0..REMEMBERED + 10 {
            let claims = AccessClaims {
                subject: format!("u-{number}"),
                session: "s-1".into(),
            };
            let token = signer.sign(&claims, now).unwrap();
            let checked = check(&verifier, &Secret::from(KEYS[0].to_owned()), &token, now);
            assert_eq!(checked, Ok(claims));
        }
        assert_eq!(CHECKED.with_borrow(Vec::len), REMEMBERED);
    }
}
