//! `PATCH /api/account`: where a person's days begin.

use chrono_tz::Tz;
use flow_api::AccountChange;
use flow_edge::{Call, Error, Reply, RequestBody, Settings, enter, json, now, read_json};
use flow_store::TimeZoneChange;
use http::StatusCode;

use crate::show::details;

pub async fn change<B>(call: &Call, body: B, settings: &Settings) -> Result<Reply, Error>
where
    B: RequestBody,
{
    let (store, mut identity) = enter(call, settings).await?;
    let wanted: AccountChange = read_json(call, body).await?;
    let zone: Tz = wanted.time_zone.parse().map_err(|_| Error::Invalid {
        field: "timeZone",
        reason: "the name of a time zone is expected, Europe/Berlin for example".into(),
    })?;
    let now = now();
    match store.change_time_zone(&identity.user, zone, now).await? {
        TimeZoneChange::Changed => identity.time_zone = zone,
        TimeZoneChange::NotBefore(resets_at) => {
            return Err(Error::too_many_tries(
                TimeZoneChange::LIMIT,
                TimeZoneChange::WINDOW,
                resets_at,
                now,
            ));
        }
        TimeZoneChange::Unknown => return Err(Error::NotFound("account")),
    }
    json(StatusCode::OK, &details(&store, &identity, settings, now).await?)
}
