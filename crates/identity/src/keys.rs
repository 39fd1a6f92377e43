//! Keys as the operator writes them: `id:base64url,id:base64url`. Errors name the variable and what is wrong, never the key.

use base64ct::{Base64UrlUnpadded, Encoding as _};

/// Length of every key in bytes.
pub(crate) const KEY_BYTES: usize = 32;

/// Most keys in a list: one in use, and those of earlier rotations.
const MOST: usize = 16;

/// Why keys cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the variable {variable} {reason}")]
pub struct KeyError {
    /// The variable of the application.
    pub variable: &'static str,
    reason: String,
}

impl KeyError {
    /// Nothing is set.
    #[must_use]
    pub fn missing(variable: &'static str) -> Self {
        Self {
            variable,
            reason: "is not set".to_owned(),
        }
    }

    pub(crate) fn because(variable: &'static str, reason: impl Into<String>) -> Self {
        let reason = reason.into();
        Self { variable, reason }
    }
}

/// A key that others can be told apart from.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct NamedKey {
    pub id: String,
    pub bytes: [u8; KEY_BYTES],
}

/// How a key is written into a variable.
#[must_use]
pub fn encode_key(bytes: &[u8; KEY_BYTES]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

/// Reads `id:base64url,...`; at least one, the first one is in use.
pub(crate) fn named_keys(variable: &'static str, text: &str) -> Result<Vec<NamedKey>, KeyError> {
    if text.trim().is_empty() {
        return Err(KeyError::missing(variable));
    }
    let mut keys: Vec<NamedKey> = Vec::new();
    for (index, entry) in text.split(',').enumerate() {
        let number = index + 1;
        let wrong = |reason: &str| {
            KeyError::because(variable, format!("has no usable key number {number}: {reason}"))
        };
        if number > MOST {
            return Err(KeyError::because(variable, format!("has more than {MOST} keys")));
        }
        let (id, key) = entry
            .trim()
            .split_once(':')
            .ok_or_else(|| wrong("write id:key with a colon between"))?;
        if !is_key_id(id) {
            return Err(wrong("an id is 1 to 32 letters, digits, hyphens and underscores"));
        }
        if keys.iter().any(|known| known.id == id) {
            return Err(wrong("its id is there twice"));
        }
        keys.push(NamedKey {
            id: id.to_owned(),
            bytes: key_bytes(key).ok_or_else(|| wrong(SHAPE))?,
        });
    }
    Ok(keys)
}

/// Reads one key without an id.
pub(crate) fn single_key(variable: &'static str, text: &str) -> Result<[u8; KEY_BYTES], KeyError> {
    if text.trim().is_empty() {
        return Err(KeyError::missing(variable));
    }
    key_bytes(text).ok_or_else(|| KeyError::because(variable, format!("is no key: {SHAPE}")))
}

const SHAPE: &str =
    "32 bytes in base64url without padding (43 characters) are expected; `flow keys` makes some";

fn key_bytes(text: &str) -> Option<[u8; KEY_BYTES]> {
    let mut bytes = [0; KEY_BYTES];
    let decoded = Base64UrlUnpadded::decode(text.trim(), &mut bytes).ok()?;
    (decoded.len() == KEY_BYTES).then_some(bytes)
}

/// No dot, colon or comma: ids are joined with what follows them by these.
fn is_key_id(text: &str) -> bool {
    (1..=32).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_written() {
        let text = format!("new:{}, old:{}", encode_key(&[1; 32]), encode_key(&[255; 32]));
        let keys = named_keys("token_keys", &text).unwrap();
        let read: Vec<_> = keys.iter().map(|key| (key.id.as_str(), key.bytes)).collect();
        assert_eq!(read, [("new", [1; 32]), ("old", [255; 32])]);
        assert_eq!(single_key("lookup_key", &encode_key(&[3; 32])), Ok([3; 32]));
    }

    #[test]
    fn an_error_names_the_variable_and_never_the_key() {
        let good = encode_key(&[1; 32]);
        let short = encode_key(&[1; 32])[..40].to_owned();
        let padded = format!("a:{good}=");
        let twice = format!("a:{good},a:{good}");
        let many: Vec<String> = (0..17).map(|number| format!("k{number}:{good}")).collect();
        for text in [
            "",
            " ",
            ",",
            good.as_str(),
            &format!(":{good}"),
            &format!("a b:{good}"),
            &format!("a.b:{good}"),
            &format!("a:{short}"),
            &padded,
            "a:not base64 at all, really not, not a bit of it",
            &twice,
            &many.join(","),
        ] {
            let error = named_keys("data_keys", text).err().map(|error| error.to_string());
            let error = error.unwrap_or_else(|| panic!("{text:?} is taken"));
            assert!(error.starts_with("the variable data_keys "), "{error}");
            assert!(!error.contains(&short), "{error}");
        }
        for text in ["", &short, "!"] {
            let error = single_key("lookup_key", text).unwrap_err().to_string();
            assert!(error.starts_with("the variable lookup_key "), "{error}");
        }
    }
}
