//! The smallest thing that keeps bytes under a key.

use crate::Error;

/// A key-value store.
pub trait Blobs {
    /// The bytes under a key, if there are any.
    fn get(&self, key: &str) -> impl Future<Output = Result<Option<Vec<u8>>, Error>>;
    /// Puts bytes under a key, in place of what was there.
    fn set(&self, key: &str, value: &[u8]) -> impl Future<Output = Result<(), Error>>;
    /// Removes a key; it need not exist.
    fn delete(&self, key: &str) -> impl Future<Output = Result<(), Error>>;
    /// Whether there is something under a key.
    fn exists(&self, key: &str) -> impl Future<Output = Result<bool, Error>>;
}

impl<B: Blobs> Blobs for &B {
    fn get(&self, key: &str) -> impl Future<Output = Result<Option<Vec<u8>>, Error>> {
        (**self).get(key)
    }

    fn set(&self, key: &str, value: &[u8]) -> impl Future<Output = Result<(), Error>> {
        (**self).set(key, value)
    }

    fn delete(&self, key: &str) -> impl Future<Output = Result<(), Error>> {
        (**self).delete(key)
    }

    fn exists(&self, key: &str) -> impl Future<Output = Result<bool, Error>> {
        (**self).exists(key)
    }
}
