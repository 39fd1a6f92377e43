//! Follows one person through the frames of a clip.

use flow_landmarks::Pose;

use crate::{
    Engine, EngineError, Model, Picture,
    crop::{Border, Range, crop},
    decode::decode,
    detector::detect,
    roi::{Pixel, Roi},
    smoothing::Smoother,
};

/// Which landmark model runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LandmarkModel {
    /// MediaPipe's complexity 0: half the work, less exact.
    Lite,
    /// MediaPipe's complexity 1.
    #[default]
    Full,
}

impl LandmarkModel {
    const fn model(self) -> Model {
        match self {
            Self::Lite => Model::PoseLandmarkLite,
            Self::Full => Model::PoseLandmarkFull,
        }
    }
}

/// How a [`PoseTracker`] works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Which landmark model runs.
    pub model: LandmarkModel,
    /// Whether landmarks are smoothed over time. Without it they are what the model saw in each frame.
    pub smoothing: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            model: LandmarkModel::Full,
            smoothing: true,
        }
    }
}

/// Follows one person: the detector finds the person, after that each frame's landmarks say where to look in the next,
/// until nobody is there any more.
#[derive(Clone, Debug)]
pub struct PoseTracker {
    options: Options,
    followed: Option<Followed>,
}

/// Where the person is expected, and the filters that know the past.
#[derive(Clone, Debug)]
struct Followed {
    roi: Roi,
    smoother: Smoother,
}

impl PoseTracker {
    /// A tracker that has not seen anyone yet.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self {
            options,
            followed: None,
        }
    }

    /// The person in `image`, taken `t` seconds after the start; `None` when nobody is found.
    ///
    /// Runs one model on a person who is followed, two on one who is new. Times should rise from call to call: a
    /// frame that is not later than the one before it is not smoothed. After an error the person is looked for anew.
    pub fn process(
        &mut self,
        engine: &mut impl Engine,
        image: impl Picture + Copy,
        t: f64,
    ) -> Result<Option<Pose>, EngineError> {
        let followed = match self.followed.take() {
            Some(followed) => Some(followed),
            None => find(engine, &image)?,
        };
        let Some(Followed { roi, mut smoother }) = followed else {
            return Ok(None);
        };
        let model = self.options.model.model();
        let range = Range {
            black: 0.0,
            white: 1.0,
        };
        let input = crop(&image, roi, model.input_side(), Border::Replicate, range);
        let outputs = engine.run(model, &input)?;
        let Some(body) = decode(model, &outputs, &image, roi)? else {
            return Ok(None);
        };
        let [center, scale] = smoother
            .alignment(t, &body, &image)
            .map(|point| Pixel::from_normalized(point.x, point.y, &image));
        let pose = if self.options.smoothing {
            smoother.pose(t, &body, &image)
        } else {
            body.pose
        };
        self.followed = Roi::around_body(center, scale).map(|roi| Followed { roi, smoother });
        Ok(Some(pose))
    }
}

/// The person whom the detector is surest of.
fn find(engine: &mut impl Engine, image: &dyn Picture) -> Result<Option<Followed>, EngineError> {
    let seen = Roi::whole(image);
    let found = detect(engine, image, seen)?;
    let roi = found.first().and_then(|best| best.body(seen));
    Ok(roi.map(|roi| Followed {
        roi,
        smoother: Smoother::default(),
    }))
}

#[cfg(test)]
mod tests {
    use flow_landmarks::Landmark;

    use super::*;
    use crate::{Output, Rgb, anchors, decode::MODEL_LANDMARKS, heatmap};

    /// An engine that sees a person in the middle of the picture, as sure of it as `flag` says.
    struct Script {
        flag: f32,
        asked: Vec<Model>,
        fails: bool,
    }

