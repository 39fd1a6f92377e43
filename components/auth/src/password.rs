//! `POST /api/auth/forgot` and `/reset`: another password, for whoever reads the mail of an account.

use chrono::TimeDelta;
use flow_api::{EmailRequest, MailOnItsWay, ResetRequest};
use flow_edge::{Call, Error, Reply, RequestBody, Settings, json, no_content, random, read_json};
use flow_identity::{Letter, Password, SecretToken, hash};
use flow_store::{MailKind, MailPurpose, NewMailToken};
use http::StatusCode;

use crate::{
    context::{Action, Context, email},
    mail::{sealed, send_after_the_answer},
};

/// How long the link in the mail is good.
const LINK_MINUTES: i64 = 60;

/// How long the news that a password was changed is worth sending.
pub const NOTICE: TimeDelta = TimeDelta::days(3);

/// Sends the link if the address has an account. The answer is the same if it has none.
pub async fn forgot<B>(call: &Call, body: B, settings: Settings) -> Result<Reply, Error>
where
    B: RequestBody,
{
    let context = Context::open(call, &settings).await?;
    settings.accounts.check(!settings.environment.is_development())?;
    context.count_by_address(Action::Forgot).await?;
    let request: EmailRequest = read_json(call, body).await?;
    let email = email(&request.email)?;
    let email_mark = context.email_mark(&email);
    context.count_by_account(Action::Forgot, &email_mark).await?;
    let life = TimeDelta::minutes(LINK_MINUTES);
    let token = SecretToken::new(random());
    let letter = Letter::reset(&email, &settings.accounts.public_url()?, &token, LINK_MINUTES);
    let mail = sealed(&context, MailKind::Reset, &letter, life)?;
    let token = NewMailToken {
        hash: token.digest(),
        expires_at: context.now + life,
    };
    context
        .store
        .ask_by_mail(&email_mark, MailPurpose::Reset, &token, &mail, context.now)
        .await?;
    drop(context);
    send_after_the_answer(settings, &call.log);
    json(
        StatusCode::ACCEPTED,
        &MailOnItsWay {
            message: "If this address has an account, a mail is on its way to it.",
        },
    )
}

/// Changes the password and ends every session.
pub async fn reset<B>(call: &Call, body: B, settings: Settings) -> Result<Reply, Error>
where
    B: RequestBody,
{
    let context = Context::open(call, &settings).await?;
    context.count_by_address(Action::Reset).await?;
    let request: ResetRequest = read_json(call, body).await?;
    let token = SecretToken::parse(&request.token)
        .ok_or(Error::TokenInvalid)?
        .digest();
    let owner = context
        .store
        .token_owner(&token, MailPurpose::Reset, context.now)
        .await?;
    let owner = owner.ok_or(Error::TokenInvalid)?;
    let email = context.open_email(owner.account.as_str(), &owner.email_sealed)?;
    let password = Password::chosen(&request.password, &email)?;
    let password_hash = hash(&password, random())?;
    let notice = Letter::password_changed(&email, &settings.accounts.public_url()?);
    let notice = sealed(&context, MailKind::PasswordChanged, &notice, NOTICE)?;
    let changed = context
        .store
        .reset_password(&token, &password_hash, &notice, context.now)
        .await?;
    changed.ok_or(Error::TokenInvalid)?;
    // Whoever was locked out by others' tries gets in with the new password.
    context
        .forget_tries(Action::Login, &context.email_mark(&email))
        .await?;
    drop(context);
    send_after_the_answer(settings, &call.log);
    Ok(no_content())
}
