//! `POST /api/auth/verify` and `/verify/resend`: shows that an address is its owner's, and asks for another mail to do so.

use chrono::TimeDelta;
use flow_api::{EmailRequest, MailOnItsWay, VerifyRequest};
use flow_edge::{Call, Error, Reply, RequestBody, Settings, json, no_content, random, read_json};
use flow_identity::{Letter, SecretToken};
use flow_store::{MailKind, MailPurpose, NewMailToken};
use http::StatusCode;

use crate::{
    context::{Action, Context, email},
    mail::{sealed, send_after_the_answer},
    register::LINK_HOURS,
};

pub async fn verify<B>(call: &Call, body: B, settings: &Settings) -> Result<Reply, Error>
where
    B: RequestBody,
{
    let context = Context::open(call, settings).await?;
    let request: VerifyRequest = read_json(call, body).await?;
    let token = SecretToken::parse(&request.token).ok_or(Error::TokenInvalid)?;
    let owner = context.store.verify_email(&token.digest(), context.now).await?;
    owner.ok_or(Error::TokenInvalid)?;
    Ok(no_content())
}

pub async fn resend<B>(call: &Call, body: B, settings: Settings) -> Result<Reply, Error>
where
    B: RequestBody,
{
    let context = Context::open(call, &settings).await?;
    settings.accounts.check(!settings.environment.is_development())?;
    context.count_by_address(Action::Resend).await?;
    let request: EmailRequest = read_json(call, body).await?;
    let email = email(&request.email)?;
    let email_mark = context.email_mark(&email);
    context.count_by_account(Action::Resend, &email_mark).await?;
    let life = TimeDelta::hours(LINK_HOURS);
    let token = SecretToken::new(random());
    let letter = Letter::verify(&email, &settings.accounts.public_url()?, &token, LINK_HOURS);
    let mail = sealed(&context, MailKind::Verify, &letter, life)?;
    let token = NewMailToken {
        hash: token.digest(),
        expires_at: context.now + life,
    };
    context
        .store
        .ask_by_mail(&email_mark, MailPurpose::Verify, &token, &mail, context.now)
        .await?;
    drop(context);
    send_after_the_answer(settings, &call.log);
    json(
        StatusCode::ACCEPTED,
        &MailOnItsWay {
            message: "If this address waits to be confirmed, a mail is on its way to it.",
        },
    )
}
