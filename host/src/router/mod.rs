//! Which component answers a path, by Spin's rules: exact before parameter before wildcard, the longest prefix first.

mod headers;

pub use headers::{RequestError, prepare_request, service_chain_target};

use crate::manifest::{Route, Trigger};
use routefinder::RouteSpec;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Paths that the host answers itself, as Spin does.
pub const WELL_KNOWN_PREFIX: &str = "/.well-known/spin/";

/// Why the routes of an app do not make a router.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the route {route:?} of component {component:?} is not a pattern: {reason}")]
pub struct RouteError {
    /// The route as written.
    pub route: String,
    /// Whose it is.
    pub component: String,
    /// What is wrong.
    pub reason: String,
}

/// Routes of one app.
#[derive(Debug)]
pub struct Router {
    routes: routefinder::Router<Target>,
    listed: Vec<(String, String)>,
    replaced: Vec<(String, String)>,
}

#[derive(Clone, Debug)]
struct Target {
    component: String,
    route: String,
}

/// A path and what it matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteMatch<'a> {
    /// The component that answers.
    pub component: Cow<'a, str>,
    /// The route as written in the manifest.
    pub route: Cow<'a, str>,
    /// What the trailing wildcard took, with its leading slash; empty when there is none.
    pub path_info: String,
    /// Values of the `:name` segments.
    pub parameters: BTreeMap<String, String>,
}

impl Router {
    /// Builds the router. When two triggers have the same route the last wins, as in Spin.
    pub fn new(triggers: &[Trigger]) -> Result<Self, RouteError> {
        let mut targets: Vec<Target> = Vec::new();
        let mut replaced = Vec::new();
        for trigger in triggers {
            let Route::Pattern(route) = &trigger.route else {
                continue;
            };
            let target = Target {
                component: trigger.component.clone(),
                route: route.clone(),
            };
            if let Some(earlier) = targets.iter_mut().find(|earlier| earlier.route == *route) {
                let earlier = std::mem::replace(earlier, target);
                replaced.push((earlier.component, earlier.route));
            } else {
                targets.push(target);
            }
        }
        let listed = targets
            .iter()
            .map(|target| (target.component.clone(), target.route.clone()))
            .collect();
        let mut routes = routefinder::Router::new();
        for target in targets {
            let error = |reason: String| RouteError {
                route: target.route.clone(),
                component: target.component.clone(),
                reason,
            };
            let spec: RouteSpec = pattern(&target.route).as_str().try_into().map_err(error)?;
            routes
                .add(spec, target.clone())
                .map_err(|never| error(never.to_string()))?;
        }
        Ok(Self {
            routes,
            listed,
            replaced,
        })
    }

    /// The routes in use: component and pattern.
    #[must_use]
    pub fn routes(&self) -> &[(String, String)] {
        &self.listed
    }

    /// Routes that a later trigger took over: component and pattern.
    #[must_use]
    pub fn replaced(&self) -> &[(String, String)] {
        &self.replaced
    }

    /// What answers `path`.
    #[must_use]
    pub fn route(&self, path: &str) -> Option<RouteMatch<'_>> {
        let best = self.routes.best_match(path)?;
        let captures = best.captures();
        let path_info = captures
            .wildcard()
            .map(|rest| path_info(rest, path))
            .unwrap_or_default();
        let parameters = captures
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let target = best.handler();
        Some(RouteMatch {
            component: Cow::Borrowed(&target.component),
            route: Cow::Borrowed(&target.route),
            path_info,
            parameters,
        })
    }
}

impl RouteMatch<'_> {
    /// The match of a service-chained call: as if the component were routed at `/...`.
    #[must_use]
    pub fn chained(component: String, path: String) -> RouteMatch<'static> {
        RouteMatch {
            component: Cow::Owned(component),
            route: Cow::Borrowed("/..."),
            path_info: path,
            parameters: BTreeMap::new(),
        }
    }

    /// The route without a trailing `/...`.
    #[must_use]
    pub fn route_or_prefix(&self) -> &str {
        self.route.strip_suffix("/...").unwrap_or(&self.route)
    }
}

/// The route made absolute, without one trailing slash; `/` becomes the empty string, as in Spin.
fn based(route: &str) -> String {
    let absolute = if route.starts_with('/') {
        route.to_owned()
    } else {
        format!("/{route}")
    };
    absolute.strip_suffix('/').unwrap_or(&absolute).to_owned()
}

/// Rewrites Spin's `/...` to the router's `/*`.
fn pattern(route: &str) -> String {
    let based = based(route);
    match based.strip_suffix("/...") {
        Some(prefix) => format!("{prefix}/*"),
        None => based,
    }
}

/// The wildcard's part of the path. The router drops trailing slashes, Spin keeps them.
fn path_info(rest: &str, path: &str) -> String {
    match (rest.is_empty(), path.ends_with('/')) {
        (true, false) => String::new(),
        (true, true) => "/".to_owned(),
        (false, false) => format!("/{rest}"),
        (false, true) => format!("/{rest}/"),
    }
}
