//! Attacks with access tokens: forged, borrowed, worn out, carried where none belongs. Each is refused and changes nothing.
#![expect(clippy::expect_used, reason = "a helper that fails is a test that fails")]

use base64ct::{Base64UrlUnpadded, Encoding as _};
use ed25519_compact::{KeyPair, Seed};
use flow_system_tests::{
    Answer, Host, HostOptions, Stored,
    accounts::{PASSWORD, SignedIn, login, member, visitor},
    attacks::{in_production, own_routes, settled},
    raw,
};
use serde_json::{Value, json};

/// Every byte of the seed of the key `k1`, which signs.
const OURS: u8 = 1;

/// The same of a key that an attacker made.
const THEIRS: u8 = 9;

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    Base64UrlUnpadded::encode_string(bytes.as_ref())
}

fn key(seed: u8) -> KeyPair {
    KeyPair::from_seed(Seed::new([seed; 32]))
}

/// What is signed of a token.
fn unsigned(header: &Value, claims: &Value) -> String {
    format!("{}.{}", encoded(header.to_string()), encoded(claims.to_string()))
}

/// A token with whatever header and claims, and a signature that is right for them.
fn signed(seed: u8, header: &Value, claims: &Value) -> String {
    let text = unsigned(header, claims);
    let signature = key(seed).sk.sign(&text, None);
    format!("{text}.{}", encoded(&signature[..]))
}

/// The same signed with a shared secret.
fn signed_with_secret(secret: &[u8], header: &Value, claims: &Value) -> String {
    let text = unsigned(header, claims);
    let signature = hmac_sha256::HMAC::mac(&text, secret);
    format!("{text}.{}", encoded(signature))
}

/// The same object with another member; `null` takes it out.
fn with(object: &Value, name: &str, member: Value) -> Value {
    let mut object = object.clone();
    let members = object.as_object_mut().expect("an object");
    if member.is_null() {
        members.remove(name);
    } else {
        members.insert(name.to_owned(), member);
    }
    object
}

fn decoded(part: &str) -> Value {
    let bytes = Base64UrlUnpadded::decode_vec(part).expect("base64url");
    serde_json::from_slice(&bytes).expect("JSON")
}

fn parts(token: &str) -> [&str; 3] {
    let parts: Vec<&str> = token.split('.').collect();
    parts.try_into().expect("three parts")
}

