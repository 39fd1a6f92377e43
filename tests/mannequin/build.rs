//! Hashes the sources that decide what clips look like, so that cached clips are filmed again when they change.

use std::{env, error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let sources = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("src");
    println!("cargo::rerun-if-changed={}", sources.display());
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    add(&sources, &mut hash)?;
    println!("cargo::rustc-env=MANNEQUIN_SOURCES={hash:016x}");
    Ok(())
}

/// What is said about a clip, or done with it, does not change how it looks.
const APART: [&str; 9] = [
    "scenarios",
    "judge.rs",
    "truth.rs",
    "face.rs",
    "landmarks.rs",
    "cache.rs",
    "main.rs",
    "lib.rs",
    "summary.rs",
];

fn add(folder: &Path, hash: &mut u64) -> Result<(), Box<dyn Error>> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        if APART.iter().any(|apart| name == *apart) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            add(&entry.path(), hash)?;
            continue;
        }
        for byte in fs::read(entry.path())? {
            // FNV-1a.
            *hash = (*hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Ok(())
}
