//! Requests byte by byte, for what no proper client sends.

use std::{
    io::{Read as _, Write as _},
    net::{Shutdown, TcpStream},
    time::Duration,
};

use serde_json::Value;

use crate::Host;

/// Longest wait for an answer; one that does not come is a failure, however busy the machine.
const PATIENCE: Duration = Duration::from_mins(2);

/// An answer as it came.
#[derive(Clone, Debug)]
pub struct RawAnswer {
    /// The status.
    pub status: u16,
    /// Status line and headers, in lower case.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl RawAnswer {
    /// The last part of the problem's type; empty when it is no problem document.
    #[must_use]
    pub fn problem(&self) -> String {
        let document: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        let name = document["type"].as_str().unwrap_or_default();
        name.strip_prefix("/problems/").unwrap_or_default().to_owned()
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let rest = &bytes[end + 4..];
        let body = if head.contains("\ntransfer-encoding: chunked") {
            joined(rest)
        } else {
            rest.to_vec()
        };
        Some(Self { status, head, body })
    }
}

/// The bytes of a chunked body, as far as they came.
fn joined(mut chunks: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = chunks.windows(2).position(|window| window == b"\r\n") {
        let size = std::str::from_utf8(&chunks[..end])
            .ok()
            .and_then(|size| usize::from_str_radix(size, 16).ok());
        let Some(size @ 1..) = size else { break };
        let data = &chunks[end + 2..];
        body.extend_from_slice(&data[..size.min(data.len())]);
        chunks = data.get(size + 2..).unwrap_or_default();
    }
    body
}

/// The head of a request, up to the empty line: host, the headers given, and that the connection ends with its answer.
#[must_use]
pub fn head(host: &Host, request_line: &str, headers: &[(&str, &str)]) -> Vec<u8> {
    let authority = host.authority();
    let mut head = format!("{request_line} HTTP/1.1\r\nhost: {authority}\r\nconnection: close\r\n");
    for (name, value) in headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    head.push_str("\r\n");
    head.into_bytes()
}

/// A connection to the application.
#[must_use]
pub fn connection(host: &Host) -> TcpStream {
    let connection = TcpStream::connect(host.authority()).expect("a connection");
    let waits = connection.set_read_timeout(Some(PATIENCE));
    waits
        .and_then(|()| connection.set_write_timeout(Some(PATIENCE)))
        .expect("a socket");
    connection
}

/// Sends these bytes and reads what comes back; `None` when the connection closes without an answer.
#[must_use]
pub fn exchange(host: &Host, bytes: &[u8]) -> Option<RawAnswer> {
    let mut connection = connection(host);
    // Who is refused early may find the connection closed while still sending: the answer counts.
    drop(connection.write_all(bytes));
    answer(connection)
}

/// The same, and nothing more will come: the sender ends in the middle of what it announced.
#[must_use]
pub fn exchange_and_end(host: &Host, bytes: &[u8]) -> Option<RawAnswer> {
    let mut connection = connection(host);
    drop(connection.write_all(bytes));
    drop(connection.shutdown(Shutdown::Write));
    answer(connection)
}

/// Reads what comes back on a connection until it is closed.
#[must_use]
pub fn answer(mut connection: TcpStream) -> Option<RawAnswer> {
    let mut bytes = Vec::new();
    let mut piece = [0; 16 * 1024];
    loop {
        match connection.read(&mut piece) {
            Ok(0) => break,
            Ok(count) => bytes.extend_from_slice(&piece[..count]),
            Err(error) => {
                let waited = [std::io::ErrorKind::WouldBlock, std::io::ErrorKind::TimedOut];
                assert!(!waited.contains(&error.kind()), "no answer in {PATIENCE:?}");
                break;
            }
        }
    }
    RawAnswer::read(&bytes)
}

/// A body in these chunks.
#[must_use]
pub fn chunked(pieces: &[&[u8]]) -> Vec<u8> {
    let mut body = Vec::new();
    for piece in pieces {
        body.extend(format!("{:x}\r\n", piece.len()).bytes());
        body.extend([piece, &b"\r\n"[..]].concat());
    }
    body.extend(b"0\r\n\r\n");
    body
}
