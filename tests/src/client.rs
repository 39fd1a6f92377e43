//! An HTTP client that is somebody, and the calls the tests make.

use std::{
    fmt::Write as _,
    io::{BufRead as _, BufReader, Write as _},
    net::TcpStream,
    time::Duration,
};

use serde_json::{Value, json};
use ureq::{
    Agent, Body, BodyReader,
    http::{Method, Request, Response, header::HeaderMap},
};

/// Somebody who calls the application.
#[derive(Clone, Debug)]
pub struct Client {
    agent: Agent,
    url: String,
    headers: Vec<(String, String)>,
}

/// An answer, read to its end.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The body as JSON; `null` when it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_default()
    }

    /// One header as text; empty when it is missing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The last part of the problem's type; empty when it is no problem document.
    #[must_use]
    pub fn problem(&self) -> String {
        let document = self.json();
        let name = document["type"]
            .as_str()
            .unwrap_or_default()
            .strip_prefix("/problems/")
            .unwrap_or_default();
        if self.header("content-type") == "application/problem+json" {
            name.to_owned()
        } else {
            String::new()
        }
    }
}

/// An answer that goes on: one JSON value a line.
pub struct Stream {
    /// The status.
    pub status: u16,
    lines: BufReader<BodyReader<'static>>,
}

impl Iterator for Stream {
    type Item = Value;

    /// The next event; `None` when the stream ends or breaks off.
    fn next(&mut self) -> Option<Value> {
        let mut line = String::new();
        match self.lines.read_line(&mut line) {
            Ok(1..) => serde_json::from_str(&line).ok(),
            _ => None,
        }
    }
}

impl Client {
    /// A client that is `user` in the Free tier.
    #[must_use]
    pub fn new(url: &str, user: &str) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_mins(5)))
            .build()
            .new_agent();
        let client = Self {
            agent,
            url: url.to_owned(),
            headers: Vec::new(),
        };
        client.with("x-dev-user", user)
    }

    /// The same client with a header for all its calls, in place of one with the same name.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Host and port of the application.
    #[must_use]
    pub fn authority(&self) -> &str {
        self.url.strip_prefix("http://").expect("an http address")
    }

    /// Makes a call and reads its answer.
    #[must_use]
    pub fn call(&self, method: &str, path: &str, body: &[u8]) -> Answer {
        let response = self.response(method, path, body);
        let (parts, mut body) = response.into_parts();
        let bytes = body
            .with_config()
            .limit(100 << 20)
            .read_to_vec()
            .expect("the body of an answer");
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            bytes,
        }
    }

    /// Reads what is under an address.
    #[must_use]
    pub fn get(&self, path: &str) -> Answer {
        self.call("GET", path, &[])
    }

    /// Sends JSON.
    #[must_use]
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.clone()
            .with("content-type", "application/json")
            .call("POST", path, body.to_string().as_bytes())
    }

    /// Asks for an attempt at the overhead squat with this video.
    #[must_use]
    pub fn create(&self, video: &[u8]) -> Answer {
        self.create_for("overhead-squat", video)
    }

    /// Asks for an attempt at a test with this video.
    fn create_for(&self, test: &str, video: &[u8]) -> Answer {
        let wanted = json!({ "test": test, "contentType": "video/mp4", "sizeBytes": video.len() });
        self.post("/api/attempts", &wanted)
    }

    /// Sends the video of an attempt.
    #[must_use]
    pub fn upload(&self, id: &str, video: &[u8]) -> Answer {
        let path = format!("/api/attempts/{id}/video");
        self.clone()
            .with("content-type", "video/mp4")
            .call("PUT", &path, video)
    }

    /// Sends the rest of the video of an attempt, from a byte on.
    #[must_use]
    pub fn upload_from(&self, id: &str, video: &[u8], offset: usize) -> Answer {
        let path = format!("/api/attempts/{id}/video");
        self.clone()
            .with("content-type", "video/mp4")
            .with("upload-offset", &offset.to_string())
            .call("PATCH", &path, &video[offset..])
    }

    /// Sends the first part of a video of an attempt and leaves the connection open, to be dropped or kept.
    #[must_use]
    pub fn begin_upload(&self, id: &str, video: &[u8], sent: usize) -> TcpStream {
        let authority = self.authority();
        let mut connection = TcpStream::connect(authority).expect("a connection");
        let mut head = format!("PUT /api/attempts/{id}/video HTTP/1.1\r\nhost: {authority}\r\n");
        for (name, value) in &self.headers {
            write!(head, "{name}: {value}\r\n").expect("a string takes everything");
        }
        write!(
            head,
            "content-type: video/mp4\r\ncontent-length: {}\r\n\r\n",
            video.len()
        )
        .expect("a string");
        connection
            .write_all(head.as_bytes())
            .expect("a connection that takes the head");
        connection
            .write_all(&video[..sent])
            .expect("a connection that takes the body");
        connection
    }

    /// Makes an attempt at the overhead squat with its video and returns its id.
    pub fn submit(&self, video: &[u8]) -> String {
        self.submit_for("overhead-squat", video)
    }

    /// Makes an attempt at a test with its video and returns its id.
    pub fn submit_for(&self, test: &str, video: &[u8]) -> String {
        let created = self.create_for(test, video);
        assert_eq!(created.status, 201, "{}", created.json());
        let id = created.json()["id"].as_str().expect("an id").to_owned();
        let uploaded = self.upload(&id, video);
        assert_eq!(
            (uploaded.status, &uploaded.json()["state"]),
            (200, &json!("uploaded")),
            "{}",
            uploaded.json()
        );
        id
    }

    /// Begins to score an attempt.
    #[must_use]
    pub fn score(&self, id: &str) -> Stream {
        self.stream(&format!("/api/attempts/{id}/score"))
    }

    /// Posts nothing and gives the answer line by line.
    #[must_use]
    pub fn stream(&self, path: &str) -> Stream {
        let response = self.response("POST", path, &[]);
        let status = response.status().as_u16();
        Stream {
            status,
            lines: BufReader::new(response.into_body().into_reader()),
        }
    }

    /// Scores an attempt and returns all events; the last one is the result.
    pub fn scored(&self, id: &str) -> Vec<Value> {
        let events: Vec<Value> = self.score(id).collect();
        let last = events.last().cloned().unwrap_or_default();
        assert_eq!(last["type"], "result", "{events:?}");
        events
    }

    fn response(&self, method: &str, path: &str, body: &[u8]) -> Response<Body> {
        let method: Method = method.parse().expect("a method");
        let mut request = Request::builder()
            .method(method.clone())
            .uri(format!("{}{path}", self.url));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let answer = if body.is_empty() && (method == Method::GET || method == Method::HEAD) {
            self.agent.run(request.body(()).expect("a request"))
        } else {
            let agent = self
                .agent
                .configure_request(request.body(body).expect("a request"));
            self.agent.run(agent.allow_non_standard_methods(true).build())
        };
        answer.unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }
}
