//! A graph ready to run: its steps in order, and the memory they share.

use crate::{
    lanes::Quad,
    ops::{self, Activation, Convolution, MaxPool, Resize},
    shape::{Planes, Shape, zeros},
};

/// Number of a value: something that a step makes, or an input.
pub(crate) type ValueId = usize;

/// What a step does.
#[derive(Clone, Debug)]
pub(crate) enum Operation {
    Convolution(Box<Convolution>),
    Activation(Activation),
    Sigmoid,
    Add,
    MaxPool(MaxPool),
    Resize(Resize),
    PadChannels,
    DepthToSpace {
        block: usize,
    },
    ToPlanes,
    FromPlanes,
    /// Values one after the other.
    Concat,
}

/// An operation on values.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub operation: Operation,
    /// The inputs; a convolution's second one is added to its result.
    pub inputs: Vec<ValueId>,
    pub output: ValueId,
}

/// Steps and the memory for their values.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    steps: Vec<Step>,
    shapes: Vec<Shape>,
    /// The buffer of each value. Values that are never needed at the same time share one.
    buffer: Vec<usize>,
    /// Quads of each buffer.
    sizes: Vec<usize>,
}

/// The memory that a plan runs in.
#[derive(Clone, Debug)]
pub(crate) struct Workspace {
    buffers: Vec<Vec<Quad>>,
    scratch: Vec<Quad>,
}

impl Plan {
    /// A plan of `steps` over values of `shapes`. The values in `kept` (inputs and outputs) keep their buffers for
    /// themselves.
    pub fn new(steps: Vec<Step>, shapes: Vec<Shape>, kept: &[ValueId]) -> Self {
        let mut last_use = vec![0; shapes.len()];
        for (index, step) in steps.iter().enumerate() {
            for &input in &step.inputs {
                last_use[input] = index;
            }
        }
        let mut plan = Self {
            steps,
            buffer: vec![0; shapes.len()],
            shapes,
            sizes: Vec::new(),
        };
        for &value in kept {
            plan.buffer[value] = plan.new_buffer(value);
        }
        let mut free: Vec<usize> = Vec::new();
        for index in 0..plan.steps.len() {
            let output = plan.steps[index].output;
            if !kept.contains(&output) {
                let needed = plan.quads(output);
                // The free buffer that fits best: the smallest that is large enough, or else the largest.
                let best = (0..free.len()).min_by_key(|&at| {
                    let size = plan.sizes[free[at]];
                    (size < needed, size.abs_diff(needed))
                });
                plan.buffer[output] = match best {
                    Some(at) => free.swap_remove(at),
                    None => plan.new_buffer(output),
                };
                let size = &mut plan.sizes[plan.buffer[output]];
                *size = needed.max(*size);
            }
            let mut done: Vec<_> = plan.steps[index].inputs.clone();
            done.sort_unstable();
            done.dedup();
            done.retain(|value| last_use[*value] == index && !kept.contains(value));
            free.extend(done.into_iter().map(|value| plan.buffer[value]));
        }
        plan
    }

    fn new_buffer(&mut self, value: ValueId) -> usize {
        self.sizes.push(self.quads(value));
        self.sizes.len() - 1
    }

    fn quads(&self, value: ValueId) -> usize {
        self.shapes[value].quads().unwrap_or(0)
    }

    /// Memory for one run after another.
    pub fn workspace(&self) -> Workspace {
        Workspace {
            buffers: self.sizes.iter().map(|&size| zeros(size)).collect(),
            scratch: Vec::new(),
        }
    }

