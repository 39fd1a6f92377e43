//! The cookie that keeps a browser signed in: only this site's sign-in addresses ever get it, and no script reads it.

use http::HeaderMap;

/// Its name. Browsers take a cookie whose name begins so from secure pages only, and from this machine.
pub const REFRESH_COOKIE: &str = "__Secure-flow-refresh";

/// Where it is sent to and how.
const ATTRIBUTES: &str = "Path=/api/auth; HttpOnly; Secure; SameSite=Strict";

/// The value of `Set-Cookie` for a refresh token.
#[must_use]
pub fn refresh_cookie(token: &str, max_age_seconds: i64) -> String {
    format!("{REFRESH_COOKIE}={token}; Max-Age={max_age_seconds}; {ATTRIBUTES}")
}

/// The value of `Set-Cookie` that removes it.
#[must_use]
pub fn clear_refresh_cookie() -> String {
    refresh_cookie("", 0)
}

/// The refresh token that came with a request. Two cookies of the name are none: one of them was planted.
#[must_use]
pub fn refresh_token(headers: &HeaderMap) -> Option<&str> {
    let mut tokens = headers
        .get_all(http::header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, _)| *name == REFRESH_COOKIE)
        .map(|(_, token)| token);
    let token = tokens.next()?;
    tokens.next().is_none().then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(cookies: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for cookie in cookies {
            headers.append(http::header::COOKIE, cookie.parse().unwrap());
        }
        refresh_token(&headers).map(str::to_owned)
    }

    #[test]
    fn the_token_is_found_among_other_cookies() {
        let ours = format!("{REFRESH_COOKIE}=abc-_1");
        for cookies in [
            vec![ours.as_str()],
            vec![&format!("a=1; {ours}; b=2")],
            vec!["a=1", &ours],
            vec![&format!("  {ours}  ")],
            vec![&format!("nonsense; {ours}")],
        ] {
            assert_eq!(token(&cookies).as_deref(), Some("abc-_1"), "{cookies:?}");
        }
        for cookies in [
            vec![],
            vec!["a=1"],
            vec!["flow-refresh=abc"],
            vec!["x__Secure-flow-refresh=abc"],
            vec![&format!("{ours}; {ours}")],
            vec![&ours, &ours],
        ] {
            assert_eq!(token(&cookies), None, "{cookies:?}");
        }
    }

    #[test]
    fn no_script_and_no_other_site_gets_it() {
        let cookie = refresh_cookie("abc", 2_592_000);
        assert_eq!(
            cookie,
            "__Secure-flow-refresh=abc; Max-Age=2592000; Path=/api/auth; HttpOnly; Secure; SameSite=Strict"
        );
        assert!(clear_refresh_cookie().starts_with("__Secure-flow-refresh=; Max-Age=0; Path=/api/auth;"));
    }
}
