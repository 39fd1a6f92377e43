//! `POST /api/account/delete`: everything of an account, gone (product requirement A4).

use flow_api::DeleteRequest;
use flow_edge::{
    Call, Error, Reply, RequestBody, Settings, clear_refresh_cookie, no_content, read_json, with_header,
};
use flow_store::{PersonalNames, SpinBlobs, Videos};
use http::header::SET_COOKIE;

use super::owner;
use crate::context::Context;

pub async fn delete<B>(call: &Call, body: B, settings: &Settings) -> Result<Reply, Error>
where
    B: RequestBody,
{
    let context = Context::open(call, settings).await?;
    let request: DeleteRequest = read_json(call, body).await?;
    let owner = owner(&context, call, &request.password).await?;
    let email = context.open_email(owner.account.id.as_str(), &owner.account.email_sealed)?;
    // Videos first: while their rows are there, whoever comes after a crash finds them.
    let videos = Videos::new(SpinBlobs::open().await?);
    for token in context.store.uploads_of_person(&owner.account.id).await? {
        videos.delete(&token).await?;
    }
    let names = PersonalNames {
        user: owner.account.id,
        subject: owner.account.audit_subject,
    };
    let barred = context.barred_mark(&email);
    context.store.erase(&names, &barred, context.now).await?;
    with_header(no_content(), SET_COOKIE, &clear_refresh_cookie())
}
