//! What a program's output is made from, as one hash: its own sources, those of the crates it is built from, and the
//! versions of the libraries.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};
use xshell::{Shell, cmd};

/// Parts of a crate's folder that never change what a program built from it does.
const APART: [&str; 3] = ["tests", "benches", "README.md"];

/// The hash of what `package` of this workspace is built from, on any machine, and of further files, 16 hexadecimal digits:
/// another one where any of it changes. Compilers and FFmpeg are not in it.
pub fn digest(shell: &Shell, package: &str, further: &[&Path]) -> Result<String> {
    let root = shell.current_dir();
    let format = "{p}";
    let tree = cmd!(
        shell,
        "cargo tree --locked --package {package} --target all --prefix none --edges normal,build --format {format}"
    )
    .quiet()
    .read()?;
    // A line is `name v1.2.3`, of this workspace's crates `name v0.1.0 (/its/folder)`; ` (*)` marks repetitions.
    let mut crates: Vec<&str> = tree.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    crates.sort_unstable();
    crates.dedup();
    let mut hash = Sha256::new();
    for line in crates {
        match line.split_once(" (/") {
            Some((_, folder)) => add(
                &mut hash,
                &root,
                &files(&Path::new("/").join(folder.trim_end_matches(')')))?,
            )?,
            None => hash.update(line),
        }
    }
    for file in further {
        add(&mut hash, &root, &[root.join(file)])?;
    }
    let mut first = [0; 8];
    first.copy_from_slice(&hash.finalize()[..8]);
    Ok(format!("{:016x}", u64::from_be_bytes(first)))
}

/// The files of a crate that decide what it does, in an order that is the same everywhere.
fn files(package: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![package.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default();
            if folder == *package && APART.iter().any(|apart| name == *apart) {
                continue;
            }
            // A crate inside another one's folder is named for itself.
            if path.join("Cargo.toml").exists() {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort_unstable();
    Ok(found)
}

fn add(hash: &mut Sha256, root: &Path, files: &[PathBuf]) -> Result<()> {
    for file in files {
        let name = file.strip_prefix(root).unwrap_or(file);
        let bytes = fs::read(file).with_context(|| file.display().to_string())?;
        hash.update(name.as_os_str().as_encoded_bytes());
        hash.update(bytes.len().to_le_bytes());
        hash.update(bytes);
    }
    Ok(())
}
