//! The models against `models/manifest.json`: every file there, with the bytes that were checked in.

use super::Finding;
use crate::hex::hex;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::path::Path;

#[derive(Deserialize)]
struct Manifest {
    models: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    file: String,
    sha256: String,
}

const RESTORE: &str = "restore models/ from the repository, or run `cargo xtask models --check`";

/// One finding per model of the list in `folder`.
pub(super) fn examine(folder: &Path) -> Vec<Finding> {
    let list = folder.join("manifest.json");
    let manifest = std::fs::read_to_string(&list)
        .map_err(|error| error.to_string())
        .and_then(|text| serde_json::from_str::<Manifest>(&text).map_err(|error| error.to_string()));
    match manifest {
        Ok(manifest) => manifest.models.iter().map(|entry| model(folder, entry)).collect(),
        Err(reason) => {
            vec![Finding::missing(
                "models",
                format!("cannot read {}: {reason}", list.display()),
                RESTORE,
            )]
        }
    }
}

fn model(folder: &Path, entry: &Entry) -> Finding {
    let subject = format!("model {}", entry.name);
    let path = folder.join(&entry.file);
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            return Finding::missing(
                &subject,
                format!("cannot read {}: {error}", path.display()),
                RESTORE,
            );
        }
    };
    let digest: [u8; 32] = Sha256::digest(&bytes).into();
    if hex(&digest) == entry.sha256 {
        Finding::ok(
            &subject,
            format!("{:.1} MB, hash as listed", bytes.len() as f64 / 1e6),
        )
    } else {
        Finding::missing(
            &subject,
            format!("{} has another hash than listed", path.display()),
            RESTORE,
        )
    }
}
