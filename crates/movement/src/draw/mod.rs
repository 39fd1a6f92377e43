//! Skeleton key frames as SVG: one pose with its values at their joints. No picture of the person.
//!
//! The figure is drawn from landmarks alone, the person's left in one colour and right in another, what stood out in red.
//! Documents stand alone: no scripts, no style sheets, no fonts to fetch, so that they work under any content policy.

mod marks;
mod svg;

use flow_landmarks::{Landmark, Side};

use self::svg::{Anchor, Svg};
use crate::{assessment::KeyFrame, geometry::Vector, track};

/// Width of the drawing, SVG units.
const WIDTH: f64 = 640.0;
/// Height of the drawing, SVG units.
const HEIGHT: f64 = 760.0;
/// The box the body is fitted into: left, top, width, height. Labels stand left and right of it.
const STAGE: (f64, f64, f64, f64) = (150.0, 70.0, 340.0, 560.0);
/// Room around the stage in small drawings, SVG units.
const SMALL_MARGIN: f64 = 30.0;
/// Least height of the body in small drawings, SVG units.
const SMALL_HEIGHT: f64 = 120.0;

const PAPER: &str = "#f5f7fa";
const INK: &str = "#1e293b";
const MUTED: &str = "#64748b";
const TRUNK: &str = "#94a3b8";
const LEFT: &str = "#0f9d8a";
const RIGHT: &str = "#4f5bd5";
const FLAGGED: &str = "#d6293e";

/// Draws a key frame as a stand-alone SVG document.
#[must_use]
pub fn draw(key_frame: &KeyFrame) -> String {
    let figure = Figure::fit(key_frame);
    let mut svg = Svg::new((0.0, 0.0, WIDTH, HEIGHT), &title(key_frame));
    svg.panel(PAPER);
    marks::draw_guides(&mut svg, &figure, &key_frame.marks);
    figure.draw(&mut svg);
    marks::draw_marks(&mut svg, &figure, &key_frame.marks, true);
    // A letter is about 0.58 of the size wide: long titles get smaller rather than cut.
    let size = (0.92 * WIDTH / (0.58 * key_frame.what.chars().count().max(1) as f64)).min(24.0);
    let title = Vector::flat(WIDTH / 2.0, HEIGHT - 62.0);
    svg.text(title, &key_frame.what, size, INK, Anchor::Middle, true);
    let when = format!("at {:.1} s", key_frame.t);
    svg.text(
        Vector::flat(WIDTH / 2.0, HEIGHT - 32.0),
        &when,
        17.0,
        MUTED,
        Anchor::Middle,
        false,
    );
    legend(&mut svg);
    svg.finish()
}

/// Draws a key frame without any words, cut to the body: for small drawings whose words stand beside them.
#[must_use]
pub fn draw_small(key_frame: &KeyFrame) -> String {
    let figure = Figure::fit(key_frame);
    let (left, top, width, height) = STAGE;
    let highest = Landmark::ALL
        .into_iter()
        .filter(|&landmark| known(key_frame, landmark))
        .map(|landmark| figure.at(landmark).y)
        .fold(top + height, f64::min);
    // Above the highest landmark is half of a head, or a hand.
    let (margin, above) = (SMALL_MARGIN, SMALL_MARGIN + 0.25 * figure.torso());
    let above = (highest - above)
        .clamp(top - above, top + height - SMALL_HEIGHT)
        .round();
    let view = (
        left - margin,
        above,
        width + 2.0 * margin,
        top + height + margin - above,
    );
    let mut svg = Svg::new(view, &title(key_frame));
    svg.panel(PAPER);
    marks::draw_guides(&mut svg, &figure, &key_frame.marks);
    figure.draw(&mut svg);
    marks::draw_marks(&mut svg, &figure, &key_frame.marks, false);
    svg.finish()
}

fn title(key_frame: &KeyFrame) -> String {
    format!("{}, {:.1} s", key_frame.what, key_frame.t)
}

/// Which colour is which side, the person's own.
fn legend(svg: &mut Svg) {
    for (x, colour, name, anchor, offset) in [
        (34.0, RIGHT, "right", Anchor::Start, 14.0),
        (WIDTH - 34.0, LEFT, "left", Anchor::End, -14.0),
    ] {
        svg.dot(Vector::flat(x, 34.0), 7.0, colour);
        svg.text(Vector::flat(x + offset, 40.0), name, 16.0, MUTED, anchor, false);
    }
}

/// The colour of a side.
const fn colour(side: Side) -> &'static str {
    match side {
        Side::Left => LEFT,
        Side::Right => RIGHT,
    }
}

/// A pose fitted into the drawing.
struct Figure<'a> {
    key_frame: &'a KeyFrame,
    /// SVG units per frame height.
    zoom: f64,
    /// Where the origin of the picture lies, SVG units.
    origin: Vector,
    /// The side further from the camera when the body is seen side-on.
    far: Option<Side>,
}

