//! Compiled components on disk, so that only the first start compiles.
//!
//! The key is a hash of the wasm bytes and of everything about the engine that the machine code depends on, so a file under a key is what
//! this engine would compile. The folder is as trusted as the program itself: whoever can write it can run code.

use crate::hex::hex;
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use wasmtime::Engine;
use wasmtime::component::Component;

/// Whether a component came out of the cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CacheUse {
    /// It was there.
    Hit,
    /// It was compiled now.
    Compiled,
}

/// A folder of compiled components.
#[derive(Debug)]
pub struct CompileCache {
    engine: Engine,
    folder: PathBuf,
    engine_key: u64,
}

/// FNV-1a: the standard library's hasher is not promised to be the same in the next release.
struct StableHasher(u64);

impl Hasher for StableHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

impl CompileCache {
    /// Uses `folder`, which is created when missing.
    pub fn new(engine: &Engine, folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let mut hasher = StableHasher(0xcbf2_9ce4_8422_2325);
        engine.precompile_compatibility_hash().hash(&mut hasher);
        Ok(Self {
            engine: engine.clone(),
            folder: folder.to_owned(),
            engine_key: hasher.finish(),
        })
    }

    /// The key of a component made from `parts`: its wasm and what is composed into it.
    #[must_use]
    pub fn key(parts: &[&[u8]]) -> String {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        let digest: [u8; 32] = hasher.finalize().into();
        hex(&digest[..16])
    }

    /// The component under `key`, compiled now from what `wasm` returns, or before.
    pub fn component(
        &self,
        name: &str,
        key: &str,
        wasm: impl FnOnce() -> Result<Vec<u8>>,
    ) -> Result<(Component, CacheUse)> {
        let path = self
            .folder
            .join(format!("{name}.{key}.{:016x}.cwasm", self.engine_key));
        if path.is_file() {
            match self.load(&path) {
                Ok(component) => return Ok((component, CacheUse::Hit)),
                Err(error) => {
                    tracing::warn!(%error, path = %path.display(), "a compiled component is unreadable");
                }
            }
        }
        let component = Component::new(&self.engine, wasm()?)
            .map_err(anyhow::Error::from)
            .with_context(|| format!("component {name:?} does not compile"))?;
        let compiled = component.serialize().map_err(anyhow::Error::from)?;
        self.store(&path, &compiled)?;
        self.remove_older(name, &path);
        Ok((component, CacheUse::Compiled))
    }

    #[expect(
        unsafe_code,
        reason = "the file was written by `store` for this engine, see the module's doc"
    )]
    fn load(&self, path: &Path) -> Result<Component> {
        // SAFETY: files under this name are the output of `Component::serialize` by an engine with the same hash; wasmtime checks its own
        // header besides. They are never changed in place: `store` renames a finished file over the name.
        unsafe { Component::deserialize_file(&self.engine, path) }.map_err(anyhow::Error::from)
    }

    fn store(&self, path: &Path, compiled: &[u8]) -> Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        std::io::Write::write_all(&mut file, compiled)?;
        file.persist(path)
            .with_context(|| format!("cannot write {}", path.display()))?;
        Ok(())
    }

    /// Removes what earlier versions of the component left.
    fn remove_older(&self, name: &str, newest: &Path) {
        let prefix = format!("{name}.");
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return;
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            let older = path != newest
                && path.extension().is_some_and(|extension| extension == "cwasm")
                && path
                    .file_name()
                    .and_then(|file| file.to_str())
                    .is_some_and(|file| {
                        // Ids have no dots, so this is no other component's.
                        file.starts_with(&prefix)
                    });
            if older && let Err(error) = fs::remove_file(&path) {
                tracing::debug!(%error, path = %path.display(), "an old compiled component stays");
            }
        }
    }
}
