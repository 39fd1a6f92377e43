//! The raw video of an attempt.

use flow_store::{Attempt, Error, SpinBlobs, Videos};

/// The whole video, from the key-value store.
pub async fn read_video(attempt: &Attempt) -> Result<Vec<u8>, Error> {
    let Some((token, chunks)) = &attempt.video else {
        return Err(Error::Damaged("the attempt has no video".into()));
    };
    let videos = Videos::new(SpinBlobs::open().await?);
    videos.read(token, *chunks, attempt.size_bytes).await
}
