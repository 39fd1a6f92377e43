//! `POST /internal/sweep`: what nobody came back for. To be called every 15 seconds or so.
//!
//! The address has no route in `spin.toml`, so only a chained call (`http://pose-score.spin.internal/internal/sweep`)
//! reaches it; `flow` makes one by itself. Where nothing inside the application can call, as on stock Spin, operators
//! call the same under `POST /api/ops/sweep` with their token.
//!
//! Takes back silent leases, deletes raw videos that must not be kept, forgets old idempotency keys, and scores what
//! waits, one attempt after the other, while there are slots. Answers with a stream of events, one JSON value a line:
//!
//! ```text
//! {"type":"swept","brokenRuns":1,"deletedVideos":2}
//! {"type":"scored","attemptId":"...","state":"valid"}
//! {"type":"done","scored":1}
//! ```
//!
//! It is safe to call at any time and from several places at once.

use std::time::{Duration, Instant};

use flow_api::SweepEvent;
use flow_edge::{
    Call, Error, EventSender, Log, Reply, Settings, events, new_id, now, require_operator, tell_operators,
};
use flow_store::{SpinBlobs, SpinDatabase, Store, Videos};
use serde_json::json;
use spin_sdk::wasip3;

use crate::drive::{Audience, Drive};

/// How many videos one sweep deletes, and how many attempts it looks at; the next sweep does the rest.
const AT_ONCE: u32 = 50;

/// How long a sweep goes on to the next attempt.
const LONG_ENOUGH: Duration = Duration::from_mins(1);

/// Sweeps for an operator.
pub async fn sweep_for_operator(call: &Call, settings: Settings) -> Result<Reply, Error> {
    require_operator(&settings, call.headers())?;
    sweep(call, settings).await
}

/// Sweeps for whoever can reach this.
pub async fn sweep(call: &Call, settings: Settings) -> Result<Reply, Error> {
    let store = Store::new(SpinDatabase::open().await?);
    let (mut sender, reply) = events();
    let log = call.log.clone();
    wasip3::spawn(async move {
        if let Err(error) = clean_and_score(store, settings, log.clone(), &mut sender).await {
            log.error("a sweep ends early", json!({ "reason": error.to_string() }));
            let problem = error.problem().document(log.request_id().as_str());
            if let Err(error) = sender.send(&SweepEvent::Error { problem }).await {
                log.error(
                    "an event cannot be written",
                    json!({ "reason": error.to_string() }),
                );
            }
        }
    });
    Ok(reply)
}

async fn clean_and_score(
    store: Store<SpinDatabase>,
    settings: Settings,
    log: Log,
    sender: &mut EventSender,
) -> Result<(), Error> {
    let broken = store.break_silent_runs(now()).await?.len();
    store.forget_old_keys(now()).await?;
    store.forget_old_counts(now()).await?;
    let changed = store.review_breaker(&settings.breaker, now()).await?;
    tell_operators(&log, changed.as_slice());
    let leftovers = store
        .take_leftover_videos(settings.replayable, now(), AT_ONCE)
        .await?;
    if !leftovers.is_empty() {
        let videos = Videos::new(SpinBlobs::open().await?);
        for token in &leftovers {
            videos.delete(token).await?;
            store.forget_upload(token).await?;
        }
    }
    let swept = SweepEvent::Swept {
        broken_runs: broken,
        deleted_videos: leftovers.len(),
    };
    sender.send(&swept).await?;

    // Whoever uploaded a video has as long as a run may be silent to ask for its score.
    let waiting = store.abandoned(settings.lease.silence, now(), AT_ONCE).await?;
    let mut drive = Drive {
        store,
        settings,
        log,
        audience: Audience::nobody(),
    };
    let mut scored = 0;
    let start = Instant::now();
    for attempt in waiting {
        if start.elapsed() > LONG_ENOUGH {
            break;
        }
        let token = new_id(now()).parse().map_err(Error::Internal)?;
        let lease = drive
            .store
            .take_lease(&attempt.id, &token, drive.settings.lease, now())
            .await?;
        if let Some(done) = drive.bring_home(lease).await? {
            scored += 1;
            sender
                .send(&SweepEvent::Scored {
                    attempt_id: &done.id,
                    state: done.state,
                })
                .await?;
        }
    }
    sender.send(&SweepEvent::Done { scored }).await?;
    Ok(())
}
