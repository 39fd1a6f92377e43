//! A video on its way into the store: written chunk by chunk, checked at its end, kept for a while when it breaks off.

use std::cell::{Cell, RefCell};

use bytes::Bytes;
use flow_api::MAX_VIDEO_BYTES;
use flow_edge::{Call, Error, Identity, RequestBody, Settings, now, submission_rules, tell_operators};
use flow_store::{
    Accepted, Attempt, Received, SpinBlobs, SpinDatabase, State, Store, Upload, UploadToken, Videos,
};
use flow_video::Container;
use http_body_util::BodyExt as _;
use serde_json::json;

/// How many bytes tell the container; with fewer the end of the video decides.
const SNIFFED_BYTES: usize = 64;

/// The right to send the rest of an attempt's video, and all that it takes.
pub struct Sending<'a> {
    call: &'a Call,
    settings: &'a Settings,
    store: &'a Store<SpinDatabase>,
    identity: &'a Identity,
    videos: Videos<SpinBlobs>,
    attempt: Attempt,
    upload: RefCell<Upload>,
    /// How many chunks of the video there may be by now.
    chunks: Cell<u32>,
}

impl<'a> Sending<'a> {
    pub async fn open(
        call: &'a Call,
        settings: &'a Settings,
        store: &'a Store<SpinDatabase>,
        identity: &'a Identity,
        attempt: Attempt,
        upload: Upload,
    ) -> Result<Self, Error> {
        Ok(Self {
            call,
            settings,
            store,
            identity,
            videos: Videos::new(SpinBlobs::open().await?),
            attempt,
            upload: RefCell::new(upload),
            chunks: Cell::new(0),
        })
    }

    /// Refuses a body that is declared to be longer than any video.
    pub fn check_length(call: &Call) -> Result<(), Error> {
        match call.content_length() {
            Some(length) if length > MAX_VIDEO_BYTES => Err(too_large(MAX_VIDEO_BYTES)),
            _ => Ok(()),
        }
    }

    /// Takes the bytes from `offset` to the end of the video. Gives the attempt, or another one of the user with the same video.
    pub async fn take<B>(self, offset: u64, body: B) -> Result<Attempt, Error>
    where
        B: RequestBody,
    {
        if let Err(error) = self.check(offset).await {
            if self.kept_bytes().await? == 0 {
                self.discard().await;
            }
            return Err(error);
        }
        let accepted = self.accept(offset, body).await;
        match &accepted {
            Ok(Accepted::Accepted(_)) => {}
            Ok(Accepted::TakenOver) => self.make_room().await,
            Err(error) if self.can_go_on_after(error) => self.make_room().await,
            _ => self.discard().await,
        }
        match accepted? {
            Accepted::Accepted(attempt) | Accepted::SameVideo(attempt) => Ok(attempt),
            Accepted::TooLate(_) => Err(Error::HasVideo),
            Accepted::TakenOver => Err(self.elsewhere().await?),
            Accepted::Refused(refusal) => Err(Error::from(*refusal)),
        }
    }

    /// Refuses what does not fit, before any of it is taken: nothing is lost of what is here.
    async fn check(&self, offset: u64) -> Result<(), Error> {
        let (received, declared) = (self.kept_bytes().await?, self.attempt.size_bytes);
        if offset != received {
            return Err(Error::UploadOffset { received });
        }
        match self.call.content_length() {
            Some(length) if offset + length != declared => Err(Error::LengthMismatch {
                declared,
                received: offset + length,
            }),
            _ => Ok(()),
        }
    }

    async fn accept<B>(&self, offset: u64, body: B) -> Result<Accepted, Error>
    where
        B: RequestBody,
    {
        let Some((received, container)) = self.write(offset, body).await? else {
            return Ok(Accepted::TakenOver);
        };
        let now = now();
        let rules = submission_rules(self.call, self.settings, self.identity, now)?;
        let acceptance = self
            .store
            .accept_video(
                &self.attempt,
                &self.upload(),
                &received,
                container.media_type(),
                rules.as_ref(),
                now,
            )
            .await?;
        tell_operators(&self.call.log, &acceptance.alerts);
        Ok(acceptance.accepted)
    }

