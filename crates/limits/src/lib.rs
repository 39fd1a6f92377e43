//! How many videos may be sent, who is banned for sending too many, and when the system protects itself.
//!
//! Rules only: the database counts ([`Usage`]), these rules say what follows from the counts. The clock, the time zone
//! and what the operator configures are arguments.

mod ban;
mod breaker;
mod calendar;
mod limits;
mod policy;
mod refusal;
mod usage;

pub use ban::{Ban, BanLevel, BanReason, NewBan};
pub use breaker::{BreakerRules, OpenReason, Signals};
pub use calendar::{Moment, Window, last_minutes, minute_of};
pub use limits::Limits;
pub use policy::{Policy, Standing, rate_limit_headers, seconds_until};
pub use refusal::Refusal;
pub use usage::{Sliding, Usage};
