//! Replies: JSON, bytes, streams of events; and the headers that every one of them carries.

use bytes::Bytes;
use futures_channel::mpsc;
use http::{
    HeaderName, HeaderValue, Response, StatusCode,
    header::{self, HeaderMap},
};
use http_body::{Body as _, Frame};
use http_body_util::{BodyExt as _, Full, StreamBody, combinators::UnsyncBoxBody};
use serde::Serialize;

use crate::{Error, Problem, RequestId};

/// The body of any reply.
pub type Body = UnsyncBoxBody<Bytes, anyhow::Error>;

/// What a handler answers.
pub type Reply = Response<Body>;

/// What answers of the API may do in a browser: nothing.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";

/// A reply of some bytes.
#[must_use]
pub fn bytes(status: StatusCode, media_type: &'static str, body: impl Into<Bytes>) -> Reply {
    let body = Full::new(body.into())
        .map_err(|never| match never {})
        .boxed_unsync();
    let mut reply = Response::new(body);
    *reply.status_mut() = status;
    reply
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    reply
}

/// A reply of JSON.
pub fn json(status: StatusCode, value: &impl Serialize) -> Result<Reply, Error> {
    let body = serde_json::to_vec(value).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(bytes(status, "application/json", body))
}

/// That it is done.
#[must_use]
pub fn no_content() -> Reply {
    let mut reply = bytes(StatusCode::NO_CONTENT, "text/plain", "");
    reply.headers_mut().remove(header::CONTENT_TYPE);
    reply
}

/// The same reply with one more header.
pub fn with_header(mut reply: Reply, name: HeaderName, value: &str) -> Result<Reply, Error> {
    let value = HeaderValue::from_str(value).map_err(|error| Error::Internal(error.to_string()))?;
    reply.headers_mut().insert(name, value);
    Ok(reply)
}

/// How many events may wait for a slow reader before progress is skipped.
const WAITING_EVENTS: usize = 16;

/// Sends events to one client.
#[derive(Debug)]
pub struct EventSender(mpsc::Sender<Bytes>);

impl EventSender {
    /// Sends an event that may be left out when the client reads slowly. `false` when the client is gone.
    pub fn offer(&mut self, event: &impl Serialize) -> Result<bool, Error> {
        Ok(match self.0.try_send(line(event)?) {
            Ok(()) => true,
            Err(error) => error.is_full(),
        })
    }

    /// Sends an event and waits until there is room for it. `false` when the client is gone.
    pub async fn send(&mut self, event: &impl Serialize) -> Result<bool, Error> {
        let mut event = line(event)?;
        let sent = std::future::poll_fn(move |context| {
            std::task::ready!(self.0.poll_ready(context)).map_or(std::task::Poll::Ready(false), |()| {
                std::task::Poll::Ready(self.0.start_send(std::mem::take(&mut event)).is_ok())
            })
        });
        Ok(sent.await)
    }

    /// Whether the client is gone.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.0.is_closed()
    }
}

fn line(event: &impl Serialize) -> Result<Bytes, Error> {
    let mut line = serde_json::to_vec(event).map_err(|error| Error::Internal(error.to_string()))?;
    line.push(b'\n');
    Ok(line.into())
}

/// A reply that goes on: one JSON value a line (`application/x-ndjson`), each sent as it happens.
#[must_use]
pub fn events() -> (EventSender, Reply) {
    let (sender, receiver) = mpsc::channel::<Bytes>(WAITING_EVENTS);
    let frames = Frames(receiver);
    let mut reply = Response::new(StreamBody::new(frames).boxed_unsync());
    let headers = reply.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/x-ndjson"),
    );
    // Proxies that collect answers (nginx) would hold progress back.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    (EventSender(sender), reply)
}

/// The events that were sent, as frames of a body.
struct Frames(mpsc::Receiver<Bytes>);

impl futures_core::Stream for Frames {
    type Item = Result<Frame<Bytes>, anyhow::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        let next = std::pin::Pin::new(&mut self.0).poll_next(context);
        next.map(|event| event.map(|event| Ok(Frame::data(event))))
    }
}

