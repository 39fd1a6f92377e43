//! One run over one attempt: read the video, observe frame after frame, store what came out.
//!
//! Every frame is followed by a yield, so that progress leaves while the next frame is worked on.

use std::time::{Duration, Instant};

use flow_assess::{Assessed, Options, Run};
use flow_edge::{Error, Settings, now};
use flow_store::{Attempt, Leased, Progress, Scored, SpinBlobs, SpinDatabase, Store, TimeBudget, Videos};
use spin_sdk::wit_bindgen::{backpressure_dec, backpressure_inc, yield_async};

use crate::{drive::Audience, nn::WasiNn, outcome};

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
pub async fn take(
    store: &Store<SpinDatabase>,
    settings: &Settings,
    audience: &mut Audience,
    leased: &Leased,
) -> Result<Attempt, Error> {
    let _alone = Alone::new();
    let after = match observe(store, settings, audience, leased).await {
        Ok(scored) => store.finish(leased, &scored, now()).await,
        Err(Broken::Fault(reason)) => {
            eprintln!(
                "error attempt={} run={} {reason}",
                leased.attempt.id, leased.attempt.runs
            );
            store.give_up_run(leased, &reason, now()).await
        }
        Err(Broken::Lost) => Err(flow_store::Error::LeaseLost(leased.attempt.id.to_string())),
        Err(Broken::Storage(error)) => Err(error),
    };
    match after {
        Err(flow_store::Error::LeaseLost(_)) => store
            .attempt(&leased.attempt.id)
            .await?
            .ok_or(Error::NotFound("attempt")),
        other => Ok(other?),
    }
}

async fn observe(
    store: &Store<SpinDatabase>,
    settings: &Settings,
    audience: &mut Audience,
    leased: &Leased,
) -> Result<Scored, Broken> {
    let attempt = &leased.attempt;
    let seconds = f64::from(attempt.tier.processing_seconds()) * settings.processing_time_factor;
    let mut options = Options::default();
    options.limits.max_work = (seconds * DECODED_PIXELS_PER_SECOND) as u64;
    let mut budget = TimeBudget::new(Duration::from_secs_f64(seconds));
    let mut looked = Instant::now();
    let video = read_video(attempt).await?;
    let mut engine = WasiNn::new();
    let mut run = match Run::new(video, attempt.test, &options) {
        Ok(run) => run,
        Err(error) => return unreadable(error),
    };
    let mut stored = Instant::now();
    loop {
        let progress = match run.step(&mut engine) {
            Ok(Some(progress)) => Progress {
                done: progress.done as u32,
                total: progress.total as u32,
            },
            Ok(None) => break,
            Err(error) => return unreadable(error),
        };
        audience
            .offer_progress(Some(progress))
            .map_err(|error| Broken::Fault(error.to_string()))?;
        if stored.elapsed() >= STORE_PROGRESS {
            let at_once = store
                .keep_lease(leased, Some(progress), settings.lease, now())
                .await;
            budget.share(at_once.map_err(|error| match error {
                flow_store::Error::LeaseLost(_) => Broken::Lost,
                other => Broken::Storage(other),
            })?);
            stored = Instant::now();
        }
        budget.spend(looked.elapsed());
        looked = Instant::now();
        if budget.must_end(progress) {
            let fits = budget.fitting_share(progress);
            return Ok(outcome::over_time(attempt.tier, run.info(), fits));
        }
        yield_async().await;
    }
    let assessed = run.finish();
    report(leased, &assessed);
    outcome::assessed(&assessed).map_err(Broken::Fault)
}

/// Tells operators where the time went.
fn report(leased: &Leased, assessed: &Assessed) {
    let timings = &assessed.timings;
    eprintln!(
        "info attempt={} run={} frames={} decode_s={:.2} inference_s={:.2} rest_s={:.2} scoring_s={:.4}",
        leased.attempt.id,
        leased.attempt.runs,
        assessed.clip.observations.len(),
        timings.decode.as_secs_f64(),
        timings.inference.as_secs_f64(),
        timings.rest.as_secs_f64(),
        timings.scoring.as_secs_f64()
    );
}

async fn read_video(attempt: &Attempt) -> Result<Vec<u8>, Broken> {
    let Some((token, chunks)) = &attempt.video else {
        return Err(Broken::Fault("the attempt has no video".into()));
    };
    let videos = Videos::new(SpinBlobs::open().await.map_err(Broken::Storage)?);
    videos
        .read(token, *chunks, attempt.size_bytes)
        .await
        .map_err(|error| match error {
            flow_store::Error::Damaged(reason) => Broken::Fault(reason),
            other => Broken::Storage(other),
        })
}

/// A video that cannot be scored is the person's to replace; everything else is a fault of ours.
fn unreadable(error: flow_assess::Error) -> Result<Scored, Broken> {
    match error {
        flow_assess::Error::Video(error) => Ok(outcome::refused(&error)),
        other => Err(Broken::Fault(other.to_string())),
    }
}

/// While this lives the instance takes no other request: it would wait for every frame, and two videos in one instance
/// share one core. The host starts another instance instead.
struct Alone;

impl Alone {
    fn new() -> Self {
        backpressure_inc();
        Self
    }
}

impl Drop for Alone {
    fn drop(&mut self) {
        backpressure_dec();
    }
}
