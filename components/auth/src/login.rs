//! `POST /api/auth/login`: signs in. An unknown address and a wrong password look the same and take the same time.

use flow_api::{AccountView, LoginRequest, SignedIn};
use flow_edge::{
    Call, Error, Reply, RequestBody, Settings, json, new_id, random, read_json, refresh_cookie, with_header,
};
use flow_identity::{
    ACCESS_TOKEN_LIFE, AccessClaims, Password, SecretToken, Verdict, client_label, hash, verify,
    verify_nobody,
};
use flow_store::{Account, NewSession, SESSION_IDLE, SessionId};
use http::{StatusCode, header::SET_COOKIE};

use crate::context::{Action, Context, email};

pub async fn login<B>(call: &Call, body: B, settings: &Settings) -> Result<Reply, Error>
where
    B: RequestBody,
{
    let context = Context::open(call, settings).await?;
    context.count_by_address(Action::Login).await?;
    let request: LoginRequest = read_json(call, body).await?;
    let email = email(&request.email)?;
    let email_mark = context.email_mark(&email);
    context.count_by_account(Action::Login, &email_mark).await?;
    let password = Password::typed(&request.password);
    let Some(credentials) = context.store.credentials(&email_mark, context.now).await? else {
        verify_nobody(&password)?;
        context.store.record_failed_sign_in(None, context.now).await?;
        return Err(Error::WrongCredentials);
    };
    let rehashed = match verify(&password, &credentials.password_hash)? {
        Verdict::Wrong => {
            let subject = Some(credentials.account.audit_subject);
            context.store.record_failed_sign_in(subject, context.now).await?;
            return Err(Error::WrongCredentials);
        }
        Verdict::Right { outdated: false } => None,
        Verdict::Right { outdated: true } => Some(hash(&password, random())?),
    };
    context.forget_tries(Action::Login, &email_mark).await?;
    let session: SessionId = new_id(context.now).parse().map_err(Error::Internal)?;
    let refresh = SecretToken::new(random());
    let new = NewSession {
        id: session.clone(),
        account: &credentials.account.id,
        client_label: &client_label(context.user_agent()),
        client_mark: &context.client_mark(),
        refresh_hash: &refresh.digest(),
        rehashed: rehashed.as_deref(),
    };
    context.store.open_session(&new, context.now).await?;
    signed_in(&context, &credentials.account, &session, &refresh)
}

/// The answer to whoever is signed in: an access token, and the refresh token as a cookie.
pub fn signed_in(
    context: &Context<'_>,
    account: &Account,
    session: &SessionId,
    refresh: &SecretToken,
) -> Result<Reply, Error> {
    let claims = AccessClaims {
        subject: account.id.to_string(),
        session: session.to_string(),
    };
    let signer = context.settings.accounts.signer()?;
    let access_token = signer
        .sign(&claims, context.now)
        .map_err(|error| Error::Internal(error.to_string()))?;
    let email = context.open_email(account.id.as_str(), &account.email_sealed)?;
    let answer = SignedIn {
        access_token,
        token_type: "Bearer",
        expires_in: ACCESS_TOKEN_LIFE.num_seconds(),
        account: AccountView {
            id: account.id.to_string(),
            email: email.as_str().to_owned(),
            email_verified: account.verified,
            tier: account.tier,
            time_zone: account.time_zone.name().to_owned(),
        },
    };
    let cookie = refresh_cookie(&refresh.text(), SESSION_IDLE.num_seconds());
    with_header(json(StatusCode::OK, &answer)?, SET_COOKIE, &cookie)
}
