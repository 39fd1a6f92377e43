//! What has to be looked for in a video of each test.

use crate::TestId;

/// Something that finds landmarks in pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Landmarker {
    /// MediaPipe Pose: the body.
    Pose,
    /// MediaPipe Face Mesh: which way the head points. Costs models and time of its own.
    FaceMesh,
}

impl TestId {
    /// What this test is scored from.
    ///
    /// Source: product requirement M1: the pose for all tests, Face Mesh as well for 1 and 13 (head pitch, head-neck
    /// translation).
    #[must_use]
    pub const fn landmarkers(self) -> &'static [Landmarker] {
        match self {
            Self::NeckFlexionExtension | Self::ChinTuck => &[Landmarker::Pose, Landmarker::FaceMesh],
            _ => &[Landmarker::Pose],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_test_needs_the_body_and_only_those_of_head_and_neck_the_face() {
        let face: Vec<u8> = TestId::ALL
            .into_iter()
            .filter(|test| test.landmarkers().contains(&Landmarker::FaceMesh))
            .map(TestId::number)
            .collect();
        assert_eq!(face, [1, 13]);
        assert!(
            TestId::ALL
                .into_iter()
                .all(|test| test.landmarkers().contains(&Landmarker::Pose))
        );
    }
}
