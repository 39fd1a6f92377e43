//! Days and months as a person's calendar has them: in their time zone, through every change of the clock.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Offset as _, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;

/// A span of time: from `start` on, up to and without `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its first instant.
    pub start: DateTime<Utc>,
    /// The first instant after it.
    pub end: DateTime<Utc>,
}

impl Window {
    /// How long it is; a day has 23 to 25 hours.
    #[must_use]
    pub fn length(&self) -> TimeDelta {
        self.end - self.start
    }
}

/// A moment with the spans that limits count in.
///
/// The hour is the sixty minutes that end now, so that nobody gets twice as much around a full hour; days and months are
/// the user's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The moment.
    pub now: DateTime<Utc>,
    /// The user's day.
    pub day: Window,
    /// The user's month.
    pub month: Window,
}

const MINUTE_MILLISECONDS: i64 = 60_000;

impl Moment {
    /// The moment `now` for somebody in `zone`.
    #[must_use]
    pub fn new(zone: Tz, now: DateTime<Utc>) -> Self {
        let today = now.with_timezone(&zone).date_naive();
        let first = today.with_day(1).unwrap_or(today);
        let (year, month) = match first.month() {
            12 => (first.year() + 1, 1),
            month => (first.year(), month + 1),
        };
        let tomorrow = today.succ_opt().unwrap_or(NaiveDate::MAX);
        let next_first = NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(NaiveDate::MAX);
        Self {
            now,
            day: Window {
                start: first_instant(zone, today),
                end: first_instant(zone, tomorrow),
            },
            month: Window {
                start: first_instant(zone, first),
                end: first_instant(zone, next_first),
            },
        }
    }

    /// What came after this counts for the hour.
    #[must_use]
    pub fn hour_ago(&self) -> DateTime<Utc> {
        self.now - TimeDelta::hours(1)
    }

    /// The start of the clock's minute.
    #[must_use]
    pub fn minute(&self) -> DateTime<Utc> {
        minute_of(self.now)
    }

    /// The start of the quarter of an hour that `time` lies in. All zones' days begin with one.
    #[must_use]
    pub fn quarter_of(time: DateTime<Utc>) -> DateTime<Utc> {
        floor(time, 15 * MINUTE_MILLISECONDS)
    }
}

/// The start of the clock's minute that `time` lies in. Minutes are the same in all zones.
#[must_use]
pub fn minute_of(time: DateTime<Utc>) -> DateTime<Utc> {
    floor(time, MINUTE_MILLISECONDS)
}

/// The start of the last `count` minutes of the clock, the one that is not over included.
#[must_use]
pub fn last_minutes(now: DateTime<Utc>, count: i64) -> DateTime<Utc> {
    minute_of(now) - TimeDelta::minutes(count - 1)
}

fn floor(time: DateTime<Utc>, milliseconds: i64) -> DateTime<Utc> {
    let past = time.timestamp_millis().rem_euclid(milliseconds);
    let whole = time.timestamp_millis() - past;
    DateTime::from_timestamp_millis(whole).unwrap_or(time)
}

