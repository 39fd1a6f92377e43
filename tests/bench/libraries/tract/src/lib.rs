//! Provides `wasi:nn` with tract.

use std::{collections::HashMap, sync::Arc, time::Instant};

use library_adapter::Output;
use tract_onnx::{prelude::*, tract_core::plan};

#[cfg(target_arch = "wasm32")]
type Provider = library_adapter::Provider<Library>;
#[cfg(target_arch = "wasm32")]
library_adapter::bindings::export!(Provider with_types_in library_adapter::bindings);

/// A model of tract, optimised.
pub struct Library {
    plan: Arc<TypedSimplePlan>,
    outputs: Vec<String>,
}

impl library_adapter::Library for Library {
    fn load(bytes: Vec<u8>) -> Result<Self, String> {
        load(&bytes).map_err(|error| format!("{error:#}"))
    }

    /// Prints `MILLISECONDS OPERATOR`, a line each.
    fn run(&self, shape: &[usize], values: Vec<f32>, profile: bool) -> Result<Vec<Output>, String> {
        self.outputs_of(shape, &values, profile)
            .map_err(|error| format!("{error:#}"))
    }
}

fn load(bytes: &[u8]) -> TractResult<Library> {
    let model = tract_onnx::onnx().model_for_read(&mut &*bytes)?;
    let outputs = model
        .output_outlets()?
        .iter()
        .map(|&outlet| {
            let label = model.outlet_label(outlet);
            label.unwrap_or(&model.node(outlet.node).name).to_owned()
        })
        .collect();
    let plan = model.into_optimized()?.into_runnable()?;
    Ok(Library { plan, outputs })
}

impl Library {
    fn outputs_of(&self, shape: &[usize], values: &[f32], profile: bool) -> TractResult<Vec<Output>> {
        let input = tvec!(Tensor::from_shape(shape, values)?.into());
        let values = if profile {
            self.profiled(input)?
        } else {
            self.plan.run(input)?
        };
        self.outputs
            .iter()
            .zip(values)
            .map(|(name, value)| {
                Ok(Output {
                    name: name.clone(),
                    shape: value.shape().to_vec(),
                    values: value.try_as_plain_ram()?.as_slice::<f32>()?.to_vec(),
                })
            })
            .collect()
    }

    /// Runs with a look at the clock before and after every node.
    fn profiled(&self, input: TVec<TValue>) -> TractResult<TVec<TValue>> {
        let mut times: HashMap<String, f64> = HashMap::new();
        let outputs = self
            .plan
            .spawn()?
            .run_plan_with_eval(input, |context, state, node, inputs| {
                let start = Instant::now();
                let outputs = plan::eval(context, state, node, inputs);
                *times.entry(node.op.name().into_owned()).or_default() += start.elapsed().as_secs_f64() * 1e3;
                outputs
            })?;
        for (operator, milliseconds) in times {
            println!("{milliseconds:.4} {operator}");
        }
        Ok(outputs)
    }
}
