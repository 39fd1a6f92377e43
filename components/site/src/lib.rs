//! The site component.
