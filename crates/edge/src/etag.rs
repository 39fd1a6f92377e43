//! Names of versions: what a client has already is not sent again (RFC 9110, section 13.1.2).

use http::header::IF_NONE_MATCH;
use sha2::{Digest as _, Sha256};

use crate::Call;

/// The strong entity tag of some content.
#[must_use]
pub fn etag(content: &[u8]) -> String {
    let mut start = [0; 16];
    start.copy_from_slice(&Sha256::digest(content)[..16]);
    format!("\"{:032x}\"", u128::from_be_bytes(start))
}

/// Whether the client says that it has the version with this tag.
#[must_use]
pub fn is_known(call: &Call, etag: &str) -> bool {
    call.header(IF_NONE_MATCH).is_some_and(|tags| {
        tags.split(',')
            .map(|tag| tag.trim().trim_start_matches("W/"))
            .any(|tag| tag == etag || tag == "*")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RequestId;

    #[test]
    fn a_version_is_known_by_its_tag_in_any_list_and_by_a_star() {
        let tag = etag(b"content");
        assert_ne!(tag, etag(b"other"));
        let known = |value: &str| {
            let (parts, ()) = http::Request::get("/x")
                .header(IF_NONE_MATCH, value)
                .body(())
                .unwrap()
                .into_parts();
            let request_id = RequestId::choose(&parts.headers, String::new);
            is_known(&Call::new(parts, request_id), &tag)
        };
        for value in [
            tag.clone(),
            format!("W/{tag}"),
            format!("\"a\", {tag}"),
            "*".into(),
        ] {
            assert!(known(&value), "{value}");
        }
        for value in ["", "\"a\"", tag.trim_matches('"')] {
            assert!(!known(value), "{value}");
        }
    }
}
