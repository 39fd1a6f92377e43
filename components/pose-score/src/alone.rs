//! An instance that works on a video takes nothing else.

use spin_sdk::wit_bindgen::{backpressure_dec, backpressure_inc};

/// While this lives the instance takes no other request: it would wait for every frame, and two videos in one instance
/// share one core. The host starts another instance instead.
pub struct Alone;

impl Alone {
    pub fn new() -> Self {
        backpressure_inc();
        Self
    }
}

impl Drop for Alone {
    fn drop(&mut self) {
        backpressure_dec();
    }
}