impl<'a> Figure<'a> {
    /// Fits the body, head to feet and hand to hand, into the stage.
    fn fit(key_frame: &'a KeyFrame) -> Self {
        let mut low = Vector::flat(f64::INFINITY, f64::INFINITY);
        let mut high = Vector::flat(f64::NEG_INFINITY, f64::NEG_INFINITY);
        for landmark in Landmark::ALL {
            let point = picture(key_frame, landmark);
            if point.is_finite() && known(key_frame, landmark) {
                low = Vector::flat(low.x.min(point.x), low.y.min(point.y));
                high = Vector::flat(high.x.max(point.x), high.y.max(point.y));
            }
        }
        let size = high - low;
        let zoom = (STAGE.2 / size.x.max(1e-3)).min(STAGE.3 / size.y.max(1e-3));
        let zoom = if zoom.is_finite() { zoom } else { 1.0 };
        let middle = low.middle(high);
        let middle = if middle.is_finite() {
            middle
        } else {
            Vector::default()
        };
        // Feet stand on one line, whatever the height of the body.
        let floor = if high.y.is_finite() { high.y } else { 0.0 };
        let origin = Vector::flat(
            STAGE.0 + STAGE.2 / 2.0 - middle.x * zoom,
            STAGE.1 + STAGE.3 - floor * zoom,
        );
        let world = |landmark| key_frame.pose.world[landmark];
        let across = world(Landmark::LeftShoulder).x - world(Landmark::RightShoulder).x;
        let depth = world(Landmark::LeftShoulder).z - world(Landmark::RightShoulder).z;
        let far = (depth.abs() > across.abs()).then_some(if depth > 0.0 { Side::Left } else { Side::Right });
        Self {
            key_frame,
            zoom,
            origin,
            far,
        }
    }

    /// Where a landmark lies in the drawing.
    fn at(&self, landmark: Landmark) -> Vector {
        self.origin + picture(self.key_frame, landmark) * self.zoom
    }

    /// The middle between the left and right landmark of a pair.
    fn middle(&self, pair: fn(Side) -> Landmark) -> Vector {
        self.at(pair(Side::Left)).middle(self.at(pair(Side::Right)))
    }

    /// Mid-hip to mid-shoulder in the drawing, the measure for widths.
    fn torso(&self) -> f64 {
        let torso = (self.middle(track::shoulder) - self.middle(track::hip)).length();
        if torso.is_finite() {
            torso.clamp(60.0, 220.0)
        } else {
            120.0
        }
    }

    /// The body: side-on the far side lies behind the trunk, else both sides lie before it.
    fn draw(&self, svg: &mut Svg) {
        if let Some(far) = self.far {
            self.limbs(svg, far);
        }
        self.trunk(svg);
        self.head(svg);
        for side in Side::BOTH.into_iter().filter(|&side| self.far != Some(side)) {
            self.limbs(svg, side);
        }
    }

    fn limbs(&self, svg: &mut Svg, side: Side) {
        use track::{ankle, elbow, heel, hip, knee, shoulder, toe, wrist};
        let (colour, width) = (colour(side), self.torso());
        let faint = self.far == Some(side);
        let opacity = if faint { 0.35 } else { 1.0 };
        for (from, to, thick) in [
            (shoulder(side), elbow(side), 0.115),
            (elbow(side), wrist(side), 0.095),
            (hip(side), knee(side), 0.15),
            (knee(side), ankle(side), 0.12),
            (ankle(side), heel(side), 0.07),
            (heel(side), toe(side), 0.08),
            (ankle(side), toe(side), 0.07),
        ] {
            if known(self.key_frame, from) && known(self.key_frame, to) {
                svg.limb(self.at(from), self.at(to), thick * width, colour, opacity);
            }
        }
        for joint in [elbow(side), wrist(side), knee(side), ankle(side)] {
            if known(self.key_frame, joint) && !faint {
                svg.dot(self.at(joint), 0.035 * width, PAPER);
            }
        }
    }

    fn trunk(&self, svg: &mut Svg) {
        let corners = [
            Landmark::LeftShoulder,
            Landmark::RightShoulder,
            Landmark::RightHip,
            Landmark::LeftHip,
        ];
        svg.hull(&corners.map(|corner| self.at(corner)), 0.14 * self.torso(), TRUNK);
    }

    fn head(&self, svg: &mut Svg) {
        let ears = self.at(Landmark::LeftEar).middle(self.at(Landmark::RightEar));
        let radius = 0.22 * self.torso();
        svg.limb(
            self.middle(track::shoulder),
            ears,
            0.13 * self.torso(),
            TRUNK,
            1.0,
        );
        svg.dot(ears, radius, TRUNK);
        let nose = self.at(Landmark::Nose);
        svg.dot(nose, 0.05 * self.torso(), PAPER);
    }
}

/// Position in the picture, frame heights.
fn picture(key_frame: &KeyFrame, landmark: Landmark) -> Vector {
    let point = key_frame.pose.image[landmark];
    Vector::flat(f64::from(point.x) * key_frame.aspect, f64::from(point.y))
}

/// Whether there is anything to draw: a landmark without visibility was never seen.
fn known(key_frame: &KeyFrame, landmark: Landmark) -> bool {
    key_frame.pose.image[landmark].visibility > 0.02
}