/// Tokens for somebody's session that are not what the application made, by what is wrong with them.
#[expect(clippy::too_many_lines, reason = "a table")]
fn forged(real: &str, other_session: &str) -> Vec<(&'static str, String)> {
    let [first, second, third] = parts(real);
    let (header, claims) = (decoded(first), decoded(second));
    let now = claims["iat"].as_i64().expect("seconds");
    let public: [u8; 32] = *key(OURS).pk;
    let head = |name, member| signed(OURS, &with(&header, name, member), &claims);
    let claim = |name, member| signed(OURS, &header, &with(&claims, name, member));
    let none = |name: &str| unsigned(&with(&header, "alg", name.into()), &claims);
    let hs256 = with(&header, "alg", "HS256".into());
    let own = key(THEIRS);
    let own_jwk = json!({ "kty": "OKP", "crv": "Ed25519", "x": encoded(&own.pk[..]) });
    let mut changed = claims.clone();
    changed["sub"] = "somebody-else".into();
    vec![
        ("no algorithm", format!("{}.", none("none"))),
        ("no algorithm, in capitals", format!("{}.", none("NONE"))),
        (
            "no algorithm and a signature",
            format!("{}.{third}", none("none")),
        ),
        ("no algorithm and no dot", none("none")),
        (
            "signed with the published key as a secret",
            signed_with_secret(&public, &hs256, &claims),
        ),
        (
            "signed with the published text as a secret",
            signed_with_secret(encoded(public).as_bytes(), &hs256, &claims),
        ),
        (
            "signed with nothing as a secret",
            signed_with_secret(&[], &hs256, &claims),
        ),
        ("another algorithm named", head("alg", "ES256".into())),
        ("the algorithm left out", head("alg", Value::Null)),
        ("the algorithm in other letters", head("alg", "eddsa".into())),
        (
            "an own key under the name of ours",
            signed(THEIRS, &header, &claims),
        ),
        (
            "an own key under a name of its own",
            signed(THEIRS, &with(&header, "kid", "k9".into()), &claims),
        ),
        (
            "an own key in the header",
            signed(THEIRS, &with(&header, "jwk", own_jwk), &claims),
        ),
        (
            "an own key at an address",
            signed(
                THEIRS,
                &with(&header, "jku", "https://evil.example.com/jwks.json".into()),
                &claims,
            ),
        ),
        ("our key under a name it does not have", head("kid", "k2".into())),
        ("our key under no name", head("kid", Value::Null)),
        ("a path as name", head("kid", "../../dev/null".into())),
        ("SQL as name", head("kid", "k1' OR '1'='1".into())),
        ("a number as name", head("kid", 1.into())),
        ("another kind", head("typ", "JWT".into())),
        ("no kind", head("typ", Value::Null)),
        ("a refresh token's kind", head("typ", "rt+jwt".into())),
        ("over", claim("exp", (now - 6).into())),
        ("without an end", claim("exp", Value::Null)),
        (
            "with an end in words",
            claim("exp", "2099-01-01T00:00:00Z".into()),
        ),
        ("not yet good", claim("nbf", (now + 600).into())),
        ("made in the future", claim("iat", (now + 600).into())),
        ("another maker", claim("iss", "evil".into())),
        ("no maker", claim("iss", Value::Null)),
        ("made for others", claim("aud", "another-api".into())),
        (
            "made for a list of others",
            claim("aud", json!(["another-api", "flow"])),
        ),
        ("made for nobody", claim("aud", Value::Null)),
        ("about nobody", claim("sub", Value::Null)),
        (
            "about somebody else in this session",
            claim("sub", "0193e7b0-1c5a-7000-8000-0123456789ab".into()),
        ),
        (
            "in the session of somebody else",
            claim("sid", other_session.into()),
        ),
        ("in no session", claim("sid", Value::Null)),
        (
            "in a session that never was",
            claim("sid", "0193e7b0-1c5a-7000-8000-0123456789ab".into()),
        ),
        ("SQL as session", claim("sid", "' OR '1'='1".into())),
        (
            "other claims under the same signature",
            format!("{first}.{}.{third}", encoded(changed.to_string())),
        ),
        ("signed by nobody", format!("{first}.{second}.")),
        ("without a signature", format!("{first}.{second}")),
        ("a signature cut short", real[..real.len() - 1].to_owned()),
        ("half of it", real[..real.len() / 2].to_owned()),
        (
            "a signature of zeros",
            format!("{first}.{second}.{}", encoded([0; 64])),
        ),
        ("something behind it", format!("{real}.x")),
        ("padding behind it", format!("{real}==")),
        ("too long", claim("pad", "x".repeat(4000).into())),
    ]
}

/// That nobody is signed in.
fn assert_refused(answer: &Answer, case: &str) {
    let problem = answer.problem();
    assert_eq!(answer.status, 401, "{case}: {}", answer.json());
    assert!(
        ["sign-in-required", "session-ended"].contains(&problem.as_str()),
        "{case}: {problem}"
    );
    assert_eq!(answer.header("set-cookie"), "", "{case}");
}

fn host_and_two() -> (Host, SignedIn, SignedIn) {
    let host = Host::start(in_production());
    let ann = settled(&host, "ann@example.org");
    let eve = settled(&host, "eve@example.org");
    (host, ann, eve)
}

