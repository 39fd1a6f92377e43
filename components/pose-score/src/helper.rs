//! Lets another instance of this component observe a part.

use std::{pin::pin, time::Duration};

use bytes::Bytes;
use flow_assess::Observed;
use futures_util::future::{Either, select};
use http::{Request, StatusCode, header::CONTENT_TYPE};
use http_body_util::{BodyExt as _, Full};
use spin_sdk::{http::send, time::sleep};

use crate::part::{Line, PartRequest};

/// This component, called privately. Whether that may be and where it leads is for `spin.toml` to say.
const ADDRESS: &str = "http://pose-score.spin.internal/internal/part";

/// How long a helper may be silent: longer than it takes to start and to read the largest video.
const SILENCE: Duration = Duration::from_secs(5);

/// Longest line: all observations of a long part have about 2 MB.
const MAX_LINE: usize = 16 << 20;

/// Has the part observed; `saw` hears how many frames are. An error says why there is no helper, or what became of it.
pub async fn observe(request: &PartRequest, mut saw: impl FnMut(usize)) -> Result<Observed, String> {
    let body = serde_json::to_vec(request).map_err(|error| error.to_string())?;
    let request = Request::post(ADDRESS)
        .header(CONTENT_TYPE, "application/json")
        .body(Full::new(Bytes::from(body)))
        .map_err(|error| error.to_string())?;
    let response = in_time(send(request)).await?.map_err(|error| error.to_string())?;
    if response.status() != StatusCode::OK {
        return Err(format!("it answers {}", response.status()));
    }
    let mut lines = Vec::new();
    let mut body = response.into_body();
    loop {
        let frame = in_time(body.frame()).await?;
        let frame = frame.ok_or("its answer broke off")?;
        let frame = frame.map_err(|error| error.to_string())?;
        let data = frame.data_ref().map_or(&[][..], |data| data);
        let mut searched = lines.len();
        lines.extend_from_slice(data);
        let mut start = 0;
        while let Some(length) = lines[searched..].iter().position(|&byte| byte == b'\n') {
            let end = searched + length;
            let line = serde_json::from_slice(&lines[start..end]);
            match line.map_err(|error| error.to_string())? {
                Line::Seen(frames) => saw(frames),
                Line::Done {
                    observations,
                    timings,
                } => {
                    return Ok(Observed {
                        observations,
                        timings,
                    });
                }
                Line::Failed(reason) => return Err(reason),
            }
            (start, searched) = (end + 1, end + 1);
        }
        lines.drain(..start);
        if lines.len() > MAX_LINE {
            return Err("its answer is too long".to_owned());
        }
    }
}

async fn in_time<T>(work: impl Future<Output = T>) -> Result<T, String> {
    match select(pin!(work), pin!(sleep(SILENCE))).await {
        Either::Left((done, _)) => Ok(done),
        Either::Right(_) => Err("it is silent".to_owned()),
    }
}
