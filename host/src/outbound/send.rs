//! Sends a guest's outgoing request: checked, then to another component of the app or onto the network.

use super::AllowedHosts;
use crate::router::service_chain_target;
use http::header::HOST;
use http::{HeaderValue, Request, Response, Uri};
use std::pin::Pin;
use std::sync::{Arc, OnceLock, Weak};
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

/// What lets a component call the other components of its app.
pub trait Peers: Send + Sync + 'static {
    /// Hands `request` to component `id`, as if it were routed at `/...`.
    fn call(
        self: Arc<Self>,
        id: String,
        request: Request<WasiBody>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<WasiBody>, Error>> + Send>>;

    /// Address of this server, for calls to `self`.
    fn authority(&self) -> String;
}

/// The way out of one component. Clones share it.
#[derive(Clone)]
pub struct OutboundHooks {
    allowed: Arc<AllowedHosts>,
    peers: Arc<OnceLock<Weak<dyn Peers>>>,
}

type Finished = Box<dyn Future<Output = Result<(), Error>> + Send>;
type Sent = Result<(Response<WasiBody>, Finished), Error>;

impl OutboundHooks {
    /// A way out to `allowed`; `peers` is filled in once the server stands.
    #[must_use]
    pub fn new(allowed: Arc<AllowedHosts>, peers: Arc<OnceLock<Weak<dyn Peers>>>) -> Self {
        Self { allowed, peers }
    }

    fn peers(&self) -> Result<Arc<dyn Peers>, Error> {
        self.peers
            .get()
            .and_then(Weak::upgrade)
            .ok_or_else(|| Error::InternalError(Some("the server is ending".to_owned())))
    }

    async fn send(self, mut request: Request<WasiBody>, options: Option<RequestOptions>) -> Sent {
        // A request by path alone arrives here with an empty host; some guests write `self.alt` instead.
        let host = request.uri().host().unwrap_or_default();
        if host.is_empty() || host == "self.alt" {
            if !self.allowed.allows_self() {
                return Err(denied(request.uri()));
            }
            to_self(&mut request, &self.peers()?.authority())?;
        } else if !self.allowed.allows(request.uri()) {
            return Err(denied(request.uri()));
        }
        if let Some(id) = request
            .uri()
            .host()
            .and_then(service_chain_target)
            .map(ToOwned::to_owned)
        {
            request.headers_mut().remove(HOST);
            let response = self.peers()?.call(id, request).await?;
            return Ok((response, Box::new(async { Ok(()) })));
        }
        let (response, io) = wasmtime_wasi_http::default_send_request(request, options).await?;
        Ok((response.map(http_body_util::BodyExt::boxed_unsync), Box::new(io)))
    }
}

fn denied(uri: &Uri) -> Error {
    tracing::warn!(
        "a component asked for {}://{}, which its allowed_outbound_hosts does not have",
        uri.scheme_str().unwrap_or("https"),
        uri.authority().map_or("self", |authority| authority.as_str())
    );
    Error::HttpRequestDenied
}

fn to_self(request: &mut Request<WasiBody>, authority: &str) -> Result<(), Error> {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let uri = Uri::builder()
        .scheme("http")
        .authority(authority)
        .path_and_query(path)
        .build();
    *request.uri_mut() = uri.map_err(|_| Error::HttpRequestUriInvalid)?;
    let host = HeaderValue::from_str(authority).map_err(|_| Error::HttpRequestUriInvalid)?;
    request.headers_mut().insert(HOST, host);
    Ok(())
}

impl WasiHttpHooks for OutboundHooks {
    fn send_request(
        &mut self,
        request: Request<WasiBody>,
        options: Option<RequestOptions>,
        _response_processed: Finished,
    ) -> Box<dyn Future<Output = Sent> + Send> {
        Box::new(self.clone().send(request, options))
    }
}
