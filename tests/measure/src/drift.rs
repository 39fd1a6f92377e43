//! Whether a document still says what was measured: words exactly, numbers within a tolerance, told by how they are written.

use crate::table::{MET, MISSED};

/// How far degrees, such as `4.2°`, may be apart.
pub const DEGREES: f64 = 0.5;
/// How far other numbers with a decimal point, such as `0.95`, may be apart.
pub const SHARE: f64 = 0.05;
/// How far counts with the sign `≈` may be apart, as a share of the larger one.
pub const COUNT_SHARE: f64 = 0.05;
/// How far such counts may be apart in any case.
pub const COUNT: f64 = 2.0;

/// What differs between the document that was kept and the one that was measured now, a line for each difference.
#[must_use]
pub fn drift(kept: &str, measured: &str) -> Vec<String> {
    let (kept, measured): (Vec<&str>, Vec<&str>) = (kept.lines().collect(), measured.lines().collect());
    let common = common(&kept, &measured);
    let mut differences = Vec::new();
    let (mut left, mut right) = (0, 0);
    for (in_kept, in_measured) in common.into_iter().chain([(kept.len(), measured.len())]) {
        describe(
            &kept,
            left..in_kept,
            &measured[right..in_measured],
            &mut differences,
        );
        (left, right) = (in_kept + 1, in_measured + 1);
    }
    differences
}

