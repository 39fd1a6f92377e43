//! Raw videos in the key-value store, cut into chunks.
//!
//! Chunk `n` of an upload lies under `TOKEN/n`. Chunks are written in order and deleted from the last to the first, so the
//! chunks that exist are always 0 to some n, and a broken upload or a broken deletion can be finished by anybody.

use sha2::{Digest as _, Sha256};

use crate::{Blobs, Error, Received, Sha256Hex, UploadToken};

/// Size of all chunks but the last: Spin's Redis and cloud backends take values of 1 MiB.
pub const CHUNK_BYTES: usize = 1 << 20;

/// The videos that wait to be scored.
#[derive(Debug)]
pub struct Videos<B> {
    blobs: B,
}

fn key(token: &UploadToken, chunk: u32) -> String {
    format!("{token}/{chunk}")
}

impl<B: Blobs> Videos<B> {
    /// Videos in a key-value store.
    pub const fn new(blobs: B) -> Self {
        Self { blobs }
    }

    /// Writes a video from its beginning.
    pub fn write(&self, token: UploadToken) -> VideoWriter<'_, B> {
        VideoWriter {
            blobs: &self.blobs,
            token,
            pending: Vec::new(),
            kept: 0,
            bytes: 0,
            hash: VideoHash::default(),
            head: Vec::new(),
            chunks: 0,
        }
    }

    /// Goes on writing a video of which the first `bytes` are there, a whole number of chunks: [`Videos::kept_bytes`].
    pub async fn go_on(&self, token: UploadToken, bytes: u64) -> Result<VideoWriter<'_, B>, Error> {
        let mut writer = self.write(token);
        if bytes > 0 {
            let first = self.chunk(&writer.token, 0).await?;
            writer.head = first[..first.len().min(HEAD_BYTES)].to_vec();
            writer.kept = bytes;
            writer.bytes = bytes;
            writer.chunks = u32::try_from(bytes / CHUNK_BYTES as u64)
                .map_err(|_| Error::Damaged(format!("{bytes} bytes are no video")))?;
        }
        Ok(writer)
    }

    /// How many of a video's `size_bytes` are there for good, in whole chunks and never all of them: what comes after them is to
    /// be sent again.
    pub async fn kept_bytes(&self, token: &UploadToken, size_bytes: u64) -> Result<u64, Error> {
        let most = size_bytes.saturating_sub(1) / CHUNK_BYTES as u64;
        let chunks = u64::from(self.chunks(token).await?);
        Ok(chunks.min(most) * CHUNK_BYTES as u64)
    }

    async fn chunk(&self, token: &UploadToken, number: u32) -> Result<Vec<u8>, Error> {
        let chunk = self.blobs.get(&key(token, number)).await?;
        chunk.ok_or_else(|| Error::Damaged(format!("chunk {number} is missing")))
    }

    async fn chunks(&self, token: &UploadToken) -> Result<u32, Error> {
        let mut chunks = 0;
        while self.blobs.exists(&key(token, chunks)).await? {
            chunks += 1;
        }
        Ok(chunks)
    }

    /// The whole video.
    pub async fn read(&self, token: &UploadToken, chunks: u32, size_bytes: u64) -> Result<Vec<u8>, Error> {
        let capacity = usize::try_from(size_bytes)
            .unwrap_or(0)
            .min(chunks as usize * CHUNK_BYTES);
        let mut video = Vec::with_capacity(capacity);
        for chunk in 0..chunks {
            let part = self.blobs.get(&key(token, chunk)).await?;
            video
                .extend(part.ok_or_else(|| Error::Damaged(format!("chunk {chunk} of {chunks} is missing")))?);
        }
        if video.len() as u64 == size_bytes {
            Ok(video)
        } else {
            Err(Error::Damaged(format!(
                "the video has {} bytes instead of {size_bytes}",
                video.len()
            )))
        }
    }

    /// Deletes whatever there is of a video.
    pub async fn delete(&self, token: &UploadToken) -> Result<(), Error> {
        let chunks = self.chunks(token).await?;
        self.delete_chunks(token, chunks).await
    }

    /// Deletes the first `chunks` of a video, wherever there are any.
    pub async fn delete_chunks(&self, token: &UploadToken, chunks: u32) -> Result<(), Error> {
        for chunk in (0..chunks).rev() {
            self.blobs.delete(&key(token, chunk)).await?;
        }
        Ok(())
    }
}

