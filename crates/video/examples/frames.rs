//! Lists the sampled frames of a video: `frames FILE [HZ]` prints number, time in seconds, upright size, Adler-32 of
//! the three planes and brightness of each, then how long it took. Runs natively and under WASI.

use std::time::Instant;

use flow_video::{Limits, Picture, Plane, Video, VideoError, open};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("which file?")?;
    let mut limits = Limits {
        max_work: u64::MAX,
        ..Limits::default()
    };
    if let Some(hz) = arguments.next() {
        (limits.sample_hz, limits.max_samples) = (hz.parse()?, usize::MAX);
    }
    let file = std::fs::read(&path)?;
    let started = Instant::now();
    let mut video = open(file, &limits)?;
    println!("# {:?}", video.info());
    let count = list(&mut video)?;
    let seconds = started.elapsed().as_secs_f64();
    let coded = video.info().coded_frames;
    let rate = f64::from(coded) / seconds;
    println!(
        "# {count} of {} frames, {coded} coded, {seconds:.3} s, {rate:.0} coded/s",
        video.expected_samples()
    );
    Ok(())
}

fn list(video: &mut Video) -> Result<u32, VideoError> {
    let mut count = 0;
    while let Some(frame) = video.next_frame()? {
        let (width, height, brightness) = (frame.width(), frame.height(), frame.mean_luma());
        let checksum = adler32(&frame.picture);
        println!(
            "{} {:.4} {width}x{height} {checksum:08x} {brightness:.2}",
            frame.index, frame.t
        );
        count += 1;
    }
    Ok(count)
}

/// Adler-32 (RFC 1950) of the visible samples, plane by plane.
fn adler32(picture: &Picture) -> u32 {
    let half = (picture.width.div_ceil(2), picture.height.div_ceil(2));
    let planes: [(&Plane, (usize, usize)); 3] = [
        (&picture.y, (picture.width, picture.height)),
        (&picture.u, half),
        (&picture.v, half),
    ];
    let (mut low, mut high) = (1_u32, 0_u32);
    for (plane, (width, height)) in planes {
        for row in plane.data.chunks(plane.stride).take(height) {
            for &sample in &row[..width] {
                low = (low + u32::from(sample)) % 65521;
                high = (high + low) % 65521;
            }
        }
    }
    high << 16 | low
}
