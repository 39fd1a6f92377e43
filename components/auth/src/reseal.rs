//! `POST /api/ops/accounts/reseal?limit=20`: seals anew, with the key in use, what is sealed with another one. Called until
//! nothing remains; then the old key may go.

use flow_api::ResealBatch;
use flow_edge::{Call, Error, Reply, Settings, json, random, require_operator};
use flow_identity::SealError;
use http::StatusCode;
use serde_json::json;

use crate::context::{Context, place};

/// How many rows that cannot be sealed anew one call passes over: damaged ones stay, and must not hide those behind them.
const MOST_SKIPPED: u32 = 1000;

pub async fn reseal(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    require_operator(settings, call.headers())?;
    let limit = call.limit()?;
    let context = Context::open(call, settings).await?;
    let prefix = context.sealer.current_prefix();
    let (mut resealed, mut skipped) = (0, 0);
    let mut last = None;
    while resealed < limit && skipped < MOST_SKIPPED {
        let batch = context
            .store
            .sealed_otherwise(&prefix, last.as_ref(), limit - resealed)
            .await?;
        for row in &batch {
            let place = place(row.column, &row.row);
            let text = match context.sealer.open(place, &row.sealed) {
                Ok(text) => text,
                Err(SealError::Damaged) => {
                    call.log.error(
                        "what is sealed is damaged",
                        json!({ "table": place.table, "column": place.column, "row": place.row }),
                    );
                    skipped += 1;
                    continue;
                }
                // Its key was taken away too early: the operator has to put it back.
                Err(error) => return Err(error.into()),
            };
            let sealed = context.sealer.seal(place, &text, random())?;
            if context.store.write_sealed(row, &sealed).await? {
                resealed += 1;
            } else {
                skipped += 1;
            }
        }
        last = batch.into_iter().next_back();
        if last.is_none() {
            break;
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
