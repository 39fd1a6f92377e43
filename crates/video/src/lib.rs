//! Video bytes to sampled, upright frames: containers, codecs, sampling, limits.
//!
//! [`open`] reads the headers and the sample table and refuses early whatever cannot be scored; [`Video::next_frame`]
//! then decodes picture by picture and gives the frames that fall on the sampling grid, in presentation order.
//! Nothing here knows about people, tests or HTTP.
//!
//! Input is hostile until proven otherwise: sizes are checked before anything is allocated, boxes are read without
//! recursion, and damaged data ends in [`VideoError::Damaged`], never in a panic.

mod bits;
mod bytes;
mod codec;
mod colour;
mod error;
mod frame;
mod info;
mod limits;
mod mp4;
mod picture;
mod pixels;
mod schedule;
mod sniff;
mod track;
mod video;
mod webm;

pub use error::VideoError;
pub use frame::{Frame, RgbImage};
pub use info::{Codec, Container, Rotation, VideoInfo};
pub use limits::Limits;
pub use picture::{Matrix, Picture, Plane, Range};
pub use pixels::Pixels;
pub use sniff::identify;
pub use video::{Video, open};
