//! Who gets what: every operation, asked by every tier, without signing in, with a wrong token and with the operator's
//! (product requirements T1 to T4).

#![expect(clippy::expect_used, reason = "helpers of tests fail the test")]

use std::path::Path;

use flow::{manifest, router::Router};
use flow_api::{Access, Operation, operations};
use flow_catalog::{Feature, TestId, Tier};
use flow_system_tests::{
    Answer, Client, Host, HostOptions,
    accounts::{PASSWORD, SignedIn, login, member, registration, visitor},
    member as developer, submission,
};
use serde_json::{Value, json};

const ID: &str = "0193e7b0-1c5a-7000-8000-0123456789ab";

/// A status and, where it is a problem, its type.
type Outcome = (u16, &'static str);

/// Who is let through to the outcome, and who is not.
#[derive(Clone, Copy, Debug)]
enum Rule {
    /// Everybody; it is nobody's in particular.
    Everybody(Outcome),
    /// Every account.
    Accounts(Outcome),
    /// Accounts whose address is confirmed.
    Verified(Outcome),
    /// Accounts from a tier on.
    Since(Tier, Feature, Outcome),
    /// Operators.
    Operators(Outcome),
    /// Nobody, outside of development.
    Nobody,
}

/// What is sent, beside the method and the address.
#[derive(Clone, Debug)]
enum Body {
    None,
    Json(Value),
    Video,
}

/// An operation, what is sent to it, and what comes of it.
type Expectation = (&'static str, Body, Rule);

const OK: Outcome = (200, "");
const NOT_FOUND: Outcome = (404, "not-found");

/// What each operation is asked, and what comes of it. Nothing that is sent here changes who may do what.
fn expectations() -> Vec<Expectation> {
    let mut expectations = of_people();
    expectations.extend(of_operators());
    expectations
}

fn of_people() -> Vec<Expectation> {
    use Rule::{Accounts, Everybody, Since, Verified};
    let squat = json!({ "test": "overhead-squat", "contentType": "video/mp4", "sizeBytes": 1000 });
    let no_address = json!({ "email": "nowhere" });
    let token = json!({ "token": "A".repeat(43) });
    let wrong = json!({ "password": "not the password" });
    let with = |body: &Value, name: &str, value: &str| {
        let mut body = body.clone();
        body[name] = value.into();
        Body::Json(body)
    };
    let bad_value: Outcome = (400, "invalid-value");
    let bad_token: Outcome = (400, "token-invalid");
    let wrong_password: Outcome = (403, "wrong-password");
    vec![
        ("createAttempt", Body::Json(squat), Verified((201, ""))),
        ("listAttempts", Body::None, Accounts(OK)),
        ("getAttempt", Body::None, Accounts(NOT_FOUND)),
        ("getUpload", Body::None, Accounts(NOT_FOUND)),
        ("uploadVideo", Body::Video, Accounts(NOT_FOUND)),
        ("continueUpload", Body::Video, Accounts(NOT_FOUND)),
        ("scoreAttempt", Body::None, Accounts(NOT_FOUND)),
        (
            "getAttemptDetails",
            Body::None,
            Since(Tier::Pro, Feature::ExtendedResults, NOT_FOUND),
        ),
        ("getKeyFrame", Body::None, Accounts(NOT_FOUND)),
        ("getProblemAreas", Body::None, Accounts(OK)),
        ("getReport", Body::None, Since(Tier::Pro, Feature::Report, OK)),
        ("getReportPage", Body::None, Since(Tier::Pro, Feature::Report, OK)),
        (
            "register",
            Body::Json(registration("nowhere", PASSWORD)),
            Everybody(bad_value),
        ),
        ("verifyEmail", Body::Json(token.clone()), Everybody(bad_token)),
        (
            "resendVerification",
            Body::Json(no_address.clone()),
            Everybody(bad_value),
        ),
        (
            "login",
            with(&wrong, "email", "eve@example.org"),
            Everybody((401, "wrong-credentials")),
        ),
        ("refreshSession", Body::None, Everybody((401, "session-ended"))),
        ("logout", Body::None, Everybody((204, ""))),
        ("listSessions", Body::None, Accounts(OK)),
        ("endOtherSessions", Body::None, Accounts(OK)),
        ("endSession", Body::None, Accounts(NOT_FOUND)),
        ("forgotPassword", Body::Json(no_address), Everybody(bad_value)),
        (
            "resetPassword",
            with(&token, "password", PASSWORD),
            Everybody(bad_token),
        ),
        ("confirmEmailChange", Body::Json(token), Everybody(bad_token)),
        ("getAccount", Body::None, Accounts(OK)),
        (
            "updateAccount",
            Body::Json(json!({ "timeZone": "Mars/Olympus" })),
            Accounts(bad_value),
        ),
        ("exportAccount", Body::None, Accounts(OK)),
        (
            "changePassword",
            with(&wrong, "newPassword", PASSWORD),
            Accounts(wrong_password),
        ),
        (
            "requestEmailChange",
            with(&wrong, "newEmail", "new@example.org"),
            Accounts(wrong_password),
        ),
        ("deleteAccount", Body::Json(wrong), Accounts(wrong_password)),
        ("listTiers", Body::None, Everybody(OK)),
        ("getLimits", Body::None, Accounts(OK)),
    ]
}

fn of_operators() -> Vec<Expectation> {
    use Rule::{Everybody, Nobody, Operators};
    vec![
        ("listMigrations", Body::None, Operators(OK)),
        ("migrateUp", Body::None, Operators(OK)),
        (
            "migrateDown",
            Body::Json(json!({ "version": 9999 })),
            Operators((409, "migrations-refused")),
        ),
        ("listDeadLetters", Body::None, Operators(OK)),
        ("replayDeadLetter", Body::None, Operators(NOT_FOUND)),
        ("listAuditEntries", Body::None, Operators(OK)),
        ("listBans", Body::None, Operators(OK)),
        (
            "liftBan",
            Body::Json(json!({ "reason": "a test" })),
            Operators(NOT_FOUND),
        ),
        ("getMetrics", Body::None, Operators(OK)),
        ("getBreaker", Body::None, Operators(OK)),
        (
            "setAccountTier",
            Body::Json(json!({ "tier": "pro" })),
            Operators(NOT_FOUND),
        ),
        ("resealAccounts", Body::None, Operators(OK)),
        ("sendMails", Body::None, Operators(OK)),
        ("sweep", Body::None, Operators(OK)),
        ("getHealth", Body::None, Everybody(OK)),
        ("getJsonWebKeys", Body::None, Everybody(OK)),
        ("getOpenApi", Body::None, Everybody(OK)),
        ("listOutboxMails", Body::None, Nobody),
    ]
}

/// Somebody who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caller {
    Account(Tier),
    Unverified,
    SignedOut,
    WrongToken,
    Operator,
}

impl Rule {
    /// What a caller is answered.
    fn outcome(self, caller: Caller) -> Outcome {
        let account = matches!(caller, Caller::Account(_) | Caller::Unverified);
        match self {
            Self::Everybody(outcome) => outcome,
            Self::Nobody => NOT_FOUND,
            Self::Operators(outcome) if caller == Caller::Operator => outcome,
            Self::Operators(_) => (401, "operator-required"),
            _ if !account => (401, "sign-in-required"),
            Self::Verified(_) if caller == Caller::Unverified => (403, "email-not-verified"),
            Self::Accounts(outcome) | Self::Verified(outcome) => outcome,
            Self::Since(since, _, outcome) => match caller {
                Caller::Account(tier) if tier >= since => outcome,
                _ => (403, "tier-lacks-feature"),
            },
        }
    }

    /// Whether the list of operations says the same of who may call.
    fn agrees(self, operation: &Operation) -> bool {
        let feature = match self {
            Self::Since(since, feature, _) if feature.since() == since => Some(feature),
            _ => None,
        };
        let access = match operation.access {
            Access::Anybody | Access::RefreshCookie => matches!(self, Self::Everybody(_)),
            Access::Account | Access::AccountEvenIfBanned => {
                matches!(self, Self::Accounts(_) | Self::Since(..))
            }
            Access::VerifiedAccount => matches!(self, Self::Verified(_)),
            Access::Operator => matches!(self, Self::Operators(_)),
            Access::Development => matches!(self, Self::Nobody),
        };
        access && feature == operation.feature
    }
}

/// Asks for an operation.
fn ask(client: &Client, operation: &Operation, body: &Body) -> Answer {
    let path = operation.path.replace("{id}", ID).replace("{number}", "1");
    let (media_type, bytes) = match body {
        Body::None => return client.call(operation.method.name(), &path, &[]),
        Body::Json(value) => ("application/json", value.to_string().into_bytes()),
        Body::Video => ("video/mp4", vec![0; 1000]),
    };
    let client = client.clone().with("content-type", media_type);
    client.call(operation.method.name(), &path, &bytes)
}

/// An account of each tier, and one whose address is not confirmed, made in development.
fn people(host: &Host) -> Vec<(Caller, String)> {
    let operator = host.client("nobody").with("authorization", "Bearer t0ken");
    let mut people = Vec::new();
    for tier in Tier::ALL {
        let name = serde_json::to_value(tier).expect("a tier");
        let email = format!("{}@example.org", name.as_str().expect("a name"));
        let signed_in = member(host, &email);
        let id = signed_in.account["id"].as_str().expect("an id");
        let set = operator.clone().with("content-type", "application/json").call(
            "PUT",
            &format!("/api/ops/accounts/{id}/tier"),
            json!({ "tier": name }).to_string().as_bytes(),
        );
        assert_eq!(set.status, 200, "{}", set.json());
        people.push((Caller::Account(tier), signed_in.access_token));
    }
    let client = visitor(host);
    let email = "unverified@example.org";
    let registered = client.post("/api/auth/register", &registration(email, PASSWORD));
    assert_eq!(registered.status, 202, "{}", registered.json());
    let unverified = SignedIn::from(&client, &login(&client, email, PASSWORD));
    people.push((Caller::Unverified, unverified.access_token));
    people
}

#[test]
fn every_operation_answers_every_caller_as_the_table_says() {
    // Made where mails can be read, asked where nobody is anybody without a token. The keys are the same.
    let options = HostOptions::default().in_environment("development", "http://127.0.0.1:9");
    let mut host = Host::start(options.clone());
    let people = people(&host);
    host.restart_with(options.with("environment", "staging"));
    let anonymous = host.client("ann").with("x-dev-tier", "pro-plus");
    let bearing = |token: &str| {
        anonymous
            .clone()
            .with("authorization", &format!("Bearer {token}"))
    };
    let mut callers: Vec<(Caller, Client)> = people
        .iter()
        .map(|(caller, token)| (*caller, bearing(token)))
        .collect();
    callers.push((Caller::SignedOut, anonymous.clone()));
    callers.push((Caller::WrongToken, bearing("nonsense")));
    callers.push((Caller::Operator, bearing("t0ken")));

    let expectations = expectations();
    for (id, ..) in &expectations {
        assert!(
            operations().any(|operation| operation.id == *id),
            "{id} is no operation any more"
        );
    }
    for operation in operations() {
        let id = operation.id;
        let Some((_, body, rule)) = expectations.iter().find(|(known, ..)| *known == id) else {
            panic!("{id} has no expectations: say here who may call it and what comes of it");
        };
        assert!(rule.agrees(operation), "{id}: {rule:?} is not what the list says");
        for (caller, client) in &callers {
            let answer = ask(client, operation, body);
            let (status, problem) = rule.outcome(*caller);
            let got = (answer.status, answer.problem());
            assert_eq!(
                (got.0, got.1.as_str()),
                (status, problem),
                "{id} for {caller:?}: {}",
                answer.json()
            );
            if problem == "tier-lacks-feature" {
                let Rule::Since(since, feature, _) = rule else {
                    panic!("{id} is everybody's");
                };
                let document = answer.json();
                assert_eq!(document["availableIn"], json!(since), "{document}");
                assert_eq!(document["feature"], feature.slug(), "{document}");
            }
            if status == 401 && problem != "wrong-credentials" {
                assert_eq!(answer.header("www-authenticate"), "Bearer", "{id} for {caller:?}");
            }
        }
    }
}

#[test]
fn in_development_there_is_an_outbox_for_everybody() {
    let host = Host::start(HostOptions::default());
    assert_eq!(host.client("ann").get("/api/dev/outbox").status, 200);
}

#[test]
fn a_tier_has_its_tests_and_the_others_are_named_with_the_tier_that_has_them() {
    let host = Host::start(HostOptions::default());
    for tier in Tier::ALL {
        let name = serde_json::to_value(tier).expect("a tier");
        let client = developer(&host, "ann", name.as_str().expect("a name"), "UTC");
        for test in TestId::ALL {
            let answer = submission(&client, test.slug());
            if tier.tests().contains(&test) {
                assert_eq!(answer.status, 201, "{tier:?} {test}: {}", answer.json());
                continue;
            }
            let document = answer.json();
            assert_eq!(
                (answer.status, answer.problem().as_str()),
                (403, "tier-lacks-test"),
                "{tier:?} {test}: {document}"
            );
            assert_eq!(
                document["availableIn"],
                json!(Tier::cheapest_with(test)),
                "{document}"
            );
        }
    }
}

#[test]
fn every_operation_is_routed_to_its_component() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spin.toml");
    let app = manifest::load(&manifest).expect("spin.toml");
    let router = Router::new(&app.triggers).expect("routes");
    for operation in operations() {
        let path = operation.path.replace("{id}", ID).replace("{number}", "1");
        let component = router.route(&path).map(|route| route.component.into_owned());
        assert_eq!(
            component.as_deref(),
            Some(operation.component),
            "{}: give {} a trigger in spin.toml",
            operation.id,
            operation.path
        );
    }
}
