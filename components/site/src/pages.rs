//! The addresses of the client's pages, of which the client's build has written a list.

use std::fs;

use flow_edge::Error;

use crate::file::ROOT;

/// Whether the client has a page at an address.
pub fn is_page(path: &str) -> Result<bool, Error> {
    let file = format!("{ROOT}/pages.json");
    let broken = |error: &dyn std::fmt::Display| Error::Internal(format!("{file}: {error}"));
    let list = fs::read(&file).map_err(|error| broken(&error))?;
    let pages: Vec<String> = serde_json::from_slice(&list).map_err(|error| broken(&error))?;
    Ok(pages.iter().any(|page| page == path))
}
