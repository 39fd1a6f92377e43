//! Numbers, days and lists as people read them.

use chrono::NaiveDate;
use flow_catalog::TestId;
use flow_interpretation::Better;
use flow_landmarks::Side;
use flow_movement::assessment::Unit;

/// `25 November 2026`.
pub(super) fn long_day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// `25 Nov 2026`.
pub(super) fn short_day(day: NaiveDate) -> String {
    day.format("%-d\u{a0}%b\u{a0}%Y").to_string()
}

/// `25 Nov`.
pub(super) fn day_and_month(day: NaiveDate) -> String {
    day.format("%-d\u{a0}%b").to_string()
}

/// A value with its unit: `34°`, `12.5 s`, `3 % of leg length`.
pub(super) fn quantity(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Degrees => format!("{}°", minus(&format!("{value:.0}"))),
        Unit::Seconds => format!("{}\u{a0}s", minus(&format!("{value:.1}"))),
        Unit::LegLengths => format!("{}\u{a0}% of leg length", minus(&format!("{:.0}", 100.0 * value))),
        Unit::PercentOfLeg => format!("{}\u{a0}% of leg length", minus(&format!("{value:.0}"))),
        Unit::PercentOfBodyLine => format!("{}\u{a0}% of body length", minus(&format!("{value:.0}"))),
        Unit::TorsoLengths => format!(
            "{}\u{a0}% of trunk length",
            minus(&format!("{:.0}", 100.0 * value))
        ),
        Unit::Score => minus(&format!("{value:.2}")),
        Unit::Count => minus(&format!("{value:.0}")),
    }
}

/// A value without the words of its unit, where a column says them once: `3 %` for leg lengths.
pub(super) fn number(value: f64, unit: Unit) -> String {
    let quantity = quantity(value, unit);
    match quantity.split_once(" of ") {
        Some((number, _)) => number.to_owned(),
        None => quantity,
    }
}

/// A true minus sign, and no minus before nothing.
fn minus(number: &str) -> String {
    match number.strip_prefix('-') {
        Some(size) if size.chars().all(|digit| matches!(digit, '0' | '.')) => size.to_owned(),
        Some(size) => format!("\u{2212}{size}"),
        None => number.to_owned(),
    }
}

/// The typical range in words: `from 38°`.
pub(super) fn typical(limit: &str, better: Better) -> String {
    match better {
        Better::Higher => format!("from {limit}"),
        Better::Lower => format!("up to {limit}"),
        Better::NearZero => format!("within {limit} either way"),
    }
}

pub(super) const fn side(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
    }
}

/// `left and right`; nothing for no sides.
pub(super) fn sides(sides: &[Side]) -> String {
    let words: Vec<&str> = sides.iter().copied().map(side).collect();
    words.join(" and ")
}

/// `A, B or C`.
pub(super) fn list(items: &[&str], last: &str) -> String {
    match items {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

/// Titles of tests as a list.
pub(super) fn tests(tests: &[TestId], last: &str) -> String {
    let titles: Vec<&str> = tests.iter().copied().map(TestId::title).collect();
    list(&titles, last)
}

/// A name with its side.
pub(super) fn with_side(name: &str, of: Option<Side>) -> String {
    of.map_or_else(|| name.to_owned(), |of| format!("{name}, {}", side(of)))
}

/// A share in whole per cent.
pub(super) fn percent(share: f64) -> String {
    format!("{:.0}\u{a0}%", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        for (value, unit, expected) in [
            (33.6, Unit::Degrees, "34°"),
            (-0.4, Unit::Degrees, "0°"),
            (-12.4, Unit::Degrees, "\u{2212}12°"),
            (12.34, Unit::Seconds, "12.3\u{a0}s"),
            (0.034, Unit::LegLengths, "3\u{a0}% of leg length"),
            (3.0, Unit::Count, "3"),
        ] {
            assert_eq!(quantity(value, unit), expected);
        }
        assert_eq!(number(0.034, Unit::LegLengths), "3\u{a0}%");
        assert_eq!(number(12.0, Unit::Degrees), "12°");
    }

    #[test]
    fn days_and_lists_read_well() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        assert_eq!(long_day(day), "2 March 2026");
        assert_eq!(short_day(day), "2\u{a0}Mar\u{a0}2026");
        assert_eq!(list(&["a", "b", "c"], "or"), "a, b or c");
    }
}
