//! The few SVG shapes a key frame needs, written as text. Shapes with a coordinate that is not a number are left out.

use std::fmt::Write as _;

use crate::geometry::Vector;

/// Which end of a text lies at its point.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A document being written.
pub(super) struct Svg {
    text: String,
    /// Left, top, width, height of what is seen.
    view: (f64, f64, f64, f64),
}

impl Svg {
    pub(super) fn new(view: (f64, f64, f64, f64), title: &str) -> Self {
        let (left, top, width, height) = view;
        let text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{left} {top} {width} {height}\" role=\"img\" \
             font-family=\"system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif\">\n<title>{}</title>\n",
            escaped(title)
        );
        Self { text, view }
    }

    /// Adds an element if all its numbers are numbers.
    fn add(&mut self, points: &[Vector], element: &std::fmt::Arguments<'_>) {
        if points.iter().all(|point| point.is_finite()) {
            // Writing to a string cannot fail.
            let _ = writeln!(self.text, "{element}");
        }
    }

    /// The background, with round corners.
    pub(super) fn panel(&mut self, colour: &str) {
        let (left, top, width, height) = self.view;
        self.add(
            &[],
            &format_args!(
                "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"28\" fill=\"{colour}\"/>"
            ),
        );
    }

    /// A thick line with round ends.
    pub(super) fn limb(&mut self, from: Vector, to: Vector, width: f64, colour: &str, opacity: f64) {
        self.add(
            &[from, to],
            &format_args!(
                "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"{colour}\" \
                 stroke-width=\"{width:.1}\" stroke-linecap=\"round\" stroke-opacity=\"{opacity}\"/>",
                from.x, from.y, to.x, to.y
            ),
        );
    }

    /// A thin line, dashed where it is a guide.
    pub(super) fn line(&mut self, from: Vector, to: Vector, width: f64, colour: &str, dashed: bool) {
        let dash = if dashed { " stroke-dasharray=\"2 7\"" } else { "" };
        self.add(
            &[from, to],
            &format_args!(
                "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"{colour}\" \
                 stroke-width=\"{width:.1}\" stroke-linecap=\"round\"{dash}/>",
                from.x, from.y, to.x, to.y
            ),
        );
    }

    /// A filled circle.
    pub(super) fn dot(&mut self, at: Vector, radius: f64, colour: &str) {
        self.add(
            &[at],
            &format_args!(
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{radius:.1}\" fill=\"{colour}\"/>",
                at.x, at.y
            ),
        );
    }

    /// A circle without filling.
    pub(super) fn ring(&mut self, at: Vector, radius: f64, width: f64, colour: &str) {
        self.add(
            &[at],
            &format_args!(
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{radius:.1}\" fill=\"none\" stroke=\"{colour}\" \
                 stroke-width=\"{width:.1}\"/>",
                at.x, at.y
            ),
        );
    }

    /// A filled shape with rounded corners.
    pub(super) fn hull(&mut self, corners: &[Vector], rounding: f64, colour: &str) {
        let points: Vec<String> = corners
            .iter()
            .map(|corner| format!("{:.1},{:.1}", corner.x, corner.y))
            .collect();
        self.add(
            corners,
            &format_args!(
                "<polygon points=\"{}\" fill=\"{colour}\" stroke=\"{colour}\" stroke-width=\"{rounding:.1}\" \
                 stroke-linejoin=\"round\"/>",
                points.join(" ")
            ),
        );
    }

    /// The sector between two directions at a corner, the smaller one.
    pub(super) fn sector(
        &mut self,
        corner: Vector,
        (to_a, to_b): (Vector, Vector),
        radius: f64,
        colour: &str,
    ) {
        let on_circle = |to: Vector| corner + (to - corner) * (radius / (to - corner).length());
        let (a, b) = (on_circle(to_a), on_circle(to_b));
        let turn = (a.x - corner.x) * (b.y - corner.y) - (a.y - corner.y) * (b.x - corner.x);
        let sweep = u8::from(turn > 0.0);
        self.add(
            &[corner, a, b],
            &format_args!(
                "<path d=\"M{:.1} {:.1} L{:.1} {:.1} A{radius:.1} {radius:.1} 0 0 {sweep} {:.1} {:.1} Z\" \
                 fill=\"{colour}\" fill-opacity=\"0.22\" stroke=\"{colour}\" stroke-width=\"3\" \
                 stroke-linejoin=\"round\"/>",
                corner.x, corner.y, a.x, a.y, b.x, b.y
            ),
        );
    }

    /// A line of text; `at` is on its base line.
    pub(super) fn text(
        &mut self,
        at: Vector,
        text: &str,
        size: f64,
        colour: &str,
        anchor: Anchor,
        bold: bool,
    ) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let weight = if bold { 600 } else { 400 };
        self.add(
            &[at],
            &format_args!(
                "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"{size:.1}\" font-weight=\"{weight}\" fill=\"{colour}\" \
                 text-anchor=\"{anchor}\">{}</text>",
                at.x,
                at.y,
                escaped(text)
            ),
        );
    }

    /// A rounded box with a line of text in its middle.
    pub(super) fn pill(&mut self, middle: Vector, width: f64, text: &str, colour: &str) {
        self.add(
            &[middle],
            &format_args!(
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"34\" rx=\"17\" fill=\"#ffffff\" \
                 stroke=\"{colour}\" stroke-width=\"2\"/>",
                middle.x - width / 2.0,
                middle.y - 17.0
            ),
        );
        self.text(
            Vector::flat(middle.x, middle.y + 6.0),
            text,
            17.0,
            colour,
            Anchor::Middle,
            true,
        );
    }

    pub(super) fn finish(mut self) -> String {
        self.text.push_str("</svg>\n");
        self.text
    }
}

/// Text as XML wants it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
