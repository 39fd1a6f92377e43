//! How much of its tier's processing time a run has used, when several videos are scored at once.

use std::time::Duration;

use crate::Progress;

/// However many videos are scored at once, a run ends after so many times its tier's time.
const LONGEST: u32 = 4;

/// Share of the time after which a run's pace says whether it can finish: until then loading the models weighs too much.
const PACE_KNOWN: f64 = 0.25;

/// How far over its time a run may be heading and still go on, as a share of the time: paces change.
const MAY_STILL_FIT: f64 = 1.25;

/// The processing time of one run.
///
/// A tier's time is meant for one video on a machine that does nothing else. While `n` videos are scored at once, a second
/// on the clock counts as `1/n`, so that nobody's video is refused because others sent theirs at the same moment.
#[derive(Clone, Copy, Debug)]
pub struct TimeBudget {
    allowed: Duration,
    used: Duration,
    clock: Duration,
    at_once: u32,
}

impl TimeBudget {
    /// A budget of which nothing is used.
    #[must_use]
    pub const fn new(allowed: Duration) -> Self {
        Self {
            allowed,
            used: Duration::ZERO,
            clock: Duration::ZERO,
            at_once: 1,
        }
    }

    /// How many videos are scored at once from now on, this one included.
    pub fn share(&mut self, at_once: u32) {
        self.at_once = at_once.max(1);
    }

    /// Time goes by on the clock.
    pub fn spend(&mut self, time: Duration) {
        self.clock += time;
        self.used += time / self.at_once;
    }

    /// Whether a run that has come so far must end: its time is used up, or will be well before it is done. Ending at once
    /// spares the person the wait, and others the time.
    #[must_use]
    pub fn must_end(&self, progress: Progress) -> bool {
        let over = self.used > self.allowed || self.clock > self.allowed * LONGEST;
        let known = self.used.as_secs_f64() > PACE_KNOWN * self.allowed.as_secs_f64();
        progress.done < progress.total
            && (over || known && self.fitting_share(progress) * MAY_STILL_FIT < 1.0)
    }

    /// The share of the video that fits into the time at the pace so far; more than 1 when all of it does.
    #[must_use]
    pub fn fitting_share(&self, progress: Progress) -> f64 {
        let done = f64::from(progress.done) / f64::from(progress.total.max(1));
        done * self.allowed.as_secs_f64() / self.used.as_secs_f64().max(f64::MIN_POSITIVE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAMES: u32 = 100;

    /// Seconds until a run that does so many frames in each of them has to end, or is done.
    fn seconds_until_end(at_once: u32, pace: f64) -> u32 {
        let mut budget = TimeBudget::new(Duration::from_secs(15));
        budget.share(at_once);
        let mut seconds = 0;
        loop {
            let progress = progress(pace * f64::from(seconds));
            if budget.must_end(progress) || progress.done == FRAMES {
                return seconds;
            }
            budget.spend(Duration::from_secs(1));
            seconds += 1;
        }
    }

    fn progress(done: f64) -> Progress {
        Progress {
            done: (done as u32).min(FRAMES),
            total: FRAMES,
        }
    }

    #[test]
    fn the_time_stretches_with_the_number_of_videos_up_to_a_limit() {
        for (at_once, seconds) in [(0, 16), (1, 16), (2, 31), (3, 46), (4, 61), (10, 61)] {
            // A little too slow: that it does not fit is no reason to end early.
            let pace = 98.0 / f64::from(seconds);
            assert_eq!(seconds_until_end(at_once, pace), seconds, "{at_once} at once");
        }
    }

    #[test]
    fn only_the_time_that_was_shared_is_stretched() {
        let nearly = progress(99.0);
        let mut budget = TimeBudget::new(Duration::from_secs(15));
        budget.spend(Duration::from_secs(10));
        budget.share(2);
        budget.spend(Duration::from_secs(10));
        assert!(!budget.must_end(nearly));
        budget.spend(Duration::from_secs(1));
        assert!(budget.must_end(nearly));
        assert!(!budget.must_end(progress(100.0)), "what is done is done");
    }

    #[test]
    fn a_run_that_cannot_finish_ends_early_and_says_what_would_fit() {
        // 100 frames in 15 s take 6.7 a second.
        for (pace, seconds) in [(10.0, 10), (6.0, 16), (4.0, 4), (1.0, 4)] {
            assert_eq!(seconds_until_end(1, pace), seconds, "{pace} frames a second");
        }
        let mut budget = TimeBudget::new(Duration::from_secs(15));
        budget.spend(Duration::from_secs(5));
        assert!((budget.fitting_share(progress(20.0)) - 0.6).abs() < 1e-9);
    }
}
