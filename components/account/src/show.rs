//! `GET /api/account`: an account as its owner sees it.

use chrono::{DateTime, Utc};
use flow_api::{AccountDetails, SubscriptionView, rfc3339};
use flow_edge::{Call, Error, Identity, Reply, Settings, enter_even_if_banned, json, now};
use flow_identity::Place;
use flow_store::{SealedColumn, SpinDatabase, Store};
use http::StatusCode;

pub async fn show(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    let (store, identity) = enter_even_if_banned(call, settings).await?;
    json(
        StatusCode::OK,
        &details(&store, &identity, settings, now()).await?,
    )
}

/// What an account is. The development identity has none.
pub async fn details(
    store: &Store<SpinDatabase>,
    identity: &Identity,
    settings: &Settings,
    now: DateTime<Utc>,
) -> Result<AccountDetails, Error> {
    let found = store.owned_account(&identity.user, now).await?;
    let owned = found.ok_or(Error::NotFound("account"))?;
    let (table, column) = SealedColumn::AccountEmail.place();
    let place = Place {
        table,
        column,
        row: owned.account.id.as_str(),
    };
    let email = settings
        .accounts
        .sealer()?
        .open(place, &owned.account.email_sealed)
        .map_err(|error| Error::Internal(error.to_string()))?;
    Ok(AccountDetails {
        id: owned.account.id.to_string(),
        email,
        email_verified: owned.account.verified,
        tier: owned.account.tier,
        subscription: SubscriptionView {
            tier: owned.subscription.tier,
            next_tier: owned.subscription.next_tier,
            ends_at: owned.subscription.ends_at.map(rfc3339),
        },
        time_zone: owned.account.time_zone.name().to_owned(),
        consent_version: owned.consent_version,
        created_at: rfc3339(owned.created_at),
    })
}
