//! The periodic private call, which lets the app finish what nobody waits for.

use crate::http::Server;
use bytes::Bytes;
use http::{Method, Request};
use http_body_util::{BodyExt, Empty};
use std::sync::Arc;
use wasmtime_wasi_http::WasiBody;

pub use crate::manifest::Sweep as SweepCall;

/// Calls until the task is ended: waits, calls, reads the answer to its end, waits again.
pub async fn sweep(server: Arc<Server>, call: SweepCall) {
    loop {
        tokio::time::sleep(call.every).await;
        if let Err(error) = once(&server, &call).await {
            tracing::warn!(component = %call.component, path = %call.path, "sweep failed: {error:#}");
        }
    }
}

async fn once(server: &Server, call: &SweepCall) -> anyhow::Result<()> {
    let body: WasiBody = Empty::<Bytes>::new()
        .map_err(|never| match never {})
        .boxed_unsync();
    let request = Request::builder()
        .method(Method::POST)
        .uri(format!("http://{}.spin.internal{}", call.component, call.path))
        .body(body)?;
    let response = server.call(&call.component, request).await?;
    let status = response.status();
    let mut body = response.into_body();
    while let Some(frame) = body.frame().await {
        frame?;
    }
    tracing::debug!(component = %call.component, status = status.as_u16(), "swept");
    if !status.is_success() {
        anyhow::bail!("status {status}");
    }
    Ok(())
}
