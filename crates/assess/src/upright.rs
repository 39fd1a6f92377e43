//! A decoded frame as the pose pipeline reads it.

use flow_pose::{BATCH, MAX_SIDE, Picture};
use flow_video::{Frame, Pixels};

/// The upright pixels of a frame.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Upright<'a>(Pixels<'a>);

impl<'a> Upright<'a> {
    /// `None` when the frame has no pixels, or a side too long.
    pub fn new(frame: &'a Frame) -> Option<Self> {
        let pixels = frame.pixels()?;
        (pixels.width().max(pixels.height()) <= MAX_SIDE).then_some(Self(pixels))
    }
}

impl Picture for Upright<'_> {
    fn width(&self) -> usize {
        self.0.width()
    }

    fn height(&self) -> usize {
        self.0.height()
    }

    fn read(&self, columns: &[u32; BATCH], rows: &[u32; BATCH]) -> [[u8; BATCH]; 3] {
        self.0.read(columns, rows)
    }
}

#[cfg(test)]
mod tests {
    use flow_pose::{Engine, EngineError, LandmarkModel, Model, Options, Output, PoseTracker, Rgb};
    use flow_video::{Matrix, Picture as Planes, Plane, Range, Rotation};
    use proptest::prelude::*;

    use super::*;

    /// An engine that keeps its inputs and sees a person around `center`, the circle's edge at `edge`, in pixels of the
    /// detector's input.
    struct Keeper {
        center: [f32; 2],
        edge: [f32; 2],
        inputs: Vec<Vec<f32>>,
    }

    impl Engine for Keeper {
        fn run(&mut self, model: Model, input: &[f32]) -> Result<Vec<Output>, EngineError> {
            self.inputs.push(input.to_vec());
            let output = |name: &str, values| Output {
                name: name.to_owned(),
                values,
            };
            if model != Model::PoseDetection {
                return Err(EngineError {
                    model,
                    reason: "has seen enough".to_owned(),
                });
            }
            let mut boxes = vec![0.0; 2254 * 12];
            let mut scores = vec![-100.0; 2254];
            // Offsets from the first cell of 8 pixels.
            let [center, edge] = [self.center, self.edge].map(|point| point.map(|value| value - 4.0));
            boxes[..4].copy_from_slice(&[100., 100., 50., 50.]);
            boxes[4..6].copy_from_slice(&center);
            boxes[6..8].copy_from_slice(&edge);
            scores[0] = 5.0;
            Ok(vec![output("Identity", boxes), output("Identity_1", scores)])
        }
    }

    fn plane(width: usize, height: usize, step: usize) -> Plane {
        Plane {
            data: (0..width * height)
                .map(|index| (index * step % 253) as u8)
                .collect(),
            stride: width,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_crop_from_the_planes_is_the_crop_from_the_rgb_picture(
            width in 1..90_usize, height in 1..90_usize, step in 1..10_000_usize,
            rotation in prop::sample::select(vec![
                Rotation::None, Rotation::Clockwise90, Rotation::Half, Rotation::Clockwise270,
            ]),
            mirrored: bool,
            matrix in prop::sample::select(vec![Matrix::Bt601, Matrix::Bt709, Matrix::Bt2020]),
            range in prop::sample::select(vec![Range::Limited, Range::Full]),
            center in prop::array::uniform2(-20f32..244.0), edge in prop::array::uniform2(-20f32..244.0),
        ) {
            let picture = Planes {
                width,
                height,
                y: plane(width, height, step),
                u: plane(width.div_ceil(2), height.div_ceil(2), step * 3 + 1),
                v: plane(width.div_ceil(2), height.div_ceil(2), step * 7 + 5),
                matrix,
                range,
            };
            let frame = Frame { index: 0, t: 0.0, picture, rotation, mirrored };
            let rgb = frame.to_rgb();
            let whole = Rgb::new(rgb.width as u32, rgb.height as u32, &rgb.data).unwrap();
            let keeper = || Keeper { center, edge, inputs: Vec::new() };
            let (mut from_planes, mut from_rgb) = (keeper(), keeper());
            let options = Options { model: LandmarkModel::Full, smoothing: false };
            let upright = Upright::new(&frame).unwrap();
            PoseTracker::new(options).process(&mut from_planes, upright, 0.0).unwrap_err();
            PoseTracker::new(options).process(&mut from_rgb, whole, 0.0).unwrap_err();
            // The detector's, which black surrounds, and the landmark model's, turned, which the last pixels do.
            prop_assert_eq!(from_planes.inputs.len(), 2);
            prop_assert!(from_planes.inputs == from_rgb.inputs);
        }
    }
}
