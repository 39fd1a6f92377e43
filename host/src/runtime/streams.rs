//! Host data as component-model streams and futures.

use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc;
use wasmtime::component::{Destination, FutureReader, Lift, Lower, StreamProducer, StreamResult};
use wasmtime::{AsContextMut, StoreContextMut};

/// A future that is ready with `value`.
pub(crate) fn ready<T: Lower + Lift + Send + Sync + 'static>(
    store: impl AsContextMut<Data: Send>,
    value: T,
) -> wasmtime::Result<FutureReader<T>> {
    FutureReader::new(store, async move { wasmtime::error::Ok(value) })
}

/// A stream of what arrives in `receiver`; it ends when the sender goes.
pub(crate) fn from_channel<T>(receiver: mpsc::Receiver<T>) -> FromChannel<T> {
    FromChannel(receiver)
}

pub(crate) struct FromChannel<T>(mpsc::Receiver<T>);

impl<D, T: Send + Sync + 'static> StreamProducer<D> for FromChannel<T> {
    type Item = T;
    type Buffer = Option<T>;

    fn poll_produce<'a>(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        store: StoreContextMut<'a, D>,
        mut destination: Destination<'a, T, Option<T>>,
        finish: bool,
    ) -> Poll<wasmtime::Result<StreamResult>> {
        if destination.remaining(store) == Some(0) {
            return Poll::Ready(Ok(StreamResult::Completed));
        }
        match self.get_mut().0.poll_recv(context) {
            Poll::Ready(Some(item)) => {
                destination.set_buffer(Some(item));
                Poll::Ready(Ok(StreamResult::Completed))
            }
            Poll::Ready(None) => Poll::Ready(Ok(StreamResult::Dropped)),
            Poll::Pending if finish => Poll::Ready(Ok(StreamResult::Cancelled)),
            Poll::Pending => Poll::Pending,
        }
    }
}
