//! How much of its tier's processing time a run has used, when several videos are scored at once.

use std::time::Duration;

/// However many videos are scored at once, a run ends after so many times its tier's time.
const LONGEST: u32 = 4;

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

    /// Whether the run must end.
    #[must_use]
    pub fn is_spent(&self) -> bool {
        self.used > self.allowed || self.clock > self.allowed * LONGEST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds_until_spent(at_once: u32) -> u32 {
        let mut budget = TimeBudget::new(Duration::from_secs(15));
        budget.share(at_once);
        let mut seconds = 0;
        while !budget.is_spent() {
            budget.spend(Duration::from_secs(1));
            seconds += 1;
        }
        seconds
    }

    #[test]
    fn the_time_stretches_with_the_number_of_videos_up_to_a_limit() {
        for (at_once, seconds) in [(0, 16), (1, 16), (2, 31), (3, 46), (4, 61), (10, 61)] {
            assert_eq!(seconds_until_spent(at_once), seconds, "{at_once} at once");
        }
    }

    #[test]
    fn only_the_time_that_was_shared_is_stretched() {
        let mut budget = TimeBudget::new(Duration::from_secs(15));
        budget.spend(Duration::from_secs(10));
        budget.share(2);
        budget.spend(Duration::from_secs(10));
        assert!(!budget.is_spent());
        budget.spend(Duration::from_secs(1));
        assert!(budget.is_spent());
    }
}
