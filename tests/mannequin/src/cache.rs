//! Clips on disk: each is filmed once and then found by what it shows, whichever test process asks.

use std::{
    env, fs,
    fs::File,
    io,
    path::{Path, PathBuf},
};

use crate::{
    encode::{Encoding, MannequinError},
    scenario::Scenario,
};

/// Changes with every change to the sources that draw; see `build.rs`.
const RENDERER: &str = env!("MANNEQUIN_SOURCES");

/// The clip of a scenario, filmed now if it has not been before.
///
/// Clips lie in `mannequin/` of Cargo's target folder under the scenario's name and a hash of its data and of the
/// renderer's sources. Several processes may ask for the same clip at once: one films, the others wait.
pub fn cached_clip(scenario: &Scenario, encoding: Encoding) -> Result<PathBuf, MannequinError> {
    let folder = folder();
    fs::create_dir_all(&folder).map_err(|source| failed(&folder, source))?;
    let stem = format!(
        "{}.{}.{:016x}",
        scenario.name,
        encoding.name(),
        hash(&format!("{RENDERER} {scenario:?}"))
    );
    let clip = folder.join(format!("{stem}.{}", encoding.extension()));
    if clip.exists() {
        return Ok(clip);
    }
    let guard = folder.join(format!("{stem}.lock"));
    let lock = File::create(&guard).map_err(|source| failed(&guard, source))?;
    lock.lock().map_err(|source| failed(&guard, source))?;
    if !clip.exists() {
        let unfinished = folder.join(format!("{stem}.part"));
        scenario.encode(encoding, &unfinished)?;
        fs::rename(&unfinished, &clip).map_err(|source| failed(&clip, source))?;
        remove_older(&folder, scenario, encoding, &clip)?;
    }
    Ok(clip)
}

/// Clips of the same scenario that an older renderer drew.
fn remove_older(
    folder: &Path,
    scenario: &Scenario,
    encoding: Encoding,
    keep: &Path,
) -> Result<(), MannequinError> {
    let prefix = format!("{}.{}.", scenario.name, encoding.name());
    let stem = keep.file_stem().unwrap_or_default();
    for entry in fs::read_dir(folder).map_err(|source| failed(folder, source))? {
        let path = entry.map_err(|source| failed(folder, source))?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.starts_with(&prefix) && path.file_stem() != Some(stem) {
            match fs::remove_file(&path) {
                // Another process was faster.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                other => other.map_err(|source| failed(&path, source))?,
            }
        }
    }
    Ok(())
}

fn failed(path: &Path, source: io::Error) -> MannequinError {
    MannequinError::File {
        path: path.to_owned(),
        source,
    }
}

fn folder() -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"),
        PathBuf::from,
    );
    target.join("mannequin")
}

/// FNV-1a, 64 bits: the same on every machine and for every compiler.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv_1a() {
        // Test vectors of the FNV reference.
        assert_eq!(hash(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash("foobar"), 0x8594_4171_f739_67e8);
    }
}
