//! What goes wrong by no fault of the person costs them nothing: dropped connections, crashes, full slots.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use std::{
    io::{Read as _, Write as _},
    thread,
    time::{Duration, Instant},
};

use flow_system_tests::{Client, Host, HostOptions, Stream, moving_pattern};
use serde_json::{Value, json};

/// Waits until the attempt is in one of `states`.
fn wait_for(client: &Client, id: &str, states: &[&str]) -> Value {
    let start = Instant::now();
    loop {
        let attempt = client.get(&format!("/api/attempts/{id}")).json();
        if attempt["state"]
            .as_str()
            .is_some_and(|state| states.contains(&state))
        {
            return attempt;
        }
        assert!(start.elapsed() < Duration::from_mins(3), "still {attempt}");
        thread::sleep(Duration::from_millis(100));
    }
}

/// Reads events until the first frames are done.
fn begun(stream: &mut Stream) {
    assert_eq!(stream.status, 200);
    let event = stream.next();
    assert!(
        event.as_ref().is_some_and(|event| event["type"] == "progress"),
        "{event:?}"
    );
}

#[test]
fn progress_arrives_while_the_video_is_scored_and_not_at_the_end() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann");
    let id = ann.submit(&moving_pattern(20, 0));
    let start = Instant::now();
    let arrivals: Vec<(Duration, Value)> = ann.score(&id).map(|event| (start.elapsed(), event)).collect();
    let (last, _) = arrivals.last().expect("events");
    let (middle, event) = &arrivals[arrivals.len() / 2];
    assert_eq!(event["type"], "progress", "{event}");
    assert!(
        *middle < *last * 3 / 4,
        "half of the events came after {middle:?} of {last:?}"
    );
}

#[test]
fn a_client_that_leaves_loses_nothing() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann");
    let id = ann.submit(&moving_pattern(20, 0));
    let mut stream = ann.score(&id);
    begun(&mut stream);
    drop(stream);
    let attempt = wait_for(&ann, &id, &["invalid"]);
    assert_eq!(attempt["runs"], 1, "the run that was begun went on");
    assert_eq!(host.stored_videos(), [""; 0]);
}

#[test]
fn whoever_asks_again_sees_the_same_run_and_the_same_result() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann");
    let id = ann.submit(&moving_pattern(40, 0));
    let mut first = ann.score(&id);
    begun(&mut first);
    let others: Vec<_> = (0..3)
        .map(|_| {
            let (ann, id) = (ann.clone(), id.clone());
            thread::spawn(move || ann.scored(&id))
        })
        .collect();
    let result = first.last().expect("a result");
    for other in others {
        let events = other.join().expect("a stream");
        assert_eq!(events.last(), Some(&result));
        assert!(
            events.iter().any(|event| event["type"] == "progress"),
            "followers see progress: {events:?}"
        );
    }
    assert_eq!(result["attempt"]["runs"], 1);
}

#[test]
fn a_crash_in_the_middle_is_retried_and_the_video_is_gone_in_the_end() {
    let mut host = Host::start(HostOptions::default().with("lease_seconds", "3"));
    let id = {
        let ann = host.client("ann");
        let id = ann.submit(&moving_pattern(20, 0));
        let mut stream = ann.score(&id);
        begun(&mut stream);
        host.kill_and_restart();
        id
    };
    let ann = host.client("ann");
    assert_eq!(ann.get(&format!("/api/attempts/{id}")).json()["state"], "scoring");
    assert_eq!(host.stored_videos().len(), 1);
    let events = ann.scored(&id);
    let attempt = &events[events.len() - 1]["attempt"];
    assert_eq!(
        (&attempt["state"], &attempt["runs"]),
        (&"invalid".into(), &2.into()),
        "{attempt}"
    );
    assert_eq!(host.stored_videos(), [""; 0]);
}

#[test]
fn after_a_crash_the_sweeper_finishes_what_nobody_asks_for() {
    let mut host = Host::start(HostOptions {
        sweep_every: "1s",
        ..HostOptions::default().with("lease_seconds", "3")
    });
    let ann = host.client("ann");
    let id = ann.submit(&moving_pattern(20, 0));
    let mut stream = ann.score(&id);
    begun(&mut stream);
    host.kill_and_restart();
    let attempt = wait_for(&host.client("ann"), &id, &["invalid"]);
    assert_eq!(attempt["runs"], 2);
    let start = Instant::now();
    while !host.stored_videos().is_empty() {
        assert!(start.elapsed() < Duration::from_secs(30), "the raw video is kept");
        thread::sleep(Duration::from_millis(100));
    }
}

/// A real video with a long box that players skip.
fn padded(video: &[u8], size: usize) -> Vec<u8> {
    let mut padded = video.to_vec();
    let padding = u32::try_from(size - video.len()).unwrap_or_default();
    padded.extend(padding.to_be_bytes());
    padded.extend(b"free");
    padded.resize(size, 0);
    padded
}

