//! Who observes which part of a clip, and how far all of them are.

use std::collections::VecDeque;

use crate::{Error, Observed, Part, Progress};

/// The parts of one clip while they are observed.
#[derive(Debug)]
pub struct Division {
    parts: Vec<Part>,
    /// Numbers of the parts that nobody has taken, in order.
    waiting: VecDeque<usize>,
    /// Frames observed in each part by whoever has it.
    seen: Vec<usize>,
    observed: Vec<Option<Observed>>,
    /// The most frames that were done at any time: a part that is given back loses some.
    furthest: usize,
}

impl Division {
    /// Parts that nobody has taken yet.
    #[must_use]
    pub fn new(parts: Vec<Part>) -> Self {
        Self {
            waiting: (0..parts.len()).collect(),
            seen: vec![0; parts.len()],
            observed: vec![None; parts.len()],
            parts,
            furthest: 0,
        }
    }

    /// How many parts there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.parts.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The part of this number.
    #[must_use]
    pub fn part(&self, number: usize) -> Part {
        self.parts[number].clone()
    }

    /// Takes the first part that waits: for whoever holds the clip.
    pub fn take_first(&mut self) -> Option<usize> {
        self.waiting.pop_front()
    }

    /// Takes the last part that waits: for helpers.
    pub fn take_last(&mut self) -> Option<usize> {
        self.waiting.pop_back()
    }

    /// So many frames of `part` are observed.
    pub fn saw(&mut self, part: usize, frames: usize) {
        self.seen[part] = frames;
        self.furthest = self.furthest.max(self.seen.iter().sum());
    }

    /// All of `part` was observed.
    pub fn finish(&mut self, part: usize, observed: Observed) {
        self.observed[part] = Some(observed);
    }

    /// Whoever had `part` came to nothing; somebody else has to take it from its beginning.
    pub fn give_back(&mut self, part: usize) {
        self.seen[part] = 0;
        let place = self.waiting.partition_point(|&waiting| waiting < part);
        self.waiting.insert(place, part);
    }

    /// How far all parts are together. Never goes back.
    #[must_use]
    pub fn progress(&self) -> Progress {
        Progress {
            done: self.furthest,
            total: self
                .parts
                .iter()
                .map(|part| part.frames.len())
                .sum::<usize>()
                .max(self.furthest),
        }
    }

    /// The clip as a whole. An error names a part that is not finished.
    pub fn join(self) -> Result<Observed, Error> {
        let mut whole = Observed::default();
        for (observed, part) in self.observed.into_iter().zip(self.parts) {
            whole.append(observed.ok_or(Error::Part(part.frames))?);
        }
        Ok(whole)
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use flow_landmarks::Observation;

    use super::*;

    fn observed(frames: Range<u32>) -> Observed {
        let observation = |frame| Observation {
            frame,
            t: f64::from(frame),
            pose: None,
            face: None,
            people: None,
            brightness: 0.0,
            change: 0.0,
        };
        Observed {
            observations: frames.map(observation).collect(),
            ..Observed::default()
        }
    }

    fn division<const N: usize>(parts: [Range<usize>; N]) -> Division {
        let part = |frames: Range<usize>| Part {
            entry: frames.start,
            frames,
        };
        Division::new(parts.map(part).to_vec())
    }

    #[test]
    fn parts_are_taken_from_both_ends_and_joined_in_order() {
        let mut division = division([0..3, 3..5, 5..9]);
        assert_eq!((division.take_last(), division.take_first()), (Some(2), Some(0)));
        assert_eq!((division.take_last(), division.take_first()), (Some(1), None));
        division.finish(2, observed(5..9));
        division.finish(0, observed(0..3));
        division.finish(1, observed(3..5));
        let whole = division.join().unwrap();
        assert_eq!(whole.observations, observed(0..9).observations);
    }

    #[test]
    fn a_part_that_was_given_back_is_the_next_one_and_progress_stays() {
        let mut division = division([0..2, 2..4, 4..6, 6..8]);
        let (mine, theirs) = (division.take_first().unwrap(), division.take_last().unwrap());
        division.saw(mine, 1);
        division.saw(theirs, 2);
        assert_eq!(division.progress(), Progress { done: 3, total: 8 });
        division.give_back(theirs);
        assert_eq!(division.progress(), Progress { done: 3, total: 8 });
        division.give_back(mine);
        assert_eq!(
            [(); 4].map(|()| division.take_first()),
            [Some(0), Some(1), Some(2), Some(3)]
        );
        for part in 0..4 {
            division.saw(part, 1);
        }
        assert_eq!(division.progress().done, 4);
    }

    #[test]
    fn a_clip_with_a_part_missing_is_no_clip() {
        let mut division = division([0..2, 2..4]);
        division.finish(0, observed(0..2));
        assert!(matches!(division.join(), Err(Error::Part(frames)) if frames == (2..4)));
    }
}
