//! Routes: Spin's precedence, its path-info, its headers.

use flow::manifest::{Route, Trigger};
use flow::router::{RouteMatch, Router, prepare_request, service_chain_target};
use http::Request;
use http::uri::Scheme;

fn router(routes: &[(&str, &str)]) -> Router {
    let triggers: Vec<Trigger> = routes
        .iter()
        .map(|(component, route)| Trigger {
            component: (*component).to_owned(),
            route: Route::Pattern((*route).to_owned()),
        })
        .collect();
    Router::new(&triggers).expect("good routes")
}

#[test]
fn exact_beats_parameter_beats_wildcard_and_longer_prefixes_win() {
    let routes = [
        ("all", "/..."),
        ("home", "/"),
        ("one", "/one"),
        ("one-more", "/one/..."),
        ("one-two", "/one/two/..."),
        ("item", "/item/:id"),
        ("item-new", "/item/new"),
        ("item-rest", "/item/:id/..."),
        ("relative", "api/x"),
    ];
    let cases = [
        ("/", "home"),
        ("/one", "one"),
        ("/one/x", "one-more"),
        ("/one/two", "one-two"),
        ("/one/two/three", "one-two"),
        ("/item/5", "item"),
        ("/item/new", "item-new"),
        ("/item/5/parts", "item-rest"),
        ("/api/x", "relative"),
        ("/nothing/else", "all"),
    ];
    let mut reversed = routes;
    reversed.reverse();
    for order in [routes, reversed] {
        let ordered = router(&order);
        let wrong: Vec<_> = cases
            .iter()
            .map(|(path, expected)| {
                (
                    path,
                    expected,
                    ordered.route(path).map(|found| found.component.into_owned()),
                )
            })
            .filter(|(_, expected, found)| found.as_deref() != Some(**expected))
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}

#[test]
fn paths_without_a_route_match_nothing_and_private_ones_have_no_route() {
    let mut triggers = vec![Trigger {
        component: "a".to_owned(),
        route: Route::Pattern("/a".to_owned()),
    }];
    triggers.push(Trigger {
        component: "hidden".to_owned(),
        route: Route::Private,
    });
    let router = Router::new(&triggers).expect("good routes");
    assert!(router.route("/b").is_none());
    assert!(router.route("/hidden").is_none());
    assert_eq!(router.routes(), [("a".to_owned(), "/a".to_owned())]);
}

#[test]
fn the_last_of_two_equal_routes_wins() {
    let router = router(&[("first", "/foo"), ("second", "/foo")]);
    assert_eq!(router.route("/foo").expect("a match").component, "second");
    assert_eq!(router.replaced(), [("first".to_owned(), "/foo".to_owned())]);
}

#[test]
fn path_info_keeps_trailing_slashes() {
    let router = router(&[("c", "/test/..."), ("all", "/...")]);
    let cases = [
        ("/test", ""),
        ("/test/", "/"),
        ("/test/hello", "/hello"),
        ("/test/hello/", "/hello/"),
        ("/1/2/3", "/1/2/3"),
    ];
    for (path, expected) in cases {
        assert_eq!(router.route(path).expect("a match").path_info, expected, "{path}");
    }
}

#[test]
fn a_malformed_route_is_an_error_that_names_it() {
    let trigger = Trigger {
        component: "c".to_owned(),
        route: Route::Pattern("/a/*rest".to_owned()),
    };
    let error = Router::new(&[trigger]).expect_err("a wildcard inside");
    assert_eq!(
        (error.component.as_str(), error.route.as_str()),
        ("c", "/a/*rest")
    );
}

fn headers(request: &Request<()>, name: &str) -> Vec<String> {
    request
        .headers()
        .get_all(name)
        .iter()
        .map(|value| value.to_str().expect("text").to_owned())
        .collect()
}

#[test]
fn spin_headers_are_added_after_what_the_client_sent() {
    let router = router(&[("c", "/items/:Item_Id/...")]);
    let route = router.route("/items/7/parts/2").expect("a match");
    let mut request = Request::get("/items/7/parts/2?x=1")
        .header("host", "example.com:81")
        .header("connection", "close")
        .header("spin-client-addr", "6.6.6.6:6")
        .body(())
        .expect("a request");
    prepare_request(
        &mut request,
        &route,
        Scheme::HTTP,
        "127.0.0.1:8777".parse().expect("an address"),
    )
    .expect("prepared");
    assert_eq!(request.uri(), "http://example.com:81/items/7/parts/2?x=1");
    let expected: [(&str, &[&str]); 9] = [
        ("spin-path-info", &["/parts/2"]),
        ("spin-full-url", &["http://example.com:81/items/7/parts/2?x=1"]),
        ("spin-matched-route", &["/items/:Item_Id/..."]),
        ("spin-base-path", &["/"]),
        ("spin-raw-component-route", &["/items/:Item_Id/..."]),
        ("spin-component-route", &["/items/:Item_Id"]),
        ("spin-client-addr", &["6.6.6.6:6", "127.0.0.1:8777"]),
        ("spin-path-match-item_id", &["7"]),
        ("connection", &[]),
    ];
    for (name, values) in expected {
        assert_eq!(headers(&request, name), values, "{name}");
    }
}

#[test]
fn a_chained_call_looks_like_a_wildcard_route_from_nowhere() {
    let route = RouteMatch::chained("c".to_owned(), "/internal/sweep".to_owned());
    let mut request = Request::post("http://c.spin.internal/internal/sweep")
        .header("host", "c.spin.internal")
        .body(())
        .expect("a request");
    prepare_request(
        &mut request,
        &route,
        Scheme::HTTP,
        "0.0.0.0:0".parse().expect("an address"),
    )
    .expect("prepared");
    assert_eq!(headers(&request, "host"), Vec::<String>::new());
    assert_eq!(headers(&request, "spin-path-info"), ["/internal/sweep"]);
    assert_eq!(headers(&request, "spin-matched-route"), ["/..."]);
    assert_eq!(headers(&request, "spin-component-route"), [""]);
    assert_eq!(headers(&request, "spin-client-addr"), ["0.0.0.0:0"]);
}

#[test]
fn requests_without_one_clear_host_are_refused() {
    let cases = [
        ("/x", None, false),
        ("/x", Some("a b"), false),
        ("http://one.example/x", Some("two.example"), false),
        ("http://one.example/x", Some("one.example"), true),
        ("http://one.example/x", None, true),
    ];
    for (uri, host, good) in cases {
        let mut builder = Request::get(uri);
        if let Some(host) = host {
            builder = builder.header("host", host);
        }
        let mut request = builder.body(()).expect("a request");
        let route = RouteMatch::chained("c".to_owned(), "/x".to_owned());
        let result = prepare_request(
            &mut request,
            &route,
            Scheme::HTTP,
            "127.0.0.1:1".parse().expect("an address"),
        );
        assert_eq!(result.is_ok(), good, "{uri} {host:?}");
    }
}

#[test]
fn service_chain_hosts() {
    let cases = [
        ("name.spin.internal", Some("name")),
        ("name.spin.internal:80", Some("name")),
        ("spin.internal", None),
        ("a.b.spin.internal", None),
        ("name.spin.internal.example.com", None),
        ("localhost:3000", None),
    ];
    for (host, expected) in cases {
        assert_eq!(service_chain_target(host), expected, "{host}");
    }
}
