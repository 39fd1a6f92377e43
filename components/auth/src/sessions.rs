//! `/api/auth/sessions`: where an account is signed in, and ending that.

use flow_api::{ListView, SessionView, SessionsEnded, rfc3339};
use flow_edge::{Call, Error, Reply, Settings, enter, json, no_content, now};
use flow_store::{SessionEnd, SessionId, SpinDatabase, Store, UserId};
use http::StatusCode;

/// How many sessions are listed: more than anybody looks through.
const MOST: u32 = 100;

pub async fn list(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    let (store, user, current) = signed_in(call, settings).await?;
    let sessions = store.sessions(&user, now(), MOST).await?;
    let items = sessions.into_iter().map(|session| SessionView {
        current: session.id == current,
        id: session.id.to_string(),
        client: session.client_label,
        created_at: rfc3339(session.created_at),
        last_used_at: rfc3339(session.last_used_at),
        expires_at: rfc3339(session.expires_at),
    });
    let list = ListView {
        items: items.collect::<Vec<_>>(),
        next_cursor: None,
    };
    json(StatusCode::OK, &list)
}

/// Ends one session; its own, too.
pub async fn end(call: &Call, id: &str, settings: &Settings) -> Result<Reply, Error> {
    let (store, user, _) = signed_in(call, settings).await?;
    let id: SessionId = id.parse().map_err(|_| Error::NotFound("session"))?;
    if store.end_session(&user, &id, SessionEnd::Revoked, now()).await? {
        Ok(no_content())
    } else {
        Err(Error::NotFound("session"))
    }
}

/// Ends all sessions but the one that asks.
pub async fn end_others(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    let (store, user, current) = signed_in(call, settings).await?;
    let ended = store
        .end_sessions(&user, Some(&current), SessionEnd::Revoked, now())
        .await?;
    json(StatusCode::OK, &SessionsEnded { ended })
}

/// Who asks, and in which session: the development identity has none.
async fn signed_in(
    call: &Call,
    settings: &Settings,
) -> Result<(Store<SpinDatabase>, UserId, SessionId), Error> {
    let (store, identity) = enter(call, settings).await?;
    let session = identity.session.ok_or(Error::SignInRequired)?;
    Ok((store, identity.user, session))
}
