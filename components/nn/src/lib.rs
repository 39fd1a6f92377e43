//! The nn component.
