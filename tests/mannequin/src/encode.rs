//! From scenarios to video files: frames are drawn on all cores and piped into FFmpeg, which is found on the `PATH`.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
};

use crate::{
    render::{Renderer, picture::Picture},
    rotation,
    scenario::{Rate, Scenario},
};

/// Container and codec of a clip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// MP4, H.264 baseline, `moov` at the end: what most browsers record.
    H264Baseline,
    /// MP4, H.264 high with B-frames, `moov` first: what most phones and editors write.
    H264High,
    /// MP4 in fragments, H.264 main.
    H264Fragmented,
    /// MP4, H.264, stored lying on its side with a note to turn it by 90 degrees clockwise.
    H264Rotated,
    /// MP4, HEVC main.
    Hevc,
    /// `WebM`, VP8.
    Vp8,
    /// `WebM`, VP9.
    Vp9,
}

/// Why there is no clip.
#[derive(Debug, thiserror::Error)]
pub enum MannequinError {
    /// FFmpeg is not installed.
    #[error("ffmpeg was not found on the PATH; install it (Debian: apt-get install ffmpeg)")]
    NoFfmpeg,
    /// FFmpeg ran and failed.
    #[error("ffmpeg could not write {path}: {message}")]
    Ffmpeg {
        /// The file it should have written.
        path: PathBuf,
        /// The end of what it said.
        message: String,
    },
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A thread that draws frames ended early.
    #[error("frame {0} was never drawn")]
    LostFrame(u32),
}

impl Encoding {
    /// All encodings.
    pub const ALL: [Self; 7] = [
        Self::H264Baseline,
        Self::H264High,
        Self::H264Fragmented,
        Self::H264Rotated,
        Self::Hevc,
        Self::Vp8,
        Self::Vp9,
    ];

    /// A short name, unique among encodings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::H264Baseline => "h264-baseline",
            Self::H264High => "h264-high",
            Self::H264Fragmented => "h264-fragmented",
            Self::H264Rotated => "h264-rotated",
            Self::Hevc => "hevc",
            Self::Vp8 => "vp8",
            Self::Vp9 => "vp9",
        }
    }

    /// The usual ending of the file's name.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Vp8 | Self::Vp9 => "webm",
            _ => "mp4",
        }
    }

    /// The media type a browser would send.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Vp8 | Self::Vp9 => "video/webm",
            _ => "video/mp4",
        }
    }

    /// Filter and output options for FFmpeg. Quality is that of a phone's 1 to 2 Mbit/s, speed comes first.
    const fn options(self) -> (Option<&'static str>, &'static str) {
        match self {
            Self::H264Baseline => (
                None,
                "-c:v libx264 -profile:v baseline -preset superfast -crf 24 -f mp4",
            ),
            Self::H264High => (
                None,
                "-c:v libx264 -profile:v high -preset veryfast -bf 3 -crf 24 -movflags +faststart -f mp4",
            ),
            Self::H264Fragmented => (
                None,
                "-c:v libx264 -profile:v main -bf 0 -preset superfast -crf 24 -g 30 \
                 -movflags +frag_keyframe+empty_moov+default_base_moof -f mp4",
            ),
            Self::H264Rotated => (
                Some("transpose=cclock"),
                "-c:v libx264 -profile:v baseline -preset superfast -crf 24 -f mp4",
            ),
            Self::Hevc => (
                None,
                "-c:v libx265 -preset ultrafast -crf 26 -tag:v hvc1 -x265-params log-level=error -f mp4",
            ),
            Self::Vp8 => (
                None,
                "-c:v libvpx -deadline realtime -cpu-used 8 -b:v 1200k -g 60 -f webm",
            ),
            Self::Vp9 => (
                None,
                "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -row-mt 1 -b:v 1000k -g 60 -f webm",
            ),
        }
    }
}

