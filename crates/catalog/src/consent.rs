//! What a person agrees to when they register.

/// The version of the wellness disclaimer: the month since which its text is as it is. Who agreed to an earlier one is asked
/// again.
pub const CONSENT_VERSION: &str = "2026-11";
