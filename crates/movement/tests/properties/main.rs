//! Laws that hold for every clip of every test that can be scored: no panic, the same answer twice, mirror symmetry,
//! independence of scale, place, tempo and frame rate, and no confident wrong bucket on a bad recording.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail like tests"
)]

#[path = "../figure/mod.rs"]
mod figure;

mod changes;
mod defects;
mod garbage;
mod judge;
mod samples;
mod symmetry;
mod time;