/// Pairs of lines that say the same, as many as there can be, in order.
fn common(kept: &[&str], measured: &[&str]) -> Vec<(usize, usize)> {
    let mut longest = vec![vec![0_usize; measured.len() + 1]; kept.len() + 1];
    for (i, line) in kept.iter().enumerate().rev() {
        for (j, other) in measured.iter().enumerate().rev() {
            longest[i][j] = if same_line(line, other) {
                longest[i + 1][j + 1] + 1
            } else {
                longest[i + 1][j].max(longest[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < kept.len() && j < measured.len() {
        if same_line(kept[i], measured[j]) {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[i + 1][j] >= longest[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Tells lines `gone` of the kept document apart from the lines that were measured in their place.
fn describe(kept: &[&str], gone: std::ops::Range<usize>, measured: &[&str], differences: &mut Vec<String>) {
    let start = gone.start;
    let mut came: Vec<&str> = measured.to_vec();
    for index in gone {
        let line = kept[index];
        let (number, cells) = (index + 1, cells(line));
        let twin = came.iter().position(|other| {
            is_row(line) && cells.len() == self::cells(other).len() && cells[0] == self::cells(other)[0]
        });
        if let Some(twin) = twin {
            let heads = heads(kept, index);
            for ((cell, other), head) in cells.iter().zip(self::cells(came.remove(twin))).zip(heads) {
                if !same_cell(cell, other) {
                    differences.push(format!(
                        "line {number}, {}, {head}: the file says \"{cell}\", measured was \"{other}\"",
                        cells[0]
                    ));
                }
            }
        } else if !on_the_edge(line) {
            differences.push(format!("line {number} is not what was measured: {line}"));
        }
    }
    differences.extend(
        came.iter()
            .filter(|line| !on_the_edge(line))
            .map(|line| format!("missing after line {start}: {line}")),
    );
}

/// The heads of the table that a line is in.
fn heads<'a>(lines: &[&'a str], index: usize) -> Vec<&'a str> {
    let first = lines[..=index]
        .iter()
        .rposition(|line| !is_row(line))
        .map_or(0, |before| before + 1);
    cells(lines[first])
}

fn is_row(line: &str) -> bool {
    line.starts_with('|')
}

/// The cells of a row; other lines are one cell.
fn cells(line: &str) -> Vec<&str> {
    if is_row(line) {
        line.trim_matches('|').split('|').map(str::trim).collect()
    } else {
        vec![line]
    }
}

fn same_line(kept: &str, measured: &str) -> bool {
    let edge = on_the_edge(kept) && on_the_edge(measured);
    let verdict = |cell: &str| [MET, MISSED].contains(&cell);
    let (kept, measured) = (cells(kept), cells(measured));
    kept.len() == measured.len()
        && kept
            .iter()
            .zip(measured)
            .all(|(cell, other)| same_cell(cell, other) || (edge && verdict(cell) && verdict(other)))
}

/// Whether a row's error lies so near its target that another processor may find it on the other side: then the row may be
/// called met or missed, and may be listed or not where misses are.
fn on_the_edge(line: &str) -> bool {
    let degrees: Vec<f64> = cells(line)
        .into_iter()
        .filter(|cell| !cell.starts_with(['+', '-']))
        .filter_map(|cell| match Number::read(cell) {
            Some(Number::Degrees(degrees)) => Some(degrees),
            _ => None,
        })
        .collect();
    is_row(line) && matches!(degrees[..], [error, target] if (error - target).abs() <= DEGREES)
}

fn same_cell(kept: &str, measured: &str) -> bool {
    let rule = |cell: &str| !cell.is_empty() && cell.chars().all(|letter| letter == '-' || letter == ':');
    kept == measured
        || (rule(kept) && rule(measured))
        || Number::read(kept)
            .zip(Number::read(measured))
            .is_some_and(|(kept, measured)| kept.close_to(measured))
}

/// A number as it is written in a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Number {
    Degrees(f64),
    Share(f64),
    Count(f64),
}

impl Number {
    fn read(cell: &str) -> Option<Self> {
        if let Some(degrees) = cell.strip_suffix('°') {
            degrees.parse().ok().map(Self::Degrees)
        } else if let Some(count) = cell.strip_prefix("≈ ") {
            count.parse().ok().map(Self::Count)
        } else if cell.contains('.') {
            cell.parse().ok().map(Self::Share)
        } else {
            None
        }
    }

    fn close_to(self, other: Self) -> bool {
        // Values are written rounded: decimal fractions are not exact.
        let within = |a: f64, b: f64, most: f64| (a - b).abs() <= most + 1e-9;
        match (self, other) {
            (Self::Degrees(a), Self::Degrees(b)) => within(a, b, DEGREES),
            (Self::Share(a), Self::Share(b)) => within(a, b, SHARE),
            (Self::Count(a), Self::Count(b)) => within(a, b, (COUNT_SHARE * a.max(b)).max(COUNT)),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEPT: &str = "\
# What was measured

In 3 clips.

| angle | frames | error | share | target |
|-------|-------:|------:|------:|--------|
| knee  |  ≈ 200 |  4.2° |  0.95 | met    |
| hip   |  ≈ 210 |  5.1° |  0.90 | MISSED |

| angle | clips |
|-------|------:|
| knee  |     3 |
";

    /// What differs when `from` is replaced by `to` in what was measured.
    fn after(from: &str, to: &str) -> Vec<String> {
        assert!(KEPT.contains(from), "{from}");
        drift(KEPT, &KEPT.replace(from, to))
    }

    #[test]
    fn numbers_within_their_tolerance_and_other_widths_are_the_same() {
        for (from, to) in [
            ("knee", "knee"),
            (" 4.2°", " 4.7°"),
            (" 4.2°", " 3.7°"),
            ("0.95", "1.00"),
            ("≈ 200", "≈ 202"),
            ("≈ 200", "≈ 210"),
            ("|-------|-------:|", "|---------------|---:|"),
            ("| knee  |", "| knee            |"),
        ] {
            assert_eq!(after(from, to), Vec::<String>::new(), "{from} -> {to}");
        }
    }

    #[test]
    fn a_number_beyond_its_tolerance_is_named_with_its_line_row_and_column() {
        for (from, to, head) in [
            ("4.2°", "4.8°", "error"),
            ("4.2°", "3.6°", "error"),
            ("4.2°", "-4.2°", "error"),
            ("4.2°", "NaN°", "error"),
            ("0.95", "0.89", "share"),
            ("≈ 200", "≈ 211", "frames"),
            ("≈ 200", "200", "frames"),
        ] {
            let expected = format!("line 7, knee, {head}: the file says \"{from}\", measured was \"{to}\"");
            assert_eq!(after(from, to), [expected]);
        }
    }

    #[test]
    fn a_changed_word_is_named_and_so_is_a_count_that_must_be_exact() {
        assert_eq!(
            after("MISSED", "met"),
            ["line 8, hip, target: the file says \"MISSED\", measured was \"met\""]
        );
        assert_eq!(
            after("|     3 |", "|     4 |"),
            ["line 12, knee, clips: the file says \"3\", measured was \"4\""]
        );
        assert_eq!(
            after("In 3 clips.", "In 4 clips."),
            [
                "line 3 is not what was measured: In 3 clips.",
                "missing after line 2: In 4 clips."
            ]
        );
    }

    #[test]
    fn a_row_that_is_gone_and_one_that_was_added_are_named() {
        let hip = "| hip   |  ≈ 210 |  5.1° |  0.90 | MISSED |";
        assert_eq!(
            after(&format!("{hip}\n"), ""),
            [format!("line 8 is not what was measured: {hip}")]
        );
        let shin = "| shin  |  ≈ 90 |  1.0° |  0.90 | met |";
        assert_eq!(
            after(hip, &format!("{shin}\n{hip}")),
            [format!("missing after line 7: {shin}")]
        );
    }

    #[test]
    fn an_error_next_to_its_target_may_fall_on_either_side_and_no_other() {
        let table = |rows: &[&str]| {
            format!(
                "| angle | error | bias | target | |\n|---|---|---|---|---|\n{}",
                rows.join("\n")
            )
        };
        let [met, missed] = [
            "| trunk | 4.9° | +4.9° | 5.0° | met |",
            "| trunk | 5.1° | +5.1° | 5.0° | MISSED |",
        ];
        assert!(drift(&table(&[met]), &table(&[missed])).is_empty());
        assert!(
            drift(&table(&[]), &table(&[missed])).is_empty()
                && drift(&table(&[missed]), &table(&[])).is_empty()
        );
        let far = "| trunk | 6.0° | +6.0° | 5.0° | MISSED |";
        let near = "| trunk | 5.6° | +5.6° | 5.0° | met |";
        assert_eq!(drift(&table(&[far]), &table(&[near])).len(), 1);
        assert_eq!(drift(&table(&[]), &table(&[far])).len(), 1);
    }
}
