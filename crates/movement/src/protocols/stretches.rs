//! Stretches of time in which something holds, on the grid: what holds are counted in.

use crate::track::RATE_HZ;

/// Points of the grid by which what is looked for need not be seen, or may be lost, without the clock stopping: 0.5 s.
pub(super) const BRIDGE: usize = 5;

/// A stretch by points of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub start: usize,
    pub end: usize,
}

impl Stretch {
    pub(crate) fn seconds(self) -> f64 {
        (self.end + 1 - self.start) as f64 / RATE_HZ
    }

    pub(crate) fn middle(self) -> usize {
        usize::midpoint(self.start, self.end)
    }
}

/// Seconds of all stretches together.
pub(crate) fn seconds(stretches: &[Stretch]) -> f64 {
    stretches.iter().fold(0.0, |sum, stretch| sum + stretch.seconds())
}

/// The runs of `true`; those that are apart by at most [`BRIDGE`] points are one.
pub(crate) fn runs(there: &[bool]) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for (index, _) in there.iter().enumerate().filter(|(_, there)| **there) {
        match found.last_mut() {
            Some(last) if index - last.end <= BRIDGE + 1 => last.end = index,
            _ => found.push(Stretch {
                start: index,
                end: index,
            }),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_lapses_are_bridged_and_longer_ones_part_two_runs() {
        let lapse = |points: usize| {
            let there: Vec<bool> = [vec![true; 4], vec![false; points], vec![true; 3]].concat();
            runs(&there)
                .iter()
                .map(|run| (run.start, run.end))
                .collect::<Vec<_>>()
        };
        assert_eq!(lapse(BRIDGE), [(0, 11)]);
        assert_eq!(lapse(BRIDGE + 1), [(0, 3), (10, 12)]);
        assert!(runs(&[false; 3]).is_empty() && runs(&[]).is_empty());
    }
}
