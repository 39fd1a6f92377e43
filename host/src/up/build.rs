//! From a manifest to components ready to serve: files staged, dependencies composed, wasm compiled or taken from the cache.

use super::Options;
use super::inference::InferenceChoice;
use crate::http::ServerParts;
use crate::key_value::KeyValueFile;
use crate::manifest::{App, Component, Dependency, Inherit, stage};
use crate::nn::NnComponent;
use crate::outbound::{AllowedHosts, OutboundHooks, Peers};
use crate::router::Router;
use crate::runtime::{
    CacheUse, Clock, CompileCache, ComponentHandler, Host, InstanceFactory, NEURAL_PACKAGE, Provider,
    check_imports, compose, imports_neural, new_engine, new_linker, start_epochs,
};
use crate::variables::{Template, Variables};
use anyhow::{Context, Result, bail};
use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, OnceLock, Weak};
use std::time::Instant;
use tempfile::TempDir;
use wasmtime::Engine;
use wasmtime::component::Linker;
use wasmtime_wasi_http::p3::bindings::ServicePre;

/// A built app.
pub struct AppParts {
    /// What the server is made of.
    pub server: ServerParts,
    /// Where the server must be put once it stands, so that components can call each other.
    pub peers: Arc<OnceLock<Weak<dyn Peers>>>,
    /// The staged files; removed when this is dropped.
    pub files: TempDir,
}

struct Builder<'a> {
    app: &'a App,
    options: &'a Options,
    engine: Engine,
    linker: Linker<Host>,
    cache: CompileCache,
    inference: InferenceChoice,
    variables: Arc<Variables>,
    key_value: KeyValueFile,
    state_dir: Arc<Path>,
    peers: Arc<OnceLock<Weak<dyn Peers>>>,
    files: TempDir,
}

/// Builds every component that a trigger names.
pub fn build(
    app: &App,
    variables: Arc<Variables>,
    options: &Options,
    address: SocketAddr,
) -> Result<AppParts> {
    let router = Router::new(&app.triggers)?;
    for (component, route) in router.replaced() {
        tracing::warn!("the route {route} of {component} is given again later and never used");
    }
    let inference = InferenceChoice::new(options.inference, &options.state_dir, options.inference_threads)?;
    let engine = new_engine().map_err(anyhow::Error::from)?;
    start_epochs(&engine);
    let native = matches!(inference, InferenceChoice::Native { .. });
    let cache_dir = options
        .cache_dir
        .clone()
        .unwrap_or_else(|| options.state_dir.join("compiled"));
    let builder = Builder {
        app,
        options,
        linker: new_linker(&engine, native).map_err(anyhow::Error::from)?,
        cache: CompileCache::new(&engine, &cache_dir)?,
        engine,
        inference,
        variables,
        key_value: KeyValueFile::open(&options.state_dir.join("sqlite_key_value.db"))
            .context("cannot open the key-value file")?,
        state_dir: options.state_dir.clone().into(),
        peers: Arc::new(OnceLock::new()),
        files: TempDir::with_prefix_in("files-", &options.state_dir)
            .context("cannot create a folder for the components' files")?,
    };
    let mut components = HashMap::new();
    let mut inference_used = false;
    for id in app.triggered_components() {
        let component = app
            .components
            .get(id)
            .with_context(|| format!("no component {id:?}"))?;
        let (handler, neural) = builder.component(id, component)?;
        inference_used |= neural;
        components.insert(id.to_owned(), handler);
    }
    if inference_used {
        tracing::info!("{}", builder.inference.describe());
    }
    let server = ServerParts {
        name: app.application.name.clone(),
        version: app.application.version.clone(),
        router,
        components,
        address,
    };
    Ok(AppParts {
        server,
        peers: builder.peers,
        files: builder.files,
    })
}

