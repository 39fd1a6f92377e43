//! The pose-score component.
