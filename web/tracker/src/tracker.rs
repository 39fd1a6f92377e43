//! The interface `body`: one person, followed from picture to picture.

use std::{cell::RefCell, collections::HashMap};

use flow_inference::ModelSet;
use flow_pose::{LandmarkModel, Model, Options, PoseTracker};

use crate::{
    Component,
    bindings::exports::flow::tracker::body::{Guest, GuestTracker, Landmark, Tracker},
    picture::Rgba,
};

impl Guest for Component {
    type Tracker = Follower;
}

/// Gives each model's file once: the bytes are freed when the model is loaded.
type Files = Box<dyn Fn(Model) -> Result<Vec<u8>, &'static str>>;

/// The models, and the person whom they follow.
pub struct Follower(RefCell<(ModelSet<Files>, PoseTracker)>);

impl GuestTracker for Follower {
    fn open(detector: Vec<u8>, landmarks: Vec<u8>) -> Result<Tracker, String> {
        Self::over(detector, landmarks).map(Tracker::new)
    }

    fn find(
        &self,
        rgba: Vec<u8>,
        width: u32,
        height: u32,
        seconds: f64,
    ) -> Result<Option<Vec<Landmark>>, String> {
        let Some(picture) = Rgba::new(width, height, &rgba) else {
            let bytes = rgba.len();
            return Err(format!(
                "{bytes} bytes are no picture of {width} by {height} pixels"
            ));
        };
        let (models, tracker) = &mut *self.0.borrow_mut();
        let pose = tracker
            .process(models, picture, seconds)
            .map_err(|error| error.to_string())?;
        Ok(pose.map(|pose| {
            let points = pose.image.0.into_iter();
            points
                .map(|point| Landmark {
                    x: point.x,
                    y: point.y,
                    visibility: point.visibility,
                })
                .collect()
        }))
    }
}

impl Follower {
    fn over(detector: Vec<u8>, landmarks: Vec<u8>) -> Result<Self, String> {
        let options = Options {
            model: LandmarkModel::Lite,
            smoothing: true,
        };
        let files = RefCell::new(HashMap::from([
            (Model::PoseDetection, detector),
            (Model::PoseLandmarkLite, landmarks),
        ]));
        let take = move |model| files.borrow_mut().remove(&model).ok_or("there is no such model");
        let mut models = ModelSet::new(Box::new(take) as Files);
        for model in [Model::PoseDetection, Model::PoseLandmarkLite] {
            models.load(model).map_err(|error| error.to_string())?;
        }
        Ok(Self(RefCell::new((models, PoseTracker::new(options)))))
    }
}
