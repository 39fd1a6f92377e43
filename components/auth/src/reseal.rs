//! `POST /api/ops/accounts/reseal?limit=20`: seals anew, with the key in use, what is sealed with another one. Called until
//! nothing remains; then the old key may go.

use flow_edge::{Call, Error, Reply, Settings, json, random, require_operator};
use flow_identity::SealError;
use http::StatusCode;

use crate::{
    context::{Context, place},
    model::ResealBatch,
};

pub async fn reseal(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    require_operator(settings, call.headers())?;
    let limit = call.limit()?;
    let context = Context::open(call, settings).await?;
    let prefix = context.sealer.current_prefix();
    let (mut resealed, mut skipped) = (0, 0);
    for row in context.store.sealed_otherwise(&prefix, limit).await? {
        let place = place(row.column, &row.row);
        let text = match context.sealer.open(place, &row.sealed) {
            Ok(text) => text,
            Err(SealError::Damaged) => {
                eprintln!(
                    "error reseal {}.{} of {} is damaged",
                    place.table, place.column, place.row
                );
                skipped += 1;
                continue;
            }
            // Its key was taken away too early: the operator has to put it back.
            Err(error) => return Err(error.into()),
        };
        let sealed = context.sealer.seal(place, &text, random())?;
        if context.store.write_sealed(&row, &sealed).await? {
            resealed += 1;
        } else {
            skipped += 1;
        }
    }
    let remaining = context.store.count_sealed_otherwise(&prefix).await?;
    json(
        StatusCode::OK,
        &ResealBatch {
            resealed,
            skipped,
            remaining,
        },
    )
}
