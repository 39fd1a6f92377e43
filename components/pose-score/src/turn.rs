//! One run over one attempt: read the video, have it observed, store what came out.
//!
//! Every frame is followed by a yield, so that progress leaves while the next frame is worked on.

use std::{
    pin::pin,
    time::{Duration, Instant},
};

use flow_assess::{Assessed, Options, Run, assess};
use flow_edge::{Error, Log, Settings, add_to_figure, now, write_figures_later};
use flow_store::{Attempt, Leased, Progress, Scored, SpinDatabase, Store, TimeBudget, instances_each};
use futures_channel::mpsc::{self, UnboundedReceiver};
use futures_util::{
    StreamExt as _,
    future::{Either, select},
};
use serde_json::json;
use spin_sdk::time::sleep;

use crate::{
    alone::Alone,
    drive::{Audience, Drive},
    outcome,
    together::Together,
    video::read_video,
};

/// How often progress is stored, which also keeps the lease alive: each time costs a write to disk.
const STORE_PROGRESS: Duration = Duration::from_millis(500);

/// Pixels that the decoder manages in a second: H.264 at 1080p in wasm, 47 frames.
const DECODED_PIXELS_PER_SECOND: f64 = 47.0 * 1920.0 * 1080.0;

/// Why a run came to nothing.
enum Broken {
    /// A fault of ours: to be tried again.
    Fault(String),
    /// The lease went to somebody else.
    Lost,
    /// Storage does not answer.
    Storage(flow_store::Error),
}

/// Scores a leased attempt and returns what it is afterwards: final, or waiting for its next run, or somebody else's.
pub async fn take(drive: &mut Drive, leased: &Leased) -> Result<Attempt, Error> {
    let _alone = Alone::new();
    let began = Instant::now();
    let mut instances = 1;
    let observed = observe(drive, leased, &mut instances).await;
    let Drive { store, log, .. } = drive;
    let attempt = leased.attempt.id.as_str();
    let computed = began.elapsed() * instances;
    add_to_figure("flow_compute_seconds_total", "", computed.as_secs_f64());
    if let Err(error) = store.add_compute(computed, now()).await {
        // It matters for what operators are told of cost, not for the result.
        log.error(
            "the cost of a run is not counted",
            json!({ "attempt": attempt, "reason": error.to_string() }),
        );
    }
    let after = match observed {
        Ok(scored) => {
            add_to_figure("flow_scoring_runs_total", "outcome=\"scored\"", 1.0);
            store.finish(leased, &scored, now()).await
        }
        Err(Broken::Fault(reason)) => {
            add_to_figure("flow_scoring_runs_total", "outcome=\"broken\"", 1.0);
            log.error(
                "a run broke off",
                json!({ "attempt": attempt, "run": leased.attempt.runs, "reason": reason }),
            );
            store.give_up_run(leased, &reason, now()).await
        }
        Err(Broken::Lost) => Err(flow_store::Error::LeaseLost(leased.attempt.id.to_string())),
        Err(Broken::Storage(error)) => Err(error),
    };
    write_figures_later(log.clone());
    match after {
        Err(flow_store::Error::LeaseLost(_)) => store
            .attempt(&leased.attempt.id)
            .await?
            .ok_or(Error::NotFound("attempt")),
        other => Ok(other?),
    }
}

async fn observe(drive: &mut Drive, leased: &Leased, instances: &mut u32) -> Result<Scored, Broken> {
    let Drive {
        store,
        settings,
        log,
        audience,
    } = drive;
    let attempt = &leased.attempt;
    let seconds = f64::from(attempt.tier.processing_seconds()) * settings.processing_time_factor;
    let mut options = Options::default();
    options.limits.max_work = (seconds * DECODED_PIXELS_PER_SECOND) as u64;
    let mut watch = Watch {
        store,
        settings,
        audience,
        leased,
        budget: TimeBudget::new(Duration::from_secs_f64(seconds)),
        looked: Instant::now(),
        stored: Instant::now(),
    };
    let video = read_video(attempt).await.map_err(|error| match error {
        flow_store::Error::Damaged(reason) => Broken::Fault(reason),
        other => Broken::Storage(other),
    })?;
    let run = match Run::new(video, attempt.test, &options) {
        Ok(run) => run,
        Err(error) => return unreadable(error),
    };
    let info = run.info().clone();
    let (news, heard) = mpsc::unbounded();
    let together = Together::new(&run, leased, log, options, news);
    let helpers = watch.helpers(together.parts()).await?;
    // As if all of them worked to the end: what is counted as cost is never too little.
    *instances += helpers as u32;
    let observed = {
        let work = Box::pin(together.observe(run, helpers));
        let watching = pin!(watch.until_too_late(&together, heard));
        match select(work, watching).await {
            Either::Left((observed, _)) => observed,
            Either::Right((fits, _)) => return Ok(outcome::over_time(attempt.tier, &info, fits?)),
        }
    };
    let observed = match observed {
        Ok(observed) => observed,
        Err(error) => return unreadable(error),
    };
    let assessed = assess(attempt.test, info, observed);
    report(log, leased, &assessed, helpers);
    outcome::assessed(&assessed).map_err(Broken::Fault)
}

