//! `PUT /api/attempts/{id}/video`: receives a video, chunk by chunk.

use bytes::Bytes;
use flow_api::{AttemptView, MAX_VIDEO_BYTES};
use flow_edge::{
    Call, Error, Reply, RequestBody, Settings, enter, json, new_id, now, submission_rules, tell_operators,
    with_header,
};
use flow_store::{
    Accepted, Attempt, AttemptId, Received, SpinBlobs, UploadStart, UploadToken, VideoHash, Videos,
};
use flow_video::Container;
use http::{StatusCode, header::CONTENT_LOCATION};
use http_body_util::BodyExt as _;
use serde_json::json;

use crate::video_type;

/// How many bytes tell the container; with fewer the end of the video decides.
const SNIFFED_BYTES: usize = 64;

pub async fn receive<B>(call: &Call, id: &str, body: B, settings: &Settings) -> Result<Reply, Error>
where
    B: RequestBody,
{
    let (store, identity) = enter(call, settings).await?;
    let id: AttemptId = id.parse().map_err(|_| Error::NotFound("attempt"))?;
    if call.media_type() != "application/octet-stream" {
        video_type(&call.media_type())?;
    }
    if call
        .content_length()
        .is_some_and(|length| length > MAX_VIDEO_BYTES)
    {
        return Err(too_large(MAX_VIDEO_BYTES));
    }
    let token: UploadToken = new_id(now()).parse().map_err(Error::Internal)?;
    let attempt = match store.begin_upload(&identity.user, &id, &token, now()).await? {
        UploadStart::Unknown => return Err(Error::NotFound("attempt")),
        UploadStart::HasVideo(attempt) => return compare(attempt, body).await,
        UploadStart::Ready(attempt) => attempt,
    };
    let videos = Videos::new(SpinBlobs::open().await?);
    let accepted = match store_video(&videos, &attempt, &token, call, body).await {
        Ok((received, container)) => {
            let now = now();
            let rules = submission_rules(call, settings, &identity, now)?;
            let acceptance = store
                .accept_video(&attempt, &received, container.media_type(), rules.as_ref(), now)
                .await;
            acceptance.map_err(Error::from).map(|acceptance| {
                tell_operators(&call.log, &acceptance.alerts);
                acceptance.accepted
            })
        }
        Err(error) => Err(error),
    };
    if !matches!(accepted, Ok(Accepted::Accepted(_))) {
        // What came is not needed. Should this fail, the sweeper finds it by its entry.
        let cleaned = match videos.delete(&token).await {
            Ok(()) => store.forget_upload(&token).await,
            Err(error) => Err(error),
        };
        if let Err(error) = cleaned {
            call.log.error(
                "what came of a video is not deleted yet",
                json!({ "attempt": attempt.id.as_str(), "reason": error.to_string() }),
            );
        }
    }
    match accepted? {
        Accepted::Accepted(attempt) | Accepted::SameVideo(attempt) => answer(attempt),
        Accepted::TooLate(_) => Err(Error::HasVideo),
        Accepted::Refused(refusal) => Err(Error::from(*refusal)),
    }
}

/// Writes the video into the store and checks that it is the one that was announced, and a video.
async fn store_video<B>(
    videos: &Videos<SpinBlobs>,
    attempt: &Attempt,
    token: &UploadToken,
    call: &Call,
    mut body: B,
) -> Result<(Received, Container), Error>
where
    B: RequestBody,
{
    let declared = attempt.size_bytes;
    if let Some(length) = call.content_length()
        && length != declared
    {
        return Err(Error::LengthMismatch {
            declared,
            received: length,
        });
    }
    let mut writer = videos.write(token.clone());
    let mut container = None;
    while let Some(data) = next(&mut body).await? {
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
    if attempt
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

fn identify(head: &[u8]) -> Result<Container, Error> {
    flow_video::identify(head).map_err(|error| Error::NotAVideo(error.to_string()))
}

/// A video for an attempt that has one: fine if it is the same, as when the answer to the first was lost.
async fn compare<B>(attempt: Attempt, mut body: B) -> Result<Reply, Error>
where
    B: RequestBody,
{
    let mut hash = VideoHash::default();
    while let Some(data) = next(&mut body).await? {
        if hash.push(&data) > attempt.size_bytes {
            return Err(Error::HasVideo);
        }
    }
    let (sha256, _) = hash.finish()?;
    if attempt.sha256.as_ref() == Some(&sha256) {
        answer(attempt)
    } else {
        Err(Error::HasVideo)
    }
}

async fn next<B>(body: &mut B) -> Result<Option<Bytes>, Error>
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

fn too_large(limit: u64) -> Error {
    Error::BodyTooLarge {
        limit,
        advice: "send exactly the video whose sizeBytes you declared, at most 50 MB",
    }
}

fn answer(attempt: Attempt) -> Result<Reply, Error> {
    let location = AttemptView::path(&attempt.id);
    with_header(
        json(StatusCode::OK, &AttemptView::brief(attempt))?,
        CONTENT_LOCATION,
        &location,
    )
}
