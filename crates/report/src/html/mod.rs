//! The report as one HTML document: no scripts, nothing to fetch, a style sheet that its policy allows by its hash.

mod findings;
mod follow_up;
mod markup;
mod phrases;
mod results;

use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};

use self::markup::{Markup, document, element, line, text, words};
use crate::Report;

const STYLE: &str = include_str!("../../data/report.css");

/// A page and what it may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The document.
    pub html: String,
    /// Its content security policy: its own style sheet and nothing else.
    pub policy: &'static str,
}

/// The report as a page.
#[must_use]
pub fn page(report: &Report) -> Page {
    let policy = policy();
    let title = format!("Movement report, {}", phrases::long_day(report.on));
    let main = [
        head(report),
        findings::glance(report),
        findings::limitations(report),
        follow_up::plan(report),
        follow_up::retests(report),
        follow_up::progress(report),
        results::tests(report),
        results::not_measured(report),
        results::sources(report),
        foot(report),
    ];
    let body = element("body", [element("main", main.map(line))]);
    Page {
        html: document(&title, policy.document, STYLE, body),
        policy: policy.header,
    }
}

struct Policy {
    /// For the document itself: a `meta` element may not say who frames it.
    document: &'static str,
    header: &'static str,
}

fn policy() -> &'static Policy {
    static POLICY: LazyLock<Policy> = LazyLock::new(|| {
        let hash = base64(&Sha256::digest(STYLE.as_bytes()));
        let document =
            format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'");
        let header = format!("{document}; frame-ancestors 'none'");
        Policy {
            document: document.leak(),
            header: header.leak(),
        }
    });
    &POLICY
}

/// Base 64 as hashes in policies are written.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = group
            .iter()
            .chain(&[0, 0])
            .take(3)
            .fold(0_usize, |bits, &byte| bits << 8 | usize::from(byte));
        for place in 0..4 {
            let letter = LETTERS
                .get(bits >> (18 - 6 * place) & 63)
                .copied()
                .unwrap_or(b'=');
            text.push(if place > group.len() {
                '='
            } else {
                char::from(letter)
            });
        }
    }
    text
}

fn head(report: &Report) -> Markup {
    let brand = element(
        "p class=\"brand\"",
        [
            text("Flow Logic"),
            words("span class=\"tier\"", report.tier.title()),
        ],
    );
    let measured = report.retests.full.as_ref().map_or_else(
        || "No test has a result yet.".to_owned(),
        |full| {
            let newest = report
                .tests
                .iter()
                .map(|test| test.on)
                .max()
                .unwrap_or(full.since);
            if newest == full.since {
                format!("From tests of {}.", phrases::long_day(newest))
            } else {
                format!(
                    "From tests between {} and {}.",
                    phrases::long_day(full.since),
                    phrases::long_day(newest)
                )
            }
        },
    );
    element(
        "header",
        [
            brand,
            words("h1", "Movement report"),
            words(
                "p class=\"lead\"",
                format!("{}. {measured}", phrases::long_day(report.on)),
            ),
            words(
                "p class=\"hint\"",
                "To keep it, print this page or save it as PDF from the menu of your browser.",
            ),
        ],
    )
}

fn foot(report: &Report) -> Markup {
    element(
        "footer",
        [
            words("h2", "About this report"),
            words(
                "p",
                "Everything here was measured from landmarks of your body in short videos. The videos were deleted after scoring; \
                 the drawings are made from the landmarks and show nothing else of you. One camera reads angles within about 5 to \
                 10 degrees: what lies that near to a limit could lie on either side of it, and the confidence says so.",
            ),
            words(
                "p",
                "Confidence is how sure an outcome is: it falls near limits, with fewer repetitions, from an unfavourable view, with a \
                 side that was not shown, and where you were hard to see. Pose accuracy is the share of a recording in which all \
                 needed parts of your body were seen and each bone kept its length within a fifth. It is no comparison with the \
                 truth: a joint that is read in the wrong place throughout is not noticed.",
            ),
            words("p", report.disclaimer),
        ],
    )
}

/// A section with its heading and a sentence.
fn section(title: &str, intro: &str, content: Vec<Markup>) -> Markup {
    let mut pieces = vec![words("h2", title)];
    if !intro.is_empty() {
        pieces.push(words("p class=\"intro\"", intro));
    }
    pieces.extend(content);
    element("section", pieces.into_iter().map(line))
}

/// A table that is not broken over pages.
fn whole_table(columns: &[&str], rows: Vec<Vec<Markup>>) -> Markup {
    element("div class=\"whole\"", [table(columns, rows)])
}

/// A table of columns by their names, right-aligned where a name begins with `>`.
fn table(columns: &[&str], rows: impl IntoIterator<Item = Vec<Markup>>) -> Markup {
    let names = columns.iter().map(|name| match name.strip_prefix('>') {
        Some(name) => words("th scope=\"col\" class=\"number\"", name),
        None => words("th scope=\"col\"", name),
    });
    let rows = rows.into_iter().map(|cells| {
        let cells = cells
            .into_iter()
            .zip(columns)
            .enumerate()
            .map(|(index, (cell, name))| match (index, name.starts_with('>')) {
                (0, _) => element("th scope=\"row\"", [cell]),
                (_, true) => element("td class=\"number\"", [cell]),
                (_, false) => element("td", [cell]),
            });
        line(element("tr", cells))
    });
    let table = element(
        "table",
        [
            element("thead", [element("tr", names)]),
            element("tbody", rows.collect::<Vec<_>>()),
        ],
    );
    // On a phone a wide table is moved sideways, with the keyboard too.
    element(
        "div class=\"scroll\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"",
        [table],
    )
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base_64_of_any_length() {
        for (bytes, expected) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
        ] {
            assert_eq!(base64(bytes.as_bytes()), expected);
        }
    }
}
