//! Registers, signs in and out, sends mails; and what operators do with accounts.
#![cfg(target_arch = "wasm32")]

mod context;
mod jwks;
mod login;
mod mail;
mod mails;
mod outbox;
mod own;
mod password;
mod refresh;
mod register;
mod reseal;
mod sessions;
mod tier;
mod verify;

use flow_edge::{Body, Error, serve};
use http::{Method, Response};
use spin_sdk::{http::Request, http_service};

#[http_service]
async fn handle(request: Request) -> Response<Body> {
    serve(request, async |call, body, settings| {
        let post = || call.method(&[Method::POST]);
        let get = || call.method(&[Method::GET]);
        match call.segments().as_slice() {
            ["api", "auth", "register"] => {
                post()?;
                register::register(call, body, settings).await
            }
            ["api", "auth", "verify"] => {
                post()?;
                verify::verify(call, body, &settings).await
            }
            ["api", "auth", "verify", "resend"] => {
                post()?;
                verify::resend(call, body, settings).await
            }
            ["api", "auth", "login"] => {
                post()?;
                login::login(call, body, &settings).await
            }
            ["api", "auth", "refresh"] => {
                post()?;
                refresh::refresh(call, &settings).await
            }
            ["api", "auth", "logout"] => {
                post()?;
                refresh::logout(call, &settings).await
            }
            ["api", "auth", "sessions"] => match call.method(&[Method::GET, Method::DELETE])? {
                &Method::DELETE => sessions::end_others(call, &settings).await,
                _ => sessions::list(call, &settings).await,
            },
            ["api", "auth", "sessions", id] => {
                call.method(&[Method::DELETE])?;
                sessions::end(call, id, &settings).await
            }
            ["api", "auth", "forgot"] => {
                post()?;
                password::forgot(call, body, settings).await
            }
            ["api", "auth", "reset"] => {
                post()?;
                password::reset(call, body, settings).await
            }
            ["api", "auth", "change-email"] => {
                post()?;
                own::email::confirm(call, body, settings).await
            }
            ["api", "account", "password"] => {
                post()?;
                own::password::change(call, body, settings).await
            }
            ["api", "account", "email"] => {
                post()?;
                own::email::ask(call, body, settings).await
            }
            ["api", "account", "delete"] => {
                post()?;
                own::delete::delete(call, body, &settings).await
            }
            [".well-known", "jwks.json"] => {
                get()?;
                jwks::jwks(&settings)
            }
            ["api", "dev", "outbox"] => {
                get()?;
                outbox::show(call, &settings).await
            }
            ["api", "ops", "accounts", "reseal"] => {
                post()?;
                reseal::reseal(call, &settings).await
            }
            ["api", "ops", "accounts", id, "tier"] => {
                call.method(&[Method::PUT])?;
                tier::set(call, id, body, &settings).await
            }
            ["api", "ops", "mails"] => {
                post()?;
                mails::send_for_operator(call, &settings).await
            }
            ["internal", "mails"] => {
                post()?;
                mails::send(call, &settings).await
            }
            _ => Err(Error::NotFound("page")),
        }
    })
    .await
}
