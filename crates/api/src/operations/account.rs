//! A person's own account.

use crate::{
    AccountChange, AccountDetails, DeleteRequest, EmailChangeRequest, MailOnItsWay, PasswordRequest,
    ProblemType as P,
    operation::{Access, Answer, Content, Method, Operation, Tag},
};

const ACCOUNT: Operation = Operation {
    component: "account",
    tag: Tag::Account,
    access: Access::AccountEvenIfBanned,
    ..Operation::USUAL
};

/// What needs the password.
const WITH_PASSWORD: Operation = Operation {
    method: Method::Post,
    component: "auth",
    ..ACCOUNT
};

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "getAccount",
        path: "/api/account",
        summary: "Show the account",
        answers: &[Answer::new(
            200,
            "The account.",
            Content::json::<AccountDetails>(),
        )],
        own_problems: &[P::NotFound],
        ..ACCOUNT
    },
    Operation {
        id: "updateAccount",
        method: Method::Patch,
        path: "/api/account",
        summary: "Change the time zone of the account",
        description: "Where the person's days and months begin; once in a while only, so that no day is had twice.",
        access: Access::Account,
        body: Some(Content::json::<AccountChange>().such_as(r#"{"timeZone":"Europe/Berlin"}"#)),
        answers: &[Answer::new(
            200,
            "The account as it is now.",
            Content::json::<AccountDetails>(),
        )],
        own_problems: &[P::InvalidValue, P::NotFound, P::TooManyTries],
        ..ACCOUNT
    },
    Operation {
        id: "exportAccount",
        path: "/api/account/export",
        summary: "Export everything that is stored of the person",
        description: "A zip of JSON and CSV that says in `README.txt` what is in it.",
        answers: &[Answer::new(
            200,
            "The zip, written while it is sent.",
            Content::raw(&["application/zip"]),
        )
        .with(&["Content-Disposition"])],
        ..ACCOUNT
    },
    Operation {
        id: "changePassword",
        path: "/api/account/password",
        summary: "Choose another password",
        description: "Ends every other session, and tells the owner by mail.",
        body: Some(Content::json::<PasswordRequest>()),
        answers: &[Answer::empty(204, "The password is changed.")],
        own_problems: &[P::NotFound, P::TooManyTries, P::WeakPassword, P::WrongPassword],
        ..WITH_PASSWORD
    },
    Operation {
        id: "requestEmailChange",
        path: "/api/account/email",
        summary: "Ask for another address",
        description: "Sends a link to the new address. The answer is the same if somebody else has it.",
        body: Some(Content::json::<EmailChangeRequest>()),
        answers: &[Answer::new(
            202,
            "A mail is on its way, if there is one to be sent.",
            Content::json::<MailOnItsWay>(),
        )],
        own_problems: &[P::InvalidValue, P::NotFound, P::TooManyTries, P::WrongPassword],
        ..WITH_PASSWORD
    },
    Operation {
        id: "deleteAccount",
        path: "/api/account/delete",
        summary: "Delete the account and everything of it",
        body: Some(Content::json::<DeleteRequest>()),
        answers: &[Answer::empty(204, "Everything is gone.").with(&["Set-Cookie"])],
        own_problems: &[P::NotFound, P::TooManyTries, P::WrongPassword],
        ..WITH_PASSWORD
    },
];