#[test]
fn only_what_the_application_signed_for_this_session_and_this_time_is_an_access_token() {
    let (host, ann, eve) = host_and_two();
    let sid = |who: &SignedIn| {
        decoded(parts(&who.access_token)[1])["sid"]
            .as_str()
            .expect("a session")
            .to_owned()
    };
    // The forger's tools are right: with our key and everything in order the token is good.
    let [first, second, _] = parts(&ann.access_token);
    let good = signed(OURS, &decoded(first), &decoded(second));
    let asks = |value: &str| visitor(&host).with("authorization", value);
    assert_eq!(asks(&format!("Bearer {good}")).get("/api/account").status, 200);

    let before = Stored::in_host(&host);
    let routes = own_routes();
    for (case, token) in forged(&ann.access_token, &sid(&eve)) {
        for route in &routes {
            let answer = route.call(&asks(&format!("Bearer {token}")));
            assert_refused(&answer, &format!("{case}: {}", route.name()));
        }
    }
    for value in [
        String::new(),
        ann.access_token.clone(),
        format!("Basic {}", ann.access_token),
        format!("Token {}", ann.access_token),
        format!("Bearer  {}", ann.access_token),
        format!("Bearer {0} {0}", ann.access_token),
        format!("Bearer {0},{0}", ann.access_token),
        format!("Bearer \"{}\"", ann.access_token),
        format!("Bearer {}", ann.cookie.split('=').nth(1).expect("a token")),
        "Bearer t0ken".to_owned(),
    ] {
        assert_refused(&asks(&value).get("/api/account"), &value);
    }
    before.assert_unchanged(&host, "a forged token");
    assert_eq!(
        ann.client.get("/api/account").status,
        200,
        "and the real one is as good as ever"
    );
}

#[test]
fn a_token_counts_in_the_one_place_where_it_belongs_and_once() {
    let (host, ann, eve) = host_and_two();
    let token = &ann.access_token;
    let refresh = ann.cookie.split('=').nth(1).expect("a token");
    let before = Stored::in_host(&host);
    for query in ["access_token", "token", "authorization", "bearer", "jwt"] {
        for path in ["/api/account", "/api/account/export", "/api/attempts"] {
            assert_refused(&visitor(&host).get(&format!("{path}?{query}={token}")), query);
            assert_refused(
                &visitor(&host).get(&format!("{path}?{query}=Bearer%20{token}")),
                query,
            );
        }
    }
    for (name, value) in [
        ("x-authorization", format!("Bearer {token}")),
        ("proxy-authorization", format!("Bearer {token}")),
        ("x-access-token", token.clone()),
        ("cookie", format!("access_token={token}")),
        ("cookie", format!("authorization=Bearer {token}")),
        ("cookie", ann.cookie.clone()),
    ] {
        assert_refused(&visitor(&host).with(name, &value).get("/api/account"), name);
    }
    for cookie in [
        format!("__Secure-flow-refresh={token}"),
        format!("flow-refresh={refresh}"),
        format!("__secure-flow-refresh={refresh}"),
        format!("__Secure-flow-refresh={}", &refresh[..42]),
        format!("__Secure-flow-refresh={refresh}="),
        format!("{}; {}", ann.cookie, ann.cookie),
        format!("{}; {}", eve.cookie, ann.cookie),
        "__Secure-flow-refresh=".to_owned(),
    ] {
        let asks = visitor(&host).with("cookie", &cookie);
        assert_refused(&asks.call("POST", "/api/auth/refresh", &[]), &cookie);
    }
    for path in [
        format!("/api/auth/refresh?refresh_token={refresh}"),
        format!("/api/auth/refresh?token={refresh}"),
    ] {
        let answer = visitor(&host).post(&path, &json!({ "refreshToken": refresh, "token": refresh }));
        assert_refused(&answer, &path);
    }
    // Two headers: whoever stands before the application may have looked at the other one.
    for (first, second) in [
        (token.as_str(), "x"),
        ("x", token),
        (token, &eve.access_token),
        (token, token),
    ] {
        let (first, second) = (format!("Bearer {first}"), format!("Bearer {second}"));
        let headers = [
            ("authorization", first.as_str()),
            ("authorization", second.as_str()),
        ];
        for route in [
            "GET /api/account",
            "GET /api/account/export",
            "DELETE /api/auth/sessions",
        ] {
            let answer = raw::exchange(&host, &raw::head(&host, route, &headers)).expect("an answer");
            assert_eq!(
                (answer.status, answer.problem().as_str()),
                (401, "sign-in-required"),
                "two headers: {route}"
            );
        }
    }
    before.assert_unchanged(&host, "a token in the wrong place");
    assert_eq!(
        ann.refresh().status,
        200,
        "and in its place it is as good as ever"
    );
}