/// Length and hash of a video as it goes by.
#[derive(Clone, Debug, Default)]
pub struct VideoHash {
    hash: Sha256,
    bytes: u64,
}

impl VideoHash {
    /// Takes the next bytes and returns how many there are now.
    pub fn push(&mut self, bytes: &[u8]) -> u64 {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        self.bytes
    }

    /// The hash and the number of bytes.
    pub fn finish(self) -> Result<(Sha256Hex, u64), Error> {
        let digest = self.hash.finalize();
        let nibbles = digest.iter().flat_map(|byte| [byte >> 4, byte & 0x0f]);
        let hex: String = nibbles
            .map(|nibble| char::from(b"0123456789abcdef"[usize::from(nibble)]))
            .collect();
        Ok((hex.parse().map_err(Error::Damaged)?, self.bytes))
    }
}

/// A video on its way into the store; memory stays at one chunk.
#[derive(Debug)]
pub struct VideoWriter<'a, B> {
    blobs: &'a B,
    token: UploadToken,
    pending: Vec<u8>,
    /// How many bytes were there before: they are hashed at the end, so that a try that comes to nothing reads nothing.
    kept: u64,
    bytes: u64,
    hash: VideoHash,
    head: Vec<u8>,
    chunks: u32,
}

/// How many of a video's first bytes are kept to name its container.
const HEAD_BYTES: usize = 256;