/// Waits until so many chunks are stored.
fn wait_for_chunks(host: &Host, chunks: usize) {
    let start = Instant::now();
    while host.stored_videos().len() != chunks {
        assert!(
            start.elapsed() < Duration::from_secs(30),
            "{:?}",
            host.stored_videos()
        );
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn an_upload_that_breaks_off_goes_on_from_where_it_was() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann");
    let video = padded(&moving_pattern(2, 0), 4 << 20);
    let id = ann.create(&video).json()["id"].as_str().unwrap().to_owned();
    assert_eq!(kept(&ann, &id), 0);
    let connection = ann.begin_upload(&id, &video, (3 << 20) + 1000);
    wait_for_chunks(&host, 3);
    drop(connection);
    wait_for_answers(&host, 1);
    assert_eq!(host.stored_videos().len(), 3);
    assert_eq!(ann.get(&format!("/api/attempts/{id}")).json()["state"], "created");
    assert_eq!(kept(&ann, &id), 3 << 20);
    for offset in [0, 1 << 20, (3 << 20) + 1000, 4 << 20] {
        let refused = ann.upload_from(&id, &video, offset);
        assert_eq!(
            (refused.status, refused.problem().as_str()),
            (409, "upload-offset"),
            "{offset}"
        );
        assert_eq!(refused.json()["receivedBytes"], 3 << 20);
    }
    let done = ann.upload_from(&id, &video, 3 << 20);
    assert_eq!(
        (done.status, &done.json()["state"]),
        (200, &json!("uploaded")),
        "{}",
        done.json()
    );
    assert_eq!(kept(&ann, &id), 4 << 20);
    assert_eq!(ann.upload_from(&id, &video, 3 << 20).problem(), "has-video");
    // The same bytes once more are recognised: the hash is that of the whole.
    assert_eq!(ann.upload(&id, &video).status, 200);
    assert_eq!(ann.scored(&id).last().unwrap()["attempt"]["state"], "invalid");
    assert_eq!(host.stored_videos(), [""; 0]);
}

#[test]
fn an_upload_that_breaks_off_in_a_crash_goes_on_or_is_sent_again_and_all_of_it_is_deleted() {
    for goes_on in [true, false] {
        let mut host = Host::start(HostOptions::default());
        let video = padded(&moving_pattern(2, 0), 4 << 20);
        let ann = host.client("ann");
        let id = ann.create(&video).json()["id"].as_str().unwrap().to_owned();
        let connection = ann.begin_upload(&id, &video, 3 << 20);
        wait_for_chunks(&host, 3);
        host.kill_and_restart();
        drop(connection);
        let ann = host.client("ann");
        if goes_on {
            assert_eq!(kept(&ann, &id), 3 << 20);
            assert_eq!(ann.upload_from(&id, &video, 3 << 20).status, 200);
            assert_eq!(host.stored_videos().len(), 4);
        } else {
            assert_eq!(ann.upload(&id, &video).status, 200);
            assert_eq!(
                host.stored_videos().len(),
                3 + 4,
                "what the crash left, and the video"
            );
        }
        assert_eq!(ann.scored(&id).last().unwrap()["attempt"]["state"], "invalid");
        assert_eq!(host.stored_videos(), [""; 0]);
    }
}

#[test]
fn who_goes_on_with_an_upload_ends_the_request_that_hangs() {
    // What the hanging request still has fills a chunk, or is less than one.
    for rest in [2 << 20, 1000] {
        let host = Host::start(HostOptions::default());
        let ann = host.client("ann");
        let video = padded(&moving_pattern(2, 0), (2 << 20) + rest);
        let id = ann.create(&video).json()["id"].as_str().unwrap().to_owned();
        let mut hangs = ann.begin_upload(&id, &video, 2 << 20);
        wait_for_chunks(&host, 2);
        assert_eq!(ann.upload_from(&id, &video, 2 << 20).status, 200);
        let stored = host.stored_videos();
        hangs.write_all(&vec![7; rest]).unwrap();
        // The connection stays open for the next request.
        let (mut answer, mut part) = (String::new(), [0; 4096]);
        while !answer.contains("/problems/") {
            let length = hangs.read(&mut part).unwrap();
            assert!(length > 0, "{answer}");
            answer.push_str(&String::from_utf8_lossy(&part[..length]));
        }
        assert!(answer.starts_with("HTTP/1.1 409"), "{answer}");
        assert!(answer.contains("/problems/has-video"), "{answer}");
        assert_eq!(host.stored_videos(), stored, "the accepted video stays");
        // The same bytes as those that were accepted, to the last one.
        assert_eq!(ann.upload(&id, &video).status, 200);
        assert_eq!(ann.scored(&id).last().unwrap()["attempt"]["state"], "invalid");
        assert_eq!(host.stored_videos(), [""; 0]);
    }
}

#[test]
fn a_video_sent_anew_gives_up_what_there_was_of_it() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann");
    let video = padded(&moving_pattern(2, 0), 4 << 20);
    let id = ann.create(&video).json()["id"].as_str().unwrap().to_owned();
    for (number, bytes) in [(1, 2 << 20), (2, 1 << 20)] {
        drop(ann.begin_upload(&id, &video, bytes));
        wait_for_answers(&host, number);
    }
    assert_eq!(host.stored_videos().len(), 3);
    let operator = host.client("operator").with("authorization", "Bearer t0ken");
    assert_eq!(operator.stream("/api/ops/sweep").status, 200);
    wait_for_chunks(&host, 1);
    assert_eq!(kept(&ann, &id), 1 << 20);
    assert_eq!(ann.upload_from(&id, &video, 1 << 20).status, 200);
}

