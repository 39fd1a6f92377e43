//! What all protocols share when they write down what they found.

use flow_landmarks::{Point, Pose, Side, WorldPoint};

use crate::{
    assessment::{
        Bucket, Evidence, Flag, FlagCode, KeyFrame, Mark, MarkKind, Measure, Repetition, SeenFrom,
        TestResult, Unit,
    },
    geometry::{median, rounded},
    score::Material,
};

/// The word for a side.
pub(crate) const fn word(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
    }
}

/// A result being written.
pub(crate) struct Report<'a> {
    material: &'a Material<'a>,
    pub result: TestResult,
}

impl<'a> Report<'a> {
    pub(crate) fn new(material: &'a Material<'a>) -> Self {
        Self {
            material,
            result: TestResult {
                bucket: Bucket::Good,
                bucket_text: String::new(),
                confidence: 0.0,
                severity: None,
                sides: Vec::new(),
                measures: Vec::new(),
                flags: Vec::new(),
                not_measured: Vec::new(),
                repetitions: Vec::new(),
                evidence: Vec::new(),
                key_frames: Vec::new(),
            },
        }
    }

    /// The presentation index of a point of the grid.
    pub(crate) fn frame_number(&self, index: usize) -> u32 {
        let observation = self
            .material
            .signals
            .observations
            .get(index)
            .copied()
            .unwrap_or(0);
        self.material
            .clip
            .observations
            .get(observation)
            .map_or(0, |observation| observation.frame)
    }

    /// The time of a point of the grid, seconds.
    pub(crate) fn time(&self, index: usize) -> f64 {
        rounded(self.material.signals.times.get(index).copied().unwrap_or(0.0))
    }

    /// Adds a measure that each repetition has a value of; the median stands for all. Values that are not numbers are
    /// left out, and without any there is no measure.
    pub(crate) fn measure(
        &mut self,
        name: &str,
        unit: Unit,
        side: Option<Side>,
        values: &[f64],
    ) -> Option<f64> {
        let repetitions: Vec<f64> = values
            .iter()
            .copied()
            .filter(|value| value.is_finite())
            .map(rounded)
            .collect();
        let value = rounded(median(repetitions.iter().copied())?);
        self.result.measures.push(Measure {
            name: name.to_owned(),
            value,
            unit,
            side,
            repetitions,
        });
        Some(value)
    }

    /// Adds a measure of the clip as a whole.
    pub(crate) fn measure_once(&mut self, name: &str, unit: Unit, side: Option<Side>, value: f64) {
        if value.is_finite() {
            let value = rounded(value);
            self.result.measures.push(Measure {
                name: name.to_owned(),
                value,
                unit,
                side,
                repetitions: Vec::new(),
            });
        }
    }

    /// Adds a flag in the words of the data file, `fill` replacing `{name}` by a word, and returns the words.
    pub(crate) fn flag(
        &mut self,
        code: FlagCode,
        side: Option<Side>,
        (value, unit): (f64, Unit),
        severe: bool,
        fill: &[(&str, &str)],
    ) -> String {
        let mut text = self
            .material
            .texts
            .flags
            .get(code.code())
            .cloned()
            .unwrap_or_default();
        for (name, with) in fill {
            text = text.replace(&format!("{{{name}}}"), with);
        }
        if let Some(side) = side {
            text = text.replace("{side}", word(side));
        }
        let value = rounded(value);
        self.result.flags.push(Flag {
            code,
            side,
            text: text.clone(),
            value,
            unit,
            severe,
        });
        text
    }

    /// Adds a repetition from grid point `start` over `key` to `end`.
    pub(crate) fn repetition(
        &mut self,
        (start, key, end): (usize, usize, usize),
        side: Option<Side>,
        view: SeenFrom,
        kind: Option<&str>,
    ) {
        let repetition = Repetition {
            start_frame: self.frame_number(start),
            key_frame: self.frame_number(key),
            end_frame: self.frame_number(end),
            start_t: self.time(start),
            key_t: self.time(key),
            end_t: self.time(end),
            side,
            view,
            kind: kind.map(str::to_owned),
        };
        self.result.repetitions.push(repetition);
    }

    /// Adds a moment that something rests on.
    pub(crate) fn evidence(&mut self, index: usize, what: impl Into<String>) {
        let evidence = Evidence {
            frame: self.frame_number(index),
            t: self.time(index),
            what: what.into(),
        };
        self.result.evidence.push(evidence);
    }

    /// Adds the skeleton at a moment, unless nobody was seen in the observation nearest to it.
    pub(crate) fn key_frame(&mut self, index: usize, what: impl Into<String>, marks: Vec<Mark>) {
        let clip = self.material.clip;
        let observation = self
            .material
            .signals
            .observations
            .get(index)
            .and_then(|&at| clip.observations.get(at));
        if let Some((observation, pose)) =
            observation.and_then(|observation| Some((observation, observation.pose?)))
        {
            let key_frame = KeyFrame {
                frame: observation.frame,
                t: rounded(observation.t),
                what: what.into(),
                aspect: rounded(f64::from(clip.aspect())),
                pose: finite(pose),
                marks,
            };
            self.result.key_frames.push(key_frame);
        }
    }

    /// Sets the bucket, its sentence and its confidence.
    pub(crate) fn decide(mut self, bucket: Bucket, confidence: f64) -> TestResult {
        self.result.bucket = bucket;
        self.result.bucket_text = self
            .material
            .texts
            .buckets
            .get(bucket.name())
            .cloned()
            .unwrap_or_default();
        self.result.confidence = if confidence.is_finite() {
            rounded(confidence.clamp(0.0, 1.0))
        } else {
            0.0
        };
        self.result
    }
}

/// A value drawn at the body.
pub(crate) fn mark(kind: MarkKind, side: Option<Side>, label: String, flagged: bool) -> Mark {
    Mark {
        kind,
        side,
        label,
        flagged,
    }
}

/// The pose with what is not a number set to an unseen point at the origin: JSON has no `NaN`.
fn finite(mut pose: Pose) -> Pose {
    for point in &mut pose.image.0 {
        let whole = [point.x, point.y, point.z, point.visibility, point.presence]
            .iter()
            .all(|value| value.is_finite());
        if !whole {
            *point = Point::default();
        }
    }
    for point in &mut pose.world.0 {
        if ![point.x, point.y, point.z].iter().all(|value| value.is_finite()) {
            *point = WorldPoint::default();
        }
    }
    pose
}
