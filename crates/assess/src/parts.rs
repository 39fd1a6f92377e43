//! How a long clip is cut into parts that can be observed at the same time, and how they are put together again.
//!
//! The cut follows from the clip alone. Whoever observes the parts, one after the other or all at once, gets the same
//! observations to the last bit.

use std::ops::Range;

use flow_landmarks::Observation;
use serde::{Deserialize, Serialize};

use crate::Timings;

/// Most parts of a clip: what one video may take of a deployment while others wait.
const MOST_PARTS: usize = 4;

/// Frames that a part has at least, about: below, loading the models and finding the person anew is not worth it.
const SHORT_PART: usize = 75;

/// Frames at the beginning of a part that are observed by the part before it as well, which has the word on them. The detector
/// draws the person's region another way than tracking does: on a rendered photo landmarks move by 0.04 to 0.12 torso
/// lengths in the first three frames, by 0.02 between two parts after five frames, and by no less after fifteen.
pub const WARM_UP: usize = 5;

/// A part of a clip, in places among all of its sampled frames.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Where decoding and tracking begin: 0, or at a key frame.
    pub entry: usize,
    /// The frames whose observations count.
    pub frames: Range<usize>,
}

/// Cuts a clip of `frames` sampled frames into parts of about the same length at `entries`, the places at which parts can
/// begin. Never empty; one part where there is nothing to gain or nowhere to cut.
pub(crate) fn cut(frames: usize, entries: impl Iterator<Item = usize>) -> Vec<Part> {
    let entries: Vec<usize> = entries.collect();
    let wanted = (frames / SHORT_PART).clamp(1, MOST_PARTS);
    let mut parts = Vec::with_capacity(wanted);
    let (mut entry, mut start) = (0, 0);
    for number in 1..wanted {
        let ideal = frames * number / wanted;
        let fits = |place: &&usize| **place >= start + SHORT_PART / 2 && **place + SHORT_PART / 2 <= frames;
        let nearest = entries
            .iter()
            .filter(fits)
            .min_by_key(|place| place.abs_diff(ideal));
        // A part that reaches past the next cut is that one's to end.
        if let Some(&next) = nearest.filter(|place| **place < frames * (number + 1) / wanted) {
            let end = next + WARM_UP;
            parts.push(Part {
                entry,
                frames: start..end,
            });
            (entry, start) = (next, end);
        }
    }
    parts.push(Part {
        entry,
        frames: start..frames,
    });
    parts
}

/// What was observed in a part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observed {
    /// One entry for each sampled frame.
    pub observations: Vec<Observation>,
    /// Where the time went.
    pub timings: Timings,
}

impl Observed {
    /// Adds the part that follows.
    pub fn append(&mut self, mut next: Self) {
        self.observations.append(&mut next.observations);
        self.timings += next.timings;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_clips_are_cut_near_equal_lengths_where_they_can_be_entered() {
        let every = |step: usize| (0..450).step_by(step).collect::<Vec<_>>();
        for (frames, entries, cuts) in [
            (149, every(1), &[0][..]),
            (150, every(1), &[0, 75]),
            (450, every(1), &[0, 112, 225, 337]),
            (450, every(10), &[0, 110, 220, 340]),
            // Key frames of a recorder that writes one every 250 frames at 15 a second.
            (450, vec![0, 167, 334], &[0, 167, 334]),
            (450, vec![0], &[0]),
            (450, vec![0, 20, 440], &[0]),
            (450, vec![0, 300], &[0, 300]),
            (0, vec![0], &[0]),
        ] {
            let parts = cut(frames, entries.iter().copied());
            let found: Vec<usize> = parts.iter().map(|part| part.entry).collect();
            assert_eq!(found, cuts, "{frames} at {entries:?}");
        }
    }

    #[test]
    fn parts_follow_each_other_and_are_no_more_than_allowed() {
        for frames in 0..460 {
            for step in [1, 7, 40, 97, 200] {
                let parts = cut(frames, (0..frames.max(1)).step_by(step));
                assert!(parts.len() <= MOST_PARTS);
                let ends = (parts[0].frames.start, parts.last().map(|part| part.frames.end));
                assert_eq!((parts[0].entry, ends), (0, (0, Some(frames))));
                for pair in parts.windows(2) {
                    assert_eq!(pair[0].frames.end, pair[1].frames.start);
                    assert_eq!(pair[1].entry + WARM_UP, pair[1].frames.start);
                    assert!(pair[1].entry.is_multiple_of(step));
                }
                let shortest = parts.iter().map(|part| part.frames.len()).min();
                assert!(parts.len() == 1 || shortest >= Some(SHORT_PART / 2 - WARM_UP));
            }
        }
    }
}
