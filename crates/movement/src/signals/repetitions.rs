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

/// Share of its height above which a wave belongs to its peak rather than to the rest around it.
const FOOT_OF_WAVE: f64 = 0.2;

/// The waves of `signal`: peaks that rise by at least `height` from the low before and fall by as much to the low after,
/// wherever those lows are. What is not a number is passed over.
///
/// For movements whose rest differs from one repetition to the next, where [`swings`] with its fixed levels would join two.
#[must_use]
pub fn waves(signal: &[f64], height: f64) -> Vec<Run> {
    let mut found: Vec<Run> = Vec::new();
    let known: Vec<usize> = (0..signal.len())
        .filter(|&index| !signal[index].is_nan())
        .collect();
    let Some(&first) = known.first() else { return found };
    let (mut low, mut high) = (first, first);
    let mut rising = false;
    for &index in &known {
        let value = signal[index];
        if rising {
            if value > signal[high] {
                high = index;
            } else if signal[high] - value >= height {
                found.push(wave(signal, low, high, index));
                (rising, low) = (false, index);
            }
        } else if value <= signal[low] {
            low = index;
            // The fall goes on: the wave before ends further down.
            if let Some(last) = found.last_mut() {
                last.end = end_of(signal, last.peak, index);
            }
        } else if value - signal[low] >= height {
            (rising, high) = (true, index);
        }
    }
    found
}

/// The wave with this peak between the lows `from` and `to`, cut to where it stands out.
fn wave(signal: &[f64], from: usize, peak: usize, to: usize) -> Run {
    let least = level(signal, peak, from);
    let start = (from..=peak)
        .find(|&index| signal[index] >= least)
        .unwrap_or(peak);
    Run {
        start,
        peak,
        end: end_of(signal, peak, to),
        complete: true,
    }
}

/// The last point before the low `to` that stands out.
fn end_of(signal: &[f64], peak: usize, to: usize) -> usize {
    let least = level(signal, peak, to);
    (peak..=to)
        .rev()
        .find(|&index| signal[index] >= least)
        .unwrap_or(peak)
}

/// The level between a low and a peak from which a point belongs to the peak.
fn level(signal: &[f64], peak: usize, low: usize) -> f64 {
    signal[low] + FOOT_OF_WAVE * (signal[peak] - signal[low])
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
    fn waves_are_found_over_a_changing_rest_and_unfinished_ones_are_not() {
        let signal = [0.0, 0.1, 6.0, 9.0, 5.0, 3.0, 3.1, 8.0, 3.0, 2.9, GAP, 9.0];
        let found: Vec<(usize, usize, usize)> = waves(&signal, 4.0)
            .iter()
            .map(|run| (run.start, run.peak, run.end))
            .collect();
        assert_eq!(found, [(2, 3, 4), (7, 7, 7)]);
    }

    #[test]
    fn nothing_is_found_in_nothing() {
        assert!(waves(&[], 1.0).is_empty() && waves(&[GAP, 3.0, GAP], 1.0).is_empty());
        assert!(swings(&[], 1.0, 2.0, 1).is_empty());
        assert!(swings(&[GAP; 5], 1.0, 2.0, 1).is_empty());
        assert!(swings(&[0.0; 5], 1.0, 2.0, 1).is_empty());
    }
}
