//! Lists the sampled frames of a video: `frames FILE [HZ]` prints number, time in seconds, upright size, luma sum and
//! brightness of each, then how long it took. Runs natively and under WASI.

use std::time::Instant;

use flow_video::{Limits, Video, VideoError, open};

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
    println!(
        "# {count} of {} frames, {coded} coded, {seconds:.3} s",
        video.expected_samples()
    );
    Ok(())
}

fn list(video: &mut Video) -> Result<u32, VideoError> {
    let mut count = 0;
    while let Some(frame) = video.next_frame()? {
        let picture = &frame.picture;
        let sum: u64 = (0..picture.height)
            .flat_map(|y| &picture.y.data[y * picture.y.stride..][..picture.width])
            .map(|&luma| u64::from(luma))
            .sum();
        let (width, height, brightness) = (frame.width(), frame.height(), frame.mean_luma());
        println!(
            "{} {:.4} {width}x{height} {sum} {brightness:.2}",
            frame.index, frame.t
        );
        count += 1;
    }
    Ok(count)
}
