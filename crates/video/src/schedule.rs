//! Which coded pictures are given out, and when: presentation order, then the sampling grid.

use crate::error::Damage;
use crate::limits::Limits;
use crate::track::Sample;

/// A frame to give out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Wanted {
    /// Place of its sample in decoding order.
    pub(crate) sample: usize,
    /// Place among the frames shown.
    pub(crate) index: u32,
    /// Seconds after the first frame shown.
    pub(crate) t: f64,
}

/// The frames to give out in presentation order, and the length of the whole presentation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Schedule {
    pub(crate) wanted: Vec<Wanted>,
    pub(crate) shown: u32,
    pub(crate) duration_s: f64,
}

/// Codecs keep at most 16 pictures back for reordering (H.264 A.3.1, HEVC A.4.2); one more is on its way.
const MOST_HELD: usize = 17;

/// Rounding slack in seconds when a time is compared with the grid: far below any frame interval.
const GRID_SLACK_S: f64 = 1e-6;

impl Schedule {
    /// Frame k is the first whose presentation time reaches k / `sample_hz`: every frame of a slow video once, every
    /// sixth of one at 60 frames per second.
    pub(crate) fn new(samples: &[Sample], timescale: u32, limits: &Limits) -> Result<Self, Damage> {
        let mut shown: Vec<usize> = (0..samples.len()).filter(|&place| samples[place].shown).collect();
        shown.sort_by_key(|&place| samples[place].time);
        let (Some(&first), Some(&last)) = (shown.first(), shown.last()) else {
            return Err(Damage::new("sample table", "no frame is shown"));
        };
        let origin = samples[first].time;
        let seconds =
            |time: i64| (i128::from(time) - i128::from(origin)) as f64 / f64::from(timescale.max(1));

        let mut wanted = Vec::new();
        let mut next_slot = 0.0_f64;
        for (index, &place) in shown.iter().enumerate() {
            let t = seconds(samples[place].time);
            if wanted.len() < limits.max_samples && t + GRID_SLACK_S >= next_slot / limits.sample_hz {
                wanted.push(Wanted {
                    sample: place,
                    index: index as u32,
                    t,
                });
                next_slot = ((t + GRID_SLACK_S) * limits.sample_hz).floor() + 1.0;
            }
        }
        check_order(&wanted)?;

        let last_t = seconds(samples[last].time);
        let last_lasts = if samples[last].duration > 0 {
            f64::from(samples[last].duration) / f64::from(timescale.max(1))
        } else {
            // Nothing says how long the last frame stays: as long as the others on average.
            last_t / shown.len().saturating_sub(1).max(1) as f64
        };
        Ok(Self {
            wanted,
            shown: shown.len() as u32,
            duration_s: last_t + last_lasts,
        })
    }
}

/// Refuses orders that would keep many decoded pictures waiting for an earlier one.
fn check_order(wanted: &[Wanted]) -> Result<(), Damage> {
    let mut decoding_order: Vec<(usize, usize)> = wanted
        .iter()
        .enumerate()
        .map(|(place, wanted)| (wanted.sample, place))
        .collect();
    decoding_order.sort_unstable();
    let mut arrived = vec![false; wanted.len()];
    let (mut given, mut held) = (0, 0_usize);
    for (_, place) in decoding_order {
        arrived[place] = true;
        held += 1;
        if held > MOST_HELD {
            return Err(Damage::new(
                "sample table",
                "frames are stored too far from the order they are shown in",
            ));
        }
        while arrived.get(given) == Some(&true) {
            given += 1;
            held -= 1;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples(times: &[i64]) -> Vec<Sample> {
        times
            .iter()
            .map(|&time| Sample {
                offset: 0,
                size: 1,
                time,
                duration: 0,
                shown: true,
            })
            .collect()
    }

    fn chosen(times: &[i64], timescale: u32) -> Vec<u32> {
        let schedule = Schedule::new(&samples(times), timescale, &Limits::default()).unwrap();
        schedule.wanted.iter().map(|wanted| wanted.index).collect()
    }

    #[test]
    fn the_grid_takes_the_first_frame_that_reaches_each_tenth() {
        let at = |fps: i64, count: i64| -> Vec<i64> { (0..count).map(|n| n * 30000 / fps).collect() };
        assert_eq!(chosen(&at(60, 25), 30000), [0, 6, 12, 18, 24]);
        assert_eq!(chosen(&at(30, 10), 30000), [0, 3, 6, 9]);
        assert_eq!(chosen(&at(25, 11), 30000), [0, 3, 5, 8, 10]);
        assert_eq!(chosen(&at(6, 5), 30000), [0, 1, 2, 3, 4]);
        // 29.97 frames per second: 1001 ticks of 30000 each.
        let ntsc: Vec<i64> = (0..10).map(|n| n * 1001).collect();
        assert_eq!(chosen(&ntsc, 30000), [0, 3, 6, 9]);
    }

    #[test]
    fn a_gap_does_not_make_later_frames_catch_up() {
        assert_eq!(chosen(&[0, 33, 66, 500, 533, 566, 600], 1000), [0, 3, 6]);
    }

    #[test]
    fn order_and_origin_come_from_presentation_times() {
        let schedule = Schedule::new(&samples(&[1000, 1400, 1200, 1300]), 1000, &Limits::default()).unwrap();
        let order: Vec<usize> = schedule.wanted.iter().map(|wanted| wanted.sample).collect();
        assert_eq!(order, [0, 2, 3, 1]);
        assert!((schedule.wanted[1].t - 0.2).abs() < 1e-9);
        assert!((schedule.duration_s - (0.4 + 0.4 / 3.0)).abs() < 1e-9);
    }

    #[test]
    fn a_reversed_file_is_refused_instead_of_held_in_memory() {
        let times: Vec<i64> = (0..40).rev().map(|n| n * 100).collect();
        assert!(Schedule::new(&samples(&times), 1000, &Limits::default()).is_err());
    }

    #[test]
    fn no_more_samples_than_the_limit() {
        let times: Vec<i64> = (0..600).map(|n| n * 100).collect();
        assert_eq!(chosen(&times, 1000).len(), 450);
    }
}
