//! Provides `wasi:nn` with rten.

use library_adapter::Output;
use rten::{Model, ModelOptions, NodeId, RunOptions, Value};
use rten_tensor::{AsView as _, Layout as _, Tensor};

#[cfg(target_arch = "wasm32")]
type Provider = library_adapter::Provider<Library>;
#[cfg(target_arch = "wasm32")]
library_adapter::bindings::export!(Provider with_types_in library_adapter::bindings);

/// A model of rten with its weights packed beforehand.
pub struct Library {
    model: Model,
    input: NodeId,
    outputs: Vec<NodeId>,
}

impl library_adapter::Library for Library {
    fn load(bytes: Vec<u8>) -> Result<Self, String> {
        let model = ModelOptions::with_all_ops()
            .prepack_weights(true)
            .load(bytes)
            .map_err(|error| error.to_string())?;
        let [input] = model.input_ids() else {
            return Err("not one input".to_owned());
        };
        Ok(Self {
            input: *input,
            outputs: model.output_ids().to_vec(),
            model,
        })
    }

    /// Prints rten's own table, operators by the shapes of their inputs.
    fn run(&self, shape: &[usize], values: Vec<f32>, profile: bool) -> Result<Vec<Output>, String> {
        let input = Value::from_shape(shape, values).map_err(|error| error.to_string())?;
        let options = RunOptions::default()
            .with_timing(profile)
            .with_timing_by_shape(profile);
        let values = self
            .model
            .run(vec![(self.input, input.into())], &self.outputs, Some(options))
            .map_err(|error| error.to_string())?;
        let name = |id| Some(self.model.node_info(id)?.name()?.to_owned());
        self.outputs
            .iter()
            .zip(values)
            .map(|(&id, value)| {
                let tensor: Tensor<f32> = value.try_into().map_err(|_| "an output is not of f32")?;
                Ok(Output {
                    name: name(id).unwrap_or_default(),
                    shape: tensor.shape().to_vec(),
                    values: tensor.to_vec(),
                })
            })
            .collect()
    }
}
