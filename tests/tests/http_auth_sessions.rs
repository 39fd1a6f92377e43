//! Sessions over HTTP: refreshed, refreshed twice at once, stolen, listed, ended; and what other sites may not do.

use flow_system_tests::{
    Host, HostOptions,
    accounts::{PASSWORD, SignedIn, cookie, login, member, visitor},
};

#[test]
fn the_cookie_is_for_this_site_and_for_no_script() {
    let host = Host::start(HostOptions::default());
    let ann = member(&host, "ann@example.org");
    let answer = ann.refresh();
    let set = answer.header("set-cookie");
    let mut attributes: Vec<&str> = set.split("; ").skip(1).collect();
    attributes.sort_unstable();
    assert_eq!(
        attributes,
        [
            "HttpOnly",
            "Max-Age=2592000",
            "Path=/api/auth",
            "SameSite=Strict",
            "Secure"
        ]
    );
    assert!(set.starts_with("__Secure-flow-refresh="), "{set}");
    assert_eq!(answer.header("cache-control"), "no-store");
    let body = answer.json();
    assert_eq!(
        (&body["tokenType"], &body["expiresIn"]),
        (&"Bearer".into(), &900.into())
    );
}

#[test]
fn each_refresh_takes_the_token_that_came_and_gives_another() {
    let host = Host::start(HostOptions::default());
    let mut ann = member(&host, "ann@example.org");
    for _ in 0..3 {
        host.advance_clock(60);
        let next = ann.refreshed();
        assert_ne!(next.cookie, ann.cookie);
        assert_eq!(next.client.get("/api/auth/sessions").status, 200);
        ann = next;
    }
    let sessions = ann.client.get("/api/auth/sessions").json();
    assert_eq!(sessions["items"].as_array().unwrap().len(), 1, "{sessions}");
}

#[test]
fn two_windows_that_wake_up_at_once_get_the_same_token() {
    let host = Host::start(HostOptions::default());
    let ann = member(&host, "ann@example.org");
    let windows: Vec<_> = (0..4)
        .map(|_| {
            let ann = ann.clone();
            std::thread::spawn(move || ann.refresh())
        })
        .collect();
    let answers: Vec<_> = windows.into_iter().map(|window| window.join().unwrap()).collect();
    assert!(answers.iter().all(|answer| answer.status == 200));
    assert!(answers.iter().all(|answer| cookie(answer) == cookie(&answers[0])));
    host.advance_clock(60);
    let next = SignedIn::from(&ann.client, &answers[3]);
    assert_eq!(next.refresh().status, 200);
}

#[test]
fn a_token_that_comes_again_ends_every_token_of_its_session() {
    for (later_seconds, agent) in [(11, "Firefox/143.0 (X11; Linux x86_64)"), (0, "curl/8.16.0")] {
        let host = Host::start(HostOptions::default());
        let ann = member(&host, "ann@example.org");
        let elsewhere = SignedIn::from(
            &visitor(&host),
            &login(&visitor(&host), "ann@example.org", PASSWORD),
        );
        let next = ann.refreshed();
        host.advance_clock(later_seconds);
        let mut thief = ann.clone();
        thief.client = thief.client.with("user-agent", agent);
        let refused = thief.refresh();
        assert_eq!(
            (refused.status, refused.problem().as_str()),
            (401, "session-ended")
        );
        assert_eq!(refused.header("set-cookie"), "");
        assert_eq!(next.refresh().problem(), "session-ended", "the successor too");
        assert_eq!(next.client.get("/api/auth/sessions").problem(), "session-ended");
        assert_eq!(
            elsewhere.refresh().status,
            200,
            "another session is another family"
        );
    }
}