impl Scenario {
    /// Films the scenario and writes it to `out`, which is replaced.
    pub fn encode(&self, encoding: Encoding, out: &Path) -> Result<PathBuf, MannequinError> {
        let mut child = self.start(encoding, out)?;
        let written = match child.stdin.take() {
            Some(mut pipe) => self.film(|picture| pipe.write_all(&picture.bytes)),
            None => Ok(()),
        };
        let output = child.wait_with_output().map_err(|source| MannequinError::File {
            path: out.to_owned(),
            source,
        })?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let tail: Vec<&str> = said.lines().rev().take(4).collect();
            let message = tail.into_iter().rev().collect::<Vec<_>>().join("; ");
            return Err(MannequinError::Ffmpeg {
                path: out.to_owned(),
                message,
            });
        }
        written.map_err(|error| match error {
            Filming::Lost(frame) => MannequinError::LostFrame(frame),
            Filming::Pipe(source) => MannequinError::File {
                path: out.to_owned(),
                source,
            },
        })?;
        if encoding == Encoding::H264Rotated {
            self.lay_down(out)?;
        }
        Ok(out.to_owned())
    }

    /// Notes in the file that the stored picture has to be turned.
    fn lay_down(&self, out: &Path) -> Result<(), MannequinError> {
        let failed = |source| MannequinError::File {
            path: out.to_owned(),
            source,
        };
        let mut file = fs::read(out).map_err(failed)?;
        // Stored lying on its side: the height of the stored picture is the width of the upright one.
        if !rotation::turn_clockwise(&mut file, self.set.camera.width) {
            return Err(failed(io::Error::new(
                io::ErrorKind::InvalidData,
                "no track header to turn",
            )));
        }
        fs::write(out, file).map_err(failed)
    }

    fn start(&self, encoding: Encoding, out: &Path) -> Result<Child, MannequinError> {
        let camera = &self.set.camera;
        let mut command = Command::new("ffmpeg");
        command
            .args(["-hide_banner", "-loglevel", "error", "-nostdin", "-y"])
            .args(["-f", "rawvideo", "-pix_fmt", "yuv420p"])
            .args(["-s", &format!("{}x{}", camera.width, camera.height)])
            .args([
                "-r",
                &self.rate.mean().to_string(),
                "-i",
                "pipe:0",
                "-an",
                "-pix_fmt",
                "yuv420p",
            ]);
        let (filter, options) = encoding.options();
        // Times in the stream follow `Rate::time`, in a time base fine enough for them.
        let times = (self.rate == Rate::Uneven).then_some(
            "settb=1/15000,setpts=(N/15+0.021*eq(mod(N\\,4)\\,1)-0.009*eq(mod(N\\,4)\\,2)+0.014*eq(mod(N\\,4)\\,3))/TB",
        );
        let filters: Vec<&str> = times.into_iter().chain(filter).collect();
        if !filters.is_empty() {
            command.args(["-vf", &filters.join(",")]);
        }
        if times.is_some() {
            command.args(["-fps_mode", "passthrough", "-enc_time_base", "1:15000"]);
        }
        command.args(options.split_whitespace());
        command
            .arg(out)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|source| {
                if source.kind() == io::ErrorKind::NotFound {
                    MannequinError::NoFfmpeg
                } else {
                    MannequinError::File {
                        path: out.to_owned(),
                        source,
                    }
                }
            })
    }

    /// Draws all frames on all cores and hands them over in order.
    fn film(&self, mut take: impl FnMut(&Picture) -> io::Result<()>) -> Result<(), Filming> {
        let count = self.frames();
        let workers = thread::available_parallelism().map_or(1, usize::from).clamp(1, 8) as u32;
        let renderer = Renderer::new(self.set);
        thread::scope(|scope| {
            let pictures: Vec<mpsc::Receiver<Picture>> = (0..workers)
                .map(|worker| {
                    // A few frames ahead and no more: memory stays small however slow the encoder is.
                    let (send, receive) = mpsc::sync_channel(4);
                    let mut renderer = renderer.clone();
                    scope.spawn(move || {
                        for frame in (worker..count).step_by(workers as usize) {
                            let picture = renderer.render(&self.people(frame), self.noise(frame));
                            // The other end hangs up when the encoder has failed.
                            if send.send(picture).is_err() {
                                break;
                            }
                        }
                    });
                    receive
                })
                .collect();
            for frame in 0..count {
                let picture = pictures[(frame % workers) as usize]
                    .recv()
                    .map_err(|_| Filming::Lost(frame))?;
                take(&picture).map_err(Filming::Pipe)?;
            }
            Ok(())
        })
    }
}

/// What can go wrong between drawing and encoding.
enum Filming {
    Lost(u32),
    Pipe(io::Error),
}
