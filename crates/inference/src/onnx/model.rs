//! The content of an ONNX file: constants, nodes, inputs and outputs. Only what the engine uses is kept.

use std::collections::HashMap;

use super::wire::{Field, Malformed, Message};

/// The file's graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Model {
    /// Nodes, each after those it needs.
    pub nodes: Vec<Node>,
    pub constants: HashMap<String, Constant>,
    pub inputs: Vec<Port>,
    pub outputs: Vec<Port>,
}

/// An operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Node {
    pub operator: String,
    /// Names of the inputs; empty for one that is left out.
    pub inputs: Vec<String>,
    pub outputs: Vec<String>,
    pub attributes: HashMap<String, Attribute>,
}

/// An attribute of a node, of the kinds that the models use.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Attribute {
    pub int: Option<i64>,
    pub ints: Vec<i64>,
    pub text: Option<String>,
}

/// A tensor in the file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Constant {
    pub dims: Vec<usize>,
    pub values: Values,
}

/// The values of a constant, row-major.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Values {
    Floats(Vec<f32>),
    Ints(Vec<i64>),
    /// A type that the engine does not use: its number in ONNX.
    Other(i64),
}

/// A declared input or output.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Port {
    pub name: String,
    /// ONNX's number of the element type; 1 is `f32`.
    pub element: i64,
    /// `None` for a dimension without a fixed size.
    pub dims: Vec<Option<usize>>,
}

const FLOAT: i64 = 1;
const INT64: i64 = 7;
const FLOAT16: i64 = 10;

/// Calls `visit` with the number and content of each field.
fn for_each<'a>(
    mut message: Message<'a>,
    mut visit: impl FnMut(u64, Field<'a>) -> Result<(), Malformed>,
) -> Result<(), Malformed> {
    while let Some((number, field)) = message.next()? {
        visit(number, field)?;
    }
    Ok(())
}

impl Model {
    /// Reads a `ModelProto`.
    pub fn read(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut model = None;
        for_each(Message::new(bytes), |number, field| {
            if number == 7 {
                model = Some(Self::graph(field.message()?)?);
            }
            Ok(())
        })?;
        model.ok_or(Malformed)
    }

    fn graph(message: Message<'_>) -> Result<Self, Malformed> {
        let mut model = Self::default();
        for_each(message, |number, field| {
            match number {
                1 => model.nodes.push(Node::read(field.message()?)?),
                5 => {
                    let (name, constant) = Constant::read(field.message()?)?;
                    model.constants.insert(name, constant);
                }
                11 => model.inputs.push(Port::read(field.message()?)?),
                12 => model.outputs.push(Port::read(field.message()?)?),
                _ => {}
            }
            Ok(())
        })?;
        // Old files list their constants among the inputs.
        let Self {
            constants, inputs, ..
        } = &mut model;
        inputs.retain(|port| !constants.contains_key(&port.name));
        Ok(model)
    }
}

