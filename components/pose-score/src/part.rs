//! `POST /internal/part`: observes a part of a clip for the instance that scores it.
//!
//! The address has no route in `spin.toml`, so only a chained call (`http://pose-score.spin.internal/internal/part`) reaches
//! it. The request proves by its lease that the attempt is the caller's. The answer is a stream of lines ([`Line`]).

use flow_assess::{Observed, Options, Part, Run, Timings};
use flow_catalog::TestId;
use flow_edge::{Call, Error, EventSender, Reply, RequestBody, events, now, read_json};
use flow_landmarks::Observation;
use flow_store::{SpinDatabase, Store};
use serde::{Deserialize, Serialize};
use serde_json::json;
use spin_sdk::{wasip3, wit_bindgen::yield_async};

use crate::{alone::Alone, nn::WasiNn, video::read_video};

/// Frames between two lines that tell how far a part is: whoever reads them works on frames too, and reads less than a line
/// for each.
const TELL_EVERY: usize = 5;

/// Which part of what.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PartRequest {
    pub attempt: String,
    pub lease: String,
    pub part: Part,
}

/// A line of the answer. What holds numbers is not tagged inside: that would round them.
///
/// Observations come all at once: whoever asked works on a part as well and reads seldom, and a helper that waited for its
/// reader at every frame would work no faster.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Line {
    /// So many frames are observed. Left out when nobody reads.
    Seen(usize),
    /// All frames are observed; the last line.
    Done {
        observations: Vec<Observation>,
        timings: Timings,
    },
    /// It cannot be observed, or not here; the last line.
    Failed(String),
}

pub async fn observe<B>(call: &Call, body: B) -> Result<Reply, Error>
where
    B: RequestBody,
{
    // From the beginning: two parts in one instance would share a core.
    let alone = Alone::new();
    let PartRequest { attempt, lease, part } = read_json(call, body).await?;
    let invalid = |field: &'static str| move |reason: String| Error::Invalid { field, reason };
    let id = attempt.parse().map_err(invalid("attempt"))?;
    let token = lease.parse().map_err(invalid("lease"))?;
    let store = Store::new(SpinDatabase::open().await?);
    let attempt = store.leased(&id, &token, now()).await?;
    let attempt = attempt.ok_or(Error::NotFound("lease"))?;
    let video = read_video(&attempt).await?;
    let (mut sender, reply) = events();
    let log = call.log.clone();
    wasip3::spawn(async move {
        let _alone = alone;
        let last = match follow(video, attempt.test, &part, &mut sender).await {
            Ok(Some(Observed {
                observations,
                timings,
            })) => Line::Done {
                observations,
                timings,
            },
            // Whoever asked has left.
            Ok(None) => return,
            Err(reason) => Line::Failed(reason),
        };
        if let Err(error) = sender.send(&last).await {
            log.error(
                "the answer of a helper cannot be written",
                json!({ "attempt": id.as_str(), "reason": error.to_string() }),
            );
        }
    });
    Ok(reply)
}

/// Observes the part and tells how far it is; `None` when nobody listens any more.
async fn follow(
    video: Vec<u8>,
    test: TestId,
    part: &Part,
    sender: &mut EventSender,
) -> Result<Option<Observed>, String> {
    let run = Run::new(video, test, &Options::default()).and_then(|run| run.part(part));
    let mut run = run.map_err(|error| error.to_string())?;
    let mut engine = WasiNn::new();
    while let Some(progress) = run.step(&mut engine).map_err(|error| error.to_string())? {
        if progress.done.is_multiple_of(TELL_EVERY) {
            let seen = Line::Seen(progress.done);
            if !sender.offer(&seen).map_err(|error| error.to_string())? {
                return Ok(None);
            }
        }
        yield_async().await;
    }
    Ok(Some(run.into_observed()))
}
