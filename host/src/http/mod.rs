//! The HTTP side: connections in, requests to components, answers out, and an orderly end.

mod body;
mod listen;
mod log;
mod server;

pub use body::AnswerBody;
pub use listen::{Listening, listen};
pub use server::{Server, ServerParts};
