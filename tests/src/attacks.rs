//! What attacks have in common: an application outside of development, the people in it, and all that they may ask.

use serde_json::{Value, json};

use crate::{
    Answer, Client, Host, HostOptions,
    accounts::{PASSWORD, SignedIn, login, registration, visitor},
    raw,
};

/// The application as in production: no development identity, limits enforced. Its mail provider is never reached.
#[must_use]
pub fn in_production() -> HostOptions {
    HostOptions::default().in_environment("staging", "http://127.0.0.1:9")
}

/// Somebody who registered, confirmed the address and signed in, and whose mails are gone.
#[must_use]
pub fn settled(host: &Host, email: &str) -> SignedIn {
    let client = visitor(host);
    let answer = client.post("/api/auth/register", &registration(email, PASSWORD));
    assert_eq!(answer.status, 202, "{}", answer.json());
    host.change("UPDATE accounts SET verified_at = created_at WHERE verified_at IS NULL; DELETE FROM mails");
    SignedIn::from(&client, &login(&client, email, PASSWORD))
}

/// Gives everybody the dearest tier.
pub fn everybody_pays(host: &Host) {
    host.change(
        "INSERT INTO subscriptions (account_id, tier) SELECT id, 'pro-plus' FROM accounts \
         WHERE id NOT IN (SELECT account_id FROM subscriptions)",
    );
}

/// A call that somebody may make.
#[derive(Clone, Debug)]
pub struct Route {
    /// The method.
    pub method: &'static str,
    /// The path.
    pub path: String,
    content_type: &'static str,
    body: Vec<u8>,
}

impl Route {
    /// A call without a body.
    #[must_use]
    pub fn new(method: &'static str, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            content_type: "application/json",
            body: Vec::new(),
        }
    }

    /// The same with JSON.
    #[must_use]
    pub fn with(mut self, body: &Value) -> Self {
        self.body = body.to_string().into_bytes();
        self
    }

    /// The same with a video.
    #[must_use]
    pub fn with_video(mut self, video: &[u8]) -> Self {
        self.content_type = "video/mp4";
        self.body = video.to_vec();
        self
    }

    /// Whether something is sent.
    #[must_use]
    pub const fn has_body(&self) -> bool {
        !self.body.is_empty()
    }

    /// The same body under another media type.
    #[must_use]
    pub fn declared_as(mut self, content_type: &'static str) -> Self {
        self.content_type = content_type;
        self
    }

    /// Method and path.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Makes the call.
    #[must_use]
    pub fn call(&self, client: &Client) -> Answer {
        let client = client.clone().with("content-type", self.content_type);
        client.call(self.method, &self.path, &self.body)
    }
}

/// Everything that members may ask about themselves.
#[must_use]
pub fn own_routes() -> Vec<Route> {
    let attempt = json!({ "test": "overhead-squat", "contentType": "video/mp4", "sizeBytes": 1000 });
    let password = json!({ "password": PASSWORD, "newPassword": "ten brisk otters" });
    let email = json!({ "password": PASSWORD, "newEmail": "thief@example.com" });
    vec![
        Route::new("GET", "/api/attempts"),
        Route::new("POST", "/api/attempts").with(&attempt),
        Route::new("GET", "/api/problem-areas"),
        Route::new("GET", "/api/report"),
        Route::new("GET", "/api/report.html"),
        Route::new("GET", "/api/limits/status"),
        Route::new("GET", "/api/auth/sessions"),
        Route::new("DELETE", "/api/auth/sessions"),
        Route::new("GET", "/api/account"),
        Route::new("PATCH", "/api/account").with(&json!({ "timeZone": "Asia/Tokyo" })),
        Route::new("GET", "/api/account/export"),
        Route::new("POST", "/api/account/password").with(&password),
        Route::new("POST", "/api/account/email").with(&email),
        Route::new("POST", "/api/account/delete").with(&json!({ "password": PASSWORD })),
    ]
}

/// Everything that members may ask about one attempt of theirs; `video` is one that it waits for.
#[must_use]
pub fn attempt_routes(attempt: &str, video: &[u8]) -> Vec<Route> {
    let path = |rest: &str| format!("/api/attempts/{attempt}{rest}");
    vec![
        Route::new("GET", path("")),
        Route::new("GET", path("/details")),
        Route::new("GET", path("/key-frames/1.svg")),
        Route::new("PUT", path("/video")).with_video(video),
        Route::new("GET", path("/video")),
        Route::new("PATCH", path("/video")).with_video(video),
        Route::new("POST", path("/score")),
    ]
}

/// Everything that operators may ask; `id` stands for a dead letter, a ban and an account.
#[must_use]
pub fn operator_routes(id: &str) -> Vec<Route> {
    vec![
        Route::new("GET", "/metrics"),
        Route::new("POST", "/api/ops/sweep"),
        Route::new("POST", "/api/ops/mails"),
        Route::new("GET", "/api/ops/audit"),
        Route::new("GET", "/api/ops/breaker"),
        Route::new("GET", "/api/ops/migrations"),
        Route::new("POST", "/api/ops/migrations/up"),
        Route::new("POST", "/api/ops/migrations/down").with(&json!({ "version": 6 })),
        Route::new("GET", "/api/ops/dead-letters"),
        Route::new("POST", format!("/api/ops/dead-letters/{id}/replay")),
        Route::new("GET", "/api/ops/bans"),
        Route::new("POST", format!("/api/ops/bans/{id}/lift")).with(&json!({ "reason": "because" })),
        Route::new("POST", "/api/ops/accounts/reseal"),
        Route::new("PUT", format!("/api/ops/accounts/{id}/tier")).with(&json!({ "tier": "pro-plus" })),
    ]
}

/// All of an answer but what differs from one request to the next: status, headers and body.
#[must_use]
pub fn comparable(answer: &Answer) -> (u16, Vec<(String, String)>, Value) {
    let mut headers: Vec<(String, String)> = Vec::new();
    for (name, value) in &answer.headers {
        if !["x-request-id", "date"].contains(&name.as_str()) {
            let value = String::from_utf8_lossy(value.as_bytes());
            headers.push((name.to_string(), value.into_owned()));
        }
    }
    headers.sort();
    let text = String::from_utf8_lossy(&answer.bytes);
    let mut body = serde_json::from_str(&text).unwrap_or_else(|_| Value::from(text));
    if let Some(members) = body.as_object_mut() {
        members.remove("requestId");
    }
    (answer.status, headers, body)
}

/// The head of a request for an attempt, with `more` headers.
#[must_use]
pub fn asking(host: &Host, more: &[(&str, &str)]) -> Vec<u8> {
    let headers = [
        &[("x-dev-user", "ann"), ("content-type", "application/json")],
        more,
    ]
    .concat();
    raw::head(host, "POST /api/attempts", &headers)
}

/// Waits until something is so. Whoever asks checks it once more: that it never came is for the test to say.
pub fn until(is_so: impl Fn() -> bool) {
    for _ in 0..600 {
        if is_so() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
}
