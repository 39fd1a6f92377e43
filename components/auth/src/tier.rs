//! `PUT /api/ops/accounts/{id}/tier`: an operator says what an account pays for.

use chrono::{DateTime, Utc};
use flow_api::{TierRequest, TierView, rfc3339};
use flow_edge::{Call, Error, Reply, RequestBody, Settings, json, now, read_json, require_operator};
use flow_store::{SpinDatabase, Store, Subscription, UserId};
use http::StatusCode;

pub async fn set<B>(call: &Call, id: &str, body: B, settings: &Settings) -> Result<Reply, Error>
where
    B: RequestBody,
{
    require_operator(settings, call.headers())?;
    let id: UserId = id.parse().map_err(|_| Error::NotFound("account"))?;
    let request: TierRequest = read_json(call, body).await?;
    let subscription = Subscription {
        tier: request.tier,
        next_tier: request.next_tier,
        ends_at: request.ends_at.as_deref().map(end).transpose()?,
    };
    check(&subscription)?;
    let store = Store::new(SpinDatabase::open().await?);
    if !store.subscribe(&id, &subscription, now()).await? {
        return Err(Error::NotFound("account"));
    }
    json(
        StatusCode::OK,
        &TierView {
            tier: subscription.tier_at(now()),
            ends_at: subscription.ends_at.map(rfc3339),
            next_tier: subscription.next_tier,
        },
    )
}

fn end(text: &str) -> Result<DateTime<Utc>, Error> {
    let time = DateTime::parse_from_rfc3339(text).map_err(|_| Error::Invalid {
        field: "endsAt",
        reason: "a time such as 2027-01-31T00:00:00Z is expected".to_owned(),
    })?;
    Ok(time.to_utc())
}

/// A next tier is what comes after an end, and a cheaper one: a dearer one holds at once.
fn check(subscription: &Subscription) -> Result<(), Error> {
    let reason = match (subscription.next_tier, subscription.ends_at) {
        (Some(_), None) => "say in endsAt from when on it holds",
        (Some(next), _) if next > subscription.tier => {
            "an upgrade holds at once: give the dearer one as tier"
        }
        _ => return Ok(()),
    };
    Err(Error::Invalid {
        field: "nextTier",
        reason: reason.to_owned(),
    })
}
