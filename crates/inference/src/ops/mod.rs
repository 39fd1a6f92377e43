//! The operations, on values as `shape` lays them out. Shapes are checked when the graph is loaded, not here.

mod activation;
mod convolution;
mod depthwise;
mod layout;
mod product;
mod resample;

pub(crate) use activation::{Activation, add, sigmoid};
pub(crate) use convolution::{Convolution, Parts, Window};
pub(crate) use layout::{append, depth_to_space, from_planes, pad_channels, to_planes};
pub(crate) use resample::{MaxPool, Resize};
