//! Bodies that trickle are cut off, and those that come as a phone on a bad line sends them are not.

#![expect(clippy::expect_used, reason = "helpers of tests fail the test")]

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    thread,
    time::Duration,
};

use flow_system_tests::{Host, HostOptions, moving_pattern};

/// How long a test waits for what should come in a quarter of a minute.
const PATIENCE: Duration = Duration::from_mins(2);

/// Sends pieces with pauses until all are sent or the other side has enough, and gives what it answers.
fn trickle(mut connection: TcpStream, pieces: impl Iterator<Item = Vec<u8>>, pause: Duration) -> String {
    connection.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    let mut reader = connection.try_clone().expect("a connection to read from");
    let answered = thread::spawn(move || {
        let mut answer = vec![0; 64 * 1024];
        let length = reader.read(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer[..length]).into_owned()
    });
    for piece in pieces {
        if answered.is_finished() || connection.write_all(&piece).is_err() {
            break;
        }
        thread::sleep(pause);
    }
    answered.join().expect("an answer")
}

fn is_too_slow(answer: &str, what: &str) {
    assert!(answer.starts_with("HTTP/1.1 408 "), "{what}: {answer}");
    assert!(answer.contains("/problems/slow-body"), "{what}: {answer}");
}

/// A connection to an address, with the head of a request of so many bytes sent.
fn begin(host: &Host, path: &str, length: usize) -> TcpStream {
    let authority = host.client("ann").authority().to_owned();
    let mut connection = TcpStream::connect(&authority).expect("a connection");
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {authority}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    );
    connection
        .write_all(head.as_bytes())
        .expect("a connection that takes the head");
    connection
}

#[test]
fn bodies_that_trickle_are_cut_off_and_slow_ones_are_not() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann");
    let video = moving_pattern(2, 0);
    let created = ann.create(&video).json();
    let id = created["id"].as_str().expect("an id");
    // As an attempt whose video is refused at once: what is left of it is not waited for either.
    let unknown = "0193e7b0-1c5a-7000-8000-0123456789ab";
    let byte_by_byte = || (0..600).map(|_| vec![b' ']);
    let second = Duration::from_secs(1);
    thread::scope(|scope| {
        scope.spawn(|| {
            let connection = begin(&host, "/api/auth/login", 600);
            is_too_slow(&trickle(connection, byte_by_byte(), second), "JSON");
        });
        scope.spawn(|| {
            let connection = begin(&host, "/api/auth/login", 600);
            is_too_slow(&trickle(connection, std::iter::empty(), second), "nothing at all");
        });
        scope.spawn(|| {
            let connection = ann.begin_upload(id, &video, 0);
            is_too_slow(&trickle(connection, byte_by_byte(), second), "a video");
        });
        scope.spawn(|| {
            let connection = ann.begin_upload(unknown, &video, 0);
            let answer = trickle(connection, byte_by_byte(), second);
            assert!(answer.starts_with("HTTP/1.1 404 "), "{answer}");
        });
        scope.spawn(|| {
            // 128 kbit/s, for longer than the grace.
            let bob = host.client("bob");
            let mut video = video.clone();
            video.resize(16_000 * 14, 0);
            let created = bob.create(&video).json();
            let id = created["id"].as_str().expect("an id");
            let connection = bob.begin_upload(id, &video, 0);
            let pieces = video.chunks(4_000).map(<[u8]>::to_vec);
            let answer = trickle(connection, pieces, Duration::from_millis(250));
            assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        });
    });
    let attempt = ann.get(&format!("/api/attempts/{id}")).json();
    assert_eq!(
        attempt["state"], "created",
        "the video can be sent again: {attempt}"
    );
    assert_eq!(ann.upload(id, &video).status, 200);
}