impl<B: Blobs> VideoWriter<'_, B> {
    /// Takes the next bytes and returns how many there are now.
    pub async fn push(&mut self, mut bytes: &[u8]) -> Result<u64, Error> {
        self.bytes += bytes.len() as u64;
        if self.kept == 0 {
            self.hash.push(bytes);
            let head = bytes.len().min(HEAD_BYTES - self.head.len());
            self.head.extend_from_slice(&bytes[..head]);
        }
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(CHUNK_BYTES - self.pending.len()));
            self.pending.extend_from_slice(now);
            bytes = later;
            if self.pending.len() == CHUNK_BYTES {
                self.flush().await?;
            }
        }
        Ok(self.bytes)
    }

    /// Whether the next `bytes` fill a chunk, which is written then.
    #[must_use]
    pub const fn is_filled_by(&self, bytes: usize) -> bool {
        self.pending.len() + bytes >= CHUNK_BYTES
    }

    /// How many chunks are written.
    #[must_use]
    pub const fn chunks(&self) -> u32 {
        self.chunks
    }

    /// The first bytes of the video, at most 256.
    #[must_use]
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Writes what is left.
    pub async fn finish(mut self) -> Result<Received, Error> {
        if !self.pending.is_empty() {
            self.flush().await?;
        }
        if self.kept > 0 {
            let videos = Videos { blobs: self.blobs };
            for chunk in 0..self.chunks {
                self.hash.push(&videos.chunk(&self.token, chunk).await?);
            }
        }
        let (sha256, bytes) = self.hash.finish()?;
        Ok(Received {
            sha256,
            bytes,
            chunks: self.chunks,
        })
    }

    async fn flush(&mut self) -> Result<(), Error> {
        self.blobs
            .set(&key(&self.token, self.chunks), &self.pending)
            .await?;
        self.pending.clear();
        self.chunks += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use futures_executor::block_on;
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{MemoryBlobs, token};

    #[test]
    fn a_video_comes_back_as_it_was_however_it_was_cut() {
        proptest!(ProptestConfig::with_cases(24), |(cuts in prop::collection::vec(1usize..700_000, 0..6))| {
            let blobs = MemoryBlobs::default();
            let videos = Videos::new(&blobs);
            let total: usize = cuts.iter().sum();
            let video: Vec<u8> = (0..total).map(|index| (index * 31 % 251) as u8).collect();
            let mut rest = video.as_slice();
            let received = block_on(async {
                let mut writer = videos.write(token(1));
                for cut in &cuts {
                    let (now, later) = rest.split_at(*cut);
                    writer.push(now).await?;
                    rest = later;
                }
                writer.finish().await
            }).unwrap();
            prop_assert_eq!(received.bytes, total as u64);
            prop_assert_eq!(received.chunks as usize, total.div_ceil(CHUNK_BYTES));
            prop_assert!(blobs.largest() <= CHUNK_BYTES);
            let back = block_on(videos.read(&token(1), received.chunks, received.bytes)).unwrap();
            prop_assert_eq!(back, video);
            block_on(videos.delete(&token(1))).unwrap();
            prop_assert_eq!(blobs.len(), 0);
        });
    }

    #[test]
    fn a_video_that_broke_off_goes_on_from_its_last_whole_chunk() {
        let size = CHUNK_BYTES * 2 + 9;
        for (size, cut, kept) in [
            (size, 0, 0),
            (size, CHUNK_BYTES - 1, 0),
            (size, CHUNK_BYTES, CHUNK_BYTES),
            (size, CHUNK_BYTES * 2 + 7, CHUNK_BYTES * 2),
            // All of it was written, and it was not accepted: the last chunk is sent again.
            (size, size, CHUNK_BYTES * 2),
            (CHUNK_BYTES * 2, CHUNK_BYTES * 2, CHUNK_BYTES),
        ] {
            let blobs = MemoryBlobs::default();
            let videos = Videos::new(&blobs);
            let video: Vec<u8> = (0..size).map(|index| (index * 31 % 251) as u8).collect();
            let size = video.len() as u64;
            let (whole, continued) = block_on(async {
                let mut writer = videos.write(token(1));
                writer.push(&video[..cut]).await?;
                if cut == video.len() {
                    writer.finish().await?;
                }
                let there = videos.kept_bytes(&token(1), size).await?;
                assert_eq!(there, kept as u64, "{cut}");
                let mut writer = videos.go_on(token(1), there).await?;
                writer.push(&video[kept..]).await?;
                assert_eq!(writer.head(), &video[..HEAD_BYTES]);
                let continued = writer.finish().await?;
                let mut writer = videos.write(token(2));
                writer.push(&video).await?;
                Ok::<_, Error>((writer.finish().await?, continued))
            })
            .unwrap();
            assert_eq!(
                (&continued.sha256, continued.bytes, continued.chunks),
                (&whole.sha256, whole.bytes, whole.chunks)
            );
            assert_eq!(
                block_on(videos.read(&token(1), continued.chunks, size)).unwrap(),
                video
            );
        }
    }

    #[test]
    fn the_hash_is_sha_256() {
        let blobs = MemoryBlobs::default();
        let videos = Videos::new(&blobs);
        let received = block_on(async {
            let mut writer = videos.write(token(1));
            writer.push(b"a").await?;
            writer.push(b"bc").await?;
            assert_eq!(writer.head(), b"abc");
            writer.finish().await
        })
        .unwrap();
        // FIPS 180-4, example for "abc".
        assert_eq!(
            received.sha256.as_str(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn a_missing_chunk_is_damage_and_not_a_shorter_video() {
        let blobs = MemoryBlobs::default();
        let videos = Videos::new(&blobs);
        let received = block_on(async {
            let mut writer = videos.write(token(1));
            writer.push(&vec![7; CHUNK_BYTES + 1]).await?;
            writer.finish().await
        })
        .unwrap();
        block_on(blobs.delete(&format!("{}/1", token(1)))).unwrap();
        let error = block_on(videos.read(&token(1), 2, received.bytes)).unwrap_err();
        assert_eq!(error, Error::Damaged("chunk 1 of 2 is missing".into()));
    }

    #[test]
    fn deleting_can_break_off_and_be_done_again() {
        let blobs = MemoryBlobs::default();
        let videos = Videos::new(&blobs);
        block_on(async {
            let mut writer = videos.write(token(1));
            writer.push(&vec![7; CHUNK_BYTES * 3]).await?;
            writer.finish().await
        })
        .unwrap();
        blobs.fail_after(5);
        assert!(block_on(videos.delete(&token(1))).is_err());
        assert!(blobs.len() > 0);
        blobs.heal();
        block_on(videos.delete(&token(1))).unwrap();
        assert_eq!(blobs.len(), 0);
    }
}
