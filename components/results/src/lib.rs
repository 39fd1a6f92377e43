//! The results component.