/// The first instant at which a zone's calendar shows `date` or a later date.
///
/// Looked for by halving and not by asking for midnight: where clocks go forward at midnight there is none, where they
/// go back over it there are two, and Samoa once left out a whole day.
fn first_instant(zone: Tz, date: NaiveDate) -> DateTime<Utc> {
    let midnight = Utc.from_utc_datetime(&date.and_time(NaiveTime::MIN));
    // No zone was ever more than 16 hours from UTC; a left-out day adds 24.
    let (mut before, mut from) = (-24 * 3600, 48 * 3600);
    let at = |seconds| midnight + TimeDelta::seconds(seconds);
    let has_come = |seconds| at(seconds).with_timezone(&zone).date_naive() >= date;
    // On most days it is where the offset of the day puts midnight.
    let offset = zone.offset_from_utc_datetime(&midnight.naive_utc()).fix();
    let usual = -i64::from(offset.local_minus_utc());
    if has_come(usual) && !has_come(usual - 1) {
        return at(usual);
    }
    while from - before > 1 {
        let middle = i64::midpoint(before, from);
        if has_come(middle) {
            from = middle;
        } else {
            before = middle;
        }
    }
    at(from)
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;
    use proptest::prelude::*;

    use super::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// Zone, now, first instant of the day, first instant of the next one, in UTC.
    const DAYS: &str = "
        UTC                 2026-03-29T12:00:00  2026-03-29T00:00  2026-03-30T00:00
        # Clocks go forward at 02:00, back at 03:00: 23 and 25 hours.
        Europe/Berlin       2026-03-29T12:00:00  2026-03-28T23:00  2026-03-29T22:00
        Europe/Berlin       2026-10-25T12:00:00  2026-10-24T22:00  2026-10-25T23:00
        # Two seconds around midnight.
        Europe/Berlin       2026-07-14T21:59:59  2026-07-13T22:00  2026-07-14T22:00
        Europe/Berlin       2026-07-14T22:00:00  2026-07-14T22:00  2026-07-15T22:00
        # Midnight did not exist: 23:59:59 was followed by 01:00.
        America/Sao_Paulo   2018-11-04T12:00:00  2018-11-04T03:00  2018-11-05T02:00
        America/Sao_Paulo   2018-11-04T02:59:59  2018-11-03T03:00  2018-11-04T03:00
        # Clocks went back at midnight: the hour from 23:00 came twice.
        America/Sao_Paulo   2018-02-18T02:30:00  2018-02-17T02:00  2018-02-18T03:00
        # Clocks go back from 01:00 to midnight: midnight comes twice, the day begins with the first one.
        America/Havana      2026-11-01T05:30:00  2026-11-01T04:00  2026-11-02T05:00
        # A zone with half an hour, one with three quarters, and one whose clocks change by half an hour.
        Asia/Kolkata        2026-01-01T18:30:00  2026-01-01T18:30  2026-01-02T18:30
        Asia/Kathmandu      2026-01-01T18:14:59  2025-12-31T18:15  2026-01-01T18:15
        Australia/Lord_Howe 2026-04-05T00:00:00  2026-04-04T13:00  2026-04-05T13:30
        # 30 December 2011 was left out.
        Pacific/Apia        2011-12-30T09:59:59  2011-12-29T10:00  2011-12-30T10:00
        Pacific/Apia        2011-12-30T10:00:00  2011-12-30T10:00  2011-12-31T10:00
        # The zones furthest from UTC.
        Pacific/Kiritimati  2026-05-05T10:00:00  2026-05-05T10:00  2026-05-06T10:00
        Pacific/Pago_Pago   2026-05-05T10:59:59  2026-05-04T11:00  2026-05-05T11:00
    ";

    /// The same for months.
    const MONTHS: &str = "
        UTC                 2026-12-31T23:59:59  2026-12-01T00:00  2027-01-01T00:00
        UTC                 2028-02-29T12:00:00  2028-02-01T00:00  2028-03-01T00:00
        Europe/Berlin       2026-03-31T21:59:59  2026-02-28T23:00  2026-03-31T22:00
        Europe/Berlin       2026-03-31T22:00:00  2026-03-31T22:00  2026-04-30T22:00
        Asia/Kathmandu      2026-02-28T18:15:00  2026-02-28T18:15  2026-03-31T18:15
        Pacific/Kiritimati  2025-12-31T10:00:00  2025-12-31T10:00  2026-01-31T10:00
        Pacific/Apia        2011-12-30T10:00:00  2011-12-01T10:00  2011-12-31T10:00
    ";

    fn check(table: &str, window: impl Fn(Moment) -> Window) {
        let lines = table.lines().map(str::trim);
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let cells: Vec<&str> = line.split_whitespace().collect();
            let [zone, now, start, end] = cells.try_into().unwrap();
            let moment = Moment::new(zone.parse().unwrap(), utc(&format!("{now}Z")));
            let expected = Window {
                start: utc(&format!("{start}:00Z")),
                end: utc(&format!("{end}:00Z")),
            };
            assert_eq!(window(moment), expected, "{line}");
        }
    }

    #[test]
    fn a_day_is_the_one_of_the_users_calendar_however_long_it_is() {
        check(DAYS, |moment| moment.day);
    }

    #[test]
    fn a_month_is_the_one_of_the_users_calendar() {
        check(MONTHS, |moment| moment.month);
    }

    #[test]
    fn minutes_and_quarters_are_the_clocks() {
        let moment = Moment::new(Tz::UTC, utc("2026-05-05T10:44:59.999Z"));
        assert_eq!(moment.minute(), utc("2026-05-05T10:44:00Z"));
        assert_eq!(last_minutes(moment.now, 1), moment.minute());
        assert_eq!(last_minutes(moment.now, 5), utc("2026-05-05T10:40:00Z"));
        assert_eq!(Moment::quarter_of(moment.now), utc("2026-05-05T10:30:00Z"));
        assert_eq!(
            Moment::quarter_of(utc("2026-05-05T10:45:00Z")),
            utc("2026-05-05T10:45:00Z")
        );
        assert_eq!(moment.hour_ago(), utc("2026-05-05T09:44:59.999Z"));
    }

    proptest! {
        /// From 1990, when the zones of today had come to their present rules, to 2060.
        #[test]
        fn every_moment_lies_in_its_day_and_its_day_in_its_month(
            zone in prop::sample::select(chrono_tz::TZ_VARIANTS.as_slice()),
            seconds in 631_152_000_i64..2_840_140_800,
        ) {
            let now = DateTime::from_timestamp(seconds, 0).unwrap();
            let moment = Moment::new(zone, now);
            // Newfoundland's clocks went back over midnight a minute after it until 2011: there a day comes in two pieces.
            let in_pieces = zone.name().contains("St_Johns") || zone.name().contains("Newfoundland")
                || zone.name().contains("Goose_Bay") || zone.name().contains("Moncton");
            prop_assert!(moment.day.start <= now);
            prop_assert!(now < moment.day.end || in_pieces);
            prop_assert!(moment.month.start <= moment.day.start && moment.day.end <= moment.month.end);
            let next = Moment::new(zone, moment.day.end);
            prop_assert_eq!(next.day.start, moment.day.end);
            prop_assert_eq!(Moment::quarter_of(moment.day.start), moment.day.start);
        }
    }
}
