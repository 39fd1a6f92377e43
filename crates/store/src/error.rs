//! Why a store gave no answer.

/// Why a store gave no answer. None of these is the user's fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The database refused or could not be reached.
    #[error("the database failed: {0}")]
    Database(String),
    /// The key-value store refused or could not be reached.
    #[error("the key-value store failed: {0}")]
    Blobs(String),
    /// What was read is not what was written.
    #[error("stored data is damaged: {0}")]
    Damaged(String),
    /// The lease ran out and somebody else has the attempt now; the work must not be saved.
    #[error("the lease on attempt {0} was lost")]
    LeaseLost(String),
}