impl Builder<'_> {
    /// Builds one component; also says whether it uses inference.
    fn component(&self, id: &str, component: &Component) -> Result<(ComponentHandler, bool)> {
        let started = Instant::now();
        let native = matches!(self.inference, InferenceChoice::Native { .. });
        let wasm = read_wasm(id, &self.app.source_path(component))?;
        let providers = self.providers(id, component, native)?;
        let composed = !providers.is_empty();
        let mut parts: Vec<&[u8]> = vec![&wasm];
        for provider in &providers {
            parts.push(provider.import.as_bytes());
            parts.push(&provider.wasm);
        }
        let key = CompileCache::key(&parts);
        // Two names, so that switching between native and composed inference keeps both.
        let name = if composed {
            format!("{id}+composed")
        } else {
            id.to_owned()
        };
        let (compiled, cache) = self.cache.component(&name, &key, || {
            if composed {
                Ok(compose(id, component, wasm, providers)?)
            } else {
                Ok(wasm)
            }
        })?;
        check_imports(&self.engine, &compiled, native).map_err(|missing| {
            anyhow::anyhow!(
                "component {id:?} imports what this host does not have: {}",
                missing.join(", ")
            )
        })?;
        let neural = imports_neural(&self.engine, &compiled);
        let pre = self
            .linker
            .instantiate_pre(&compiled)
            .map_err(anyhow::Error::from)
            .with_context(|| format!("component {id:?} does not fit this host's interfaces"))?;
        let service = ServicePre::new(pre)
            .map_err(anyhow::Error::from)
            .with_context(|| format!("component {id:?} does not export wasi:http/handler@0.3"))?;
        let how = if cache == CacheUse::Hit {
            "ready"
        } else {
            "compiled"
        };
        tracing::info!(
            "component {id}: {how} in {:.0} ms",
            started.elapsed().as_secs_f64() * 1e3
        );
        let factory = self.factory(id, component, service, neural)?;
        let uses_provider = composed && component.dependencies.keys().any(|name| is_neural(name));
        Ok((ComponentHandler::new(factory), neural || uses_provider))
    }

    /// The dependencies that are to be composed in: all, but for inference when it is native.
    fn providers(&self, id: &str, component: &Component, native: bool) -> Result<Vec<Provider>> {
        let mut providers = Vec::new();
        for (import, dependency) in &component.dependencies {
            if native && is_neural(import) {
                continue;
            }
            let (path, export, inherit) = match dependency {
                Dependency::Component(target) => {
                    let provider = self
                        .app
                        .components
                        .get(&target.component)
                        .with_context(|| format!("no component {:?}", target.component))?;
                    (
                        self.app.source_path(provider),
                        &target.export,
                        &target.inherit_configuration,
                    )
                }
                Dependency::Path(target) => (
                    self.app.root.join(&target.path),
                    &target.export,
                    &target.inherit_configuration,
                ),
                Dependency::Remote(_) => bail!("component {id:?}: the dependency {import:?} is not local"),
            };
            providers.push(Provider {
                import: import.clone(),
                export: export.clone(),
                inherit: inherit.clone().unwrap_or(Inherit::All(false)),
                wasm: read_wasm(id, &path)?,
            });
        }
        Ok(providers)
    }

    /// An entry that an empty variable leaves empty is skipped, as in Spin: an optional destination.
    fn allowed_hosts(&self, component: &Component) -> Result<AllowedHosts> {
        let mut hosts = Vec::new();
        for entry in &component.allowed_outbound_hosts {
            let host = self.variables.expand(entry)?;
            let optional = !Template::parse(entry)?.is_literal();
            if !(optional && matches!(host.as_str(), "" | "http://" | "https://")) {
                hosts.push(host);
            }
        }
        Ok(AllowedHosts::parse(hosts.iter().map(String::as_str))?)
    }

    fn factory(
        &self,
        id: &str,
        component: &Component,
        service: ServicePre<Host>,
        neural: bool,
    ) -> Result<InstanceFactory> {
        let files = stage(self.app, id, component, self.files.path())?.root;
        let allowed = self
            .allowed_hosts(component)
            .with_context(|| format!("allowed_outbound_hosts of component {id:?}"))?;
        let labels = |labels: &[String]| Arc::new(labels.iter().cloned().collect::<HashSet<_>>());
        let nn = match &self.inference {
            InferenceChoice::Native { sessions, .. } if neural => {
                Some(Arc::new(NnComponent::new(sessions.clone(), files.as_deref())))
            }
            _ => None,
        };
        Ok(InstanceFactory {
            component: id.into(),
            service,
            limits: component.limits.clone(),
            environment: component.environment.clone().into_iter().collect(),
            files,
            clock: Clock(self.options.clock.clone()),
            key_value: (self.key_value.clone(), labels(&component.key_value_stores)),
            sqlite: (self.state_dir.clone(), labels(&component.sqlite_databases)),
            variables: self.variables.clone(),
            outbound: OutboundHooks::new(Arc::new(allowed), self.peers.clone()),
            nn,
        })
    }
}

fn is_neural(import: &str) -> bool {
    import.split(['@', '/']).next() == Some(NEURAL_PACKAGE)
}

fn read_wasm(id: &str, path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| {
        format!(
            "component {id:?} is not built: cannot read {} (run `cargo xtask build`)",
            path.display()
        )
    })
}
