//! Landmarks to signals, quality gates and scores.
