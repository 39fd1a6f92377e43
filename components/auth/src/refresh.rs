//! `POST /api/auth/refresh` and `/logout`: what the cookie is for.

use flow_edge::{
    Call, Error, Reply, Settings, clear_refresh_cookie, no_content, refresh_token, require_same_origin,
    with_header,
};
use flow_identity::SecretToken;
use flow_store::{Refresh, Refreshed, SessionEnd};
use http::header::SET_COOKIE;

use crate::{context::Context, login::signed_in};

/// Gives another access token, and another cookie in place of the one that came.
pub async fn refresh(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    require_same_origin(call, &settings.accounts)?;
    let context = Context::open(call, settings).await?;
    let token = cookie(call).ok_or(Error::SessionEnded)?;
    let successor = token.successor(&context.marks);
    let refresh = Refresh {
        hash: &token.digest(),
        successor_hash: &successor.digest(),
        client_mark: &context.client_mark(),
    };
    match context.store.refresh(refresh, context.now).await? {
        Refreshed::Rotated { session, account } => {
            let account = context.store.account(&account, context.now).await?;
            let account = account.ok_or(Error::SessionEnded)?;
            signed_in(&context, &account, &session, &successor)
        }
        Refreshed::Reused { .. } | Refreshed::Ended => Err(Error::SessionEnded),
    }
}

/// Ends the session of the cookie, if there is one, and takes the cookie back.
pub async fn logout(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    require_same_origin(call, &settings.accounts)?;
    let context = Context::open(call, settings).await?;
    if let Some(token) = cookie(call) {
        context
            .store
            .end_session_of_token(&token.digest(), SessionEnd::SignedOut, context.now)
            .await?;
    }
    with_header(no_content(), SET_COOKIE, &clear_refresh_cookie())
}

fn cookie(call: &Call) -> Option<SecretToken> {
    SecretToken::parse(refresh_token(call.headers())?)
}
