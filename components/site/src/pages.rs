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
    Ok(pages.iter().any(|page| stands_for(page, path)))
}

/// Whether a pattern stands for a path: a part that begins with `:` is any one that is there.
fn stands_for(pattern: &str, path: &str) -> bool {
    let (mut parts, mut found) = (pattern.split('/'), path.split('/'));
    loop {
        match (parts.next(), found.next()) {
            (None, None) => return true,
            (Some(part), Some(found)) if part == found || (part.starts_with(':') && !found.is_empty()) => {}
            _ => return false,
        }
    }
}
