//! The operator's token: who has it may sweep, see dead letters and replay them.

use http::HeaderMap;

use crate::{Error, Settings, identity::bearer};

/// Lets the operator through. Where no token is set, operators' addresses do not exist.
pub fn require_operator(settings: &Settings, headers: &HeaderMap) -> Result<(), Error> {
    let Some(expected) = &settings.operator_token else {
        return Err(Error::NotFound("page"));
    };
    if bearer(headers).is_some_and(|given| same(given.as_bytes(), expected.expose().as_bytes())) {
        Ok(())
    } else {
        Err(Error::OperatorRequired)
    }
}

/// Compares in a time that depends on the lengths only, so that answering times do not give the token away.
fn same(given: &[u8], expected: &[u8]) -> bool {
    given.len() == expected.len()
        && given
            .iter()
            .zip(expected)
            .fold(0, |difference, (a, b)| difference | (a ^ b))
            == 0
}

#[cfg(test)]
mod tests {
    use http::header;

    use super::*;
    use crate::Secret;

    #[test]
    fn only_the_exact_token_opens() {
        let settings = Settings {
            operator_token: Some(Secret::from("s3cret-token".to_owned())),
            ..Settings::default()
        };
        let check = |value: Option<&str>| {
            let mut headers = HeaderMap::new();
            if let Some(value) = value {
                headers.insert(header::AUTHORIZATION, value.parse().unwrap());
            }
            require_operator(&settings, &headers)
        };
        for right in ["Bearer s3cret-token", "bearer s3cret-token"] {
            assert!(check(Some(right)).is_ok(), "{right}");
        }
        for wrong in [
            None,
            Some(""),
            Some("Bearer "),
            Some("s3cret-token"),
            Some("Bearer s3cret-tokem"),
            Some("Basic  s3cret-token"),
            Some("Bearer s"),
        ] {
            assert!(matches!(check(wrong), Err(Error::OperatorRequired)), "{wrong:?}");
        }
    }

    #[test]
    fn without_a_token_there_is_nothing_to_open() {
        for given in ["Bearer ", "Bearer x"] {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, given.parse().unwrap());
            assert!(matches!(
                require_operator(&Settings::default(), &headers),
                Err(Error::NotFound(_))
            ));
        }
    }
}
