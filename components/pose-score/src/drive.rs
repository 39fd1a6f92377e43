//! Brings one attempt to its end: scores it, scores it again, or waits for whoever else scores it.

use std::time::Duration;

use flow_api::{AttemptView, ScoringEvent};
use flow_catalog::Tier;
use flow_edge::{Error, EventSender, Log, Settings, new_id, now};
use flow_store::{
    Attempt, Lease, MAX_RETRIES, Progress, SpinBlobs, SpinDatabase, State, Store, Videos, retry_after_seconds,
};
use serde_json::json;
use spin_sdk::time::sleep;

use crate::turn;

/// How often a follower looks for progress, which is stored about twice a second.
const LOOK_AGAIN: Duration = Duration::from_millis(300);

/// Pause before a run that follows a broken one, so that what broke it may pass.
const BEFORE_RETRY: Duration = Duration::from_secs(1);

/// What it takes to bring attempts to their ends, and who is told.
pub struct Drive {
    pub store: Store<SpinDatabase>,
    pub settings: Settings,
    pub log: Log,
    pub audience: Audience,
}

impl Drive {
    /// Goes on from `lease` until the attempt is final and the client was told.
    ///
    /// Without a client it does what it has the lease for, and its retries, but does not wait for others: `None`.
    pub async fn bring_home(&mut self, mut lease: Lease) -> Result<Option<Attempt>, Error> {
        loop {
            let attempt = match lease {
                Lease::Taken(leased) => {
                    let attempt = turn::take(self, &leased).await?;
                    if attempt.state == State::Retrying {
                        let event = ScoringEvent::Retrying {
                            run: attempt.runs,
                            of: MAX_RETRIES + 1,
                        };
                        self.audience.tell(&event).await?;
                        sleep(BEFORE_RETRY).await;
                    }
                    attempt
                }
                Lease::Final(attempt) => attempt,
                Lease::Held(_) | Lease::NoSlot(_) if !self.audience.is_there() => return Ok(None),
                Lease::Held(attempt) => {
                    self.audience.offer_progress(attempt.progress)?;
                    sleep(LOOK_AGAIN).await;
                    self.store
                        .attempt(&attempt.id)
                        .await?
                        .ok_or(Error::NotFound("attempt"))?
                }
                Lease::NoSlot(attempt) => {
                    let seconds = retry_after_seconds(attempt.tier);
                    self.audience
                        .tell(&ScoringEvent::Waiting {
                            retry_after_seconds: seconds,
                        })
                        .await?;
                    sleep(Duration::from_secs(seconds.into())).await;
                    attempt
                }
                Lease::NoVideo(attempt) => {
                    return Err(Error::NoVideo {
                        upload: AttemptView::upload_path(&attempt.id),
                    });
                }
                Lease::Unknown => return Err(Error::NotFound("attempt")),
            };
            if attempt.state.is_final() {
                self.end(&attempt).await?;
                return Ok(Some(attempt));
            }
            lease = if attempt.is_leased(now()) {
                Lease::Held(attempt)
            } else {
                let token = new_id(now()).parse().map_err(Error::Internal)?;
                self.store
                    .take_lease(&attempt.id, &token, self.settings.lease, now())
                    .await?
            };
        }
    }

    /// Deletes the raw video and tells the result.
    async fn end(&mut self, attempt: &Attempt) -> Result<(), Error> {
        let kept_for_replay = attempt.state == State::Failed && !self.settings.replayable.is_zero();
        if !kept_for_replay && let Err(error) = self.delete_videos(attempt).await {
            // The result stands; the sweeper deletes what is left.
            self.log.error(
                "a video is not deleted yet",
                json!({ "attempt": attempt.id.as_str(), "reason": error.to_string() }),
            );
        }
        if self.audience.is_there() {
            let frames = self.store.key_frames(&attempt.id).await?;
            let view = AttemptView::full(attempt.clone(), frames, self.audience.tier)?;
            self.audience
                .tell(&ScoringEvent::Result { attempt: &view })
                .await?;
        }
        Ok(())
    }

    async fn delete_videos(&self, attempt: &Attempt) -> Result<(), flow_store::Error> {
        let uploads = self.store.uploads_of(&attempt.id).await?;
        if uploads.is_empty() {
            return Ok(());
        }
        let videos = Videos::new(SpinBlobs::open().await?);
        for token in uploads {
            videos.delete(&token).await?;
            self.store.forget_upload(&token).await?;
        }
        Ok(())
    }
}

/// The client, if there is one, and what it was told last.
pub struct Audience {
    sender: Option<EventSender>,
    tier: Tier,
    told: Option<Progress>,
}

impl Audience {
    /// A client that listens, and is told what its tier includes.
    pub const fn new(sender: EventSender, tier: Tier) -> Self {
        Self {
            sender: Some(sender),
            tier,
            told: None,
        }
    }

    /// Nobody: the sweeper's.
    pub const fn nobody() -> Self {
        Self {
            sender: None,
            tier: Tier::Free,
            told: None,
        }
    }

    /// Whether somebody listens.
    pub fn is_there(&self) -> bool {
        self.sender.as_ref().is_some_and(|sender| !sender.is_closed())
    }

    /// Tells an event and waits until there is room for it.
    pub async fn tell(&mut self, event: &ScoringEvent<'_>) -> Result<(), Error> {
        if let Some(sender) = &mut self.sender
            && !sender.send(event).await?
        {
            self.sender = None;
        }
        Ok(())
    }

    /// Tells progress if it is news; left out when the client reads too slowly.
    pub fn offer_progress(&mut self, progress: Option<Progress>) -> Result<(), Error> {
        let Some(Progress { done, total }) = progress.filter(|progress| self.told != Some(*progress)) else {
            return Ok(());
        };
        self.told = progress;
        if let Some(sender) = &mut self.sender
            && !sender.offer(&ScoringEvent::Progress { done, total })?
        {
            self.sender = None;
        }
        Ok(())
    }
}
