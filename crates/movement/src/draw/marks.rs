//! The values drawn on a key frame: arcs at joints, plumb lines, distances, and their labels beside the body.

use flow_landmarks::{Landmark, Side};

use super::{FLAGGED, Figure, INK, MUTED, STAGE, WIDTH, colour, svg::Svg};
use crate::{
    assessment::{Mark, MarkKind},
    geometry::Vector,
    track::{ankle, ear, elbow, heel, hip, knee, shoulder, toe, wrist},
};

/// Least distance between the middles of two labels in a column, SVG units.
const SPACING: f64 = 44.0;

/// Draws what lies behind the body: plumb lines and the floor.
pub(super) fn draw_guides(svg: &mut Svg, figure: &Figure<'_>, marks: &[Mark]) {
    let floor = figure.at(heel(Side::Left)).y.max(figure.at(heel(Side::Right)).y);
    let floor = floor
        .max(figure.at(toe(Side::Left)).y)
        .max(figure.at(toe(Side::Right)).y)
        + 8.0;
    svg.line(
        Vector::flat(60.0, floor),
        Vector::flat(WIDTH - 60.0, floor),
        3.0,
        "#cbd5e1",
        false,
    );
    for mark in marks {
        let Some((foot, length)) = plumb(figure, mark) else {
            continue;
        };
        svg.line(foot, foot - Vector::flat(0.0, length), 3.0, MUTED, true);
    }
}

/// Draws the values themselves and, where wanted, their labels.
pub(super) fn draw_marks(svg: &mut Svg, figure: &Figure<'_>, marks: &[Mark], labelled: bool) {
    let mut labels = Vec::new();
    for mark in marks {
        let colour = if mark.flagged {
            FLAGGED
        } else {
            mark.side.map_or(INK, colour)
        };
        let anchor = draw_mark(svg, figure, mark, colour);
        if labelled && anchor.is_finite() {
            labels.push((anchor, mark.label.as_str(), colour));
        }
    }
    let middle = STAGE.0 + STAGE.2 / 2.0;
    let (left, right): (Vec<_>, Vec<_>) = labels.into_iter().partition(|(anchor, ..)| anchor.x < middle);
    for (column, right) in [(left, false), (right, true)] {
        draw_labels(svg, column, right);
    }
}

/// Draws one value; the answer is where its label's leader begins.
fn draw_mark(svg: &mut Svg, figure: &Figure<'_>, mark: &Mark, colour: &str) -> Vector {
    let side = mark.side.unwrap_or(Side::Left);
    let at = |landmark| figure.at(landmark);
    let radius = 0.3 * figure.torso();
    let up = |point: Vector| point - Vector::flat(0.0, 100.0);
    let nose = at(Landmark::Nose);
    let ears = Side::BOTH.map(|side| at(ear(side)));
    // From the front a head has no angle in the picture.
    let faces = (nose.x - ears[0].x) * (nose.x - ears[1].x) < 0.0;
    let corner = match mark.kind {
        MarkKind::Head if faces => None,
        MarkKind::Knee => Some((at(knee(side)), at(hip(side)), at(ankle(side)))),
        MarkKind::Hip => Some((at(hip(side)), at(shoulder(side)), at(knee(side)))),
        MarkKind::Shoulder => Some((at(shoulder(side)), at(elbow(side)), at(hip(side)))),
        MarkKind::Trunk => {
            let hips = figure.middle(hip);
            Some((hips, figure.middle(shoulder), up(hips)))
        }
        MarkKind::Shin => Some((at(ankle(side)), at(knee(side)), up(at(ankle(side))))),
        MarkKind::Head => Some((at(ear(side)), nose, up(at(ear(side))))),
        MarkKind::EarLine => Some((at(shoulder(side)), at(ear(side)), up(at(shoulder(side))))),
        MarkKind::Heel | MarkKind::Reach | MarkKind::FootClearance | MarkKind::Forearm => None,
    };
    if let Some((corner, a, b)) = corner {
        // Angles from a plumb line are narrow: they are drawn further out, where they can be seen.
        let radius = if matches!(mark.kind, MarkKind::Trunk | MarkKind::Shin) {
            2.0 * radius
        } else {
            radius
        };
        svg.sector(corner, (a, b), radius, colour);
        let toward = |to: Vector| (to - corner) * (1.0 / (to - corner).length());
        return corner + (toward(a) + toward(b)) * (0.4 * radius);
    }
    match mark.kind {
        MarkKind::Head => {
            svg.line(ears[0].middle(ears[1]), nose, 4.0, colour, false);
            svg.dot(nose, 7.0, colour);
            nose
        }
        MarkKind::Heel => {
            svg.ring(at(heel(side)), 0.14 * figure.torso(), 4.0, colour);
            at(heel(side))
        }
        MarkKind::Reach => {
            let (from, to) = (at(toe(side.other())), at(toe(side)));
            svg.line(from, to, 4.0, colour, false);
            svg.dot(from, 7.0, colour);
            svg.dot(to, 7.0, colour);
            to
        }
        MarkKind::Forearm => {
            svg.line(at(elbow(side)), at(wrist(side)), 6.0, colour, false);
            at(wrist(side))
        }
        _ => {
            let lifted = at(toe(side)).y.max(at(heel(side)).y);
            let floor = at(toe(side.other())).y.max(at(heel(side.other())).y);
            let x = at(ankle(side)).x;
            svg.line(
                Vector::flat(x, floor),
                Vector::flat(x, lifted),
                4.0,
                colour,
                false,
            );
            Vector::flat(x, floor.midpoint(lifted))
        }
    }
}

/// Where a plumb line stands and how long it is, for the marks that are measured from one.
fn plumb(figure: &Figure<'_>, mark: &Mark) -> Option<(Vector, f64)> {
    match (mark.kind, mark.side) {
        (MarkKind::Trunk, _) => Some((figure.middle(hip), 1.1 * figure.torso())),
        (MarkKind::Shin, Some(side)) => Some((figure.at(ankle(side)), 0.9 * figure.torso())),
        _ => None,
    }
}

/// Labels in a column beside the body, each level with its joint as far as there is room, with a line to it.
fn draw_labels(svg: &mut Svg, mut labels: Vec<(Vector, &str, &str)>, right: bool) {
    labels.sort_by(|a, b| a.0.y.total_cmp(&b.0.y));
    let (top, bottom) = (STAGE.1 + 30.0, STAGE.1 + STAGE.3 - 10.0);
    let mut rows: Vec<f64> = Vec::new();
    for (anchor, ..) in &labels {
        let free = rows.last().map_or(top, |above| above + SPACING);
        rows.push(anchor.y.max(free));
    }
    // Pushed below the floor: move the column up again, keeping the distances.
    let mut limit = bottom;
    for row in rows.iter_mut().rev() {
        *row = row.min(limit);
        limit = *row - SPACING;
    }
    for ((anchor, label, colour), row) in labels.into_iter().zip(rows) {
        let width = 26.0 + 9.8 * label.chars().count() as f64;
        let x = if right {
            WIDTH - 18.0 - width / 2.0
        } else {
            18.0 + width / 2.0
        };
        let edge = if right { x - width / 2.0 } else { x + width / 2.0 };
        svg.line(anchor, Vector::flat(edge, row), 2.0, colour, false);
        svg.dot(anchor, 4.0, colour);
        svg.pill(Vector::flat(x, row), width, label, colour);
    }
}