/// How a session came to its end.
type End = (&'static str, fn(&Host, &SignedIn));

const ENDS: [End; 7] = [
    ("signing-out", |_, who| {
        let out = who
            .client
            .clone()
            .with("cookie", &who.cookie)
            .call("POST", "/api/auth/logout", &[]);
        assert_eq!(out.status, 204);
    }),
    ("ended-elsewhere", |host, who| {
        assert_eq!(
            elsewhere(host, who)
                .client
                .call("DELETE", "/api/auth/sessions", &[])
                .status,
            200
        );
    }),
    ("stolen-cookie", |host, who| {
        assert_eq!(who.refresh().status, 200);
        host.advance_clock(11);
        assert_eq!(who.refresh().problem(), "session-ended");
    }),
    ("another-password", |host, who| {
        let body = json!({ "password": PASSWORD, "newPassword": "ten brisk otters" });
        assert_eq!(
            elsewhere(host, who)
                .client
                .post("/api/account/password", &body)
                .status,
            204
        );
    }),
    ("password-by-mail", |host, who| {
        let email = who.account["email"].clone();
        assert_eq!(
            visitor(host)
                .post("/api/auth/forgot", &json!({ "email": email }))
                .status,
            202
        );
        let token = flow_system_tests::accounts::mailed_token(host, "reset");
        let body = json!({ "token": token, "password": "ten brisk otters" });
        assert_eq!(visitor(host).post("/api/auth/reset", &body).status, 204);
    }),
    ("deleted", |_, who| {
        assert_eq!(
            who.client
                .post("/api/account/delete", &json!({ "password": PASSWORD }))
                .status,
            204
        );
    }),
    ("deleted-and-back", |host, who| {
        assert_eq!(
            who.client
                .post("/api/account/delete", &json!({ "password": PASSWORD }))
                .status,
            204
        );
        let _ = member(host, who.account["email"].as_str().expect("an address"));
    }),
];

/// The same person in another session.
fn elsewhere(host: &Host, who: &SignedIn) -> SignedIn {
    let email = who.account["email"].as_str().expect("an address");
    SignedIn::from(&visitor(host), &login(&visitor(host), email, PASSWORD))
}

#[test]
fn with_its_session_every_token_of_it_ends_at_once_and_for_everything() {
    let host = Host::start(HostOptions::default());
    let mut ended = Vec::new();
    for (name, end) in ENDS {
        let who = member(&host, &format!("{name}@example.org"));
        assert_eq!(who.client.get("/api/account").status, 200, "{name}");
        end(&host, &who);
        ended.push((name, who));
    }
    let before = Stored::in_host(&host);
    let routes = own_routes();
    for (name, who) in &ended {
        for route in &routes {
            let case = format!("{name}: {}", route.name());
            let answer = route.call(&who.client);
            assert_refused(&answer, &case);
            assert_eq!(answer.problem(), "session-ended", "{case}");
        }
        assert_refused(&who.refresh(), name);
    }
    before.assert_unchanged(&host, "a token of a session that has ended");
}
