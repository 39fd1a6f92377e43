//! Registering, signing in, sessions, passwords and addresses by mail.

use super::ID;
use crate::{
    EmailRequest, ListView, LoginRequest, MailOnItsWay, ProblemType as P, RegisterRequest, ResetRequest,
    SessionView, SessionsEnded, SignedIn, VerifyRequest,
    operation::{Access, Answer, Content, Method, Operation, Tag},
};

const AUTH: Operation = Operation {
    method: Method::Post,
    component: "auth",
    tag: Tag::Auth,
    access: Access::Anybody,
    ..Operation::USUAL
};

const SESSION: Operation = Operation {
    access: Access::Account,
    ..AUTH
};

const ON_ITS_WAY: Answer = Answer::new(
    202,
    "A mail is on its way, if there is one to be sent.",
    Content::json::<MailOnItsWay>(),
);

const SIGNED_IN: Answer = Answer::new(
    200,
    "An access token; the refresh token is in the cookie.",
    Content::json::<SignedIn>(),
)
.with(&["Set-Cookie"]);

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "register",
        path: "/api/auth/register",
        summary: "Ask for an account",
        description: "Sends a mail with a link that confirms the address. The answer is the same whether or not the address has an \
            account.",
        body: Some(Content::json::<RegisterRequest>().such_as(
            r#"{"email":"ann@example.org","password":"seven quiet herons","timeZone":"Europe/Berlin","consent":{"version":"2026-11"},"adult":true}"#,
        )),
        answers: &[ON_ITS_WAY],
        own_problems: &[P::InvalidValue, P::NotConfigured, P::StorageUnavailable, P::TooManyTries, P::WeakPassword],
        ..AUTH
    },
    Operation {
        id: "verifyEmail",
        path: "/api/auth/verify",
        summary: "Confirm an address with the token of a mail",
        body: Some(Content::json::<VerifyRequest>()),
        answers: &[Answer::empty(204, "The address is confirmed.")],
        own_problems: &[P::NotConfigured, P::StorageUnavailable, P::TokenInvalid],
        ..AUTH
    },
    Operation {
        id: "resendVerification",
        path: "/api/auth/verify/resend",
        summary: "Ask for another mail to confirm an address",
        body: Some(Content::json::<EmailRequest>()),
        answers: &[ON_ITS_WAY],
        own_problems: &[P::InvalidValue, P::NotConfigured, P::StorageUnavailable, P::TooManyTries],
        ..AUTH
    },
    Operation {
        id: "login",
        path: "/api/auth/login",
        summary: "Sign in",
        description: "An unknown address and a wrong password are answered the same.",
        body: Some(
            Content::json::<LoginRequest>()
                .such_as(r#"{"email":"ann@example.org","password":"seven quiet herons"}"#),
        ),
        answers: &[SIGNED_IN],
        own_problems: &[
            P::InvalidValue,
            P::NotConfigured,
            P::StorageUnavailable,
            P::TooManyTries,
            P::WrongCredentials,
        ],
        ..AUTH
    },
    Operation {
        id: "refreshSession",
        path: "/api/auth/refresh",
        summary: "Get another access token",
        description: "Uses the cookie, which is good once; the answer sets the next one. A cookie that comes again ends the \
            session. Refused when another site's page asks.",
        access: Access::RefreshCookie,
        answers: &[SIGNED_IN],
        own_problems: &[P::CrossSite, P::NotConfigured, P::SessionEnded, P::StorageUnavailable],
        ..AUTH
    },
    Operation {
        id: "logout",
        path: "/api/auth/logout",
        summary: "Sign out",
        description: "Ends the session of the cookie, if there is one, and takes the cookie back.",
        answers: &[Answer::empty(204, "Signed out.").with(&["Set-Cookie"])],
        own_problems: &[P::CrossSite, P::NotConfigured, P::StorageUnavailable],
        ..AUTH
    },
    Operation {
        id: "listSessions",
        method: Method::Get,
        path: "/api/auth/sessions",
        summary: "List where the account is signed in",
        answers: &[Answer::new(
            200,
            "The sessions that hold, at most 100.",
            Content::json::<ListView<SessionView>>(),
        )],
        ..SESSION
    },
    Operation {
        id: "endOtherSessions",
        method: Method::Delete,
        path: "/api/auth/sessions",
        summary: "End all sessions but the one that asks",
        answers: &[Answer::new(200, "How many were ended.", Content::json::<SessionsEnded>())],
        ..SESSION
    },
    Operation {
        id: "endSession",
        method: Method::Delete,
        path: "/api/auth/sessions/{id}",
        summary: "End a session",
        parameters: &[ID],
        answers: &[Answer::empty(204, "It is over.")],
        ..SESSION
    },
    Operation {
        id: "forgotPassword",
        path: "/api/auth/forgot",
        summary: "Ask for a mail to choose another password",
        description: "The answer is the same whether or not the address has an account.",
        body: Some(Content::json::<EmailRequest>()),
        answers: &[ON_ITS_WAY],
        own_problems: &[P::InvalidValue, P::NotConfigured, P::StorageUnavailable, P::TooManyTries],
        ..AUTH
    },
    Operation {
        id: "resetPassword",
        path: "/api/auth/reset",
        summary: "Choose another password with the token of a mail",
        description: "Ends every session.",
        body: Some(Content::json::<ResetRequest>()),
        answers: &[Answer::empty(204, "The password is changed.")],
        own_problems: &[
            P::NotConfigured,
            P::StorageUnavailable,
            P::TokenInvalid,
            P::TooManyTries,
            P::WeakPassword,
        ],
        ..AUTH
    },
    Operation {
        id: "confirmEmailChange",
        path: "/api/auth/change-email",
        summary: "Change an address with the token of a mail",
        body: Some(Content::json::<VerifyRequest>()),
        answers: &[Answer::empty(204, "The address is changed.")],
        own_problems: &[P::NotConfigured, P::StorageUnavailable, P::TokenInvalid],
        ..AUTH
    },
];
