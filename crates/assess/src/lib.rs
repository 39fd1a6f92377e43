//! One clip from video bytes to an assessment, with progress.
