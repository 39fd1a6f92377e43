//! Finding repetitions: swings of a signal from rest to a peak and back.

/// A swing of a signal on the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// First point of the grid that belongs to it.
    pub start: usize,
    /// Where the signal is greatest.
    pub peak: usize,
    /// Last point of the grid that belongs to it.
    pub end: usize,
    /// Whether the signal was seen to leave rest and to come back to it.
    pub complete: bool,
}

/// The stretches in which `signal` stays above `low` and exceeds `high` at least once. What is not a number continues
/// the state before it for at most `bridge` points and ends a swing after that.
#[must_use]
pub fn swings(signal: &[f64], low: f64, high: f64, bridge: usize) -> Vec<Run> {
    let mut found = Vec::new();
    let mut open: Option<Run> = None;
    let mut missing = 0;
    let mut rest_seen = false;
    let mut close = |run: &mut Option<Run>, came_back: bool| {
        if let Some(run) = run.take()
            && signal[run.peak] >= high
        {
            found.push(Run {
                complete: run.complete && came_back,
                ..run
            });
        }
    };
    for (index, &value) in signal.iter().enumerate() {
        if value.is_nan() {
            missing += 1;
            if missing > bridge {
                close(&mut open, false);
                rest_seen = false;
            }
            continue;
        }
        missing = 0;
        if value <= low {
            close(&mut open, true);
            rest_seen = true;
            continue;
        }
        match &mut open {
            Some(run) => {
                run.end = index;
                if value > signal[run.peak] {
                    run.peak = index;
                }
            }
            None => {
                open = Some(Run {
                    start: index,
                    peak: index,
                    end: index,
                    complete: rest_seen,
                });
            }
        }
    }
    close(&mut open, false);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const GAP: f64 = f64::NAN;

    #[test]
    fn swings_are_found_with_their_peaks_and_unfinished_ones_are_marked() {
        let signal = [0.0, 3.0, 9.0, 4.0, 0.0, 3.0, 4.0, 0.0, 2.0, 8.0, 9.0];
        assert_eq!(
            swings(&signal, 1.0, 8.0, 2),
            [
                Run {
                    start: 1,
                    peak: 2,
                    end: 3,
                    complete: true
                },
                Run {
                    start: 8,
                    peak: 10,
                    end: 10,
                    complete: false
                }
            ]
        );
    }

    #[test]
    fn a_short_gap_is_bridged_and_a_long_one_ends_the_swing() {
        let short = [0.0, 5.0, GAP, 9.0, 0.0];
        assert_eq!(swings(&short, 1.0, 8.0, 1).len(), 1);
        let long = [0.0, 9.0, GAP, GAP, 9.0, 0.0];
        let found = swings(&long, 1.0, 8.0, 1);
        assert_eq!(
            found.iter().map(|run| run.complete).collect::<Vec<_>>(),
            [false, false]
        );
    }

    #[test]
    fn nothing_is_found_in_nothing() {
        assert!(swings(&[], 1.0, 2.0, 1).is_empty());
        assert!(swings(&[GAP; 5], 1.0, 2.0, 1).is_empty());
        assert!(swings(&[0.0; 5], 1.0, 2.0, 1).is_empty());
    }
}
