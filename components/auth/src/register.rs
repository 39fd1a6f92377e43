//! `POST /api/auth/register`: asks for an account. The answer is the same whether or not the address has one.

use chrono::TimeDelta;
use chrono_tz::Tz;
use flow_api::{MailOnItsWay, RegisterRequest};
use flow_catalog::CONSENT_VERSION;
use flow_edge::{Call, Error, Reply, RequestBody, Settings, json, new_id, random, read_json};
use flow_identity::{Letter, Password, SecretToken, hash};
use flow_store::{MailKind, NewAccount, NewMailToken, RegistrationMails, SealedColumn};
use http::StatusCode;

use crate::{
    context::{Action, Context, email, place},
    mail::{sealed, send_after_the_answer},
};

/// How long the link in the mail is good.
pub const LINK_HOURS: i64 = 24;

pub async fn register<B>(call: &Call, body: B, settings: Settings) -> Result<Reply, Error>
where
    B: RequestBody,
{
    let context = Context::open(call, &settings).await?;
    settings.accounts.check(!settings.environment.is_development())?;
    context.count_by_address(Action::Register).await?;
    let wanted: RegisterRequest = read_json(call, body).await?;
    let email = email(&wanted.email)?;
    let password = Password::chosen(&wanted.password, &email)?;
    let time_zone = time_zone(&wanted.time_zone)?;
    check_consent(&wanted)?;
    let email_mark = context.email_mark(&email);
    context.count_by_account(Action::Register, &email_mark).await?;

    // All the work is done in either case, and only then it is looked who has this address.
    let id = new_id(context.now);
    let password_hash = hash(&password, random())?;
    let email_sealed =
        context
            .sealer
            .seal(place(SealedColumn::AccountEmail, &id), email.as_str(), random())?;
    let public_url = settings.accounts.public_url()?;
    let life = TimeDelta::hours(LINK_HOURS);
    let token = SecretToken::new(random());
    let welcome = Letter::verify(&email, &public_url, &token, LINK_HOURS);
    let welcome = sealed(&context, MailKind::Verify, &welcome, life)?;
    let known = Letter::already_registered(&email, &public_url);
    let known = sealed(&context, MailKind::AlreadyRegistered, &known, life)?;
    let barred = sealed(&context, MailKind::Barred, &Letter::barred(&email), life)?;
    let token = NewMailToken {
        hash: token.digest(),
        expires_at: context.now + life,
    };
    let new = NewAccount {
        id: id.parse().map_err(Error::Internal)?,
        email_lookup: &email_mark,
        barred_lookup: &context.barred_mark(&email),
        email_sealed: &email_sealed,
        password_hash: &password_hash,
        audit_subject: new_id(context.now).parse().map_err(Error::Internal)?,
        time_zone,
        consent_version: CONSENT_VERSION,
    };
    let mails = RegistrationMails {
        welcome,
        known,
        barred,
    };
    context.store.register(&new, &token, &mails, context.now).await?;
    drop(context);
    send_after_the_answer(settings, &call.log);
    json(
        StatusCode::ACCEPTED,
        &MailOnItsWay {
            message: "We have sent a mail to this address; follow the link in it.",
        },
    )
}

fn time_zone(name: &str) -> Result<Tz, Error> {
    name.parse().map_err(|_| Error::Invalid {
        field: "timeZone",
        reason: "a name of the IANA database is expected, such as Europe/Berlin".to_owned(),
    })
}

fn check_consent(wanted: &RegisterRequest) -> Result<(), Error> {
    if wanted.consent.version != CONSENT_VERSION {
        return Err(Error::Invalid {
            field: "consent.version",
            reason: format!("read and agree to the wellness disclaimer of {CONSENT_VERSION}"),
        });
    }
    if !wanted.adult {
        return Err(Error::Invalid {
            field: "adult",
            reason: "Flow Logic is for people of 18 and older; confirm that you are".to_owned(),
        });
    }
    Ok(())
}
