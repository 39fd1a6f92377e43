//! The HTTP kit of the components: problem documents, identity, JSON.
//!
//! A component is a routing `match` over [`Call`] and handlers that return `Result<Reply, Error>`; [`serve`] turns either
//! into a response with the headers every answer has. Nothing of a single route belongs here.

mod accounts;
mod billing;
mod body;
mod call;
mod checked_tokens;
mod client_address;
mod clock;
mod cookie;
mod error;
mod etag;
mod figures;
mod identity;
mod ids;
mod log;
mod operator;
mod pace;
mod problem;
mod reply;
#[cfg(any(target_arch = "wasm32", test))]
mod routes;
mod same_origin;
#[cfg(target_arch = "wasm32")]
mod serve;
mod settings;
mod stream;
mod submission;

pub use accounts::{AccountSettings, MailSettings, Secret};
pub use billing::BillingSettings;
pub use body::{read_bytes, read_json};
pub use call::{Call, RequestId};
pub use client_address::ClientAddress;
pub use clock::now;
pub use cookie::{REFRESH_COOKIE, clear_refresh_cookie, refresh_cookie, refresh_token};
pub use error::Error;
pub use etag::{etag, is_known};
pub use figures::add_to_figure;
pub use identity::{Caller, Identity};
pub use ids::uuid_v7;
pub use log::{Level, Log};
pub use operator::require_operator;
pub use pace::{Clock, PacedBody, RequestBody};
pub use problem::Problem;
pub use reply::{
    Body, CONTENT_SECURITY_POLICY, EventSender, Reply, bytes, events, finish, json, no_content, with_header,
};
pub use same_origin::require_same_origin;
#[cfg(target_arch = "wasm32")]
pub use serve::{enter, enter_even_if_banned, new_id, random, serve, serve_uncounted, write_figures_later};
pub use settings::{Environment, Settings};
pub use stream::{ByteSender, stream};
pub use submission::{submission_rules, tell_operators, user_rules, with_rate_limits};
