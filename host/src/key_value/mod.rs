//! The key-value stores: one SQLite file for all labels, as Spin's own backend has it.
//!
//! Beyond Spin: the file is in WAL mode, so a write costs one `fsync` instead of three. Durability is the same.

mod host;

pub use host::{KeyValueState, OpenStore};

use rusqlite::{Connection, OptionalExtension, params};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Results larger than this are errors, as in Spin (128 MiB).
pub const MAX_RESULT_BYTES: usize = 128 << 20;

/// Why an operation on a store failed.
#[derive(Debug, thiserror::Error)]
pub enum KeyValueError {
    /// SQLite's words.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// A value or list of keys over [`MAX_RESULT_BYTES`].
    #[error("query result exceeds limit of {MAX_RESULT_BYTES} bytes")]
    TooLarge,
}

/// The file behind all stores. Clones share it.
#[derive(Clone, Debug)]
pub struct KeyValueFile(Arc<Mutex<Connection>>);

impl KeyValueFile {
    /// Opens or creates the file.
    pub fn open(path: &Path) -> Result<Self, KeyValueError> {
        let connection = Connection::open(path)?;
        // Videos pass through here: what is deleted is overwritten, and no log beside the file keeps a copy.
        connection.pragma_update(None, "journal_mode", "TRUNCATE")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "secure_delete", "ON")?;
        connection.execute(
            "CREATE TABLE IF NOT EXISTS spin_key_value (
               store TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (store, key))",
            [],
        )?;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    /// The store labelled `label`.
    #[must_use]
    pub fn store(&self, label: &str) -> Store {
        Store {
            label: label.to_owned(),
            file: self.clone(),
        }
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        // A panic between two statements leaves nothing half done: every operation is one statement.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One labelled store. Its operations block.
#[derive(Clone, Debug)]
pub struct Store {
    label: String,
    file: KeyValueFile,
}

impl Store {
    /// The value of `key`.
    pub fn get(&self, key: &str) -> Result<Option<Vec<u8>>, KeyValueError> {
        let value: Option<Vec<u8>> = self
            .file
            .connection()
            .prepare_cached("SELECT value FROM spin_key_value WHERE store = ?1 AND key = ?2")?
            .query_row([&self.label, key], |row| row.get(0))
            .optional()?;
        match value {
            Some(value) if size_of::<Option<Vec<u8>>>() + value.len() > MAX_RESULT_BYTES => {
                Err(KeyValueError::TooLarge)
            }
            value => Ok(value),
        }
    }

    /// Sets `key`.
    pub fn set(&self, key: &str, value: &[u8]) -> Result<(), KeyValueError> {
        self.file
            .connection()
            .prepare_cached(
                "INSERT INTO spin_key_value (store, key, value) VALUES (?1, ?2, ?3)
                 ON CONFLICT (store, key) DO UPDATE SET value = ?3",
            )?
            .execute(params![self.label, key, value])?;
        Ok(())
    }

    /// Deletes `key`; one that does not exist is no error.
    pub fn delete(&self, key: &str) -> Result<(), KeyValueError> {
        self.file
            .connection()
            .prepare_cached("DELETE FROM spin_key_value WHERE store = ?1 AND key = ?2")?
            .execute([&self.label, key])?;
        Ok(())
    }

    /// Whether `key` has a value.
    pub fn exists(&self, key: &str) -> Result<bool, KeyValueError> {
        Ok(self
            .file
            .connection()
            .prepare_cached("SELECT 1 FROM spin_key_value WHERE store = ?1 AND key = ?2")?
            .exists([&self.label, key])?)
    }

    /// All keys.
    pub fn keys(&self) -> Result<Vec<String>, KeyValueError> {
        let connection = self.file.connection();
        let mut statement = connection.prepare_cached("SELECT key FROM spin_key_value WHERE store = ?1")?;
        let mut bytes = size_of::<Vec<String>>();
        let mut keys = Vec::new();
        for key in statement.query_map([&self.label], |row| row.get::<_, String>(0))? {
            let key = key?;
            bytes += size_of::<String>() + key.len();
            if bytes > MAX_RESULT_BYTES {
                return Err(KeyValueError::TooLarge);
            }
            keys.push(key);
        }
        Ok(keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_deleted_is_in_no_file_any_more() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = KeyValueFile::open(&folder.path().join("kv.db"))
            .expect("open")
            .store("videos");
        let kept = || {
            let files = std::fs::read_dir(folder.path()).expect("read");
            files
                .filter(|file| {
                    let bytes = std::fs::read(file.as_ref().expect("a file").path()).expect("read");
                    bytes.windows(16).any(|window| window == b"a private moment")
                })
                .count()
        };
        store.set("a", &b"a private moment".repeat(50_000)).expect("set");
        assert_eq!(kept(), 1);
        store.delete("a").expect("deleted");
        assert_eq!(kept(), 0);
    }
}