    /// The numbers of a value, row-major for flat ones.
    pub fn values<'a>(&self, workspace: &'a Workspace, value: ValueId) -> &'a [f32] {
        workspace.buffers[self.buffer[value]].as_flattened()
    }

    /// The numbers of a value, to be written.
    pub fn values_mut<'a>(&self, workspace: &'a mut Workspace, value: ValueId) -> &'a mut [f32] {
        workspace.buffers[self.buffer[value]].as_flattened_mut()
    }

    /// Runs all steps.
    pub fn run(&self, workspace: &mut Workspace) {
        for step in &self.steps {
            // Taken out so that it can be written while others are read; outputs never share with inputs of their step.
            let mut out = std::mem::take(&mut workspace.buffers[self.buffer[step.output]]);
            self.step(step, workspace, &mut out);
            workspace.buffers[self.buffer[step.output]] = out;
        }
    }

    fn step(&self, step: &Step, workspace: &mut Workspace, out: &mut [Quad]) {
        let Workspace { buffers, scratch } = workspace;
        let input = |index: usize| -> &[Quad] {
            step.inputs
                .get(index)
                .map_or(&[], |&value| &buffers[self.buffer[value]][..self.quads(value)])
        };
        let out = &mut out[..self.quads(step.output)];
        let planes = |value: ValueId| match self.shapes[value] {
            Shape::Planes(planes) => planes,
            // One row of single values: what works on planes works on these as well.
            Shape::Flat(_) => Planes {
                channels: 4,
                height: 1,
                width: self.quads(value),
            },
        };
        let (size, out_size) = (
            step.inputs
                .first()
                .map_or(planes(step.output), |&value| planes(value)),
            planes(step.output),
        );
        match &step.operation {
            Operation::Convolution(convolution) => {
                let addend = (step.inputs.len() > 1).then(|| input(1));
                convolution.run((input(0), size), addend, (out, out_size), scratch);
            }
            Operation::Activation(activation) => {
                out.copy_from_slice(input(0));
                activation.apply(out, out_size.pixels());
            }
            Operation::Sigmoid => ops::sigmoid(input(0), out),
            Operation::Add => ops::add(input(0), input(1), out),
            Operation::MaxPool(pool) => pool.run((input(0), size), (out, out_size)),
            Operation::Resize(resize) => resize.run(input(0), size, out),
            Operation::PadChannels => ops::pad_channels(input(0), size, out),
            Operation::DepthToSpace { block } => ops::depth_to_space(input(0), size, *block, out),
            Operation::ToPlanes => ops::to_planes(input(0).as_flattened(), out_size, out),
            Operation::FromPlanes => ops::from_planes(input(0), size, out.as_flattened_mut()),
            Operation::Concat => {
                let mut start = 0;
                for (index, &value) in step.inputs.iter().enumerate() {
                    let len = self.shapes[value].dims().iter().product();
                    ops::append(&input(index).as_flattened()[..len], out.as_flattened_mut(), start);
                    start += len;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(len: usize) -> Shape {
        Shape::Flat(vec![len])
    }

    fn add(inputs: [ValueId; 2], output: ValueId) -> Step {
        Step {
            operation: Operation::Add,
            inputs: inputs.to_vec(),
            output,
        }
    }

    #[test]
    fn values_share_memory_only_when_they_are_not_needed_together() {
        // 1 = 0 + 0, 2 = 1 + 1, 3 = 2 + 1, 4 = 3 + 3: value 1 is needed until 3 is made.
        let steps = vec![add([0, 0], 1), add([1, 1], 2), add([2, 1], 3), add([3, 3], 4)];
        let plan = Plan::new(steps, vec![flat(4); 5], &[0, 4]);
        assert_eq!(
            plan.sizes.len(),
            5,
            "three values live at once, input and output by themselves"
        );
        let mut workspace = plan.workspace();
        for round in 1..3 {
            let start = round as f32;
            plan.values_mut(&mut workspace, 0).fill(start);
            plan.run(&mut workspace);
            assert_eq!(plan.values(&workspace, 4), [12.0 * start; 4]);
        }
    }

    #[test]
    fn a_long_chain_needs_two_buffers_besides_input_and_output() {
        let steps = (0..10).map(|value| add([value, value], value + 1)).collect();
        let shapes = (0..11).map(|value| flat(4 * (value + 1))).collect();
        let plan = Plan::new(steps, shapes, &[0, 10]);
        assert_eq!(plan.sizes.len(), 4);
    }
}
