//! How a long clip is cut into parts that can be observed at the same time, and how they are put together again.
//!
//! The cut follows from the clip alone. Whoever observes the parts, one after the other or all at once, gets the same
//! observations to the last bit.

use std::ops::Range;

use flow_landmarks::Observation;

use crate::{Timings, sample::difference};

/// Most parts of a clip: what one video may take of a deployment while others wait.
pub const MOST_PARTS: usize = 4;

/// Frames that a part has at least, about: below, loading the models and finding the person anew is not worth it.
const SHORT_PART: usize = 75;

/// Cuts a clip of `frames` sampled frames into parts of about the same length at `entries`, the places at which parts can
/// begin. Never empty; one part where there is nothing to gain or nowhere to cut.
pub(crate) fn cut(frames: usize, entries: impl Iterator<Item = usize>) -> Vec<Range<usize>> {
    let entries: Vec<usize> = entries.collect();
    let wanted = (frames / SHORT_PART).clamp(1, MOST_PARTS);
    let mut parts = Vec::with_capacity(wanted);
    let mut start = 0;
    for number in 1..wanted {
        let ideal = frames * number / wanted;
        let fits = |entry: &&usize| **entry >= start + SHORT_PART / 2 && **entry + SHORT_PART / 2 <= frames;
        let nearest = entries
            .iter()
            .filter(fits)
            .min_by_key(|entry| entry.abs_diff(ideal));
        // A part that reaches past the next cut is that one's to end.
        if let Some(&entry) = nearest.filter(|entry| **entry < frames * (number + 1) / wanted) {
            parts.push(start..entry);
            start = entry;
        }
    }
    parts.push(start..frames);
    parts
}

/// What was observed in a part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observed {
    /// One entry for each sampled frame.
    pub observations: Vec<Observation>,
    /// The thumbnails of the first and the last sample.
    pub edges: Option<Edges>,
    /// Where the time went.
    pub timings: Timings,
}

/// The thumbnails at both ends of a part: what its neighbours are compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Edges {
    /// Of the first sample.
    pub first: Vec<u8>,
    /// Of the last sample.
    pub last: Vec<u8>,
}

impl Observed {
    /// Adds the part that follows.
    pub fn append(&mut self, mut next: Self) {
        if let (Some(ours), Some(theirs)) = (&mut self.edges, &mut next.edges) {
            if let Some(joint) = next.observations.first_mut() {
                joint.change = difference(&ours.last, &theirs.first);
            }
            ours.last = std::mem::take(&mut theirs.last);
        } else {
            self.edges = self.edges.take().or(next.edges);
        }
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
        for (frames, entries, ends) in [
            (149, every(1), &[149][..]),
            (150, every(1), &[75, 150]),
            (450, every(1), &[112, 225, 337, 450]),
            (450, every(10), &[110, 220, 340, 450]),
            // Key frames of a recorder that writes one every 250 frames at 15 a second.
            (450, vec![0, 167, 334], &[167, 334, 450]),
            (450, vec![0], &[450]),
            (450, vec![0, 20, 440], &[450]),
            (450, vec![0, 300], &[300, 450]),
            (0, vec![0], &[0]),
        ] {
            let parts = cut(frames, entries.iter().copied());
            let found: Vec<usize> = parts.iter().map(|part| part.end).collect();
            assert_eq!(found, ends, "{frames} at {entries:?}");
        }
    }

    #[test]
    fn parts_follow_each_other_and_are_no_more_than_allowed() {
        for frames in 0..460 {
            for step in [1, 7, 40, 97, 200] {
                let parts = cut(frames, (0..frames.max(1)).step_by(step));
                assert!(parts.len() <= MOST_PARTS);
                assert_eq!(
                    (parts[0].start, parts.last().map(|part| part.end)),
                    (0, Some(frames))
                );
                for pair in parts.windows(2) {
                    assert_eq!(pair[0].end, pair[1].start);
                    assert!(pair[1].start.is_multiple_of(step));
                }
                assert!(parts.len() == 1 || parts.iter().all(|part| part.len() >= SHORT_PART / 2));
            }
        }
    }
}