impl Node {
    fn read(message: Message<'_>) -> Result<Self, Malformed> {
        let mut node = Self::default();
        for_each(message, |number, field| {
            match number {
                1 => node.inputs.push(field.text()?),
                2 => node.outputs.push(field.text()?),
                4 => node.operator = field.text()?,
                5 => {
                    let (name, attribute) = Attribute::read(field.message()?)?;
                    node.attributes.insert(name, attribute);
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(node)
    }

    /// The integer attribute `name`, or `default` when it is left out.
    pub fn int(&self, name: &str, default: i64) -> i64 {
        self.attributes
            .get(name)
            .and_then(|attribute| attribute.int)
            .unwrap_or(default)
    }

    /// The attribute `name`, a list of integers, when it is there.
    pub fn ints(&self, name: &str) -> Option<&[i64]> {
        self.attributes
            .get(name)
            .map(|attribute| attribute.ints.as_slice())
    }

    /// The attribute `name`, a text, or `default` when it is left out.
    pub fn text<'a>(&'a self, name: &str, default: &'a str) -> &'a str {
        self.attributes
            .get(name)
            .and_then(|attribute| attribute.text.as_deref())
            .unwrap_or(default)
    }
}

impl Attribute {
    fn read(message: Message<'_>) -> Result<(String, Self), Malformed> {
        let (mut name, mut attribute) = (String::new(), Self::default());
        for_each(message, |number, field| {
            match number {
                1 => name = field.text()?,
                3 => attribute.int = Some(field.int()?),
                4 => attribute.text = field.text().ok(),
                8 => field.ints(&mut attribute.ints)?,
                _ => {}
            }
            Ok(())
        })?;
        Ok((name, attribute))
    }
}

impl Constant {
    fn read(message: Message<'_>) -> Result<(String, Self), Malformed> {
        let (mut name, mut dims, mut element) = (String::new(), Vec::new(), 0);
        let (mut floats, mut ints, mut halves, mut raw) = (Vec::new(), Vec::new(), Vec::new(), None);
        for_each(message, |number, field| {
            match number {
                1 => field.ints(&mut dims)?,
                2 => element = field.int()?,
                4 => field.floats(&mut floats)?,
                5 => field.ints(&mut halves)?,
                7 => field.ints(&mut ints)?,
                8 => name = field.text()?,
                9 => raw = Some(field.bytes()?),
                _ => {}
            }
            Ok(())
        })?;
        let values = match (element, raw) {
            (FLOAT, None) => Values::Floats(floats),
            (FLOAT, Some(raw)) => Values::Floats(numbers(raw, f32::from_le_bytes)?),
            (FLOAT16, None) => Values::Floats(halves.iter().map(|&bits| half(bits as u16)).collect()),
            (FLOAT16, Some(raw)) => Values::Floats(numbers(raw, |bytes| half(u16::from_le_bytes(bytes)))?),
            (INT64, None) => Values::Ints(ints),
            (INT64, Some(raw)) => Values::Ints(numbers(raw, i64::from_le_bytes)?),
            (other, _) => Values::Other(other),
        };
        let dims = dims
            .into_iter()
            .map(|dim| usize::try_from(dim).map_err(|_| Malformed))
            .collect::<Result<Vec<_>, _>>()?;
        let expected = dims.iter().try_fold(1_usize, |len, &dim| len.checked_mul(dim));
        let len = match &values {
            Values::Floats(values) => Some(values.len()),
            Values::Ints(values) => Some(values.len()),
            Values::Other(_) => expected,
        };
        if len.is_none() || len != expected {
            return Err(Malformed);
        }
        Ok((name, Self { dims, values }))
    }
}

/// Little-endian numbers of `N` bytes.
fn numbers<const N: usize, T>(raw: &[u8], number: impl Fn([u8; N]) -> T) -> Result<Vec<T>, Malformed> {
    let (numbers, []) = raw.as_chunks() else {
        return Err(Malformed);
    };
    Ok(numbers.iter().copied().map(number).collect())
}

/// The value of an IEEE 754 half-precision number.
fn half(bits: u16) -> f32 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let exponent = i32::from((bits >> 10) & 0x1f);
    let fraction = f32::from(bits & 0x3ff);
    sign * match exponent {
        0 => fraction * 2_f32.powi(-24),
        31 if fraction == 0.0 => f32::INFINITY,
        31 => f32::NAN,
        _ => (1.0 + fraction / 1024.0) * 2_f32.powi(exponent - 15),
    }
}

impl Port {
    fn read(message: Message<'_>) -> Result<Self, Malformed> {
        let mut port = Self::default();
        for_each(message, |number, field| {
            match number {
                1 => port.name = field.text()?,
                2 => for_each(field.message()?, |number, field| match number {
                    1 => port.tensor_type(field.message()?),
                    _ => Ok(()),
                })?,
                _ => {}
            }
            Ok(())
        })?;
        Ok(port)
    }

    fn tensor_type(&mut self, message: Message<'_>) -> Result<(), Malformed> {
        for_each(message, |number, field| match number {
            1 => {
                self.element = field.int()?;
                Ok(())
            }
            2 => for_each(field.message()?, |_, dimension| {
                let mut size = None;
                for_each(dimension.message()?, |number, field| {
                    if number == 1 {
                        size = usize::try_from(field.int()?).ok();
                    }
                    Ok(())
                })?;
                self.dims.push(size);
                Ok(())
            }),
            _ => Ok(()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_precision_numbers_keep_their_value() {
        for (bits, expected) in [
            (0x0000, 0.0),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x7bff, 65504.0),
            (0x0001, 5.960_464_5e-8),
            (0x03ff, 6.097_555e-5),
            (0x0400, 6.103_515_6e-5),
            (0xfc00, f32::NEG_INFINITY),
        ] {
            assert_eq!(half(bits).to_bits(), f32::to_bits(expected), "{bits:#06x}");
        }
        assert!(half(0x7c01).is_nan());
    }

    #[test]
    fn a_file_without_a_graph_is_refused() {
        assert_eq!(Model::read(&[]), Err(Malformed));
        assert_eq!(Model::read(b"not an onnx file"), Err(Malformed));
    }
}
