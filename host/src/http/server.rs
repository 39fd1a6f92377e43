//! Takes a request to its component and brings the answer back, as Spin's HTTP trigger does.

use super::body::AnswerBody;
use super::log::LogLine;
use crate::outbound::Peers;
use crate::router::{RequestError, RouteMatch, Router, WELL_KNOWN_PREFIX, prepare_request};
use crate::runtime::ComponentHandler;
use anyhow::{Context, Result};
use http::uri::Scheme;
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;
use wasmtime_wasi_http::{Error, WasiBody};

/// The client address that a service-chained call shows, as in Spin.
const CHAINED_CLIENT: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0);

/// What a server is made of.
pub struct ServerParts {
    /// Name and version of the app.
    pub name: String,
    /// Version; may be empty.
    pub version: String,
    /// The routes.
    pub router: Router,
    /// The components by id.
    pub components: HashMap<String, ComponentHandler>,
    /// The address it listens on.
    pub address: SocketAddr,
}

/// A running app.
pub struct Server(ServerParts);

impl Server {
    /// Puts the parts together.
    #[must_use]
    pub fn new(parts: ServerParts) -> Arc<Self> {
        Arc::new(Self(parts))
    }

    /// The address it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.0.address
    }

    /// Answers a request from outside. Never fails: a component that does is an empty 500, as in Spin, and what no component can
    /// read is an empty 400.
    pub async fn answer(
        self: &Arc<Self>,
        request: Request<Incoming>,
        client: SocketAddr,
    ) -> Response<AnswerBody> {
        let started = Instant::now();
        let mut log = LogLine::new(request.method().clone(), request.uri().path(), started);
        let path = request.uri().path().to_owned();
        if let Some(well_known) = path.strip_prefix(WELL_KNOWN_PREFIX) {
            let response = self.well_known(well_known);
            log.answered(None, &response);
            return response.map(|body| body.logged(log));
        }
        let Some(route) = self.0.router.route(&path) else {
            let response = status(StatusCode::NOT_FOUND);
            log.answered(None, &response);
            return response.map(|body| body.logged(log));
        };
        let request = request.map(|body| body.map_err(Error::from).boxed_unsync());
        let response = match self.dispatch(request, &route, client).await {
            Ok(response) => {
                let limit = self
                    .0
                    .components
                    .get(route.component.as_ref())
                    .map(|c| c.state().limits.request_limit);
                let deadline = started + limit.unwrap_or_default();
                response.map(|body| AnswerBody::guest(body, deadline.into()))
            }
            // Not Spin's 500: else anybody could make it look as if we were at fault.
            Err(error) if error.is::<RequestError>() => {
                tracing::debug!(component = %route.component, "not a request: {error:#}");
                status(StatusCode::BAD_REQUEST)
            }
            Err(error) => {
                tracing::error!(component = %route.component, "request failed: {error:#}");
                status(StatusCode::INTERNAL_SERVER_ERROR)
            }
        };
        log.answered(Some(&route.component), &response);
        response.map(|body| body.logged(log))
    }

    /// Hands `request` to the component of `route`.
    async fn dispatch(
        &self,
        mut request: Request<WasiBody>,
        route: &RouteMatch<'_>,
        client: SocketAddr,
    ) -> Result<Response<WasiBody>> {
        let handler = self
            .0
            .components
            .get(route.component.as_ref())
            .with_context(|| format!("no component {:?} is served", route.component))?;
        prepare_request(&mut request, route, Scheme::HTTP, client)?;
        handler.handle((), request).await.map_err(anyhow::Error::from)
    }

    /// Calls a component from inside, as service chaining does; for the sweeper.
    pub async fn call(&self, component: &str, request: Request<WasiBody>) -> Result<Response<WasiBody>> {
        let path = request.uri().path().to_owned();
        let route = RouteMatch::chained(component.to_owned(), path);
        self.dispatch(request, &route, CHAINED_CLIENT).await
    }

    fn well_known(&self, name: &str) -> Response<AnswerBody> {
        match name {
            "health" => Response::new(AnswerBody::full("OK")),
            "info" => {
                let mut info = serde_json::Map::new();
                info.insert("name".to_owned(), self.0.name.clone().into());
                if !self.0.version.is_empty() {
                    info.insert("version".to_owned(), self.0.version.clone().into());
                }
                let mut response =
                    Response::new(AnswerBody::full(serde_json::Value::Object(info).to_string()));
                response.headers_mut().insert(
                    http::header::CONTENT_TYPE,
                    http::HeaderValue::from_static("application/json"),
                );
                response
            }
            _ => status(StatusCode::NOT_FOUND),
        }
    }
}

fn status(status: StatusCode) -> Response<AnswerBody> {
    let mut response = Response::new(AnswerBody::empty());
    *response.status_mut() = status;
    response
}

impl Peers for Server {
    fn call(
        self: Arc<Self>,
        id: String,
        request: Request<WasiBody>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<WasiBody>, Error>> + Send>> {
        Box::pin(async move {
            Server::call(&self, &id, request).await.map_err(|error| {
                tracing::error!(component = %id, "a chained call failed: {error:#}");
                Error::InternalError(Some(error.to_string()))
            })
        })
    }

    fn authority(&self) -> String {
        self.0.address.to_string()
    }
}
