//! What leaves a component: calls to other components, and requests to the hosts that the manifest allows.

mod allowed;
mod send;

pub use allowed::{AllowedHostError, AllowedHosts};
pub use send::{OutboundHooks, Peers};
