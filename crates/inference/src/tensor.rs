//! Numbers with a shape.

/// A dense tensor of `f32`, row-major.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    dims: Vec<usize>,
    values: Vec<f32>,
}

/// The number of values is not the product of the dimensions.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{values} values do not fill a tensor of {dims:?}")]
pub struct ShapeError {
    /// The dimensions asked for.
    pub dims: Vec<usize>,
    /// How many values there were.
    pub values: usize,
}

impl Tensor {
    /// A tensor of `values` in rows of `dims`.
    pub fn new(dims: Vec<usize>, values: Vec<f32>) -> Result<Self, ShapeError> {
        let len = dims.iter().try_fold(1_usize, |len, &dim| len.checked_mul(dim));
        if len == Some(values.len()) {
            Ok(Self { dims, values })
        } else {
            let values = values.len();
            Err(ShapeError { dims, values })
        }
    }

    /// A tensor of the first `values` that fill `dims`; missing ones are 0.
    pub(crate) fn filled_from(dims: &[usize], values: &[f32]) -> Self {
        let len = dims.iter().product();
        let mut values = values[..values.len().min(len)].to_vec();
        values.resize(len, 0.0);
        Self {
            dims: dims.to_vec(),
            values,
        }
    }

    /// The size of each dimension.
    #[must_use]
    pub fn dims(&self) -> &[usize] {
        &self.dims
    }

    /// The values, row-major.
    #[must_use]
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// The dimensions and the values.
    #[must_use]
    pub fn into_parts(self) -> (Vec<usize>, Vec<f32>) {
        (self.dims, self.values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_must_fill_the_shape_exactly() {
        for (dims, values, fits) in [
            (vec![2, 3], 6, true),
            (vec![2, 3], 5, false),
            (vec![2, 3], 7, false),
            (vec![], 1, true),
            (vec![], 0, false),
            (vec![4, 0], 0, true),
            (vec![usize::MAX, 2], 0, false),
        ] {
            let tensor = Tensor::new(dims.clone(), vec![0.0; values]);
            assert_eq!(tensor.is_ok(), fits, "{values} values in {dims:?}");
        }
    }
}
