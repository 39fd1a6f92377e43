//! Reads and checks a manifest; refuses, by name, what Spin knows and this host does not run.

use super::{App, Application, Component, Dependency, Route, Source, Trigger, Variable};
use super::{is_component_id, tool, validate_variable_name};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Why a manifest cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// The file cannot be read.
    #[error("cannot read the manifest {path}: {cause}", path = .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The file is not a manifest: syntax, unknown keys, wrong types.
    #[error("{path} is not a valid manifest: {reason}", path = .path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// What and where.
        reason: String,
    },
    /// A manifest, but with a mistake, or with something that this host does not run.
    #[error("{path}: {reason}", path = .path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// What.
        reason: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    spin_manifest_version: i64,
    application: Application,
    #[serde(default)]
    variables: BTreeMap<String, Variable>,
    trigger: BTreeMap<String, Vec<toml::Table>>,
    #[serde(default)]
    component: BTreeMap<String, Component>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TriggerTable {
    #[serde(default)]
    #[expect(dead_code, reason = "accepted as Spin does, used by nothing")]
    id: String,
    component: Option<toml::Value>,
    route: toml::Value,
    executor: Option<toml::Table>,
    static_response: Option<toml::Value>,
    #[serde(default)]
    components: toml::Table,
    #[serde(default)]
    dependencies: toml::Table,
}

/// Loads `path`.
pub fn load(path: &Path) -> Result<App, ManifestError> {
    let text = std::fs::read_to_string(path).map_err(|cause| ManifestError::Read {
        path: path.to_owned(),
        cause,
    })?;
    parse(&text, path)
}

/// Parses `text` as the manifest at `path`.
pub fn parse(text: &str, path: &Path) -> Result<App, ManifestError> {
    let manifest: Manifest = toml::from_str(text).map_err(|error| ManifestError::Syntax {
        path: path.to_owned(),
        reason: error.to_string(),
    })?;
    // A bare file name has the empty path as its parent, which cannot be made absolute.
    let folder = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let root = std::path::absolute(folder).map_err(|cause| ManifestError::Read {
        path: path.to_owned(),
        cause,
    })?;
    check(manifest, root).map_err(|reason| ManifestError::Invalid {
        path: path.to_owned(),
        reason,
    })
}

fn check(mut manifest: Manifest, root: PathBuf) -> Result<App, String> {
    if manifest.spin_manifest_version != 2 {
        return Err(format!(
            "spin_manifest_version is {}, this host reads version 2",
            manifest.spin_manifest_version
        ));
    }
    for (name, variable) in &manifest.variables {
        validate_variable_name(name).map_err(|reason| format!("variable name {reason}"))?;
        if !variable.required && variable.default.is_none() {
            return Err(format!("variable {name:?} needs `default` or `required = true`"));
        }
    }
    for (id, component) in &mut manifest.component {
        check_component(id, component).map_err(|reason| format!("component {id:?}: {reason}"))?;
    }
    for (id, component) in &manifest.component {
        for (import, dependency) in &component.dependencies {
            if let Dependency::Component(target) = dependency
                && !manifest.component.contains_key(&target.component)
            {
                return Err(format!(
                    "component {id:?}: the dependency {import:?} names the component {:?}, which does not exist",
                    target.component
                ));
            }
        }
    }
    let triggers = check_triggers(manifest.trigger, &manifest.component)?;
    let sweeps = match manifest.application.tool.get("flow") {
        Some(table) => tool::sweeps(table).map_err(|reason| format!("application.tool.flow: {reason}"))?,
        None => Vec::new(),
    };
    for sweep in &sweeps {
        if !triggers
            .iter()
            .any(|trigger| trigger.component == sweep.component)
        {
            return Err(format!(
                "a sweep names the component {:?}, which no trigger serves",
                sweep.component
            ));
        }
    }
    Ok(App {
        root,
        application: manifest.application,
        variables: manifest.variables,
        triggers,
        components: manifest.component,
        sweeps,
    })
}

fn check_component(id: &str, component: &mut Component) -> Result<(), String> {
    if !is_component_id(id) {
        return Err("ids are kebab-case: words of letters and digits, joined by `-`".to_owned());
    }
    if let Source::Remote(_) = component.source {
        return Err("a source from a URL or registry is not supported; name a local file".to_owned());
    }
    if !component.ai_models.is_empty() {
        return Err("`ai_models` is not supported by this host".to_owned());
    }
    if component.dependencies_inherit_configuration.is_some() {
        return Err(
            "`dependencies_inherit_configuration` is not supported; use `inherit_configuration` on the \
                    dependency"
                .to_owned(),
        );
    }
    for name in component.variables.keys() {
        validate_variable_name(name).map_err(|reason| format!("variable name {reason}"))?;
    }
    for (import, dependency) in &component.dependencies {
        if let Dependency::Remote(_) = dependency {
            return Err(format!(
                "the dependency {import:?} is not supported by this host: use `component` or `path`"
            ));
        }
    }
    if let Some(table) = component.tool.get("flow") {
        component.limits = tool::limits(table).map_err(|reason| format!("tool.flow: {reason}"))?;
    }
    Ok(())
}

fn check_triggers(
    triggers: BTreeMap<String, Vec<toml::Table>>,
    components: &BTreeMap<String, Component>,
) -> Result<Vec<Trigger>, String> {
    let mut checked = Vec::new();
    for (kind, tables) in triggers {
        if kind != "http" {
            return Err(format!("the trigger type {kind:?} is not supported by this host"));
        }
        for table in tables {
            let table: TriggerTable = table
                .try_into()
                .map_err(|error| format!("trigger.http: {}", error.message()))?;
            checked.push(check_trigger(&table, components)?);
        }
    }
    if checked.is_empty() {
        return Err("the app has no [[trigger.http]]".to_owned());
    }
    Ok(checked)
}

fn check_trigger(table: &TriggerTable, components: &BTreeMap<String, Component>) -> Result<Trigger, String> {
    if table.static_response.is_some() {
        return Err("`static_response` is not supported by this host".to_owned());
    }
    if !table.components.is_empty() || !table.dependencies.is_empty() {
        return Err("`components` and `dependencies` of a trigger are not supported by this host".to_owned());
    }
    let id = match &table.component {
        Some(toml::Value::String(id)) => id.clone(),
        Some(_) => return Err("components written into a trigger are not supported by this host".to_owned()),
        None => return Err("a [[trigger.http]] has no `component`".to_owned()),
    };
    if !components.contains_key(&id) {
        return Err(format!(
            "a trigger names the component {id:?}, which does not exist"
        ));
    }
    if let Some(executor) = &table.executor
        && !matches!(
            executor.get("type").and_then(toml::Value::as_str),
            Some("http" | "spin")
        )
    {
        return Err(format!(
            "the executor of {id:?} is not supported by this host: only http is"
        ));
    }
    let route = match &table.route {
        toml::Value::String(pattern) => Route::Pattern(pattern.clone()),
        toml::Value::Table(table)
            if table.len() == 1 && table.get("private") == Some(&toml::Value::Boolean(true)) =>
        {
            Route::Private
        }
        _ => {
            return Err(format!(
                "the route of {id:?} must be a string pattern or `{{ private = true }}`"
            ));
        }
    };
    Ok(Trigger { component: id, route })
}
