//! The templates of the paths that components answer: what of a path may be told without telling ids.

use flow_api::PATHS;

/// What components ask of each other; no trigger leads there.
const PRIVATE: [&str; 4] = [
    "/internal/inference",
    "/internal/mails",
    "/internal/part",
    "/internal/sweep",
];

/// The template of a path; `unknown` for all that have none.
pub(crate) fn route(path: &str) -> &'static str {
    let templates = || PATHS.into_iter().chain(PRIVATE);
    // Most paths have no ids in them.
    let known = templates().find(|template| *template == path);
    let known = known.or_else(|| templates().find(|template| fits(template, path)));
    known.unwrap_or("unknown")
}

/// Whether a path is one of those that a template stands for.
fn fits(template: &str, path: &str) -> bool {
    let mut parts = template.split('/');
    let mut found = path.split('/');
    loop {
        match (parts.next(), found.next()) {
            (None, None) => return true,
            (Some(part), Some(found)) if part == found || (part.starts_with('{') && !found.is_empty()) => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::route;

    #[test]
    fn a_path_is_counted_under_its_template() {
        for (path, expected) in [
            ("/api/attempts", "/api/attempts"),
            ("/api/attempts/", "unknown"),
            (
                "/api/attempts/0193e7b0-0000-7000-8000-000000000001",
                "/api/attempts/{id}",
            ),
            ("/api/attempts/x/video", "/api/attempts/{id}/video"),
            ("/api/attempts/x/video/y", "unknown"),
            ("/api/ops/accounts/reseal", "/api/ops/accounts/reseal"),
            ("/", "unknown"),
            ("", "unknown"),
            ("/api/attempts/x/anything", "unknown"),
        ] {
            assert_eq!(route(path), expected, "{path}");
        }
    }
}
