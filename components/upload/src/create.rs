//! `POST /api/attempts`: asks for an attempt.

use flow_api::{AttemptRequest, AttemptView, MAX_VIDEO_BYTES};
use flow_catalog::{TestId, UnknownTest};
use flow_edge::{
    Call, Error, Reply, RequestBody, Settings, enter_even_if_banned, json, new_id, now, read_json,
    submission_rules, tell_operators, with_header, with_rate_limits,
};
use flow_store::{Created, NewAttempt};
use http::{StatusCode, header::LOCATION};

use crate::video_type;

pub async fn create<B>(call: &Call, body: B, settings: &Settings) -> Result<Reply, Error>
where
    B: RequestBody,
{
    // Banned people too: what they try counts.
    let (store, identity) = enter_even_if_banned(call, settings).await?;
    if !identity.verified {
        return Err(Error::EmailNotVerified);
    }
    let wanted: AttemptRequest = read_json(call, body).await?;
    let test = test(&wanted.test)?;
    if !identity.tier.tests().contains(&test) {
        return Err(Error::TierLacksTest {
            test,
            tier: identity.tier,
        });
    }
    let content_type = video_type(&wanted.content_type)?;
    match wanted.size_bytes {
        0 => {
            return Err(Error::Invalid {
                field: "sizeBytes",
                reason: "the video is empty; record again".into(),
            });
        }
        1..=MAX_VIDEO_BYTES => {}
        _ => {
            let advice = "record at 720p or less and at most 45 s";
            return Err(Error::BodyTooLarge {
                limit: MAX_VIDEO_BYTES,
                advice,
            });
        }
    }
    let sha256 = wanted
        .sha256
        .map(|text| text.to_ascii_lowercase().parse())
        .transpose();
    let sha256 = sha256.map_err(|reason| Error::Invalid {
        field: "sha256",
        reason,
    })?;
    let now = now();
    let rules = submission_rules(call, settings, &identity, now)?;
    if let (None, Some(ban)) = (&rules, &identity.ban) {
        return Err(Error::Banned {
            ban: ban.clone(),
            at: now,
        });
    }
    let new = NewAttempt {
        id: new_id(now).parse().map_err(Error::Internal)?,
        user: identity.user,
        tier: identity.tier,
        test,
        content_type,
        size_bytes: wanted.size_bytes,
        sha256,
        idempotency_key: idempotency_key(call)?,
    };
    let creation = store.create(&new, rules.as_ref(), now).await?;
    tell_operators(&call.log, &creation.alerts);
    let (status, attempt) = match creation.created {
        Created::New(attempt) => (StatusCode::CREATED, attempt),
        Created::Repeated(attempt) | Created::SameVideo(attempt) => (StatusCode::OK, attempt),
        Created::KeyReused => return Err(Error::IdempotencyKeyReused),
        Created::Refused(refusal) => return Err(Error::from(*refusal)),
    };
    let location = AttemptView::path(&attempt.id);
    let reply = with_header(json(status, &AttemptView::brief(attempt))?, LOCATION, &location)?;
    Ok(match (&creation.usage, &rules) {
        (Some(usage), Some(rules)) => with_rate_limits(reply, usage, test, rules),
        _ => reply,
    })
}

/// The test of this name. Numbers are for the command line.
fn test(name: &str) -> Result<TestId, Error> {
    let test = name.parse()?;
    if TestId::slug(test) == name {
        Ok(test)
    } else {
        Err(UnknownTest(name.to_owned()).into())
    }
}

/// The client's key, if it sent one.
fn idempotency_key(call: &Call) -> Result<Option<String>, Error> {
    let Some(value) = call.headers().get("idempotency-key") else {
        return Ok(None);
    };
    let is_key =
        |key: &&str| (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    let key = value.to_str().ok().filter(is_key);
    let reason = "1 to 255 visible characters are expected, a UUID for example";
    let key = key.ok_or_else(|| Error::Invalid {
        field: "Idempotency-Key",
        reason: reason.into(),
    })?;
    Ok(Some(key.to_owned()))
}
