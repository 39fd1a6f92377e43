//! A video on its way into the store: written chunk by chunk, checked at its end, kept for a while when it breaks off.

use bytes::Bytes;
use flow_api::MAX_VIDEO_BYTES;
use flow_edge::{Call, Error, Identity, RequestBody, Settings, now, submission_rules, tell_operators};
use flow_store::{Accepted, Attempt, Received, SpinBlobs, SpinDatabase, Store, Upload, VideoWriter, Videos};
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
    upload: Upload,
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
            upload,
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
        let accepted = self.accept(offset, body).await;
        let wanted = match &accepted {
            Ok(accepted) => matches!(accepted, Accepted::Accepted(_) | Accepted::TakenOver),
            Err(error) => self.can_go_on_after(error).await?,
        };
        if !wanted {
            self.discard().await;
        }
        match accepted? {
            Accepted::Accepted(attempt) | Accepted::SameVideo(attempt) => Ok(attempt),
            Accepted::TooLate(_) => Err(Error::HasVideo),
            Accepted::TakenOver => Err(self.elsewhere().await?),
            Accepted::Refused(refusal) => Err(Error::from(*refusal)),
        }
    }

    async fn accept<B>(&self, offset: u64, body: B) -> Result<Accepted, Error>
    where
        B: RequestBody,
    {
        let (received, container) = self.write(offset, body).await?;
        let now = now();
        let rules = submission_rules(self.call, self.settings, self.identity, now)?;
        let acceptance = self
            .store
            .accept_video(
                &self.attempt,
                &self.upload,
                &received,
                container.media_type(),
                rules.as_ref(),
                now,
            )
            .await?;
        tell_operators(&self.call.log, &acceptance.alerts);
        Ok(acceptance.accepted)
    }

    /// Writes the bytes into the store and checks that the video is the one that was announced, and a video.
    async fn write<B>(&self, offset: u64, mut body: B) -> Result<(Received, Container), Error>
    where
        B: RequestBody,
    {
        let declared = self.attempt.size_bytes;
        let mut writer = self.writer(offset).await?;
        if let Some(length) = self.call.content_length()
            && offset + length != declared
        {
            return Err(Error::LengthMismatch {
                declared,
                received: offset + length,
            });
        }
        let mut container = None;
        while let Some(data) = next(&mut body).await? {
            // Bytes of a request that somebody else goes on with must not come between theirs.
            if writer.is_filled_by(data.len()) && !self.store.writes(&self.upload).await? {
                return Err(self.elsewhere().await?);
            }
            if writer.push(&data).await? > declared {
                return Err(too_large(declared));
            }
            if container.is_none() && writer.head().len() >= SNIFFED_BYTES {
                container = Some(identify(writer.head())?);
            }
        }
        let head = writer.head().to_vec();
        let received = writer.finish().await?;
        if received.bytes != declared {
            return Err(Error::LengthMismatch {
                declared,
                received: received.bytes,
            });
        }
        if self
            .attempt
            .declared_sha256
            .as_ref()
            .is_some_and(|sha256| *sha256 != received.sha256)
        {
            return Err(Error::HashMismatch);
        }
        let container = match container {
            Some(container) => container,
            None => identify(&head)?,
        };
        Ok((received, container))
    }

    async fn writer(&self, offset: u64) -> Result<VideoWriter<'_, SpinBlobs>, Error> {
        let token = self.upload.token.clone();
        let received = self.kept_bytes().await?;
        if offset == received {
            Ok(self.videos.go_on(token, offset).await?)
        } else {
            Err(Error::UploadOffset { received })
        }
    }

    async fn kept_bytes(&self) -> Result<u64, Error> {
        let (token, size) = (&self.upload.token, self.attempt.size_bytes);
        Ok(self.videos.kept_bytes(token, size).await?)
    }

    async fn elsewhere(&self) -> Result<Error, Error> {
        let received = self.kept_bytes().await?;
        Ok(Error::UploadOffset { received })
    }

    /// Whether what is here of the video is worth keeping: nothing is wrong with the video itself.
    async fn can_go_on_after(&self, error: &Error) -> Result<bool, Error> {
        match error {
            Error::BrokenBody | Error::SlowBody => Ok(self.kept_bytes().await? > 0),
            Error::UploadOffset { .. } | Error::Storage(_) | Error::Internal(_) => Ok(true),
            _ => Ok(false),
        }
    }

    /// Deletes what came, unless somebody else goes on with it. Should this fail, the sweeper finds it by its entry.
    async fn discard(&self) {
        let discarded = async {
            if self.store.writes(&self.upload).await? {
                self.videos.delete(&self.upload.token).await?;
                self.store.forget_upload(&self.upload.token).await?;
            }
            Ok::<_, flow_store::Error>(())
        };
        if let Err(error) = discarded.await {
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
