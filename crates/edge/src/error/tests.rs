//! Every error as the problem document it becomes.

use chrono::TimeDelta;
use flow_limits::{NewBan, Standing};

use super::*;

const METHODS: &[Method] = &[Method::GET, Method::POST];

fn too_many_tries() -> Error {
    Error::TooManyTries {
        limit: 10,
        window_seconds: 900,
        resets_at: DateTime::from_timestamp(1_800_000_000, 0).unwrap(),
        retry_after_seconds: 61,
    }
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn refusal(policy: Policy) -> Refusal {
    Refusal {
        standing: Standing {
            policy,
            limit: 3,
            used: 3,
            window_seconds: Some(3600),
            resets_at: Some(now() + TimeDelta::seconds(90)),
        },
        ban: None,
        test: TestId::OverheadSquat,
        tier: Tier::Free,
        at: now(),
    }
}

fn reached(policy: Policy) -> Error {
    refusal(policy).into()
}

fn banned(tries: u32) -> Error {
    let new = NewBan::for_tries(tries, Tier::Free).unwrap();
    Error::Banned {
        ban: new.from("b".into(), now()),
        at: now(),
    }
}

fn every_error() -> Vec<Error> {
    vec![
        Error::SignInRequired,
        Error::WrongCredentials,
        Error::SessionEnded,
        Error::EmailNotVerified,
        Error::TokenInvalid,
        Error::WeakPassword(WeakPassword::Common),
        too_many_tries(),
        Error::CrossSite,
        Error::NotConfigured("the variable secret_keys is not set".into()),
        Error::OperatorRequired,
        Error::TierLacksTest {
            test: TestId::Plank,
            tier: Tier::Free,
        },
        Error::TierLacksFeature {
            feature: Feature::Report,
            tier: Tier::Free,
        },
        Error::NotFound("attempt"),
        Error::MethodNotAllowed(METHODS),
        Error::MediaType {
            found: "text/plain".into(),
            accepted: "video/mp4",
        },
        Error::BodyTooLarge {
            limit: 9,
            advice: "send less",
        },
        Error::BadJson("x".into()),
        Error::BrokenBody,
        Error::SlowBody,
        Error::Invalid {
            field: "sizeBytes",
            reason: "a number".into(),
        },
        Error::UnknownTest(UnknownTest("moonwalk".into())),
        Error::LengthMismatch {
            declared: 2,
            received: 1,
        },
        Error::HashMismatch,
        Error::NotAVideo("the file is an AVI file".into()),
        Error::IdempotencyKeyReused,
        Error::HasVideo,
        Error::UploadOffset { received: 1 },
        Error::NoVideo { upload: "/x".into() },
        Error::AlreadyReplayed,
        Error::MigrationsRefused("0001_attempts was changed".into()),
        Error::SlotsTaken {
            share: 2,
            retry_after_seconds: 5,
        },
        Error::BanIsOver,
        reached(Policy::AddressHour),
        reached(Policy::Waiting),
        reached(Policy::TestsOfMonth),
        reached(Policy::TestDay),
        reached(Policy::UserDay),
        reached(Policy::UserHour),
        reached(Policy::EveryoneHour),
        reached(Policy::Throttle),
        banned(51),
        Error::Storage(flow_store::Error::Database("/srv/secret.db is locked".into())),
        Error::Internal("index 7 out of bounds".into()),
    ]
}

#[test]
fn every_problem_is_complete_and_has_a_type_of_its_own() {
    let mut names = std::collections::BTreeSet::new();
    for error in every_error() {
        let problem = error.problem();
        let document = problem.document("r-1");
        assert!(
            problem.kind.status().is_client_error() || problem.kind.status().is_server_error(),
            "{error:?}"
        );
        for member in ["type", "title", "detail", "requestId"] {
            assert!(
                document[member].as_str().is_some_and(|text| text.len() > 2),
                "{error:?}: {member}"
            );
        }
        assert_eq!(document["status"], problem.kind.status().as_u16());
        assert!(names.insert(problem.kind.name()), "{error:?} shares its type");
        assert_eq!(
            error.is_ours(),
            problem.kind.status().is_server_error() && ![501, 503].contains(&problem.kind.status().as_u16())
                || matches!(error, Error::Storage(_) | Error::NotConfigured(_)),
            "{error:?}"
        );
    }
}

#[test]
fn what_storage_said_is_not_sent() {
    for error in every_error().into_iter().filter(Error::is_ours) {
        let document = error.problem().document("r-1").to_string();
        assert!(
            !document.contains("secret") && !document.contains("bounds"),
            "{document}"
        );
    }
}

#[test]
fn headers_say_when_and_how_to_ask_again() {
    let header = |error: Error, name| {
        error
            .problem()
            .headers
            .get(name)
            .map(|value| value.to_str().unwrap().to_owned())
    };
    assert_eq!(
        header(
            Error::SlotsTaken {
                share: 2,
                retry_after_seconds: 5
            },
            "retry-after"
        )
        .as_deref(),
        Some("5")
    );
    let busy = Error::SlotsTaken {
        share: 2,
        retry_after_seconds: 5,
    };
    assert_eq!(
        header(busy.clone(), "ratelimit").as_deref(),
        Some("\"scoring\";r=0;t=5")
    );
    assert_eq!(
        header(busy, "ratelimit-policy").as_deref(),
        Some("\"scoring\";q=2;qu=\"concurrent-requests\"")
    );
    for (name, value) in [
        ("retry-after", "61"),
        ("ratelimit", "\"tries\";r=0;t=61"),
        ("ratelimit-policy", "\"tries\";q=10;w=900"),
    ] {
        assert_eq!(header(too_many_tries(), name).as_deref(), Some(value));
    }
    assert_eq!(
        too_many_tries().problem().members["resetsAt"],
        "2027-01-15T08:00:00.000Z"
    );
    assert_eq!(
        header(Error::MethodNotAllowed(METHODS), "allow").as_deref(),
        Some("GET, HEAD, POST")
    );
    assert_eq!(
        header(Error::SignInRequired, "www-authenticate").as_deref(),
        Some("Bearer")
    );
}

#[test]
fn a_test_of_a_dearer_tier_names_the_tier_that_has_it() {
    let problem = Error::TierLacksTest {
        test: TestId::Plank,
        tier: Tier::Free,
    }
    .problem();
    assert_eq!(
        problem.detail,
        "Plank Endurance is not part of the Free tier; it is part of Pro and above."
    );
    assert_eq!(problem.members["availableIn"], "pro");
}

#[test]
fn a_feature_of_a_dearer_tier_names_the_tier_that_has_it() {
    let problem = Error::TierLacksFeature {
        feature: Feature::Report,
        tier: Tier::Basic,
    }
    .problem();
    assert_eq!(
        problem.detail,
        "The report is not part of the Basic tier; it is part of Pro and above."
    );
    assert_eq!(problem.members["feature"], "report");
    assert_eq!(problem.members["availableIn"], "pro");
}

#[test]
fn every_limit_says_when_it_is_over_in_headers_and_members() {
    for policy in Policy::ALL.into_iter().filter(|policy| *policy != Policy::Ban) {
        let problem = reached(policy).problem();
        let header = |name| problem.headers[name].to_str().unwrap();
        assert_eq!(header("retry-after"), "90", "{policy:?}");
        assert!(header("ratelimit-policy").starts_with(&format!("\"{}\";q=3", policy.name())));
        assert_eq!(header("ratelimit"), format!("\"{}\";r=0;t=90", policy.name()));
        assert_eq!(
            problem.members["resetsAt"], "2027-01-15T08:01:30.000Z",
            "{policy:?}"
        );
    }
}

#[test]
fn a_ban_says_what_it_shuts_and_until_when() {
    let cases = [
        (
            10,
            "soft",
            Some("2027-01-16T08:00:00.000Z"),
            Some("86400"),
            "\"ban\";r=0;t=86400",
        ),
        (
            51,
            "hard",
            Some("2027-01-22T08:00:00.000Z"),
            Some("604800"),
            "\"ban\";r=0;t=604800",
        ),
        (101, "permanent", None, None, "\"ban\";r=0"),
    ];
    for (tries, level, end, retry_after, state) in cases {
        let problem = banned(tries).problem();
        assert_eq!(
            (problem.kind.name(), problem.kind.status().as_u16()),
            ("banned", 403)
        );
        assert_eq!(problem.members["banLevel"], level);
        assert_eq!(
            problem.members.get("resetsAt").and_then(Value::as_str),
            end,
            "{level}"
        );
        let header = |name| problem.headers.get(name).map(|value| value.to_str().unwrap());
        assert_eq!(header("retry-after"), retry_after, "{level}");
        assert_eq!(header("ratelimit"), Some(state), "{level}");
        assert!(
            problem.detail.contains(end.unwrap_or("for good")),
            "{}",
            problem.detail
        );
    }
}

#[test]
fn a_ban_that_was_earned_by_trying_is_told_with_the_limit() {
    let Error::Banned { ban, .. } = banned(10) else {
        panic!("no ban")
    };
    let mut over = refusal(Policy::UserDay);
    (over.standing.limit, over.ban) = (9, Some(ban));
    let problem = Error::from(over).problem();
    assert_eq!(
        (problem.kind.name(), problem.kind.status().as_u16()),
        ("daily-limit", 429)
    );
    assert_eq!(problem.members["resetsAt"], "2027-01-16T08:00:00.000Z");
    assert_eq!(problem.headers["retry-after"], "86400");
    assert_eq!(
        problem.detail,
        "The Free tier has 9 videos a day; Pro has more; your next day begins 2027-01-15T08:01:30.000Z. You cannot send \
         videos until 2027-01-16T08:00:00.000Z, because more videos were tried in one day than your tier has."
    );
}

#[test]
fn the_months_tests_name_the_tier_that_has_more() {
    let problem = reached(Policy::TestsOfMonth).problem();
    assert_eq!(problem.kind.status().as_u16(), 403);
    assert_eq!(problem.members["availableIn"], "pro");
    assert!(problem.detail.contains("Pro has more"), "{}", problem.detail);
}
