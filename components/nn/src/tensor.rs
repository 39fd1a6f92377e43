//! The interface `tensor`: holds what the caller gives, whatever its type; only `f32` goes into models.

use flow_inference::Tensor as Values;

use crate::{
    Provider,
    bindings::exports::wasi::nn::{
        errors::ErrorCode,
        tensor::{Guest, GuestTensor, TensorType},
    },
    errors::Failure,
};

impl Guest for Provider {
    type Tensor = Tensor;
}

/// A tensor of the caller.
#[derive(Clone, Debug)]
pub struct Tensor {
    dimensions: Vec<u32>,
    ty: TensorType,
    data: Vec<u8>,
}

impl GuestTensor for Tensor {
    fn new(dimensions: Vec<u32>, ty: TensorType, data: Vec<u8>) -> Self {
        Self { dimensions, ty, data }
    }

    fn dimensions(&self) -> Vec<u32> {
        self.dimensions.clone()
    }

    fn ty(&self) -> TensorType {
        self.ty
    }

    fn data(&self) -> Vec<u8> {
        self.data.clone()
    }
}

impl Tensor {
    /// The tensor for the engine.
    pub fn values(&self) -> Result<Values, Failure> {
        if self.ty != TensorType::Fp32 {
            let message = "only FP32 tensors are supported";
            return Err(Failure::new(ErrorCode::UnsupportedOperation, message));
        }
        let (values, rest) = self.data.as_chunks();
        if !rest.is_empty() {
            let message = "the tensor's data is not a whole number of FP32 values";
            return Err(Failure::new(ErrorCode::InvalidArgument, message));
        }
        let values = values.iter().copied().map(f32::from_le_bytes).collect();
        // `usize` has 32 bits in wasm: the conversion is exact.
        let dimensions = self.dimensions.iter().map(|&size| size as usize).collect();
        Values::new(dimensions, values)
            .map_err(|error| Failure::new(ErrorCode::InvalidArgument, error.to_string()))
    }
}

impl From<Values> for Tensor {
    fn from(tensor: Values) -> Self {
        let (dimensions, values) = tensor.into_parts();
        Self {
            dimensions: dimensions.into_iter().map(|size| size as u32).collect(),
            ty: TensorType::Fp32,
            data: bytemuck::cast_slice(&values).to_vec(),
        }
    }
}
