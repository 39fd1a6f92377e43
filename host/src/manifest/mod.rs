//! `spin.toml`, manifest version 2: the part of Spin's schema that this app uses, as types.
//!
//! The schema is as strict as Spin's (unknown keys are errors). What Spin accepts and this host does not run is
//! refused by [`load`] with its name, never ignored.

mod files;
mod load;
mod names;
mod tool;

pub use files::{Staged, stage};
pub use load::{ManifestError, load, parse};
pub use names::{is_component_id, validate_variable_name};
pub use tool::{Limits, Sweep, parse_bytes, parse_duration};

use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A loaded and validated application.
#[derive(Clone, Debug)]
pub struct App {
    /// Folder of the manifest; every relative path in it starts here.
    pub root: PathBuf,
    /// `[application]`.
    pub application: Application,
    /// `[variables]`.
    pub variables: BTreeMap<String, Variable>,
    /// `[[trigger.http]]`, in order.
    pub triggers: Vec<Trigger>,
    /// `[component.ID]`.
    pub components: BTreeMap<String, Component>,
    /// The periodic private calls of `[application.tool.flow]`.
    pub sweeps: Vec<Sweep>,
}

/// `[application]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// Name of the app.
    pub name: String,
    /// Version; empty when not given.
    #[serde(default)]
    pub version: String,
    #[serde(default)]
    /// For people; not used by this host.
    pub description: String,
    #[serde(default)]
    /// For people; not used by this host.
    pub authors: Vec<String>,
    #[serde(default)]
    /// Accepted as Spin does; not used by this host.
    pub targets: Vec<toml::Value>,
    #[serde(default, rename = "trigger")]
    /// Accepted as Spin does; not used by this host.
    pub trigger_settings: BTreeMap<String, toml::Table>,
    #[serde(default)]
    /// Accepted as Spin does; not used by this host.
    pub tool: BTreeMap<String, toml::Table>,
}

/// `[variables] NAME = { ... }`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variable {
    #[serde(default)]
    /// Accepted as Spin does; not used by this host.
    pub description: Option<String>,
    /// Whether a value must be supplied when the app starts.
    #[serde(default)]
    pub required: bool,
    /// Value when none is supplied.
    #[serde(default)]
    pub default: Option<String>,
    /// Whether the value is sensitive: never printed.
    #[serde(default)]
    pub secret: bool,
}

/// One `[[trigger.http]]`.
#[derive(Clone, Debug)]
pub struct Trigger {
    /// The component that answers.
    pub component: String,
    /// Where it is reached.
    pub route: Route,
}

/// `route = ...` of a trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// A pattern such as `/api/:id/...`.
    Pattern(String),
    /// `{ private = true }`: reachable by service chaining only.
    Private,
}

/// `[component.ID]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// Path of the wasm file, relative to the manifest.
    pub source: Source,
    #[serde(default)]
    /// Accepted as Spin does; not used by this host.
    pub description: String,
    /// Variables the component may read: templates over the app's variables.
    #[serde(default)]
    pub variables: BTreeMap<String, String>,
    /// Environment of the component.
    #[serde(default)]
    pub environment: BTreeMap<String, String>,
    /// Files the component may read.
    #[serde(default)]
    pub files: Vec<FileMount>,
    /// Glob patterns of files left out of `files`.
    #[serde(default)]
    pub exclude_files: Vec<String>,
    /// Where the component may connect to.
    #[serde(default)]
    pub allowed_outbound_hosts: Vec<String>,
    /// Labels of the key-value stores it may open.
    #[serde(default)]
    pub key_value_stores: Vec<String>,
    /// Labels of the databases it may open.
    #[serde(default)]
    pub sqlite_databases: Vec<String>,
    #[serde(default)]
    /// Accepted as Spin does; not used by this host.
    pub ai_models: Vec<String>,
    #[serde(default)]
    /// Accepted as Spin does; not used by this host.
    pub targets: Option<Vec<toml::Value>>,
    #[serde(default)]
    /// Accepted as Spin does; not used by this host.
    pub build: Option<toml::Table>,
    #[serde(default)]
    /// Accepted as Spin does; not used by this host.
    pub tool: BTreeMap<String, toml::Table>,
    #[serde(default)]
    /// Accepted as Spin does; not used by this host.
    pub dependencies_inherit_configuration: Option<bool>,
    /// What satisfies which import of the component.
    #[serde(default)]
    pub dependencies: BTreeMap<String, Dependency>,
    #[serde(default)]
    /// Accepted as Spin does; not used by this host.
    pub profile: BTreeMap<String, toml::Value>,
    /// Memory, time and reuse, from `[component.ID.tool.flow]`.
    #[serde(skip)]
    pub limits: Limits,
}

/// `source = ...`.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Source {
    /// A file.
    Local(PathBuf),
    /// A URL or registry package: not run by this host.
    Remote(toml::Table),
}

/// One entry of `files`.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum FileMount {
    /// A glob pattern or a single file, kept at its place under the app's folder.
    Pattern(String),
    /// A file or folder shown to the guest elsewhere.
    Placement {
        /// File or folder, relative to the manifest.
        source: String,
        /// Absolute path in the guest.
        destination: String,
    },
}

/// One entry of `dependencies`.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Dependency {
    /// `{ component = "ID", ... }`: another component of this app.
    Component(ComponentDependency),
    /// `{ path = "FILE", ... }`.
    Path(PathDependency),
    /// A version, registry package or URL: not run by this host.
    Remote(toml::Value),
}

/// `{ component = "ID", export = ..., inherit_configuration = ... }`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComponentDependency {
    /// The component that provides the import.
    pub component: String,
    /// Name of its export, when it differs from the import's.
    #[serde(default)]
    pub export: Option<String>,
    /// What of the parent's configuration the dependency may use.
    #[serde(default)]
    pub inherit_configuration: Option<Inherit>,
}

/// `{ path = "FILE", export = ..., inherit_configuration = ... }`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PathDependency {
    /// The wasm file, relative to the manifest.
    pub path: PathBuf,
    /// Name of its export, when it differs from the import's.
    #[serde(default)]
    pub export: Option<String>,
    /// What of the parent's configuration the dependency may use.
    #[serde(default)]
    pub inherit_configuration: Option<Inherit>,
}

/// `inherit_configuration = true | false | [keys]`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Inherit {
    /// All or nothing.
    All(bool),
    /// The named keys.
    Keys(Vec<String>),
}

impl Inherit {
    /// Whether the configuration named `key` (`files`, `environment`, ...) is inherited.
    #[must_use]
    pub fn allows(&self, key: &str) -> bool {
        match self {
            Self::All(all) => *all,
            Self::Keys(keys) => keys.iter().any(|inherited| inherited == key),
        }
    }
}

impl App {
    /// Absolute path of a component's wasm file.
    #[must_use]
    pub fn source_path(&self, component: &Component) -> PathBuf {
        match &component.source {
            Source::Local(path) => self.root.join(path),
            Source::Remote(_) => self.root.clone(),
        }
    }

    /// Ids of the components that some trigger names, in manifest order, without duplicates.
    #[must_use]
    pub fn triggered_components(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = Vec::new();
        for trigger in &self.triggers {
            if !ids.contains(&trigger.component.as_str()) {
                ids.push(&trigger.component);
            }
        }
        ids
    }
}
