//! The 33 landmarks of MediaPipe Pose (`BlazePose`): their names, order, and one detected body.

use std::ops::{Index, IndexMut};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// A landmark of the `BlazePose` topology; the discriminant is its index in MediaPipe's output.
///
/// Left and right are the person's own, not the picture's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are MediaPipe's own and say it all")]
pub enum Landmark {
    Nose = 0,
    LeftEyeInner = 1,
    LeftEye = 2,
    LeftEyeOuter = 3,
    RightEyeInner = 4,
    RightEye = 5,
    RightEyeOuter = 6,
    LeftEar = 7,
    RightEar = 8,
    MouthLeft = 9,
    MouthRight = 10,
    LeftShoulder = 11,
    RightShoulder = 12,
    LeftElbow = 13,
    RightElbow = 14,
    LeftWrist = 15,
    RightWrist = 16,
    LeftPinky = 17,
    RightPinky = 18,
    LeftIndex = 19,
    RightIndex = 20,
    LeftThumb = 21,
    RightThumb = 22,
    LeftHip = 23,
    RightHip = 24,
    LeftKnee = 25,
    RightKnee = 26,
    LeftAnkle = 27,
    RightAnkle = 28,
    LeftHeel = 29,
    RightHeel = 30,
    LeftFootIndex = 31,
    RightFootIndex = 32,
}

impl Landmark {
    /// How many landmarks a body has.
    pub const COUNT: usize = 33;

    /// All landmarks in index order.
    pub const ALL: [Self; Self::COUNT] = {
        use Landmark as L;
        [
            L::Nose,
            L::LeftEyeInner,
            L::LeftEye,
            L::LeftEyeOuter,
            L::RightEyeInner,
            L::RightEye,
            L::RightEyeOuter,
            L::LeftEar,
            L::RightEar,
            L::MouthLeft,
            L::MouthRight,
            L::LeftShoulder,
            L::RightShoulder,
            L::LeftElbow,
            L::RightElbow,
            L::LeftWrist,
            L::RightWrist,
            L::LeftPinky,
            L::RightPinky,
            L::LeftIndex,
            L::RightIndex,
            L::LeftThumb,
            L::RightThumb,
            L::LeftHip,
            L::RightHip,
            L::LeftKnee,
            L::RightKnee,
            L::LeftAnkle,
            L::RightAnkle,
            L::LeftHeel,
            L::RightHeel,
            L::LeftFootIndex,
            L::RightFootIndex,
        ]
    };

    /// The same landmark on the other side of the body; the nose is its own mirror.
    #[must_use]
    pub const fn mirrored(self) -> Self {
        let index = self as usize;
        Self::ALL[match index {
            0 => 0,
            1..=3 => index + 3,
            4..=6 => index - 3,
            // From the ears on, left landmarks are odd and right ones even.
            _ if index % 2 == 1 => index + 1,
            _ => index - 1,
        }]
    }
}

/// A side of the body, the person's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Side {
    /// The person's left.
    Left,
    /// The person's right.
    Right,
}

impl Side {
    /// Both sides, left first.
    pub const BOTH: [Self; 2] = [Self::Left, Self::Right];

    /// The opposite side.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }
}

/// A landmark in the picture.
///
/// `x` is normalized by the frame's width (right is positive), `y` by its height (down is positive), both about 0..1
/// inside the frame. `z` is depth on the scale of `x`, smaller is nearer to the camera, 0 at the hips' middle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ImageLandmark"))]
pub struct Point {
    /// Horizontal position over frame width.
    pub x: f32,
    /// Vertical position over frame height.
    pub y: f32,
    /// Depth over frame width, relative to the hips.
    pub z: f32,
    /// Probability 0..1 that the landmark is in the frame and not hidden.
    pub visibility: f32,
    /// Probability 0..1 that the landmark is inside the frame.
    pub presence: f32,
}

/// A landmark in space: metres, origin at the middle of the hips, x to the picture's right, y down, z away from the
/// camera.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "WorldLandmark"))]
#[expect(missing_docs, reason = "the axes are described on the type")]
pub struct WorldPoint {
    pub x: f32,
    pub y: f32,
    pub z: f32,
}

/// One value for each of the 33 landmarks, indexed by [`Landmark`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Landmarks<T>(pub [T; Landmark::COUNT]);

impl<T> Index<Landmark> for Landmarks<T> {
    type Output = T;

    fn index(&self, landmark: Landmark) -> &T {
        &self.0[landmark as usize]
    }
}

impl<T> IndexMut<Landmark> for Landmarks<T> {
    fn index_mut(&mut self, landmark: Landmark) -> &mut T {
        &mut self.0[landmark as usize]
    }
}

impl<T: Copy> Landmarks<T> {
    /// The values with left and right landmarks exchanged; coordinates are left as they are.
    #[must_use]
    pub fn with_sides_swapped(&self) -> Self {
        Self(Landmark::ALL.map(|landmark| self[landmark.mirrored()]))
    }
}

impl<T: Serialize> Serialize for Landmarks<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.as_slice().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Landmarks<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let values = Vec::<T>::deserialize(deserializer)?;
        let found = values.len();
        <[T; Landmark::COUNT]>::try_from(values)
            .map(Self)
            .map_err(|_| D::Error::custom(format!("expected {} landmarks, found {found}", Landmark::COUNT)))
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Landmarks<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("{}s", T::schema_name()).into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "array",
            "items": generator.subschema_for::<T>(),
            "minItems": Landmark::COUNT,
            "maxItems": Landmark::COUNT,
        })
    }
}

/// One detected body.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pose {
    /// Landmarks in the picture.
    pub image: Landmarks<Point>,
    /// Landmarks in space.
    pub world: Landmarks<WorldPoint>,
}

impl Pose {
    /// The body as a mirror would show it: x is reflected and the sides change names.
    #[must_use]
    pub fn mirrored(&self) -> Self {
        Self {
            image: Landmarks(self.image.with_sides_swapped().0.map(|point| Point {
                x: 1.0 - point.x,
                ..point
            })),
            world: Landmarks(
                self.world
                    .with_sides_swapped()
                    .0
                    .map(|point| WorldPoint { x: -point.x, ..point }),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mirroring_twice_changes_nothing_and_names_the_other_side() {
        for landmark in Landmark::ALL {
            assert_eq!(landmark.mirrored().mirrored(), landmark);
            let (name, mirror) = (format!("{landmark:?}"), format!("{:?}", landmark.mirrored()));
            let swapped = name
                .replace("Left", "*")
                .replace("Right", "Left")
                .replace('*', "Right");
            assert_eq!(mirror, swapped);
        }
    }

    #[test]
    fn a_body_with_too_few_landmarks_is_refused_with_the_count() {
        let error = serde_json::from_str::<Landmarks<f32>>("[1, 2]").unwrap_err();
        assert!(
            error.to_string().contains("expected 33 landmarks, found 2"),
            "{error}"
        );
    }
}
