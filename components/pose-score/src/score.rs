//! `POST /api/attempts/{id}/score`: a stream of events, one JSON value a line, that ends with the result.
//!
//! ```text
//! {"type":"progress","done":12,"total":90}      frames observed, as they are
//! {"type":"retrying","run":1,"of":4}            a run broke off by a fault of ours and the next one begins
//! {"type":"waiting","retryAfterSeconds":5}      the next run waits for a place
//! {"type":"result","attempt":{...}}             the attempt as GET shows it; the last event
//! {"type":"error","problem":{...}}              instead of a result: the stream cannot go on; ask again
//! ```
//!
//! Whoever asks while somebody else's call scores the attempt sees the same progress and the same result. A client that
//! leaves loses nothing: scoring goes on without it.

use flow_api::{AttemptView, ScoringEvent};
use flow_edge::{Call, Error, Reply, Settings, enter, events, new_id, now};
use flow_store::{AttemptId, Lease, retry_after_seconds, slot_share};
use serde_json::json;
use spin_sdk::wasip3;

use crate::drive::{Audience, Drive};

pub async fn score(call: &Call, id: &str, settings: Settings) -> Result<Reply, Error> {
    let (store, identity) = enter(call, &settings).await?;
    let id: AttemptId = id.parse().map_err(|_| Error::NotFound("attempt"))?;
    let attempt = store
        .attempt_of(&identity.user, &id)
        .await?
        .ok_or(Error::NotFound("attempt"))?;
    let token = new_id(now()).parse().map_err(Error::Internal)?;
    let lease = store
        .take_lease(&attempt.id, &token, settings.lease, now())
        .await?;
    match &lease {
        Lease::Unknown => return Err(Error::NotFound("attempt")),
        Lease::NoVideo(attempt) => {
            return Err(Error::NoVideo {
                upload: AttemptView::upload_path(&attempt.id),
            });
        }
        Lease::NoSlot(attempt) => {
            return Err(Error::SlotsTaken {
                share: slot_share(attempt.tier, settings.lease.slots),
                retry_after_seconds: retry_after_seconds(attempt.tier),
            });
        }
        Lease::Taken(_) | Lease::Held(_) | Lease::Final(_) => {}
    }
    let (sender, reply) = events();
    let log = call.log.clone();
    wasip3::spawn(async move {
        let mut drive = Drive {
            store,
            settings,
            log,
            audience: Audience::new(sender, identity.tier),
        };
        if let Err(error) = drive.bring_home(lease).await {
            let attempt = attempt.id.as_str();
            drive.log.error(
                "a stream of scoring ends early",
                json!({ "attempt": attempt, "reason": error.to_string() }),
            );
            let problem = error.problem().document(drive.log.request_id().as_str());
            if let Err(error) = drive.audience.tell(&ScoringEvent::Error { problem }).await {
                drive.log.error(
                    "an event cannot be written",
                    json!({ "attempt": attempt, "reason": error.to_string() }),
                );
            }
        }
    });
    Ok(reply)
}
