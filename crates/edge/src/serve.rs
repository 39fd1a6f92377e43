//! The way from Spin's request to a handler and back.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use flow_store::{SpinDatabase, Store};
use http::{Response, request::Parts};
use spin_sdk::{http::Request, variables, wasip3::random::random::get_random_bytes};

use crate::{
    AccountSettings, Body, Call, Caller, Error, Identity, Reply, RequestId, Settings, body::discard, finish,
    uuid_v7,
};

/// The body of a request as Spin gives it.
type Incoming = spin_sdk::wasip3::http_compat::IncomingRequestBody;

/// How much of a refused body is read so that its sender gets to read the answer: a little more than the largest video.
const DISCARDED_BYTES: u64 = 64_000_000;

/// The time now.
#[must_use]
pub fn now() -> DateTime<Utc> {
    SystemTime::now().into()
}

/// Fresh random bytes that nobody can guess.
#[must_use]
pub fn random<const COUNT: usize>() -> [u8; COUNT] {
    let mut random = [0; COUNT];
    let mut filled = 0;
    // The host may give fewer than it is asked for, but never none.
    while filled < COUNT {
        let drawn = get_random_bytes((COUNT - filled) as u64);
        for (byte, drawn) in random[filled..].iter_mut().zip(&drawn) {
            *byte = *drawn;
        }
        filled += drawn.len();
    }
    random
}

/// A new id that nobody can guess: a UUID of version 7.
#[must_use]
pub fn new_id(now: DateTime<Utc>) -> String {
    uuid_v7(now, random())
}

/// Who is asking, and a connection to the database: opened only where somebody may be signed in. Refuses whose account is
/// shut by a ban.
pub async fn enter(call: &Call, settings: &Settings) -> Result<(Store<SpinDatabase>, Identity), Error> {
    let (store, identity) = enter_even_if_banned(call, settings).await?;
    match &identity.ban {
        Some(ban) if ban.level.shuts_account() => Err(Error::Banned {
            ban: ban.clone(),
            at: now(),
        }),
        _ => Ok((store, identity)),
    }
}

/// The same without regard to bans.
pub async fn enter_even_if_banned(
    call: &Call,
    settings: &Settings,
) -> Result<(Store<SpinDatabase>, Identity), Error> {
    let caller = Caller::of(settings, call.headers(), now())?;
    let store = Store::new(SpinDatabase::open().await?);
    let identity = caller.identify(&store, now()).await?;
    Ok((store, identity))
}

/// Answers a request with what `handler` says, and writes faults of ours to the log.
pub async fn serve(
    request: Request,
    handler: impl AsyncFnOnce(&Call, &mut Incoming, Settings) -> Result<Reply, Error>,
) -> Response<Body> {
    let (parts, mut body): (Parts, Incoming) = request.into_parts();
    let request_id = RequestId::choose(&parts.headers, || new_id(now()));
    let call = Call::new(parts, request_id);
    let outcome = match settings().await {
        Ok(settings) => handler(&call, &mut body, settings).await,
        Err(error) => Err(error),
    };
    if let Err(error) = &outcome {
        if error.is_ours() {
            eprintln!(
                "error request={} path={} {error}",
                call.request_id.as_str(),
                call.path()
            );
        }
        discard(&mut body, DISCARDED_BYTES).await;
    }
    finish(outcome, &call.request_id)
}

async fn settings() -> Result<Settings, Error> {
    let mut values = Vec::new();
    for name in Settings::NAMES.into_iter().chain(AccountSettings::NAMES) {
        match variables::get(name).await {
            Ok(value) => values.push((name, value)),
            Err(variables::Error::Undefined(_)) => {}
            Err(error) => {
                return Err(Error::Internal(format!(
                    "the variable {name} cannot be read: {error:?}"
                )));
            }
        }
    }
    Settings::from_variables(|name| {
        values
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.clone())
    })
    .map_err(|error| Error::Internal(error.to_string()))
}
