//! `POST /api/account/email` and `POST /api/auth/change-email`: another address, once its mail was read.

use chrono::TimeDelta;
use flow_api::{EmailChangeRequest, MailOnItsWay, VerifyRequest};
use flow_edge::{Call, Error, Reply, RequestBody, Settings, json, no_content, random, read_json};
use flow_identity::{Letter, SecretToken};
use flow_store::{EmailChange, MailKind, NewEmail, NewMailToken, SealedColumn};
use http::StatusCode;

use super::owner;
use crate::{
    context::{Context, email, place},
    mail::{sealed, send_after_the_answer},
    password::NOTICE,
    register::LINK_HOURS,
};

/// Sends a link to the new address. The answer is the same if somebody has that address.
pub async fn ask<B>(call: &Call, body: B, settings: Settings) -> Result<Reply, Error>
where
    B: RequestBody,
{
    let context = Context::open(call, &settings).await?;
    settings.accounts.check(!settings.environment.is_development())?;
    let request: EmailChangeRequest = read_json(call, body).await?;
    let owner = owner(&context, call, &request.password).await?;
    let new = email(&request.new_email)?;
    let life = TimeDelta::hours(LINK_HOURS);
    let token = SecretToken::new(random());
    let hash = token.digest();
    let url = settings.accounts.public_url()?;
    let link = Letter::change_email(&new, &url, &token, LINK_HOURS);
    let link = sealed(&context, MailKind::ChangeEmail, &link, life)?;
    let notice = Letter::already_registered(&new, &url);
    let notice = sealed(&context, MailKind::AlreadyRegistered, &notice, life)?;
    let sealed_email = context
        .sealer
        .seal(place(SealedColumn::NewEmail, &hash), new.as_str(), random())?;
    let new = NewEmail {
        lookup: &context.email_mark(&new),
        sealed: &sealed_email,
    };
    let token = NewMailToken {
        expires_at: context.now + life,
        hash,
    };
    context
        .store
        .ask_for_email(&owner.account.id, new, &token, &link, &notice, context.now)
        .await?;
    drop(context);
    send_after_the_answer(settings, &call.log);
    let message = "If this address can be used, a mail with a link is on its way to it.";
    json(StatusCode::ACCEPTED, &MailOnItsWay { message })
}

/// Uses the token of the link; the old address is told.
pub async fn confirm<B>(call: &Call, body: B, settings: Settings) -> Result<Reply, Error>
where
    B: RequestBody,
{
    let context = Context::open(call, &settings).await?;
    let request: VerifyRequest = read_json(call, body).await?;
    let hash = SecretToken::parse(&request.token)
        .ok_or(Error::TokenInvalid)?
        .digest();
    let change = context.store.email_change(&hash, context.now).await?;
    let change: EmailChange = change.ok_or(Error::TokenInvalid)?;
    let account = context.store.account(&change.account, context.now).await?;
    let account = account.ok_or(Error::TokenInvalid)?;
    let old = context.open_email(account.id.as_str(), &account.email_sealed)?;
    let new = context
        .sealer
        .open(place(SealedColumn::NewEmail, &hash), &change.sealed)?;
    let resealed = context.sealer.seal(
        place(SealedColumn::AccountEmail, account.id.as_str()),
        &new,
        random(),
    )?;
    let notice = Letter::email_changed(&old, &settings.accounts.public_url()?);
    let notice = sealed(&context, MailKind::EmailChanged, &notice, NOTICE)?;
    let changed = context
        .store
        .change_email(&hash, &change, &resealed, &notice, context.now)
        .await?;
    if !changed {
        return Err(Error::TokenInvalid);
    }
    context
        .record("account.email_changed", &account.audit_subject)
        .await?;
    drop(context);
    send_after_the_answer(settings, &call.log);
    Ok(no_content())
}
