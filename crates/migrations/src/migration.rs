//! One migration: its number, its name, its scripts.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// One migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    /// The number at the start of its files' names; migrations are applied in the order of their numbers.
    pub version: u32,
    /// What stands between the number and `.up.sql`.
    pub name: String,
    /// SQL that applies it.
    pub up: String,
    /// SQL that takes it back, when there is a file for it.
    pub down: Option<String>,
}

impl Migration {
    /// SHA-256 of the script that applies it, in lower-case hexadecimal: what the database remembers of the file.
    #[must_use]
    pub fn checksum(&self) -> String {
        Sha256::digest(self.up.as_bytes())
            .iter()
            .flat_map(|byte| [byte >> 4, byte & 0x0f])
            .map(|nibble| char::from(b"0123456789abcdef"[usize::from(nibble)]))
            .collect()
    }
}

/// How a migration is named to people and in errors.
pub(crate) fn full_name(version: u32, name: &str) -> String {
    format!("{version:04}_{name}")
}

impl fmt::Display for Migration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Through `pad`, so that tables of names line up.
        formatter.pad(&full_name(self.version, &self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_sha_256_of_the_up_file() {
        let migration = Migration {
            version: 7,
            name: "seven".into(),
            up: "abc".into(),
            down: Some("not counted".into()),
        };
        // FIPS 180-2, appendix B.1.
        assert_eq!(
            migration.checksum(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(format!("{migration:<12}|"), "0007_seven  |");
    }
}