#[test]
fn sessions_are_listed_and_can_be_ended_one_by_one_and_all_at_once() {
    let host = Host::start(HostOptions::default());
    let ann = member(&host, "ann@example.org");
    let eve = member(&host, "eve@example.org");
    let phone = visitor(&host).with("user-agent", "Mozilla/5.0 (iPhone) Version/18.6 Safari/604.1");
    let phone = SignedIn::from(&phone, &login(&phone, "ann@example.org", PASSWORD));
    let list = ann.client.get("/api/auth/sessions").json();
    let clients: Vec<(&str, bool)> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|session| {
            (
                session["client"].as_str().unwrap(),
                session["current"].as_bool().unwrap(),
            )
        })
        .collect();
    assert_eq!(clients, [("Safari on iPhone", false), ("Firefox on Linux", true)]);
    let path = format!("/api/auth/sessions/{}", list["items"][0]["id"].as_str().unwrap());
    assert_eq!(eve.client.call("DELETE", &path, &[]).status, 404, "not theirs");
    assert_eq!(ann.client.call("DELETE", &path, &[]).status, 204);
    assert_eq!(ann.client.call("DELETE", &path, &[]).status, 404);
    assert_eq!(phone.client.get("/api/auth/sessions").problem(), "session-ended");
    assert_eq!(phone.refresh().problem(), "session-ended");

    for _ in 0..3 {
        assert_eq!(login(&visitor(&host), "ann@example.org", PASSWORD).status, 200);
    }
    let ended = ann.client.call("DELETE", "/api/auth/sessions", &[]);
    assert_eq!((ended.status, &ended.json()["ended"]), (200, &3.into()));
    let left = ann.client.get("/api/auth/sessions").json();
    assert_eq!(left["items"].as_array().unwrap().len(), 1);
    assert_eq!(eve.client.get("/api/auth/sessions").status, 200);
}

#[test]
fn signing_out_ends_the_session_and_takes_the_cookie_back() {
    let host = Host::start(HostOptions::default());
    let ann = member(&host, "ann@example.org");
    let out = ann
        .client
        .clone()
        .with("cookie", &ann.cookie)
        .call("POST", "/api/auth/logout", &[]);
    assert_eq!(out.status, 204);
    assert!(
        out.header("set-cookie")
            .starts_with("__Secure-flow-refresh=; Max-Age=0;")
    );
    assert_eq!(ann.refresh().problem(), "session-ended");
    assert_eq!(ann.client.get("/api/auth/sessions").problem(), "session-ended");
    let nobody = visitor(&host).call("POST", "/api/auth/logout", &[]);
    assert_eq!(
        nobody.status, 204,
        "there is nothing to end, which is what was asked for"
    );
}

#[test]
fn other_sites_cannot_use_the_cookie() {
    let host = Host::start(HostOptions::default());
    let ann = member(&host, "ann@example.org");
    for path in ["/api/auth/refresh", "/api/auth/logout"] {
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example.com"),
            ("origin", "null"),
        ] {
            let evil = ann.client.clone().with("cookie", &ann.cookie).with(name, value);
            let refused = evil.call("POST", path, &[]);
            assert_eq!(
                (refused.status, refused.problem().as_str()),
                (403, "cross-site"),
                "{path} {name}: {value}"
            );
        }
    }
    let own = ann
        .client
        .clone()
        .with("cookie", &ann.cookie)
        .with("sec-fetch-site", "same-origin");
    assert_eq!(own.call("POST", "/api/auth/refresh", &[]).status, 200);
}

#[test]
fn a_session_and_its_access_token_end_with_their_time() {
    let host = Host::start(HostOptions::default());
    let ann = member(&host, "ann@example.org");
    host.advance_clock(899);
    assert_eq!(ann.client.get("/api/auth/sessions").status, 200);
    host.advance_clock(10);
    assert_eq!(ann.client.get("/api/auth/sessions").problem(), "sign-in-required");
    let ann = ann.refreshed();
    host.advance_clock(30 * 86_400);
    assert_eq!(ann.refresh().problem(), "session-ended");
    for token in ["", "x", "a.b.c", ann.access_token.trim_end_matches(|c| c != '.')] {
        let client = visitor(&host).with("authorization", &format!("Bearer {token}"));
        assert_eq!(
            client.get("/api/auth/sessions").problem(),
            "sign-in-required",
            "{token}"
        );
    }
}
