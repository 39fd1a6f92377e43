//! Times runs on request: `MODEL SIDE` in, milliseconds out, a line each.

use std::{collections::HashMap, fs, io::stdin, time::Instant};

use crate::Library;

/// Answers until standard input ends. The first run of a model loads it.
pub fn answer<L: Library>() -> Result<(), String> {
    let mut loaded: HashMap<String, L> = HashMap::new();
    for line in stdin().lines() {
        let line = line.map_err(|error| error.to_string())?;
        let (path, side) = line.rsplit_once(' ').ok_or("expected: MODEL SIDE")?;
        let side: usize = side.parse().map_err(|_| "the side is no number")?;
        let values = (0..side * side * 3)
            .map(|index| ((index * 7919) % 251) as f32 / 250.0)
            .collect();
        if !loaded.contains_key(path) {
            let bytes = fs::read(path).map_err(|error| format!("{path}: {error}"))?;
            loaded.insert(path.to_owned(), L::load(bytes)?);
        }
        let start = Instant::now();
        loaded[path].run(&[1, side, side, 3], values, false)?;
        println!("{:.4}", start.elapsed().as_secs_f64() * 1e3);
    }
    Ok(())
}
