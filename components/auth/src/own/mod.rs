//! What owners do with their password in hand: change it, change the address, delete the account.

pub mod delete;
pub mod email;
pub mod password;

use flow_edge::{Call, Error, enter_even_if_banned};
use flow_identity::{Password, Verdict, verify};
use flow_store::{Account, SessionId};

use crate::context::{Action, Context};

/// An owner who has shown the password.
pub struct Owner {
    pub account: Account,
    pub session: SessionId,
}

/// Who asks, if the password is right. Tries count like those of signing in, so that a stolen access token is no way to guess it.
pub async fn owner(context: &Context<'_>, call: &Call, password: &str) -> Result<Owner, Error> {
    let (_, identity) = enter_even_if_banned(call, context.settings).await?;
    // The development identity has no account, no session and no password.
    let session = identity.session.clone().ok_or(Error::NotFound("account"))?;
    context.count_by_address(Action::Login).await?;
    let credentials = context
        .store
        .credentials_of(&identity.user, context.now)
        .await?
        .ok_or(Error::SessionEnded)?;
    let email = context.open_email(identity.user.as_str(), &credentials.account.email_sealed)?;
    let mark = context.email_mark(&email);
    context.count_by_account(Action::Login, &mark).await?;
    let verdict = verify(&Password::typed(password), &credentials.password_hash);
    match verdict? {
        Verdict::Wrong => Err(Error::WrongPassword),
        Verdict::Right { .. } => {
            context.forget_tries(Action::Login, &mark).await?;
            Ok(Owner {
                account: credentials.account,
                session,
            })
        }
    }
}
