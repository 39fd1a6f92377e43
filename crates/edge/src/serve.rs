//! The way from Spin's request to a handler and back.

use std::{
    cell::RefCell,
    pin::Pin,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use flow_api::ProblemType;
use flow_store::{SpinDatabase, Store};
use http::{Response, request::Parts};
use serde_json::json;
use spin_sdk::{
    http::Request,
    time::sleep,
    variables,
    wasip3::{self, random::random::get_random_bytes},
};

use crate::{
    AccountSettings, BillingSettings, Body, Call, Caller, Clock, Error, Identity, Level, Log, PacedBody,
    Reply, RequestId, Settings,
    body::discard,
    figures::{self, Answered},
    finish, now,
    reply::without_body,
    routes::route,
    uuid_v7,
};

/// The body of a request as Spin gives it.
type Incoming = wasip3::http_compat::IncomingRequestBody;

/// The host's monotonic clock.
pub struct HostClock(Instant);

impl HostClock {
    fn new() -> Self {
        Self(Instant::now())
    }
}

impl Clock for HostClock {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()>>> {
        Box::pin(sleep(time))
    }
}

/// How much of a refused body is read so that its sender gets to read the answer: a little more than the largest video.
const DISCARDED_BYTES: u64 = 64_000_000;

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

/// Answers a request with what `handler` says, writes that to the log and counts it for `/metrics`.
pub async fn serve(
    request: Request,
    handler: impl AsyncFnOnce(&Call, &mut PacedBody<Incoming, HostClock>, Settings) -> Result<Reply, Error>,
) -> Response<Body> {
    let answered = answer(request, handler).await;
    figures::answered(Answered {
        route: answered.route,
        method: answered.call.any_method(),
        status: answered.reply.status(),
        problem: problem_name(&answered.reply),
        took: answered.took,
    });
    write_figures_later(answered.call.log);
    answered.reply
}

/// The same for a component without a database, whose answers nobody counts.
pub async fn serve_uncounted(
    request: Request,
    handler: impl AsyncFnOnce(&Call, &mut PacedBody<Incoming, HostClock>, Settings) -> Result<Reply, Error>,
) -> Response<Body> {
    answer(request, handler).await.reply
}

/// A call and its answer.
struct AnsweredCall {
    call: Call,
    reply: Reply,
    /// The template of the call's path.
    route: &'static str,
    /// From the request's head to the answer's.
    took: Duration,
}

async fn answer(
    request: Request,
    handler: impl AsyncFnOnce(&Call, &mut PacedBody<Incoming, HostClock>, Settings) -> Result<Reply, Error>,
) -> AnsweredCall {
    let began = Instant::now();
    let (parts, body): (Parts, Incoming) = request.into_parts();
    let mut body = PacedBody::new(body, HostClock::new());
    let request_id = RequestId::choose(&parts.headers, || new_id(now()));
    let call = Call::new(parts, request_id);
    let outcome = match settings().await {
        Ok(settings) => handler(&call, &mut body, settings).await,
        Err(error) => Err(error),
    };
    let took = began.elapsed();
    let refused = outcome.is_err();
    let fault = outcome.as_ref().err().filter(|error| error.is_ours());
    let fault = fault.map(ToString::to_string);
    let reply = finish(outcome, call.request_id());
    let route = route(call.path());
    write_line(&call, route, &reply, fault, took);
    if refused {
        discard(&mut body, DISCARDED_BYTES).await;
    }
    let reply = if call.is_head() {
        without_body(reply)
    } else {
        reply
    };
    AnsweredCall {
        call,
        reply,
        route,
        took,
    }
}

/// Writes to the log what was asked and answered, and what was wrong with us.
fn write_line(call: &Call, route: &str, reply: &Reply, fault: Option<String>, took: Duration) {
    let mut line = json!({
        "method": call.any_method().as_str(),
        "route": route,
        "status": reply.status().as_u16(),
        "milliseconds": (took.as_secs_f64() * 1e4).round() / 10.0,
    });
    if let Some(problem) = problem_name(reply) {
        line["problem"] = problem.into();
    }
    let level = if fault.is_some() {
        Level::Error
    } else {
        Level::Info
    };
    if let Some(fault) = fault {
        line["fault"] = fault.into();
    }
    call.log.write(level, "request", line);
}

fn problem_name(reply: &Reply) -> Option<&'static str> {
    reply.extensions().get::<ProblemType>().map(|kind| kind.name())
}

/// How long an instance collects figures before it adds them to the database: fewer writes for many answers.
const COLLECT_FIGURES: Duration = Duration::from_millis(500);

/// Adds what is counted to the database, once for all that is counted in the meantime. What an instance has not written when
/// its host is killed is lost.
pub fn write_figures_later(log: Log) {
    if !figures::become_taker() {
        return;
    }
    wasip3::spawn(async move {
        sleep(COLLECT_FIGURES).await;
        let figures = figures::take();
        let written = match SpinDatabase::open().await {
            Ok(database) => Store::new(database).add_figures(&figures).await,
            Err(error) => Err(error),
        };
        if let Err(error) = written {
            log.error("figures are lost", json!({ "reason": error.to_string() }));
        }
    });
}

/// How long an instance goes on with the settings that it has read: reading them takes a call of the host for each.
const SETTINGS_HOLD: Duration = Duration::from_secs(5);

thread_local! {
    static SETTINGS: RefCell<Option<(Instant, Settings)>> = const { RefCell::new(None) };
}

async fn settings() -> Result<Settings, Error> {
    let held = SETTINGS.with_borrow(|held| {
        let held = held
            .as_ref()
            .filter(|(read_at, _)| read_at.elapsed() < SETTINGS_HOLD);
        held.map(|(_, settings)| settings.clone())
    });
    if let Some(settings) = held {
        return Ok(settings);
    }
    let settings = read_settings().await?;
    SETTINGS.set(Some((Instant::now(), settings.clone())));
    Ok(settings)
}

async fn read_settings() -> Result<Settings, Error> {
    let mut values = Vec::new();
    let names = Settings::NAMES.into_iter();
    for name in names.chain(AccountSettings::NAMES).chain(BillingSettings::NAMES) {
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
