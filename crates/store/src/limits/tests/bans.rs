//! What earns bans, and how they end.

use super::*;

#[test]
fn more_than_three_videos_waiting_earn_a_day() {
    let harness = Harness::new();
    let dev = Person::new(&harness, "dev", Tier::ProPlus);
    let attempts: Vec<_> = [SQUAT, SQUAT, REACH, REACH].map(|test| dev.submit(test)).into();
    for (number, attempt) in (1..).zip(&attempts[..3]) {
        assert!(matches!(
            dev.send_video(attempt, number).accepted,
            Accepted::Accepted(_)
        ));
    }
    let sent = dev.send_video(&attempts[3], 4);
    let Accepted::Refused(refusal) = sent.accepted else {
        panic!("{sent:?}")
    };
    let ban = refusal.ban.unwrap();
    assert_eq!(
        (refusal.standing.policy, ban.level, ban.reason),
        (Policy::Waiting, BanLevel::Soft, BanReason::QueueFlooded)
    );
    assert_eq!(ban.ends_at, Some(harness.now() + TimeDelta::hours(24)));
    assert_eq!(sent.alerts.len(), 1);
    assert_eq!(dev.policy(LEG), Some(Policy::Ban));

    // A second time it is the same ban, and once a video is scored there is room for the fourth.
    assert_eq!(dev.send_video(&attempts[3], 5).alerts, []);
    harness.sql(&format!(
        "UPDATE attempts SET state = 'scoring', lease_token = 't', lease_until = 1 WHERE id = '{}'",
        attempts[0].id
    ));
    assert!(matches!(
        dev.send_video(&attempts[3], 6).accepted,
        Accepted::Accepted(_)
    ));
}

#[test]
fn asking_for_a_fourth_while_three_wait_earns_it_too() {
    let harness = Harness::new();
    for number in 1..=3 {
        harness.uploaded(number, &hash(number));
    }
    let dev = Person::new(&harness, "dev", Tier::ProPlus);
    let refusal = dev.refusal(REACH).unwrap();
    assert_eq!(refusal.standing.policy, Policy::Waiting);
    assert_eq!(refusal.ban.map(|ban| ban.reason), Some(BanReason::QueueFlooded));
}

#[test]
fn tries_over_the_quota_escalate_to_a_ban_for_good_that_is_reported() {
    let harness = Harness::new();
    let ann = Person::new(&harness, "ann", Tier::Free);
    let mut levels = Vec::new();
    for _ in 1..=120 {
        let creation = ann.ask(SQUAT);
        let level = match creation.created {
            Created::New(_) => None,
            Created::Refused(refusal) => refusal.ban.map(|ban| ban.level),
            other => panic!("{other:?}"),
        };
        levels.push(level);
        harness.advance_seconds(1);
    }
    let first = |wanted| levels.iter().position(|level| *level == Some(wanted)).unwrap() + 1;
    assert_eq!(
        [BanLevel::Soft, BanLevel::Hard, BanLevel::Permanent].map(first),
        [10, 51, 101]
    );
    assert!(levels[9..].iter().all(Option::is_some));
    assert_eq!(harness.count("bans"), 3);
    assert_eq!(
        ann.usage().tries(),
        101,
        "who is banned for good is not counted any more"
    );
    assert_eq!(
        harness.limit_events(),
        ["ban.placed", "ban.placed", "ban.reported"]
    );
    let bob = Person::new(&harness, "bob", Tier::Free);
    assert_eq!(bob.policy(SQUAT), None);
}

#[test]
fn a_ban_ends_by_itself_and_tries_of_the_next_day_count_anew() {
    let harness = Harness::new();
    at(&harness, "2027-02-01T10:00:00Z");
    let ann = Person::new(&harness, "ann", Tier::Free);
    for _ in 0..10 {
        ann.ask(SQUAT);
    }
    harness.advance_seconds(24 * 3600 - 1);
    assert_eq!(ann.policy(SQUAT), Some(Policy::Ban));
    harness.advance_seconds(1);
    assert_eq!(ann.policy(SQUAT), None);
    assert_eq!(ann.usage().tries(), 2);
}

#[test]
fn a_lifted_ban_is_over_at_once_and_does_not_come_back_with_the_next_try() {
    let harness = Harness::new();
    let ann = Person::new(&harness, "ann", Tier::Free);
    for _ in 0..12 {
        ann.ask(SQUAT);
    }
    let listed = block_on(harness.store.bans(Some("ann"), None, 10)).unwrap();
    let [record] = listed.items.as_slice() else {
        panic!("{listed:?}")
    };
    assert_eq!(
        (record.ban.level, &record.subject),
        (BanLevel::Soft, &Subject::User(ann.user.clone()))
    );
    assert_eq!(
        block_on(harness.store.ban_of(&ann.user, harness.now()))
            .unwrap()
            .as_ref(),
        Some(&record.ban)
    );
    let lift = |id: &str| block_on(harness.store.lift_ban(id, "a mistake", harness.now())).unwrap();
    assert!(matches!(lift(&record.ban.id), Lifted::Lifted(record) if record.lifted.is_some()));
    assert!(matches!(lift(&record.ban.id), Lifted::Over(_)));
    assert_eq!(lift("nothing"), Lifted::Unknown);
    assert_eq!(ann.policy(REACH), None);
    assert_eq!(ann.policy(SQUAT), Some(Policy::TestDay));
    assert_eq!(block_on(harness.store.ban_of(&ann.user, harness.now())), Ok(None));
    assert_eq!(
        block_on(harness.store.bans(Some("bob"), None, 10)).unwrap().items,
        []
    );
    assert_eq!(harness.limit_events(), ["ban.placed", "ban.lifted"]);
}
