//! One clip, observed part by part: here, and by as many helpers as there may be.
//!
//! A part that a helper does not finish is observed here. Where nobody helps, all of them are; what comes out is the same.

use std::cell::RefCell;

use flow_assess::{Division, Error, Observed, Options, Progress, Run};
use flow_edge::Log;
use flow_store::Leased;
use futures_channel::mpsc::UnboundedSender;
use futures_util::future::{join_all, try_join};
use serde_json::json;
use spin_sdk::wit_bindgen::yield_async;

use crate::{helper, nn::WasiNn, part::PartRequest};

/// The clip of one attempt while it is observed.
pub struct Together<'a> {
    leased: &'a Leased,
    log: &'a Log,
    options: Options,
    division: RefCell<Division>,
    /// Told of every frame.
    news: UnboundedSender<()>,
}

impl<'a> Together<'a> {
    /// The clip that `run` was opened on.
    pub fn new(
        run: &Run,
        leased: &'a Leased,
        log: &'a Log,
        options: Options,
        news: UnboundedSender<()>,
    ) -> Self {
        Self {
            leased,
            log,
            options,
            division: RefCell::new(Division::new(run.parts())),
            news,
        }
    }

    /// How many parts there are.
    pub fn parts(&self) -> usize {
        self.division.borrow().len()
    }

    /// How far all parts are.
    pub fn progress(&self) -> Progress {
        self.division.borrow().progress()
    }

    /// Observes all parts, from `run` on, with so many helpers.
    pub async fn observe(&self, run: Run, helpers: usize) -> Result<Observed, Error> {
        let helping = async {
            join_all((0..helpers).map(|_| self.let_observe())).await;
            Ok(())
        };
        let (_, video) = run.into_parts();
        // Helpers first: they start while this instance loads its models.
        let ((), video) = try_join(helping, self.observe_waiting(video)).await?;
        // What helpers gave back after everything else here was done.
        self.observe_waiting(video).await?;
        self.division.replace(Division::new(Vec::new())).join()
    }

    /// Observes parts here until none waits, and returns the video.
    async fn observe_waiting(&self, mut video: Vec<u8>) -> Result<Vec<u8>, Error> {
        let mut engine = WasiNn::new();
        loop {
            let Some(part) = self.division.borrow_mut().take_first() else {
                return Ok(video);
            };
            let frames = self.division.borrow().part(part);
            let mut run = Run::new(video, self.leased.attempt.test, &self.options)?.part(&frames)?;
            while let Some(progress) = run.step(&mut engine)? {
                self.saw(part, progress.done);
                yield_async().await;
            }
            let observed;
            (observed, video) = run.into_parts();
            self.division.borrow_mut().finish(part, observed);
        }
    }

    /// Lets a helper observe parts until none waits, or it fails.
    async fn let_observe(&self) {
        loop {
            let Some(part) = self.division.borrow_mut().take_last() else {
                return;
            };
            let request = PartRequest {
                attempt: self.leased.attempt.id.to_string(),
                lease: self.leased.token.to_string(),
                part: self.division.borrow().part(part),
            };
            let observed = helper::observe(&request, |frames| self.saw(part, frames)).await;
            let expected = request.part.frames.len();
            match observed {
                Ok(observed) if observed.observations.len() == expected => {
                    self.division.borrow_mut().finish(part, observed);
                }
                Ok(observed) => {
                    let seen = observed.observations.len();
                    return self.give_back(part, &format!("it observed {seen} of {expected} frames"));
                }
                Err(reason) => return self.give_back(part, &reason),
            }
        }
    }

    fn give_back(&self, part: usize, reason: &str) {
        self.log.info(
            "a part is scored here, a helper did not",
            json!({ "attempt": self.leased.attempt.id.as_str(), "part": part, "reason": reason }),
        );
        self.division.borrow_mut().give_back(part);
    }

    fn saw(&self, part: usize, frames: usize) {
        self.division.borrow_mut().saw(part, frames);
        // Fails only when nobody listens any more.
        drop(self.news.unbounded_send(()));
    }
}
