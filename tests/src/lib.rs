//! Whole-system tests: HTTP, command line, parity, faults.
//!
//! This library starts the real application on the embedded host and talks to it; the tests are in `tests/`. They need
//! what `cargo xtask build` makes: the components in `target/wasm32-wasip2/release` and the host `flow`, which is
//! `target/release/flow` or what `FLOW_BIN` names.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    clippy::panic,
    reason = "a set-up that fails is a test that fails"
)]

pub mod accounts;
pub mod attacks;
mod client;
mod guest;
mod host;
mod mail_provider;
mod nn_component;
mod parity;
pub mod raw;
mod stored;
mod submissions;
mod videos;
mod wasm_program;

pub use client::{Answer, Client, Stream};
pub use host::{Host, HostOptions, flow_command};
pub use mail_provider::{MailProvider, ReceivedMail};
pub use nn_component::{CompiledNn, NnComponent, nn_file};
pub use parity::{MEAN, NEAR, NEAR_SHARE, VISIBLE, as_opencv_shows, models, shared};
pub use stored::Stored;
pub use submissions::{
    LEG, REACH, SQUAT, accepted, host_at, limits_enforced, member, moment, refused, standing, submission,
};
pub use videos::{moving_pattern, person};
pub use wasm_program::run_wasm;
