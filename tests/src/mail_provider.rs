//! A mail provider on this machine: takes mails as Postmark does, or answers what a test wants.

use std::{
    collections::VecDeque,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use serde_json::Value;

/// A mail that came, with the token that it came with.
#[derive(Clone, Debug, PartialEq)]
pub struct ReceivedMail {
    /// `X-Postmark-Server-Token`.
    pub token: String,
    /// The body.
    pub mail: Value,
}

#[derive(Debug, Default)]
struct State {
    answers: VecDeque<(u16, &'static str)>,
    received: Vec<ReceivedMail>,
}

/// A running provider; it ends with the test.
#[derive(Clone, Debug)]
pub struct MailProvider {
    url: String,
    state: Arc<Mutex<State>>,
}

impl MailProvider {
    /// Starts a provider that takes everything.
    #[must_use]
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let provider = Self {
            url: format!("http://{address}"),
            state: Arc::default(),
        };
        let serving = provider.clone();
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let serving = serving.clone();
                // A connection that breaks is the application's to try again.
                thread::spawn(move || drop(serving.serve(&connection)));
            }
        });
        provider
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Answers the next mails so, and then takes everything again.
    pub fn will_answer(&self, answers: &[(u16, &'static str)]) {
        self.lock().answers.extend(answers);
    }

    /// All mails that came, whatever was answered.
    #[must_use]
    pub fn received(&self) -> Vec<ReceivedMail> {
        self.lock().received.clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(&self, connection: &TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(connection);
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let is_mail = line.starts_with("POST /email ");
        let (mut length, mut token, mut chunked) = (0, String::new(), false);
        loop {
            line.clear();
            reader.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(':') else {
                break;
            };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap_or(0),
                "x-postmark-server-token" => value.clone_into(&mut token),
                "transfer-encoding" => chunked = value.eq_ignore_ascii_case("chunked"),
                _ => {}
            }
        }
        let mut body = Vec::new();
        if chunked {
            loop {
                line.clear();
                reader.read_line(&mut line)?;
                let size = u64::from_str_radix(line.trim(), 16).unwrap_or(0);
                (&mut reader).take(size).read_to_end(&mut body)?;
                line.clear();
                reader.read_line(&mut line)?;
                if size == 0 {
                    break;
                }
            }
        } else {
            (&mut reader).take(length).read_to_end(&mut body)?;
        }
        let (status, answer) = {
            let mut state = self.lock();
            let mail = serde_json::from_slice(&body).unwrap_or_default();
            state.received.push(ReceivedMail { token, mail });
            let answer = state.answers.pop_front();
            answer.unwrap_or(if is_mail {
                (200, r#"{"ErrorCode":0,"Message":"OK"}"#)
            } else {
                (404, "")
            })
        };
        let mut connection = connection;
        write!(
            connection,
            "HTTP/1.1 {status} -\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{answer}",
            answer.len()
        )
    }
}
