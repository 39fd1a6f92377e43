//! Mails on their way: sealed for the outbox, and handed to the provider.

use std::{pin::pin, time::Duration};

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use flow_api::MailsSent;
use flow_edge::{Error, Log, MailSettings, Settings, new_id, now, random};
use flow_identity::Letter;
use flow_store::{Mail, MailKind, NewMail, SealedColumn, SpinDatabase, Store, retry_after_failure};
use futures_util::future::{Either, select};
use http::{Request, StatusCode, header};
use http_body_util::{BodyExt as _, Full, Limited};
use serde::{Deserialize, Serialize};
use serde_json::json;
use spin_sdk::{http::send, time::sleep, wasip3};

use crate::context::{Context, place};

/// How long the provider may take to answer; less than the store gives whoever sends a mail.
const PATIENCE: Duration = Duration::from_secs(20);

/// Longest answer of the provider that is read.
const LONGEST_ANSWER: usize = 64 * 1024;

/// How many mails are sent after the answer to a request: its own, and one that somebody left.
const AFTER_AN_ANSWER: u32 = 2;

/// Postmark's status and code for mails that it will never take: no such address, or one that bounced.
const NEVER: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// A letter sealed for the outbox.
pub fn sealed(
    context: &Context<'_>,
    kind: MailKind,
    letter: &Letter,
    life: TimeDelta,
) -> Result<NewMail, Error> {
    let id = new_id(context.now);
    let text = serde_json::to_string(letter).map_err(|error| Error::Internal(error.to_string()))?;
    let payload_sealed = context
        .sealer
        .seal(place(SealedColumn::Mail, &id), &text, random())?;
    Ok(NewMail {
        id: id.parse().map_err(Error::Internal)?,
        kind,
        payload_sealed,
        expires_at: context.now + life,
    })
}

/// The letter in a mail of the outbox.
pub fn opened(settings: &Settings, mail: &Mail) -> Result<Letter, Error> {
    let sealer = settings.accounts.sealer()?;
    let text = sealer.open(place(SealedColumn::Mail, mail.id.as_str()), &mail.payload_sealed)?;
    serde_json::from_str(&text).map_err(|error| Error::Internal(format!("a mail in the outbox: {error}")))
}

/// Sends what is due once the answer has gone out: how long the provider takes is nobody's business, and nobody waits for it.
/// What fails here the sweeper tries again.
pub fn send_after_the_answer(settings: Settings, log: &Log) {
    let log = log.clone();
    wasip3::spawn(async move {
        let outcome = match SpinDatabase::open().await {
            Ok(database) => send_due(&Store::new(database), &settings, &log, AFTER_AN_ANSWER).await,
            Err(error) => Err(error.into()),
        };
        if let Err(error) = outcome {
            log.error("mails are not sent", json!({ "reason": error.to_string() }));
        }
    });
}

/// Sends mails that are due, at most `limit`. In development none is sent: they are looked at in the outbox.
pub async fn send_due(
    store: &Store<SpinDatabase>,
    settings: &Settings,
    log: &Log,
    limit: u32,
) -> Result<MailsSent, Error> {
    let mut count = MailsSent::default();
    if settings.environment.is_development() {
        return Ok(count);
    }
    let provider = settings.accounts.mail()?;
    for _ in 0..limit {
        let Some(mail) = store.take_mail(now()).await? else {
            break;
        };
        let outcome = match opened(settings, &mail) {
            Ok(letter) => hand_over(&provider, &letter).await,
            Err(error) => Outcome::Failed(error.to_string()),
        };
        // Nothing of the letter gets into the log: not its reader, and not what the provider says about them.
        let (id, kind) = (&mail.id, mail.kind.name());
        match outcome {
            Outcome::Sent => {
                store.mail_sent(id).await?;
                count.sent += 1;
            }
            Outcome::Refused(code) => {
                log.error(
                    "the provider will never take a mail",
                    json!({ "mail": id.as_str(), "kind": kind, "code": code }),
                );
                store.mail_sent(id).await?;
                count.refused += 1;
            }
            Outcome::Failed(reason) => {
                let next_try_at: DateTime<Utc> = now() + retry_after_failure(mail.tries);
                log.error(
                    "a mail is not sent yet",
                    json!({ "mail": id.as_str(), "kind": kind, "try": mail.tries, "reason": reason }),
                );
                store.mail_failed(id, next_try_at).await?;
                count.failed += 1;
            }
        }
    }
    Ok(count)
}

enum Outcome {
    Sent,
    /// Never to be tried again.
    Refused(i64),
    /// To be tried again.
    Failed(String),
}

/// A mail as Postmark takes it (`POST /email`).
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PostmarkMail<'a> {
    from: &'a str,
    to: &'a str,
    subject: &'a str,
    text_body: &'a str,
    message_stream: &'static str,
}

/// What Postmark answers, as far as it tells nothing about anybody.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PostmarkAnswer {
    error_code: i64,
}

async fn hand_over(provider: &MailSettings, letter: &Letter) -> Outcome {
    match in_time(provider, letter).await {
        Ok((status, _)) if status.is_success() => Outcome::Sent,
        Ok((NEVER, body)) => match serde_json::from_slice::<PostmarkAnswer>(&body) {
            Ok(answer) => Outcome::Refused(answer.error_code),
            Err(_) => Outcome::Failed("the provider answers 422 and not why".to_owned()),
        },
        Ok((status, _)) => Outcome::Failed(format!("the provider answers {}", status.as_u16())),
        Err(reason) => Outcome::Failed(format!("the provider is not reached: {reason}")),
    }
}

async fn in_time(provider: &MailSettings, letter: &Letter) -> Result<(StatusCode, Bytes), String> {
    match select(pin!(ask(provider, letter)), pin!(sleep(PATIENCE))).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => Err("it is silent".to_owned()),
    }
}

async fn ask(provider: &MailSettings, letter: &Letter) -> Result<(StatusCode, Bytes), String> {
    let mail = PostmarkMail {
        from: &provider.from,
        to: &letter.to,
        subject: &letter.subject,
        text_body: &letter.text,
        message_stream: "outbound",
    };
    let body = serde_json::to_vec(&mail).map_err(|error| error.to_string())?;
    let request = Request::post(format!("{}/email", provider.api))
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/json")
        .header("x-postmark-server-token", provider.token.expose())
        .body(Full::new(Bytes::from(body)))
        .map_err(|_| "mail_api or mail_token cannot be sent".to_owned())?;
    let response = send(request).await.map_err(|error| error.to_string())?;
    let status = response.status();
    let body = Limited::new(response.into_body(), LONGEST_ANSWER).collect().await;
    Ok((status, body.map_err(|error| error.to_string())?.to_bytes()))
}
