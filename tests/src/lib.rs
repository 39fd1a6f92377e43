//! Whole-system tests: HTTP, command line, parity, faults.
