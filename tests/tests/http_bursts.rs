//! Many at once, over several processes on one database: exactly as many pass as may. And what gives itself back.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use std::{collections::BTreeMap, sync::Barrier, thread, time::Duration};

use flow_system_tests::{
    Answer, Client, Host, LEG, REACH, SQUAT, accepted, host_at, limits_enforced, member, moving_pattern,
    refused, standing, submission,
};

/// Lets everybody submit at the same moment, and counts what they are answered.
fn burst(people: &[(Client, &str)]) -> BTreeMap<String, usize> {
    let start = Barrier::new(people.len());
    let answers: Vec<String> = thread::scope(|scope| {
        let threads: Vec<_> = people
            .iter()
            .map(|(client, test)| {
                scope.spawn(|| {
                    start.wait();
                    let answer = patient(client, test);
                    format!("{} {}", answer.status, answer.problem())
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let mut counts = BTreeMap::new();
    for answer in answers {
        *counts.entry(answer.trim().to_owned()).or_default() += 1;
    }
    counts
}

/// Submits, and again where the database was locked for longer than it waits, which nothing counts: of hundreds at once on a
/// busy machine some meet that.
fn patient(client: &Client, test: &str) -> Answer {
    for _ in 0..20 {
        let answer = submission(client, test);
        if answer.problem() != "storage-unavailable" {
            return answer;
        }
        thread::sleep(Duration::from_millis(200));
    }
    submission(client, test)
}

fn standing_attempts(host: &Host, user: &str) -> i64 {
    host.ask(&format!("SELECT count(*) FROM attempts WHERE user_id = '{user}'"))
}

#[test]
fn of_two_hundred_at_once_over_two_processes_exactly_five_pass() {
    // So many refusals open the circuit breaker; here it is to let all pass.
    let options = limits_enforced().with("throttled_per_minute", "1000");
    let first = host_at(options, "2027-02-01T10:00:00Z");
    let second = first.start_another();
    for round in 0..3 {
        let name = format!("user-{round}");
        let people: Vec<(Client, &str)> = (0..200)
            .map(|number| {
                let host = if number % 2 == 0 { &first } else { &second };
                (
                    member(host, &name, "pro-plus", "UTC"),
                    [SQUAT, REACH, LEG][number / 2 % 3],
                )
            })
            .collect();
        let counts = burst(&people);
        assert_eq!(counts["201"], 5, "round {round}: {counts:?}");
        assert_eq!(standing_attempts(&first, &name), 5, "round {round}");
        for answer in counts.keys() {
            let (status, problem) = answer.split_once(' ').unwrap_or((answer, ""));
            assert!(
                status == "201" || ["hourly-limit", "daily-test-limit", "banned"].contains(&problem),
                "round {round}: {counts:?}"
            );
        }
        let levels: i64 = first.ask(&format!("SELECT count(*) FROM bans WHERE subject = '{name}'"));
        assert_eq!(levels, 3, "soft, hard and permanent once each: {counts:?}");
        let tries: i64 = first.ask(&format!(
            "SELECT sum(count) + 5 FROM refused_submissions WHERE user_id = '{name}'"
        ));
        assert_eq!(tries, 101, "the last one that counts earns the ban for good");
    }
}

#[test]
fn of_three_videos_for_a_test_none_gets_past_its_limit_in_a_burst() {
    let first = host_at(limits_enforced(), "2027-02-01T10:00:00Z");
    let second = first.start_another();
    let people: Vec<(Client, &str)> = (0..60)
        .map(|number| {
            let host = if number % 2 == 0 { &first } else { &second };
            (member(host, "ann", "free", "UTC"), SQUAT)
        })
        .collect();
    let counts = burst(&people);
    assert_eq!(counts["201"], 3, "{counts:?}");
}

#[test]
fn of_two_hundred_people_exactly_as_many_pass_as_all_together_may() {
    let first = host_at(
        limits_enforced().with("submissions_per_hour", "17"),
        "2027-02-01T10:00:00Z",
    );
    let second = first.start_another();
    let names: Vec<String> = (0..200).map(|number| format!("user-{number}")).collect();
    let people: Vec<(Client, &str)> = names
        .iter()
        .enumerate()
        .map(|(number, name)| {
            let host = if number % 2 == 0 { &first } else { &second };
            (member(host, name, "free", "UTC"), SQUAT)
        })
        .collect();
    let counts = burst(&people);
    assert_eq!(
        counts,
        BTreeMap::from([("201".to_owned(), 17), ("503 global-limit".to_owned(), 183)])
    );
    assert_eq!(first.ask::<i64>("SELECT count(*) FROM attempts"), 17);
    assert_eq!(first.ask::<i64>("SELECT count(*) FROM refused_submissions"), 0);
}

#[test]
fn of_forty_people_behind_one_address_exactly_twenty_pass() {
    let host = host_at(limits_enforced(), "2027-02-01T10:00:00Z");
    let people: Vec<(Client, &str)> = (0..40)
        .map(|number| {
            let person = member(&host, &format!("user-{number}"), "free", "UTC");
            (
                person.with("x-forwarded-for", &format!("10.0.0.{number}, 198.51.100.7")),
                SQUAT,
            )
        })
        .collect();
    let counts = burst(&people);
    assert_eq!(
        counts,
        BTreeMap::from([("201".to_owned(), 20), ("429 address-blocked".to_owned(), 20)])
    );
    assert_eq!(
        host.ask::<i64>("SELECT count(*) FROM bans"),
        1,
        "the block is one"
    );
}

#[test]
fn a_video_that_was_sent_before_and_an_attempt_that_failed_by_our_fault_give_themselves_back() {
    let host = host_at(limits_enforced(), "2027-02-01T10:00:00Z");
    let ann = member(&host, "ann", "free", "UTC");
    let left = || {
        standing(&ann)["remainingPerTest"][SQUAT]["remaining"]
            .as_u64()
            .unwrap()
    };
    let (video, other) = (moving_pattern(2, 0), moving_pattern(2, 90));
    let first = ann.submit(&video);
    assert_eq!(left(), 2);
    let twin = ann.create(&video).json()["id"].as_str().unwrap().to_owned();
    assert_eq!(left(), 1);
    assert_eq!(ann.upload(&twin, &video).json()["id"], first.as_str());
    assert_eq!(left(), 2, "the same video is one submission");

    let broken = ann.submit(&other);
    assert_eq!(left(), 1);
    host.damage_videos();
    assert_eq!(ann.scored(&broken).last().unwrap()["attempt"]["state"], "failed");
    assert_eq!(left(), 2, "a fault of ours is no submission");
    let shown = standing(&ann);
    assert_eq!(
        (
            &shown["remainingToday"]["used"],
            &shown["remainingThisHour"]["used"]
        ),
        (&1.into(), &1.into())
    );
    accepted(&ann, SQUAT);
    accepted(&ann, SQUAT);
    refused(&ann, SQUAT, 400, "daily-test-limit");
}
