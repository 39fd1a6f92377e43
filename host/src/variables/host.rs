//! `spin:variables` for guests.

use super::{VariableError, Variables};
use crate::runtime::Host;
use crate::runtime::bindings::variables::{self as wit, Error};
use std::sync::Arc;
use wasmtime::component::{Accessor, HasSelf};

/// What one instance needs to answer for its variables.
#[derive(Clone, Debug)]
pub struct VariablesState {
    /// All variables of the app.
    pub variables: Arc<Variables>,
    /// The component that asks.
    pub component: Arc<str>,
}

impl wit::Host for Host {}

impl wit::HostWithStore<Host> for HasSelf<Host> {
    async fn get(accessor: &Accessor<Host, Self>, name: String) -> wasmtime::Result<Result<String, Error>> {
        let state = accessor.with(|mut access| access.get().variables.clone());
        Ok(state
            .variables
            .get(&state.component, &name)
            .map_err(|error| match error {
                VariableError::InvalidName(reason) => Error::InvalidName(reason),
                VariableError::Undefined(reason) => Error::Undefined(reason),
                VariableError::Provider(reason) => Error::Provider(reason),
                VariableError::InvalidTemplate(_) => Error::Other(error.to_string()),
            }))
    }
}
