//! People with accounts: registering, signing in, and reading their mails in the outbox of development.

use serde_json::{Value, json};

use crate::{Answer, Client, Host};

/// A password that nothing is wrong with.
pub const PASSWORD: &str = "seven quiet herons";

/// What a person sends to register.
#[must_use]
pub fn registration(email: &str, password: &str) -> Value {
    json!({
        "email": email,
        "password": password,
        "timeZone": "Europe/Berlin",
        "consent": { "version": flow_catalog::CONSENT_VERSION },
        "adult": true,
    })
}

/// The mails in the outbox, newest first, as `(kind, to, text)`.
#[must_use]
pub fn outbox(host: &Host) -> Vec<(String, String, String)> {
    let answer = host.client("nobody").get("/api/dev/outbox");
    assert_eq!(answer.status, 200, "{}", answer.json());
    let text = |mail: &Value, name: &str| mail[name].as_str().expect("a text").to_owned();
    let mails = answer.json()["items"].as_array().cloned().expect("mails");
    mails
        .iter()
        .map(|mail| (text(mail, "kind"), text(mail, "to"), text(mail, "text")))
        .collect()
}

/// The token in the link of a mail.
#[must_use]
pub fn token_in(text: &str) -> String {
    let (_, after) = text.split_once("#token=").expect("a link with a token");
    after.split_whitespace().next().expect("a token").to_owned()
}

/// The token in the newest mail of a kind.
#[must_use]
pub fn mailed_token(host: &Host, kind: &str) -> String {
    let mails = outbox(host);
    let mail = mails.iter().find(|(known, _, _)| known == kind);
    token_in(&mail.unwrap_or_else(|| panic!("no {kind} in {mails:?}")).2)
}

/// A client that is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Sends the access token.
    pub client: Client,
    /// The cookie with the refresh token, as `name=value`.
    pub cookie: String,
    /// The account, as the answer shows it.
    pub account: Value,
    /// The access token.
    pub access_token: String,
}

impl SignedIn {
    /// What an answer makes of a client.
    #[must_use]
    pub fn from(client: &Client, answer: &Answer) -> Self {
        assert_eq!(answer.status, 200, "{}", answer.json());
        let body = answer.json();
        let access_token = body["accessToken"].as_str().expect("a token").to_owned();
        Self {
            client: client
                .clone()
                .with("authorization", &format!("Bearer {access_token}")),
            cookie: cookie(answer),
            account: body["account"].clone(),
            access_token,
        }
    }

    /// Uses the cookie.
    #[must_use]
    pub fn refresh(&self) -> Answer {
        self.client
            .clone()
            .with("cookie", &self.cookie)
            .call("POST", "/api/auth/refresh", &[])
    }

    /// Uses the cookie and is whoever that makes of it.
    #[must_use]
    pub fn refreshed(&self) -> Self {
        Self::from(&self.client, &self.refresh())
    }
}

/// The cookie that an answer sets, as `name=value`.
#[must_use]
pub fn cookie(answer: &Answer) -> String {
    let set = answer.header("set-cookie");
    set.split(';').next().unwrap_or_default().to_owned()
}

/// Signs in.
#[must_use]
pub fn login(client: &Client, email: &str, password: &str) -> Answer {
    client.post(
        "/api/auth/login",
        &json!({ "email": email, "password": password }),
    )
}

/// A client of nobody in particular.
#[must_use]
pub fn visitor(host: &Host) -> Client {
    host.client("nobody")
        .with("user-agent", "Firefox/143.0 (X11; Linux x86_64)")
}

/// Registers, confirms the address in development, and signs in.
#[must_use]
pub fn member(host: &Host, email: &str) -> SignedIn {
    let client = visitor(host);
    let answer = client.post("/api/auth/register", &registration(email, PASSWORD));
    assert_eq!(answer.status, 202, "{}", answer.json());
    let token = mailed_token(host, "verify");
    let verified = client.post("/api/auth/verify", &json!({ "token": token }));
    assert_eq!(verified.status, 204, "{}", verified.json());
    SignedIn::from(&client, &login(&client, email, PASSWORD))
}
