//! Reading request bodies: never more than allowed, and JSON only in the form expected.

use http_body_util::BodyExt as _;
use serde::de::DeserializeOwned;

use crate::{Call, Error, RequestBody};

/// Reads a body of at most `limit` bytes.
pub async fn read_bytes<B>(body: B, limit: u64) -> Result<Vec<u8>, Error>
where
    B: RequestBody,
{
    let mut body = body;
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        if let Some(data) = frame?.data_ref() {
            if (bytes.len() + data.len()) as u64 > limit {
                return Err(Error::BodyTooLarge {
                    limit,
                    advice: "send less",
                });
            }
            bytes.extend_from_slice(data);
        }
    }
    Ok(bytes)
}

/// Reads what is left of a body, at most `limit` bytes, and drops it.
///
/// Many clients read no answer before they have sent everything, and a connection that closes on them shows as broken.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(dead_code, reason = "only components receive requests")
)]
pub(crate) async fn discard<B>(body: &mut B, limit: u64)
where
    B: RequestBody,
{
    let mut discarded = 0;
    while discarded < limit
        && let Some(Ok(frame)) = body.frame().await
    {
        discarded += frame.data_ref().map_or(0, |data| data.len() as u64);
    }
}

/// Longest JSON body: the requests of this product have a few short fields.
const JSON_LIMIT: u64 = 16 * 1024;

/// Reads a body of JSON.
pub async fn read_json<T: DeserializeOwned, B>(call: &Call, body: B) -> Result<T, Error>
where
    B: RequestBody,
{
    let media_type = call.media_type();
    if media_type != "application/json" {
        return Err(Error::MediaType {
            found: media_type
                .chars()
                .filter(char::is_ascii_graphic)
                .take(60)
                .collect(),
            accepted: "application/json",
        });
    }
    let bytes = read_bytes(body, JSON_LIMIT).await?;
    serde_json::from_slice(&bytes)
        .map_err(|error| Error::BadJson(error.to_string().chars().take(200).collect()))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use futures_executor::block_on;
    use http_body_util::Full;

    use super::*;
    use crate::RequestId;

    fn read(media_type: &str, body: &str) -> Result<Vec<u32>, Error> {
        let (parts, body) = http::Request::post("/x")
            .header("content-type", media_type)
            .body(Full::new(Bytes::copy_from_slice(body.as_bytes())).map_err(|never| match never {}))
            .unwrap()
            .into_parts();
        let request_id = RequestId::choose(&parts.headers, String::new);
        block_on(read_json(&Call::new(parts, request_id), body))
    }

    #[test]
    fn json_is_read_in_any_charset_spelling_and_nothing_else_is() {
        assert_eq!(read("application/json", "[1, 2]").unwrap(), [1, 2]);
        assert_eq!(read("Application/JSON; charset=utf-8", "[]").unwrap(), [0u32; 0]);
        assert!(matches!(read("text/plain", "[]"), Err(Error::MediaType { .. })));
        assert!(matches!(read("", "[]"), Err(Error::MediaType { .. })));
        for bad in ["", "[1", "{}", "[-1]", "[1] trailing"] {
            assert!(
                matches!(read("application/json", bad), Err(Error::BadJson(_))),
                "{bad}"
            );
        }
    }

    #[test]
    fn a_body_over_the_limit_is_refused() {
        let long = format!("[{}1]", "1,".repeat(10_000));
        assert!(matches!(
            read("application/json", &long),
            Err(Error::BodyTooLarge { limit: 16_384, .. })
        ));
    }
}