    /// Writes the bytes into the store and checks that the video is the one that was announced, and a video. `None` when somebody
    /// else goes on with it.
    async fn write<B>(&self, offset: u64, mut body: B) -> Result<Option<(Received, Container)>, Error>
    where
        B: RequestBody,
    {
        let declared = self.attempt.size_bytes;
        let mut writer = self.videos.go_on(self.token(), offset).await?;
        self.chunks.set(writer.chunks());
        let mut container = None;
        let mut total = offset;
        while let Some(data) = next(&mut body).await? {
            // Bytes of a request that somebody else goes on with must not come between theirs.
            if writer.is_filled_by(data.len()) {
                self.chunks.set(writer.chunks() + 1);
                if !self.renew().await? {
                    return Ok(None);
                }
            }
            total = writer.push(&data).await?;
            if total > declared {
                return Err(too_large(declared));
            }
            if container.is_none() && writer.head().len() >= SNIFFED_BYTES {
                container = Some(identify(writer.head())?);
            }
        }
        if total != declared {
            return Err(Error::LengthMismatch {
                declared,
                received: total,
            });
        }
        self.chunks.set(writer.chunks() + 1);
        if !self.renew().await? {
            return Ok(None);
        }
        let container = match container {
            Some(container) => container,
            None => identify(writer.head())?,
        };
        let received = writer.finish().await?;
        let declared_sha256 = self.attempt.declared_sha256.as_ref();
        if declared_sha256.is_some_and(|sha256| *sha256 != received.sha256) {
            return Err(Error::HashMismatch);
        }
        Ok(Some((received, container)))
    }

    /// Says that the upload goes on; false when it goes on elsewhere.
    async fn renew(&self) -> Result<bool, Error> {
        let renewed = self.store.renew_upload(&self.upload(), now()).await?;
        let goes_on = renewed.is_some();
        if let Some(upload) = renewed {
            self.upload.replace(upload);
        }
        Ok(goes_on)
    }

    fn upload(&self) -> Upload {
        self.upload.borrow().clone()
    }

    fn token(&self) -> UploadToken {
        self.upload.borrow().token.clone()
    }

    async fn kept_bytes(&self) -> Result<u64, Error> {
        Ok(self
            .videos
            .kept_bytes(&self.token(), self.attempt.size_bytes)
            .await?)
    }

    /// What a request is told that somebody else was faster than.
    async fn elsewhere(&self) -> Result<Error, Error> {
        Ok(match self.store.attempt(&self.attempt.id).await? {
            None => Error::NotFound("attempt"),
            Some(attempt) if attempt.state != State::Created => Error::HasVideo,
            Some(_) => Error::UploadOffset {
                received: self.kept_bytes().await?,
            },
        })
    }

    /// Whether what is here of the video is worth keeping: nothing is wrong with the video itself.
    fn can_go_on_after(&self, error: &Error) -> bool {
        let broke_off = matches!(
            error,
            Error::BrokenBody | Error::SlowBody | Error::LengthMismatch { .. }
        );
        (broke_off && self.chunks.get() > 0) || error.is_ours()
    }

    /// Deletes what was written of an upload that nobody knows any more: it was deleted while this request wrote.
    async fn make_room(&self) {
        let made = async {
            if !self.store.knows_upload(&self.token()).await? {
                self.videos
                    .delete_chunks(&self.token(), self.chunks.get())
                    .await?;
            }
            Ok(())
        };
        self.log_failure(made.await);
    }

    /// Deletes what came, unless somebody else goes on with it. Should this fail, the sweeper finds it by its entry.
    async fn discard(&self) {
        let discarded = async {
            if self.store.give_up_upload(&self.upload()).await? {
                self.videos.delete(&self.token()).await?;
                self.store.forget_upload(&self.token()).await?;
            }
            Ok(())
        };
        self.log_failure(discarded.await);
    }

    fn log_failure(&self, done: Result<(), flow_store::Error>) {
        if let Err(error) = done {
            self.call.log.error(
                "what came of a video is not deleted yet",
                json!({ "attempt": self.attempt.id.as_str(), "reason": error.to_string() }),
            );
        }
    }
}

/// The next bytes of a body.
pub async fn next<B>(body: &mut B) -> Result<Option<Bytes>, Error>
where
    B: RequestBody,
{
    while let Some(frame) = body.frame().await {
        if let Ok(data) = frame?.into_data() {
            return Ok(Some(data));
        }
    }
    Ok(None)
}

fn identify(head: &[u8]) -> Result<Container, Error> {
    flow_video::identify(head).map_err(|error| Error::NotAVideo(error.to_string()))
}

fn too_large(limit: u64) -> Error {
    Error::BodyTooLarge {
        limit,
        advice: "send exactly the video whose sizeBytes you declared, at most 50 MB",
    }
}
