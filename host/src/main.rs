//! The embedded host and command line.

fn main() {}
