//! The templates of the paths that components answer: what of a path may be told without telling ids.

/// Paths by which requests are counted. `{}` stands for any one part.
const ROUTES: [&str; 47] = [
    "/.well-known/jwks.json",
    "/api/account",
    "/api/account/delete",
    "/api/account/email",
    "/api/account/export",
    "/api/account/password",
    "/api/attempts",
    "/api/attempts/{id}",
    "/api/attempts/{id}/details",
    "/api/attempts/{id}/key-frames/{name}",
    "/api/attempts/{id}/score",
    "/api/attempts/{id}/video",
    "/api/auth/change-email",
    "/api/auth/forgot",
    "/api/auth/login",
    "/api/auth/logout",
    "/api/auth/refresh",
    "/api/auth/register",
    "/api/auth/reset",
    "/api/auth/sessions",
    "/api/auth/sessions/{id}",
    "/api/auth/verify",
    "/api/auth/verify/resend",
    "/api/dev/outbox",
    "/api/limits/status",
    "/api/ops/accounts/reseal",
    "/api/ops/accounts/{id}/tier",
    "/api/ops/audit",
    "/api/ops/bans",
    "/api/ops/bans/{id}/lift",
    "/api/ops/breaker",
    "/api/ops/dead-letters",
    "/api/ops/dead-letters/{id}/replay",
    "/api/ops/mails",
    "/api/ops/migrations",
    "/api/ops/migrations/down",
    "/api/ops/migrations/up",
    "/api/ops/sweep",
    "/api/problem-areas",
    "/api/report",
    "/api/report.html",
    "/health",
    "/internal/inference",
    "/internal/mails",
    "/internal/part",
    "/internal/sweep",
    "/metrics",
];

/// The template of a path; `unknown` for all that have none.
pub(crate) fn route(path: &str) -> &'static str {
    let known = ROUTES.into_iter().find(|template| {
        let parts = template.split('/').map(Some).chain([None]);
        parts
            .zip(path.split('/').map(Some).chain([None]))
            .all(|(expected, found)| match (expected, found) {
                (Some(expected), Some(found)) => {
                    expected == found || (expected.starts_with('{') && !found.is_empty())
                }
                (expected, found) => expected == found,
            })
    });
    known.unwrap_or("unknown")
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
