//! What is looked for in one frame: the person, the face where the test asks for it, and now and then how many people there
//! are.

use flow_catalog::Landmarker;
use flow_landmarks::{Face, Pose};
use flow_pose::{Engine, FaceMesh, FaceTracker, LandmarkModel, PoseTracker};

use crate::{run::Error, sample::Sample, upright::Upright};

/// People are counted in every 30th sampled frame: whoever stays for three seconds is seen, and a count costs as much as
/// five frames of tracking.
const COUNT_PEOPLE_EVERY: usize = 30;

/// Follows one person through the frames of a clip.
pub(crate) struct Observer {
    pose: PoseTracker,
    /// `None` for tests that are scored without the face: they do not pay for it.
    face: Option<FaceTracker>,
}

/// What was found in a frame.
pub(crate) struct Seen {
    pub pose: Option<Pose>,
    pub face: Option<Face>,
    /// `None` in frames in which nobody counted.
    pub people: Option<u8>,
}

impl Observer {
    /// An observer that looks for what `landmarkers` names.
    pub fn new(landmarkers: &[Landmarker], model: LandmarkModel) -> Self {
        // MediaPipe's smoothing lags by a tenth of a second at ten frames a second; the signals are smoothed without
        // lag afterwards: on a rendered squat seen side-on, 1.8 instead of 3.8 degrees of error at the knee.
        let tracking = flow_pose::Options {
            model,
            smoothing: false,
        };
        Self {
            pose: PoseTracker::new(tracking),
            face: landmarkers.contains(&Landmarker::FaceMesh).then(FaceTracker::new),
        }
    }

    /// Looks at a frame, the `index`-th one.
    pub fn observe(
        &mut self,
        sample: &Sample,
        index: usize,
        engine: &mut impl Engine,
    ) -> Result<Seen, Error> {
        let picture = Upright::new(&sample.image).ok_or(Error::Picture(sample.frame))?;
        let pose = self.pose.process(engine, picture, sample.t)?;
        let face = match &mut self.face {
            Some(face) => face.process(engine, picture, pose.as_ref())?,
            None => None,
        };
        let people = if index.is_multiple_of(COUNT_PEOPLE_EVERY) {
            Some(flow_pose::count_people(engine, picture)?)
        } else {
            None
        };
        Ok(Seen {
            pose,
            face: face.as_ref().map(FaceMesh::face),
            people,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use flow_catalog::TestId;
    use flow_pose::{EngineError, Model, Output};
    use flow_video::{Frame, Picture, Plane, Rotation};

    use super::*;

    /// An engine that sees a person with a face in every region it is asked about.
    #[derive(Default)]
    struct Script {
        face_runs: usize,
    }

    impl Engine for Script {
        fn run(&mut self, model: Model, _: &[f32]) -> Result<Vec<Output>, EngineError> {
            let output = |name: &str, values| Output {
                name: name.to_owned(),
                values,
            };
            Ok(match model {
                Model::PoseDetection => {
                    let mut boxes = vec![0.0; 2254 * 12];
                    boxes[..12]
                        .copy_from_slice(&[100., 100., 20., 20., 100., 100., 100., 40., 0., 0., 0., 0.]);
                    let mut scores = vec![-100.0; 2254];
                    scores[0] = 5.0;
                    vec![output("Identity", boxes), output("Identity_1", scores)]
                }
                Model::FaceLandmark => {
                    self.face_runs += 1;
                    let points = (0..468 * 3).map(|index| (index * 7919 % 192) as f32).collect();
                    vec![output("conv2d_21", points), output("conv2d_31", vec![4.0])]
                }
                _ => {
                    let body = (0..39 * 5).map(|index| (index * 7919 % 256) as f32).collect();
                    vec![
                        output("Identity", body),
                        output("Identity_1", vec![1.0]),
                        output("Identity_3", vec![-10.0; 64 * 64 * 39]),
                        output("Identity_4", vec![0.25; 39 * 3]),
                    ]
                }
            })
        }
    }

    #[test]
    fn only_tests_of_head_and_neck_pay_for_the_face() {
        let plane = |stride: usize, rows: usize| Plane {
            data: vec![128; stride * rows],
            stride,
        };
        let grey = Frame {
            index: 0,
            t: 0.0,
            picture: Picture {
                width: 64,
                height: 48,
                y: plane(64, 48),
                u: plane(32, 24),
                v: plane(32, 24),
                ..Picture::default()
            },
            rotation: Rotation::None,
            mirrored: false,
        };
        let sample = Sample::from_frame(grey, Duration::ZERO);
        for test in TestId::ALL {
            let mut engine = Script::default();
            let mut observer = Observer::new(test.landmarkers(), LandmarkModel::Full);
            let seen = observer.observe(&sample, 0, &mut engine).unwrap();
            let wanted = [1, 13].contains(&test.number());
            assert!(seen.pose.is_some(), "{test}");
            assert!(seen.people.is_some(), "{test}");
            assert_eq!(seen.face.is_some(), wanted, "{test}");
            assert_eq!(engine.face_runs > 0, wanted, "{test}");
        }
    }
}
