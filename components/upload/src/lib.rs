//! The upload component.