/// Follows a run while it goes on: tells progress, keeps the lease, and ends it when its time does not suffice.
struct Watch<'a> {
    store: &'a Store<SpinDatabase>,
    settings: &'a Settings,
    audience: &'a mut Audience,
    leased: &'a Leased,
    budget: TimeBudget,
    looked: Instant,
    stored: Instant,
}

impl Watch<'_> {
    /// How many helpers a clip of so many parts may have: as many as nobody else needs.
    async fn helpers(&mut self, parts: usize) -> Result<usize, Broken> {
        let allowed = self.settings.instances_per_video.min(parts as u32);
        if allowed <= 1 {
            return Ok(0);
        }
        let at_once = self.keep_lease(None).await?;
        let instances = instances_each(self.settings.lease.slots, at_once).min(allowed);
        Ok(instances as usize - 1)
    }

    /// Returns once the run cannot be done in its time, with the share of the video that fits into it.
    async fn until_too_late(
        &mut self,
        together: &Together<'_>,
        mut news: UnboundedReceiver<()>,
    ) -> Result<f64, Broken> {
        loop {
            select(news.next(), pin!(sleep(STORE_PROGRESS))).await;
            while news.try_recv().is_ok() {}
            let progress = together.progress();
            let progress = Progress {
                done: progress.done as u32,
                total: progress.total as u32,
            };
            self.audience
                .offer_progress(Some(progress))
                .map_err(|error| Broken::Fault(error.to_string()))?;
            if self.stored.elapsed() >= STORE_PROGRESS {
                self.keep_lease(Some(progress)).await?;
            }
            self.budget.spend(self.looked.elapsed());
            self.looked = Instant::now();
            if self.budget.must_end(progress) {
                return Ok(self.budget.fitting_share(progress));
            }
        }
    }

    /// Lives on, and returns how many videos are scored at once.
    async fn keep_lease(&mut self, progress: Option<Progress>) -> Result<u32, Broken> {
        let kept = self
            .store
            .keep_lease(self.leased, progress, self.settings.lease, now());
        let at_once = kept.await.map_err(|error| match error {
            flow_store::Error::LeaseLost(_) => Broken::Lost,
            other => Broken::Storage(other),
        })?;
        self.budget.share(at_once);
        self.stored = Instant::now();
        Ok(at_once)
    }
}

/// Tells operators where the time went.
fn report(log: &Log, leased: &Leased, assessed: &Assessed, helpers: usize) {
    let frames = assessed.clip.observations.len();
    let timings = &assessed.timings;
    add_to_figure("flow_scored_frames_total", "", frames as f64);
    for (step, time) in [
        ("step=\"decode\"", timings.decode),
        ("step=\"inference\"", timings.inference),
        ("step=\"rest\"", timings.rest),
        ("step=\"scoring\"", timings.scoring),
    ] {
        add_to_figure("flow_scoring_seconds_total", step, time.as_secs_f64());
    }
    let seconds = |time: Duration| (time.as_secs_f64() * 1e4).round() / 1e4;
    log.info(
        "a run is done",
        json!({
            "attempt": leased.attempt.id.as_str(),
            "run": leased.attempt.runs,
            "frames": frames,
            "helpers": helpers,
            "decodeSeconds": seconds(timings.decode),
            "inferenceSeconds": seconds(timings.inference),
            "restSeconds": seconds(timings.rest),
            "scoringSeconds": seconds(timings.scoring),
        }),
    );
}

/// A video that cannot be scored is the person's to replace; everything else is a fault of ours.
fn unreadable(error: flow_assess::Error) -> Result<Scored, Broken> {
    match error {
        flow_assess::Error::Video(error) => Ok(outcome::refused(&error)),
        other => Err(Broken::Fault(other.to_string())),
    }
}
