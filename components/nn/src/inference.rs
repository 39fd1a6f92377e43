//! The interface `inference`: runs a model.

use std::rc::Rc;

use flow_inference::Graph;

use crate::{
    Provider,
    bindings::exports::wasi::nn::{
        errors::Error,
        inference::{Guest, GuestGraphExecutionContext},
        tensor,
    },
    errors::Failure,
    tensor::Tensor,
};

impl Guest for Provider {
    type GraphExecutionContext = Context;
}

/// A model that the caller runs. Contexts of one model share it: nothing in it depends on who runs it.
#[derive(Clone, Debug)]
pub struct Context(pub Rc<Graph>);

/// A tensor and its name.
type Named = (String, tensor::Tensor);

impl GuestGraphExecutionContext for Context {
    fn compute(&self, inputs: Vec<Named>) -> Result<Vec<Named>, Error> {
        self.run(inputs).map_err(Error::from)
    }
}

impl Context {
    fn run(&self, inputs: Vec<Named>) -> Result<Vec<Named>, Failure> {
        let inputs = inputs
            .into_iter()
            .map(|(name, tensor)| Ok((name, tensor.into_inner::<Tensor>().values()?)))
            .collect::<Result<Vec<_>, Failure>>()?;
        let views: Vec<_> = inputs
            .iter()
            .map(|(name, tensor)| (name.as_str(), tensor))
            .collect();
        let outputs = self.0.run(&views)?;
        Ok(outputs
            .into_iter()
            .map(|(name, values)| (name, tensor::Tensor::new(Tensor::from(values))))
            .collect())
    }
}
