//! Replies of bytes that are made while they are sent, a file for example.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_channel::mpsc;
use futures_core::Stream;
use http::{HeaderValue, Response, header::CONTENT_TYPE};
use http_body::Frame;
use http_body_util::{BodyExt as _, StreamBody};

use crate::Reply;

/// How many pieces may wait for a slow reader: whoever makes them waits too, so that none of it piles up in memory.
const WAITING_PIECES: usize = 2;

/// Sends pieces to one client.
#[derive(Debug)]
pub struct ByteSender(mpsc::Sender<anyhow::Result<Bytes>>);

impl ByteSender {
    /// Sends a piece and waits until there is room for it. `false` when the client is gone.
    pub async fn send(&mut self, bytes: Vec<u8>) -> bool {
        self.put(Ok(bytes.into())).await
    }

    /// Breaks the reply off, so that nobody takes what was sent for all of it.
    pub async fn break_off(mut self, reason: impl std::error::Error + Send + Sync + 'static) {
        self.put(Err(reason.into())).await;
    }

    async fn put(&mut self, piece: anyhow::Result<Bytes>) -> bool {
        let mut piece = Some(piece);
        std::future::poll_fn(|context| {
            std::task::ready!(self.0.poll_ready(context)).map_or(Poll::Ready(false), |()| {
                let piece = piece.take();
                Poll::Ready(piece.is_some_and(|piece| self.0.start_send(piece).is_ok()))
            })
        })
        .await
    }
}

/// A reply that goes on until its sender is dropped.
#[must_use]
pub fn stream(media_type: &'static str) -> (ByteSender, Reply) {
    let (sender, receiver) = mpsc::channel(WAITING_PIECES);
    let mut reply = Response::new(StreamBody::new(Pieces(receiver)).boxed_unsync());
    reply
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    (ByteSender(sender), reply)
}

/// The pieces that were sent, as frames of a body.
struct Pieces(mpsc::Receiver<anyhow::Result<Bytes>>);

impl Stream for Pieces {
    type Item = anyhow::Result<Frame<Bytes>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = Pin::new(&mut self.0).poll_next(context);
        next.map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}

#[cfg(test)]
mod tests {
    use futures_executor::block_on;

    use super::*;
    use crate::Error;

    #[test]
    fn pieces_come_in_order_and_a_reply_that_broke_off_is_no_whole_one() {
        for whole in [true, false] {
            let (mut sender, reply) = stream("application/zip");
            assert_eq!(reply.headers()["content-type"], "application/zip");
            let writer = std::thread::spawn(move || {
                block_on(async {
                    for piece in [&b"one "[..], b"two ", b"three ", b"four"] {
                        assert!(sender.send(piece.to_vec()).await);
                    }
                    if !whole {
                        sender.break_off(Error::NotFound("rest")).await;
                    }
                });
            });
            let read = block_on(reply.into_body().collect());
            writer.join().unwrap();
            match read {
                Ok(body) => assert!(whole && body.to_bytes() == b"one two three four"[..]),
                Err(error) => assert!(!whole && error.to_string().contains("rest")),
            }
        }
    }

    #[test]
    fn a_sender_knows_when_its_client_is_gone() {
        let (mut sender, reply) = stream("application/zip");
        drop(reply);
        assert!(!block_on(sender.send(vec![1])));
    }
}