    impl Engine for Script {
        fn run(&mut self, model: Model, input: &[f32]) -> Result<Vec<Output>, EngineError> {
            assert_eq!(input.len(), model.input_side().pow(2) * 3, "{model:?}");
            self.asked.push(model);
            if self.fails {
                let reason = "out of order".to_owned();
                return Err(EngineError { model, reason });
            }
            let output = |name: &str, values| Output {
                name: name.to_owned(),
                values,
            };
            Ok(if model == Model::PoseDetection {
                let mut boxes = vec![0.0; anchors::COUNT * 12];
                let mut scores = vec![-100.0; anchors::COUNT];
                // A cell right and down of the middle of the 28 x 28 grid; the circle's edge is 67.2 pixels up.
                let middle = (14 * 28 + 14) * 2;
                boxes[middle * 12..][..12]
                    .copy_from_slice(&[0., -40., 20., 20., -4., -4., -4., -71.2, 0., 0., 0., 0.]);
                scores[middle] = 5.0;
                vec![output("Identity", boxes), output("Identity_1", scores)]
            } else {
                // All landmarks in the middle, the edge of the circle above it, 0.4 of the region away.
                let mut landmarks = [128.0, 128.0, 0.0, 10.0, 10.0].repeat(MODEL_LANDMARKS);
                landmarks[(Landmark::COUNT + 1) * 5 + 1] = 128.0 - 0.4 * 256.0;
                vec![
                    output("Identity", landmarks),
                    output("Identity_1", vec![self.flag]),
                    output("Identity_3", vec![-10.0; heatmap::LEN]),
                    output("Identity_4", vec![0.25; MODEL_LANDMARKS * 3]),
                ]
            })
        }
    }

    const DETECT: Model = Model::PoseDetection;
    const FULL: Model = Model::PoseLandmarkFull;

    #[test]
    fn the_detector_runs_only_while_nobody_is_followed() {
        let data = vec![128; 200 * 100 * 3];
        let image = Rgb::new(200, 100, &data).unwrap();
        let mut engine = Script {
            flag: 1.0,
            asked: Vec::new(),
            fails: false,
        };
        let mut tracker = PoseTracker::new(Options::default());
        for (name, flag, fails, asked, found) in [
            ("first frame", 0.9, false, vec![DETECT, FULL], Some(true)),
            ("followed", 0.9, false, vec![FULL], Some(true)),
            ("lost", 0.5, false, vec![FULL], Some(false)),
            ("looked for", 0.1, false, vec![DETECT, FULL], Some(false)),
            ("found again", 0.51, false, vec![DETECT, FULL], Some(true)),
            ("the engine fails", 0.9, true, vec![FULL], None),
            (
                "looked for after that",
                0.9,
                false,
                vec![DETECT, FULL],
                Some(true),
            ),
            ("no flag", f32::NAN, false, vec![FULL], Some(false)),
        ] {
            (engine.flag, engine.fails) = (flag, fails);
            engine.asked.clear();
            let pose = tracker.process(&mut engine, image, 0.0);
            assert_eq!(pose.ok().map(|pose| pose.is_some()), found, "{name}");
            assert_eq!(engine.asked, asked, "{name}");
        }
    }

    #[test]
    fn a_person_in_the_middle_is_reported_in_the_middle() {
        let data = vec![128; 200 * 100 * 3];
        let image = Rgb::new(200, 100, &data).unwrap();
        let mut engine = Script {
            flag: 1.0,
            asked: Vec::new(),
            fails: false,
        };
        for smoothing in [false, true] {
            let mut tracker = PoseTracker::new(Options {
                model: LandmarkModel::Lite,
                smoothing,
            });
            for frame in 0..5 {
                let pose = tracker.process(&mut engine, image, f64::from(frame) * 0.1);
                let pose = pose.unwrap().unwrap();
                let nose = pose.image[Landmark::Nose];
                assert!(
                    (nose.x - 0.5).abs() < 1e-4 && (nose.y - 0.5).abs() < 1e-4,
                    "{nose:?}"
                );
                assert!(nose.visibility > 0.9999 && nose.presence > 0.9999, "{nose:?}");
                assert!((pose.world[Landmark::LeftKnee].x - 0.25).abs() < 1e-5);
            }
        }
        assert_eq!(engine.asked.last(), Some(&Model::PoseLandmarkLite));
    }

    #[test]
    fn outputs_that_do_not_fit_are_an_error_that_says_which() {
        struct Odd(&'static str, usize);
        impl Engine for Odd {
            fn run(&mut self, _: Model, _: &[f32]) -> Result<Vec<Output>, EngineError> {
                let (name, values) = (self.0.to_owned(), vec![0.0; self.1]);
                Ok(vec![Output { name, values }])
            }
        }
        let data = vec![128; 300];
        let image = Rgb::new(10, 10, &data).unwrap();
        for (mut engine, reason) in [
            (Odd("other", 1), "it has no output Identity"),
            (Odd("Identity", 7), "output Identity has 7 values, expected 27048"),
        ] {
            let error = PoseTracker::new(Options::default())
                .process(&mut engine, image, 0.0)
                .unwrap_err();
            assert_eq!((error.model, error.reason.as_str()), (DETECT, reason));
        }
    }
}
