//! The project's build, run, test and bench commands.

fn main() {}
