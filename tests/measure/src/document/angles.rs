//! Errors of angles in degrees: frame by frame, and of what results report.

use flow_catalog::{TestId, thresholds};
use flow_movement::assessment::SeenFrom;

use super::{Good, name};
use crate::{
    Errors,
    angles::{self, COMPARED, PROJECTION_TO_DEG, Read},
    errors::{OTHER_TARGET_DEG, SAGITTAL_TARGET_DEG},
    measures::{self, Found},
    table::{Table, about, degrees, met, signed_degrees},
};

/// One line: an angle in one view, in one test or in all of them.
#[derive(Clone)]
pub struct Line {
    angle: String,
    view: &'static str,
    /// All tests when `None`.
    test: Option<TestId>,
    /// What is taken for true.
    truth: &'static str,
    target_deg: f64,
    errors: Errors,
    /// Values that are not there because a joint is not seen.
    unseen: usize,
}

impl Line {
    /// What [`Self::cells`] are.
    pub const HEADS: [&str; 11] = [
        "angle", "test", "view", "truth", "clips", "values", "unseen", "error", "bias", "target", "",
    ];

    pub fn met(&self) -> bool {
        self.errors.mean_absolute() <= self.target_deg
    }

    pub fn cells(&self) -> [String; 11] {
        [
            self.angle.clone(),
            self.test.map_or_else(|| "all".to_owned(), name),
            self.view.to_owned(),
            self.truth.to_owned(),
            self.errors.clips().to_string(),
            about(self.errors.count()),
            about(self.unseen),
            degrees(self.errors.mean_absolute()),
            signed_degrees(self.errors.bias()),
            degrees(self.target_deg),
            met(self.met()),
        ]
    }
}

/// The compared angles over all good recordings: each over all tests, then test by test.
pub fn by_frame(good: &[Good<'_>]) -> Vec<Line> {
    let found: Vec<(TestId, [Read; COMPARED.len()])> = good
        .iter()
        .map(|good| {
            (
                good.row.scenario.test,
                angles::errors(&good.truth, &good.row.clip),
            )
        })
        .collect();
    let mut lines = Vec::new();
    for (index, compared) in COMPARED.iter().enumerate() {
        for wanted in [None].into_iter().chain(TestId::ALL.into_iter().map(Some)) {
            let (mut errors, mut unseen) = (Errors::default(), 0);
            for (test, clip) in &found {
                if wanted.is_none_or(|wanted| wanted == *test) {
                    errors.add_clip(&clip[index].errors);
                    unseen += clip[index].unseen;
                }
            }
            lines.push(Line {
                angle: compared.name.to_owned(),
                view: compared.view.words(),
                test: wanted,
                truth: "same frame",
                target_deg: compared.target_deg,
                errors,
                unseen,
            });
        }
    }
    lines.retain(|line| line.errors.count() > line.unseen);
    lines
}

/// The angles that results report, test by test.
pub fn by_repetition(good: &[Good<'_>]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for good in good {
        let test = Some(good.row.scenario.test);
        for found in good.reported() {
            let (angle, view) = (format!("`{}`", found.reported.measure), seen(found.seen_from));
            let same = lines
                .iter()
                .position(|line| (line.test, line.view, &line.angle) == (test, view, &angle));
            let index = same.unwrap_or_else(|| {
                lines.push(Line {
                    angle,
                    view,
                    test,
                    truth: found.reported.truth_words,
                    target_deg: found.reported.target_deg,
                    errors: Errors::default(),
                    unseen: 0,
                });
                lines.len() - 1
            });
            lines[index].errors.add_clip(&found.errors);
        }
    }
    lines.retain(|line| line.errors.count() > 0);
    lines.sort_by_key(|line| line.test);
    lines
}

impl Good<'_> {
    /// The measures of the result whose truth is known; both sides of a measure are one.
    fn reported(&self) -> Vec<Found> {
        let mut merged: Vec<Found> = Vec::new();
        let result = self.row.assessment.result.as_ref();
        for found in result.map_or_else(Vec::new, |result| measures::errors(result, &self.truth)) {
            let same = merged.iter_mut().find(|known| {
                (known.reported.measure, known.seen_from) == (found.reported.measure, found.seen_from)
            });
            match same {
                Some(known) => known.errors.extend(found.errors),
                None => merged.push(found),
            }
        }
        merged
    }
}

const fn seen(from: SeenFrom) -> &'static str {
    match from {
        SeenFrom::Side => "side-on",
        SeenFrom::Front => "facing",
        SeenFrom::Back => "from behind",
    }
}

pub fn text(frames: &[Line], measures: &[Line]) -> String {
    let table = |lines: &[Line]| {
        let mut table = Table::new(Line::HEADS);
        for line in lines {
            table.row(line.cells());
        }
        table.markdown()
    };
    format!(
        "## Angles in every frame

All good recordings, every frame in which the body stands as the view says: side-on the angle of the side nearer to the
camera, facing the camera both sides whose foot is on the floor. \"error\" is the mean size of measured minus true, \"bias\"
its mean: positive when too much is measured. Angles of the sagittal plane should be within {SAGITTAL_TARGET_DEG} degrees, others
within {OTHER_TARGET_DEG}. The projection angle is read while the knee bends less than {PROJECTION_TO_DEG} degrees.

A value is one side in one frame. It does not count where one of the angle's joints lies outside the picture or is found to be
hidden (visibility below {}), as results do not rest on it there; \"unseen\" says how often, and where it is more often than
not there is no line. Frames at rest count as much as those at the far end of a movement; the decisive moments are in the
next table.

{}
## Angles that results report

One value for each repetition, each side for itself, against the truth: what a result is decided by. A value seen from
the front is held against the angle in space.

{}",
        thresholds().gates.landmark_visible.limit,
        table(frames),
        table(measures)
    )
}