#[test]
fn the_rest_of_a_video_is_held_to_what_was_announced() {
    let host = Host::start(HostOptions::default());
    let ann = host.client("ann");
    let video = padded(&moving_pattern(2, 0), 2 << 20);
    let id = ann.create(&video).json()["id"].as_str().unwrap().to_owned();
    drop(ann.begin_upload(&id, &video, 1 << 20));
    wait_for_answers(&host, 1);
    let longer = padded(&video, 3 << 20);
    assert_eq!(
        ann.upload_from(&id, &longer, 1 << 20).problem(),
        "length-mismatch"
    );
    assert_eq!(
        host.stored_videos().len(),
        1,
        "what is here is not lost by a wrong request"
    );
    let nonsense = ann.clone().with("upload-offset", "-1");
    let path = format!("/api/attempts/{id}/video");
    assert_eq!(nonsense.call("PATCH", &path, b"x").problem(), "media-type");
    let nonsense = nonsense.with("content-type", "video/mp4");
    assert_eq!(nonsense.call("PATCH", &path, b"x").problem(), "invalid-value");
    assert_eq!(host.client("eve").upload_from(&id, &video, 0).status, 404);
    assert_eq!(host.client("eve").get(&path).status, 404);
    assert_eq!(ann.upload_from(&id, &video, 1 << 20).status, 200);
}

/// Waits until so many requests that sent a video are answered: the application has noticed that they broke off.
fn wait_for_answers(host: &Host, count: usize) {
    let answered = || {
        let requests = host.logged("request");
        let of_videos = requests
            .iter()
            .filter(|line| line["method"] == "PUT" && line["route"] == "/api/attempts/{id}/video");
        of_videos.count()
    };
    let start = Instant::now();
    while answered() < count {
        assert!(
            start.elapsed() < Duration::from_secs(30),
            "{} answered",
            answered()
        );
        thread::sleep(Duration::from_millis(50));
    }
}

/// How much of an attempt's video is here.
fn kept(user: &Client, id: &str) -> u64 {
    let upload = user.get(&format!("/api/attempts/{id}/video")).json();
    assert_eq!(upload["sizeBytes"], 4 << 20);
    upload["receivedBytes"].as_u64().unwrap()
}

#[test]
fn with_all_slots_taken_callers_are_told_when_to_ask_again() {
    let host = Host::start(HostOptions::default().with("max_concurrent_scores", "1"));
    let (ann, bob) = (host.client("ann"), host.client("bob"));
    let long = ann.submit(&moving_pattern(20, 0));
    let short = bob.submit(&moving_pattern(2, 0));
    let mut stream = ann.score(&long);
    begun(&mut stream);
    let refused = bob.call("POST", &format!("/api/attempts/{short}/score"), &[]);
    assert_eq!(
        (refused.status, refused.problem().as_str()),
        (503, "busy"),
        "{}",
        refused.json()
    );
    assert_eq!(
        refused.header("retry-after"),
        "10",
        "the Free tier's share of the turns"
    );
    assert_eq!(stream.last().unwrap()["type"], "result");
    assert_eq!(bob.scored(&short).last().unwrap()["attempt"]["state"], "invalid");
}

#[test]
fn a_video_that_takes_too_long_is_refused_with_what_to_record_instead() {
    let host = Host::start(HostOptions::default().with("processing_time_factor", "0.02"));
    let ann = host.client("ann");
    let id = ann.submit(&moving_pattern(20, 0));
    let events = ann.scored(&id);
    let attempt = &events[events.len() - 1]["attempt"];
    assert_eq!(attempt["state"], "invalid");
    let feedback = attempt["feedback"].as_str().unwrap_or_default();
    for part in ["the 15 s that the Free tier has", "720p", "no longer than "] {
        assert!(feedback.contains(part), "{feedback}");
    }
    assert_eq!(host.stored_videos(), [""; 0]);
}
