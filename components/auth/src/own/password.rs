//! `POST /api/account/password`: another password; every other session ends.

use flow_api::PasswordRequest;
use flow_edge::{Call, Error, Reply, RequestBody, Settings, no_content, random, read_json};
use flow_identity::{Letter, Password, hash};
use flow_store::MailKind;

use super::owner;
use crate::{
    context::Context,
    mail::{sealed, send_after_the_answer},
    password::NOTICE,
};

pub async fn change<B>(call: &Call, body: B, settings: Settings) -> Result<Reply, Error>
where
    B: RequestBody,
{
    let context = Context::open(call, &settings).await?;
    let request: PasswordRequest = read_json(call, body).await?;
    let owner = owner(&context, call, &request.password).await?;
    let email = context.open_email(owner.account.id.as_str(), &owner.account.email_sealed)?;
    let password = Password::chosen(&request.new_password, &email)?;
    let password_hash = hash(&password, random())?;
    let notice = Letter::password_changed(&email, &settings.accounts.public_url()?);
    let notice = sealed(&context, MailKind::PasswordChanged, &notice, NOTICE)?;
    context
        .store
        .change_password(
            &owner.account.id,
            &password_hash,
            &owner.session,
            &notice,
            context.now,
        )
        .await?;
    context
        .record("account.password_changed", &owner.account.audit_subject)
        .await?;
    drop(context);
    send_after_the_answer(settings, &call.log);
    Ok(no_content())
}
