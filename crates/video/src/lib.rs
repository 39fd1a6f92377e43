//! Video bytes to sampled, upright frames: containers, codecs, sampling, limits.
