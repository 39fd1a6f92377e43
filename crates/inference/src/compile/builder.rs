//! The plan as it grows, node by node.

use std::collections::HashMap;

use super::LoadError;
use crate::{
    lanes::Quad,
    onnx::{self, Constant, Node, Values},
    plan::{Operation, Plan, Step, ValueId},
    shape::{Planes, Shape},
};

/// A plan being made.
pub(super) struct Builder<'a> {
    pub nodes: &'a [Node],
    constants: HashMap<String, Constant>,
    /// The values made so far, by their names in the file. Several names may mean one value.
    known: HashMap<String, Known>,
    steps: Vec<Step>,
    shapes: Vec<Shape>,
    /// The nodes that use a value; one number more than there are nodes stands for the graph's outputs.
    users: HashMap<&'a str, Vec<usize>>,
    /// Nodes that were joined to an earlier one.
    joined: Vec<bool>,
}

/// A value and how a name sees it. Values that lie alike in memory may have several shapes.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub value: ValueId,
    pub shape: Shape,
}

impl<'a> Builder<'a> {
    pub fn new(nodes: &'a [Node], constants: HashMap<String, Constant>, outputs: &'a [onnx::Port]) -> Self {
        let mut users: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, node) in nodes.iter().enumerate() {
            for input in &node.inputs {
                users.entry(input).or_default().push(index);
            }
        }
        for port in outputs {
            users.entry(&port.name).or_default().push(nodes.len());
        }
        Self {
            nodes,
            constants,
            known: HashMap::new(),
            steps: Vec::new(),
            shapes: Vec::new(),
            users,
            joined: vec![false; nodes.len()],
        }
    }

    /// Declares an input of the graph.
    pub fn input(&mut self, name: &str, dims: Vec<usize>) -> ValueId {
        let shape = Shape::Flat(dims);
        let value = self.new_value(shape.clone());
        self.known.insert(name.to_owned(), Known { value, shape });
        value
    }

    /// The value of an output of the graph, flat, and its dimensions.
    pub fn output(&mut self, name: &str) -> Result<(ValueId, Vec<usize>), LoadError> {
        let known = self.known.get(name).cloned();
        let known = known.ok_or_else(|| LoadError::UnknownValue(name.to_owned()))?;
        match known.shape {
            Shape::Flat(dims) => Ok((known.value, dims)),
            Shape::Planes(planes) if planes.pixels() == 1 => Ok((known.value, known.shape.dims())),
            Shape::Planes(_) => Err(unsupported_operator(
                "output",
                "a picture of features is not transposed to pixels first",
            )),
        }
    }

    /// The finished plan; the values in `kept` are inputs and outputs.
    pub fn finish(self, kept: &[ValueId]) -> Plan {
        Plan::new(self.steps, self.shapes, kept)
    }

    /// Folds the casts of constants to `f32`, wherever they stand, so that joined nodes find their parameters.
    pub fn fold_casts(&mut self) {
        /// ONNX's number of `float`.
        const FLOAT: i64 = 1;
        for (index, node) in self.nodes.iter().enumerate() {
            let ([input], [output]) = (node.inputs.as_slice(), node.outputs.as_slice()) else {
                continue;
            };
            if node.operator != "Cast" || node.int("to", 0) != FLOAT {
                continue;
            }
            // Half precision became `f32` when the file was read.
            if let Some(Values::Floats(_)) = self.constants.get(input).map(|constant| &constant.values)
                && let Some(constant) = self.constants.remove(input)
            {
                self.constants.insert(output.clone(), constant);
                self.joined[index] = true;
            }
        }
    }

    /// Adds node `index`.
    pub fn node(&mut self, index: usize) -> Result<(), LoadError> {
        if self.joined[index] {
            return Ok(());
        }
        super::operators::add(self, index)
    }

    /// Adds a step that makes the first output of `node`.
    pub fn step(
        &mut self,
        node: &Node,
        operation: Operation,
        inputs: Vec<ValueId>,
        shape: Shape,
    ) -> Result<(), LoadError> {
        if shape.quads().is_none() {
            return Err(unsupported(node, "the result is empty or too large"));
        }
        let output = self.new_value(shape.clone());
        self.steps.push(Step {
            operation,
            inputs,
            output,
        });
        self.alias(node, Known { value: output, shape })
    }

    /// Lets the first output of `node` mean a value that exists.
    pub fn alias(&mut self, node: &Node, known: Known) -> Result<(), LoadError> {
        let [name] = node.outputs.as_slice() else {
            return Err(unsupported(node, "it has more than one output"));
        };
        self.known.insert(name.clone(), known);
        Ok(())
    }

    fn new_value(&mut self, shape: Shape) -> ValueId {
        self.shapes.push(shape);
        self.shapes.len() - 1
    }

    /// Input `index` of `node`, a value.
    pub fn value(&self, node: &Node, index: usize) -> Result<&Known, LoadError> {
        let name = node.inputs.get(index).map_or("", String::as_str);
        if self.constants.contains_key(name) {
            return Err(unsupported(node, "it works on a constant"));
        }
        self.known
            .get(name)
            .ok_or_else(|| LoadError::UnknownValue(name.to_owned()))
    }

    /// Input `index` of `node`, a picture of features.
    pub fn planes(&self, node: &Node, index: usize) -> Result<(ValueId, Planes), LoadError> {
        let known = self.value(node, index)?;
        match known.shape {
            Shape::Planes(planes) => Ok((known.value, planes)),
            Shape::Flat(_) => Err(unsupported(node, "its input is not a picture of features")),
        }
    }

    /// Input `index` of `node`, a constant; `None` when it is left out.
    pub fn constant(&self, node: &Node, index: usize) -> Result<Option<&Constant>, LoadError> {
        match node.inputs.get(index).map_or("", String::as_str) {
            "" => Ok(None),
            name if self.known.contains_key(name) => Err(unsupported(node, "a parameter is not constant")),
            name => self
                .constants
                .get(name)
                .map(Some)
                .ok_or_else(|| LoadError::UnknownValue(name.to_owned())),
        }
    }

    /// Input `index` of `node`, constant numbers; `None` when it is left out.
    pub fn floats(&self, node: &Node, index: usize) -> Result<Option<&[f32]>, LoadError> {
        match self.constant(node, index)?.map(|constant| &constant.values) {
            None => Ok(None),
            Some(Values::Floats(values)) => Ok(Some(values)),
            Some(_) => Err(unsupported(node, "a parameter is not of floating-point numbers")),
        }
    }

    /// Input `index` of `node`, constant integers; `None` when it is left out.
    pub fn ints(&self, node: &Node, index: usize) -> Result<Option<&[i64]>, LoadError> {
        match self.constant(node, index)?.map(|constant| &constant.values) {
            None => Ok(None),
            Some(Values::Ints(values)) => Ok(Some(values)),
            Some(_) => Err(unsupported(node, "a parameter is not of integers")),
        }
    }

    /// Input `index` of `node`, a constant number; `default` when it is left out.
    pub fn scalar(&self, node: &Node, index: usize, default: f32) -> Result<f32, LoadError> {
        match self.floats(node, index)? {
            None => Ok(default),
            Some([value]) => Ok(*value),
            Some(_) => Err(unsupported(node, "a parameter is not a single number")),
        }
    }

    /// The only node that uses the first output of `node`, with its number.
    pub fn only_user(&self, node: &Node) -> Option<(usize, &'a Node)> {
        let [output] = node.outputs.as_slice() else {
            return None;
        };
        match self.users.get(output.as_str())?.as_slice() {
            &[user] => self.nodes.get(user).map(|node| (user, node)),
            _ => None,
        }
    }

    /// Marks a node as joined to one that comes before it.
    pub fn join(&mut self, index: usize) {
        self.joined[index] = true;
    }

    /// The value called `name`, if it was made.
    pub fn known(&self, name: &str) -> Option<&Known> {
        self.known.get(name)
    }
}

/// Numbers for each channel as quads, filled up with 0.
pub(super) fn quads(values: &[f32]) -> Vec<Quad> {
    values
        .chunks(4)
        .map(|chunk| std::array::from_fn(|lane| chunk.get(lane).copied().unwrap_or(0.0)))
        .collect()
}

/// The error for `node`.
pub(super) fn unsupported(node: &Node, reason: &'static str) -> LoadError {
    unsupported_operator(&node.operator, reason)
}

fn unsupported_operator(operator: &str, reason: &'static str) -> LoadError {
    let operator = operator.to_owned();
    LoadError::Unsupported { operator, reason }
}
