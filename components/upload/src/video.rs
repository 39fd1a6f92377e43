//! `PUT /api/attempts/{id}/video` receives a video, `PATCH` the rest of one that broke off, `GET` tells how much is here.

use flow_api::{AttemptView, UploadView};
use flow_edge::{Call, Error, Reply, RequestBody, Settings, enter, json, new_id, now, with_header};
use flow_store::{Attempt, AttemptId, SpinBlobs, UploadStart, UploadToken, VideoHash, Videos};
use http::{StatusCode, header::CONTENT_LOCATION};

use crate::{
    sending::{Sending, next},
    video_type,
};

/// The whole video.
pub async fn receive<B>(call: &Call, id: &str, body: B, settings: &Settings) -> Result<Reply, Error>
where
    B: RequestBody,
{
    let (store, identity) = enter(call, settings).await?;
    let id = attempt_id(id)?;
    check_media_type(call)?;
    Sending::check_length(call)?;
    match store
        .begin_upload(&identity.user, &id, &fresh_token()?, now())
        .await?
    {
        UploadStart::Unknown => Err(Error::NotFound("attempt")),
        UploadStart::HasVideo(attempt) => compare(attempt, body).await,
        UploadStart::Ready(attempt, upload) => {
            let sending = Sending::open(call, settings, &store, &identity, attempt, upload).await?;
            answer(sending.take(0, body).await?)
        }
    }
}

/// The rest of a video.
pub async fn go_on<B>(call: &Call, id: &str, body: B, settings: &Settings) -> Result<Reply, Error>
where
    B: RequestBody,
{
    let (store, identity) = enter(call, settings).await?;
    let id = attempt_id(id)?;
    check_media_type(call)?;
    Sending::check_length(call)?;
    let known = store.attempt_of(&identity.user, &id).await?;
    known.ok_or(Error::NotFound("attempt"))?;
    let offset = upload_offset(call)?;
    match store
        .continue_upload(&identity.user, &id, &fresh_token()?, now())
        .await?
    {
        UploadStart::Unknown => Err(Error::NotFound("attempt")),
        UploadStart::HasVideo(_) => Err(Error::HasVideo),
        UploadStart::Ready(attempt, upload) => {
            let sending = Sending::open(call, settings, &store, &identity, attempt, upload).await?;
            answer(sending.take(offset, body).await?)
        }
    }
}

/// How much is here.
pub async fn progress(call: &Call, id: &str, settings: &Settings) -> Result<Reply, Error> {
    let (store, identity) = enter(call, settings).await?;
    let attempt = store.attempt_of(&identity.user, &attempt_id(id)?).await?;
    let attempt = attempt.ok_or(Error::NotFound("attempt"))?;
    let size_bytes = attempt.size_bytes;
    let received_bytes = if attempt.sha256.is_some() {
        size_bytes
    } else if let Some(token) = store.newest_upload(&attempt.id).await? {
        let videos = Videos::new(SpinBlobs::open().await?);
        videos.kept_bytes(&token, size_bytes).await?
    } else {
        0
    };
    let view = UploadView {
        received_bytes,
        size_bytes,
    };
    json(StatusCode::OK, &view)
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

fn attempt_id(id: &str) -> Result<AttemptId, Error> {
    id.parse().map_err(|_| Error::NotFound("attempt"))
}

fn fresh_token() -> Result<UploadToken, Error> {
    new_id(now()).parse().map_err(Error::Internal)
}

fn check_media_type(call: &Call) -> Result<(), Error> {
    if call.media_type() != "application/octet-stream" {
        video_type(&call.media_type())?;
    }
    Ok(())
}

/// The field of draft-ietf-httpbis-resumable-upload.
fn upload_offset(call: &Call) -> Result<u64, Error> {
    let Some(text) = call.headers().get("upload-offset") else {
        return Ok(0);
    };
    let offset = text.to_str().ok().and_then(|text| text.parse().ok());
    offset.ok_or_else(|| Error::Invalid {
        field: "Upload-Offset",
        reason: "it is the number of the byte that the body begins with, from 0".into(),
    })
}

fn answer(attempt: Attempt) -> Result<Reply, Error> {
    let location = AttemptView::path(&attempt.id);
    with_header(
        json(StatusCode::OK, &AttemptView::brief(attempt))?,
        CONTENT_LOCATION,
        &location,
    )
}