/// The response to a call: the reply or its problem, with the headers that every response has.
#[must_use]
pub fn finish(outcome: Result<Reply, Error>, request_id: &RequestId) -> Reply {
    let mut reply = outcome.unwrap_or_else(|error| problem_reply(&error.problem(), request_id));
    let headers = reply.headers_mut();
    if let Ok(value) = HeaderValue::from_str(request_id.as_str()) {
        headers.insert("x-request-id", value);
    }
    let defaults = [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            header::STRICT_TRANSPORT_SECURITY,
            "max-age=63072000; includeSubDomains",
        ),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(self), microphone=(), geolocation=(), payment=(self)",
        ),
    ];
    for (name, value) in defaults {
        set_unless_set(headers, name, value);
    }
    reply
}

/// The head of a reply: what a HEAD request gets. The length is that of the body that a GET request would get, where that is
/// known without making it.
#[must_use]
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(dead_code, reason = "only components receive requests")
)]
pub(crate) fn without_body(reply: Reply) -> Reply {
    let (mut parts, body) = reply.into_parts();
    let has_length = !matches!(parts.status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED);
    if let Some(length) = body.size_hint().exact()
        && has_length
    {
        parts.headers.insert(header::CONTENT_LENGTH, length.into());
    }
    let empty = Full::default().map_err(|never| match never {}).boxed_unsync();
    Response::from_parts(parts, empty)
}

fn set_unless_set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}

fn problem_reply(problem: &Problem, request_id: &RequestId) -> Reply {
    let document = problem.document(request_id.as_str()).to_string();
    let mut reply = bytes(problem.kind.status(), "application/problem+json", document);
    reply.headers_mut().extend(problem.headers.clone());
    reply.extensions_mut().insert(problem.kind);
    reply
}

#[cfg(test)]
mod tests {
    use futures_executor::block_on;
    use serde_json::{Value, json};

    use super::*;

    fn request_id() -> RequestId {
        RequestId::choose(&HeaderMap::new(), || "r-1".into())
    }

    #[test]
    fn every_response_has_its_id_and_the_security_headers() {
        for outcome in [json(StatusCode::OK, &json!({})), Err(Error::NotFound("page"))] {
            let reply = finish(outcome, &request_id());
            for name in [
                "content-security-policy",
                "x-content-type-options",
                "strict-transport-security",
                "cache-control",
            ] {
                assert!(reply.headers().contains_key(name), "{name}");
            }
            assert_eq!(reply.headers()["x-request-id"], "r-1");
        }
    }

    #[test]
    fn an_error_becomes_its_problem_document() {
        let reply = finish(Err(Error::NotFound("attempt")), &request_id());
        assert_eq!(reply.status(), 404);
        assert_eq!(reply.headers()["content-type"], "application/problem+json");
        let body = block_on(reply.into_body().collect()).unwrap().to_bytes();
        assert_eq!(
            serde_json::from_slice::<Value>(&body).unwrap(),
            json!({
                "type": "/problems/not-found",
                "title": "Not found",
                "status": 404,
                "detail": "There is no attempt here; check the address.",
                "requestId": "r-1",
            })
        );
    }

    #[test]
    fn events_come_out_one_a_line_and_slow_readers_miss_progress_only() {
        let (mut sender, reply) = events();
        for number in 0..100 {
            assert!(sender.offer(&json!({ "number": number })).unwrap());
        }
        let body = block_on(async {
            let last = async {
                assert!(sender.send(&json!({ "type": "result" })).await.unwrap());
                drop(sender);
            };
            futures_util_join(last, reply.into_body().collect()).await
        })
        .unwrap()
        .to_bytes();
        let lines: Vec<&str> = std::str::from_utf8(&body).unwrap().lines().collect();
        assert!(
            lines.len() > WAITING_EVENTS && lines.len() < 100,
            "{}",
            lines.len()
        );
        assert_eq!(lines[0], r#"{"number":0}"#);
        assert_eq!(lines.last(), Some(&r#"{"type":"result"}"#));
    }

    #[test]
    fn a_sender_knows_when_its_client_is_gone() {
        let (mut sender, reply) = events();
        drop(reply);
        assert!(sender.is_closed());
        assert!(!sender.offer(&json!({})).unwrap());
        assert!(!block_on(sender.send(&json!({}))).unwrap());
    }

    /// Runs two futures to their ends and returns what the second gives.
    async fn futures_util_join<A, B>(first: impl Future<Output = A>, second: impl Future<Output = B>) -> B {
        let (mut first, mut second) = (std::pin::pin!(first), std::pin::pin!(second));
        let mut done = false;
        std::future::poll_fn(move |context| {
            done = done || first.as_mut().poll(context).is_ready();
            second.as_mut().poll(context)
        })
        .await
    }
}
