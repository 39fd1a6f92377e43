//! Application variables: where their values come from, and the templates that hand them to components.
//!
//! A value comes from `--variable`, else from the environment (`SPIN_VARIABLE_NAME`), else from the manifest's default.

mod host;
mod template;

pub use host::VariablesState;
pub use template::Template;

use crate::manifest::{App, validate_variable_name};
use std::collections::{BTreeMap, HashMap};

/// Why a variable has no value. The kinds are those of `spin:variables`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VariableError {
    /// The name is not spelled like a variable.
    #[error("invalid variable name: {0}")]
    InvalidName(String),
    /// The component has no such variable.
    #[error("undefined variable: {0}")]
    Undefined(String),
    /// Nothing supplies a required variable.
    #[error("provider error: {0}")]
    Provider(String),
    /// A template is malformed.
    #[error("invalid variable template: {0}")]
    InvalidTemplate(String),
}

/// All variables of an app, resolved once at start.
#[derive(Debug, Default)]
pub struct Variables {
    app: BTreeMap<String, String>,
    components: HashMap<String, HashMap<String, String>>,
}

impl Variables {
    /// Resolves the variables of `app`. `given` are the command line's, `environment` looks a process variable up.
    ///
    /// # Errors
    /// One line per required variable without a value, per bad template.
    pub fn resolve(
        app: &App,
        given: &BTreeMap<String, String>,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, Vec<String>> {
        let mut errors = Vec::new();
        for name in given.keys().filter(|name| !app.variables.contains_key(*name)) {
            tracing::warn!("--variable {name}: the manifest has no such variable");
        }
        let mut values = BTreeMap::new();
        for (name, variable) in &app.variables {
            let key = environment_key(name);
            let value = given
                .get(name)
                .cloned()
                .or_else(|| environment(&key))
                .or_else(|| variable.default.clone());
            match value {
                Some(value) => {
                    values.insert(name.clone(), value);
                }
                None => errors.push(format!(
                    "the variable {name:?} is required and has no value: set {key} or pass --variable {name}=..."
                )),
            }
        }
        let mut variables = Self {
            app: values,
            components: HashMap::new(),
        };
        if errors.is_empty() {
            for (id, component) in &app.components {
                let mut resolved = HashMap::new();
                for (name, template) in &component.variables {
                    match variables.expand(template) {
                        Ok(value) => {
                            resolved.insert(name.clone(), value);
                        }
                        Err(error) => errors.push(format!("component {id:?}, variable {name:?}: {error}")),
                    }
                }
                variables.components.insert(id.clone(), resolved);
            }
        }
        if errors.is_empty() {
            Ok(variables)
        } else {
            Err(errors)
        }
    }

    /// Fills a template such as `https://{{ api_host }}/`.
    pub fn expand(&self, template: &str) -> Result<String, VariableError> {
        Template::parse(template)?.expand(&self.app)
    }

    /// What `spin:variables` answers to component `id` for `name`.
    pub fn get(&self, id: &str, name: &str) -> Result<String, VariableError> {
        validate_variable_name(name).map_err(VariableError::InvalidName)?;
        self.components
            .get(id)
            .and_then(|component| component.get(name))
            .cloned()
            .ok_or_else(|| VariableError::Undefined(format!("no variable for {id:?}.{name:?}")))
    }
}

/// The process variable that supplies `name`.
#[must_use]
pub fn environment_key(name: &str) -> String {
    format!("SPIN_VARIABLE_{}", name.to_ascii_uppercase())
}
