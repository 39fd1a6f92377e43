//! The body of an answer: ends at the component's time limit, and writes the request's log line when it is done.

use super::log::LogLine;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::time::{Instant, Sleep, sleep_until};
use wasmtime_wasi_http::{Error, WasiBody};

/// Body of every answer that this host sends.
pub struct AnswerBody {
    inner: WasiBody,
    deadline: Option<Pin<Box<Sleep>>>,
    log: Option<LogLine>,
}

impl AnswerBody {
    /// A component's body, cut off at `deadline`.
    #[must_use]
    pub fn guest(inner: WasiBody, deadline: Instant) -> Self {
        Self {
            inner,
            deadline: Some(Box::pin(sleep_until(deadline))),
            log: None,
        }
    }

    /// A body of the host's own.
    #[must_use]
    pub fn full(bytes: impl Into<Bytes>) -> Self {
        let body = http_body_util::Full::new(bytes.into()).map_err(|never| match never {});
        Self {
            inner: body.boxed_unsync(),
            deadline: None,
            log: None,
        }
    }

    /// No body.
    #[must_use]
    pub fn empty() -> Self {
        Self::full(Bytes::new())
    }

    pub(super) fn logged(mut self, line: LogLine) -> Self {
        self.log = Some(line);
        self
    }
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.inner).poll_frame(context) {
            if let (Some(log), Some(Ok(frame))) = (&mut self.log, &frame)
                && let Some(data) = frame.data_ref()
            {
                log.add_bytes(data.len());
            }
            if let (Some(log), Some(Err(error))) = (&mut self.log, &frame) {
                log.fail(error.to_string());
            }
            return Poll::Ready(frame);
        }
        if let Some(deadline) = &mut self.deadline
            && deadline.as_mut().poll(context).is_ready()
        {
            self.deadline = None;
            // Dropping the guest's end makes its next write fail.
            self.inner = http_body_util::Empty::new()
                .map_err(|never| match never {})
                .boxed_unsync();
            if let Some(log) = &mut self.log {
                log.fail("the request's time limit".to_owned());
            }
            return Poll::Ready(Some(Err(Error::HttpResponseTimeout)));
        }
        Poll::Pending
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
