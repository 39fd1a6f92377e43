//! Bodies that trickle are cut off, so that nobody holds instances and connections with a few bytes now and then.
//!
//! A body has a grace, and then as long as it comes with a least rate on average. Time is the host's monotonic clock; it counts
//! from when the handler begins to read.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use crate::Error;

/// How long any body may take. Connections are set up, radios wake up and trains pass tunnels in that time.
pub(crate) const GRACE: Duration = Duration::from_secs(10);

/// How fast a body must come after that, on average: 64 kbit/s, half of what a phone has on a bad 3G line.
pub(crate) const LEAST_BYTES_PER_SECOND: u64 = 8_000;

/// Tells time and waits.
pub trait Clock {
    /// The time since some fixed moment.
    fn now(&self) -> Duration;

    /// Waits.
    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()>>>;
}

/// The body of a request as handlers read it.
pub trait RequestBody: Body<Data = Bytes, Error = Error> + Unpin {}

impl<B: Body<Data = Bytes, Error = Error> + Unpin> RequestBody for B {}

/// A body that ends with [`Error::SlowBody`] when it comes too slowly, and with [`Error::BrokenBody`] when it breaks off.
pub struct PacedBody<B, C> {
    inner: B,
    clock: C,
    begun: Option<Duration>,
    received: u64,
    alarm: Option<Pin<Box<dyn Future<Output = ()>>>>,
}

impl<B, C> PacedBody<B, C> {
    /// A body that is held to its pace.
    pub const fn new(inner: B, clock: C) -> Self {
        Self {
            inner,
            clock,
            begun: None,
            received: 0,
            alarm: None,
        }
    }
}

/// How long a body of which so much has come may have taken.
fn allowed(received: u64) -> Duration {
    GRACE + Duration::from_millis(received.saturating_mul(1000) / LEAST_BYTES_PER_SECOND)
}

impl<B: Body<Data = Bytes> + Unpin, C: Clock + Unpin> Body for PacedBody<B, C> {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let this = &mut *self;
        let begun = *this.begun.get_or_insert_with(|| this.clock.now());
        // What is here is taken, however late: a busy host is not the client's fault.
        if let Poll::Ready(frame) = Pin::new(&mut this.inner).poll_frame(context) {
            if let Some(Ok(frame)) = &frame {
                this.received += frame.data_ref().map_or(0, |data| data.len() as u64);
            }
            return Poll::Ready(frame.map(|frame| frame.map_err(|_| Error::BrokenBody)));
        }
        loop {
            let taken = this.clock.now().saturating_sub(begun);
            let left = allowed(this.received).saturating_sub(taken);
            if left.is_zero() {
                return Poll::Ready(Some(Err(Error::SlowBody)));
            }
            let alarm = this.alarm.get_or_insert_with(|| this.clock.sleep(left));
            ready!(alarm.as_mut().poll(context));
            // Set for less than has come by now: wait for the rest.
            this.alarm = None;
        }
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, rc::Rc};

    use futures_executor::block_on;
    use http_body_util::BodyExt as _;

    use super::*;

    /// A clock that stands until somebody waits, and then shows that the time is over; and a sender that sends by it.
    #[derive(Clone, Default)]
    struct Simulation(Rc<RefCell<Duration>>);

    impl Clock for Simulation {
        fn now(&self) -> Duration {
            *self.0.borrow()
        }

        fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()>>> {
            let clock = self.clone();
            let mut wait = Some(time);
            // A second at a time, so that what comes meanwhile is seen.
            Box::pin(std::future::poll_fn(move |context| {
                let Some(left) = wait.take().filter(|left| !left.is_zero()) else {
                    return Poll::Ready(());
                };
                let step = left.min(Duration::from_secs(1));
                *clock.0.borrow_mut() += step;
                wait = Some(left.saturating_sub(step));
                context.waker().wake_by_ref();
                Poll::Pending
            }))
        }
    }

    /// Sends pieces, each at its second; then ends, breaks or hangs.
    struct Sender {
        clock: Simulation,
        pieces: Vec<(u64, usize)>,
        end: Option<Result<(), ()>>,
    }

    impl Body for Sender {
        type Data = Bytes;
        type Error = ();

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, ()>>> {
            let now = self.clock.now().as_secs();
            match self.pieces.first() {
                Some((at, _)) if *at > now => Poll::Pending,
                Some(_) => {
                    let (_, size) = self.pieces.remove(0);
                    Poll::Ready(Some(Ok(Frame::data(vec![0; size].into()))))
                }
                None => match self.end {
                    Some(Ok(())) => Poll::Ready(None),
                    Some(Err(())) => Poll::Ready(Some(Err(()))),
                    None => Poll::Pending,
                },
            }
        }
    }

    /// What comes of a body, and when.
    fn read(pieces: &[(u64, usize)], end: Option<Result<(), ()>>) -> (Result<usize, Error>, u64) {
        let clock = Simulation::default();
        let sender = Sender {
            clock: clock.clone(),
            pieces: pieces.to_vec(),
            end,
        };
        let body = PacedBody::new(sender, clock.clone());
        let read = block_on(body.collect()).map(|body| body.to_bytes().len());
        (read, clock.now().as_secs())
    }

    #[test]
    fn a_body_has_its_grace_and_then_as_long_as_it_keeps_its_pace() {
        let every_second = |seconds: u64, bytes: usize| -> Vec<(u64, usize)> {
            (0..seconds).map(|second| (second, bytes)).collect()
        };
        for (name, pieces, end, expected) in [
            ("nothing", vec![], Some(Ok(())), Ok(0)),
            ("all at once", vec![(0, 50_000_000)], Some(Ok(())), Ok(50_000_000)),
            ("late but within the grace", vec![(9, 10)], Some(Ok(())), Ok(10)),
            (
                "a phone on a bad line, an hour long",
                every_second(3600, 14_000),
                Some(Ok(())),
                Ok(3600 * 14_000),
            ),
            ("hanging from the start", vec![], None, Err(10)),
            ("a byte a second", every_second(3600, 1), Some(Ok(())), Err(10)),
            // 10 s and the 10 s that its 80 000 bytes are worth.
            ("hanging after a good start", vec![(0, 80_000)], None, Err(20)),
            // 4 kB a second against 8: what is owed grows by half of the time, and is 80 000 bytes after 20 s.
            (
                "half of the pace",
                every_second(3600, 4_000),
                Some(Ok(())),
                Err(20),
            ),
        ] {
            let (read, seconds) = read(&pieces, end);
            match expected {
                Ok(bytes) => assert_eq!(read.unwrap(), bytes, "{name}"),
                Err(second) => {
                    assert!(matches!(read, Err(Error::SlowBody)), "{name}: {read:?}");
                    assert!(seconds.abs_diff(second) <= 1, "{name}: after {seconds} s");
                }
            }
        }
    }

    #[test]
    fn a_body_that_breaks_off_is_broken_and_not_slow() {
        let (read, _) = read(&[(0, 10)], Some(Err(())));
        assert!(matches!(read, Err(Error::BrokenBody)));
    }
}
