//! `GET /internal/inference`: runs a model once in this instance and answers 204 if that works.
//!
//! The address has no route in `spin.toml`: health asks by a chained call.

use std::cell::Cell;

use flow_edge::{Error, Reply, no_content};
use flow_pose::{Engine as _, Model};

use crate::nn::WasiNn;

thread_local! {
    static WORKS: Cell<bool> = const { Cell::new(false) };
}

/// Where it worked once it is not tried again: instances live for seconds.
pub fn check() -> Result<Reply, Error> {
    if !WORKS.get() {
        let side = Model::PoseDetection.input_side();
        let outputs = WasiNn::new().run(Model::PoseDetection, &vec![0.0; side * side * 3]);
        outputs.map_err(|error| Error::Internal(error.to_string()))?;
        WORKS.set(true);
    }
    Ok(no_content())
}
