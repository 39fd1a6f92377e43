//! `GET /api/dev/outbox`: the mails that would be sent, in development. Elsewhere the address does not exist.

use std::fmt::Write as _;

use flow_api::{ListView, OutboxMail, rfc3339};
use flow_edge::{Call, Error, Reply, Settings, bytes, json, now};
use flow_store::{SpinDatabase, Store};
use http::{StatusCode, header};

use crate::mail::opened;

/// How many mails are shown, newest first.
const SHOWN: u32 = 100;

pub async fn show(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    if !settings.environment.is_development() {
        return Err(Error::NotFound("page"));
    }
    let store = Store::new(SpinDatabase::open().await?);
    let mut items = Vec::new();
    for mail in store.outbox(now(), SHOWN).await? {
        let letter = opened(settings, &mail)?;
        items.push(OutboxMail {
            id: mail.id.to_string(),
            kind: mail.kind.name(),
            created_at: rfc3339(mail.created_at),
            to: letter.to,
            subject: letter.subject,
            text: letter.text,
        });
    }
    let wants_page = call
        .header(header::ACCEPT)
        .is_some_and(|accepted| accepted.contains("text/html"));
    if wants_page {
        return Ok(bytes(StatusCode::OK, "text/html; charset=utf-8", page(&items)));
    }
    json(
        StatusCode::OK,
        &ListView {
            items,
            next_cursor: None,
        },
    )
}

fn page(mails: &[OutboxMail]) -> String {
    let mut page = String::from(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Outbox</title>\
         <h1>Outbox</h1><p>In development no mail is sent; here is what would be.</p>",
    );
    for mail in mails {
        let text: String = mail.text.lines().fold(String::new(), |mut text, line| {
            let line = escaped(line);
            let is_link = line.starts_with("http://") || line.starts_with("https://");
            // Writing to a String cannot fail.
            _ = if is_link {
                writeln!(text, "<a href=\"{line}\">{line}</a>")
            } else {
                writeln!(text, "{line}")
            };
            text
        });
        _ = write!(
            page,
            "<article><h2>{}</h2><p>{} to {}</p><pre>{text}</pre></article>",
            escaped(&mail.subject),
            mail.created_at,
            escaped(&mail.to)
        );
    }
    page
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
