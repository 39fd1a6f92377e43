//! What the pipeline needs of an inference engine, and the models it may ask for.

/// A model of `models/`, known to engines by its file's name without `.onnx`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are MediaPipe's own")]
pub enum Model {
    PoseDetection,
    PoseLandmarkLite,
    PoseLandmarkFull,
    FaceDetection,
    FaceLandmark,
}

impl Model {
    /// All models.
    pub const ALL: [Self; 5] = [
        Self::PoseDetection,
        Self::PoseLandmarkLite,
        Self::PoseLandmarkFull,
        Self::FaceDetection,
        Self::FaceLandmark,
    ];

    /// The name of the model's file in `models/`, without `.onnx`; also its name for `wasi:nn`'s `load-by-name`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PoseDetection => "pose_detection",
            Self::PoseLandmarkLite => "pose_landmark_lite",
            Self::PoseLandmarkFull => "pose_landmark_full",
            Self::FaceDetection => "face_detection",
            Self::FaceLandmark => "face_landmark",
        }
    }

    /// Name of the input in the ONNX file.
    #[must_use]
    pub const fn input_name(self) -> &'static str {
        match self {
            Self::PoseDetection | Self::PoseLandmarkLite | Self::PoseLandmarkFull | Self::FaceLandmark => {
                "input_1"
            }
            Self::FaceDetection => "input",
        }
    }

    /// Side of the square input picture in pixels. Inputs are `[1, side, side, 3]` f32, RGB.
    #[must_use]
    pub const fn input_side(self) -> usize {
        match self {
            Self::PoseDetection => 224,
            Self::PoseLandmarkLite | Self::PoseLandmarkFull => 256,
            Self::FaceDetection => 128,
            Self::FaceLandmark => 192,
        }
    }
}

/// Why a model gave no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("inference with {model} failed: {reason}", model = .model.name())]
pub struct EngineError {
    /// The model that was asked.
    pub model: Model,
    /// What the engine said.
    pub reason: String,
}

/// One output of a model: its name in the ONNX file and its values, flattened in row-major order.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// Name of the output in the ONNX graph.
    pub name: String,
    /// Values, row-major.
    pub values: Vec<f32>,
}

/// Something that runs the models: `wasi:nn` inside a component, ONNX Runtime or a Rust engine outside.
pub trait Engine {
    /// Runs `model` on `input`, which has shape `[1, side, side, 3]`, and returns its outputs.
    fn run(&mut self, model: Model, input: &[f32]) -> Result<Vec<Output>, EngineError>;
}

impl<E: Engine + ?Sized> Engine for Box<E> {
    fn run(&mut self, model: Model, input: &[f32]) -> Result<Vec<Output>, EngineError> {
        (**self).run(model, input)
    }
}
