//! What an operation of the interface is.

use flow_catalog::Feature;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::Value;

use crate::ProblemType;

/// One method on one address.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// Its name in the document and in generated clients.
    pub id: &'static str,
    /// The method. Where it is [`Method::Get`], `HEAD` is answered too.
    pub method: Method,
    /// The address, with parameters in braces.
    pub path: &'static str,
    /// The component that answers.
    pub component: &'static str,
    /// What it belongs to.
    pub tag: Tag,
    /// A line.
    pub summary: &'static str,
    /// What the line leaves out.
    pub description: &'static str,
    /// Who may call it.
    pub access: Access,
    /// What the caller's tier must include.
    pub feature: Option<Feature>,
    /// Parameters of the path, the query and headers.
    pub parameters: &'static [Parameter],
    /// What is sent.
    pub body: Option<Content>,
    /// Answers that are no problems.
    pub answers: &'static [Answer],
    /// Problems that are this operation's own; [`Operation::problems`] has all.
    pub own_problems: &'static [ProblemType],
}

/// A method that the interface uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are HTTP's own")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// As a request has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// Who may call an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Anybody,
    /// Whoever has the cookie with the refresh token.
    RefreshCookie,
    /// Who is signed in, unless a ban shuts the account.
    Account,
    /// Who is signed in, banned or not.
    AccountEvenIfBanned,
    /// Who is signed in with an address that is known to be theirs. Bans are looked at as limits are.
    VerifiedAccount,
    /// Who has the operator's token.
    Operator,
    /// Anybody in the environment `development`; elsewhere the address does not exist.
    Development,
}

impl Access {
    /// Whether somebody must be signed in.
    #[must_use]
    pub const fn is_account(self) -> bool {
        matches!(
            self,
            Self::Account | Self::AccountEvenIfBanned | Self::VerifiedAccount
        )
    }
}

/// What an operation belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is described by `description`")]
pub enum Tag {
    Attempts,
    Results,
    Auth,
    Account,
    Limits,
    Operators,
    System,
}

impl Tag {
    /// All tags, in the order of the document.
    pub const ALL: [Self; 7] = [
        Self::Attempts,
        Self::Results,
        Self::Auth,
        Self::Account,
        Self::Limits,
        Self::Operators,
        Self::System,
    ];

    /// The name in the document.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Attempts => "attempts",
            Self::Results => "results",
            Self::Auth => "auth",
            Self::Account => "account",
            Self::Limits => "limits",
            Self::Operators => "operators",
            Self::System => "system",
        }
    }

    /// What is under it.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::Attempts => "Ask for an attempt at a test, send its video, have it scored.",
            Self::Results => "What results mean together, and the report.",
            Self::Auth => "Register, sign in and out, sessions, passwords and addresses by mail.",
            Self::Account => "A person's own account and data.",
            Self::Limits => "What tiers offer, and how many videos may still be sent.",
            Self::Operators => "For who runs the product: the operator's token is needed.",
            Self::System => "Health, published keys, this document, and what development has.",
        }
    }
}

/// A parameter of the path, the query or a header.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// Where it is.
    pub place: Place,
    /// What it is.
    pub description: &'static str,
    /// Its schema.
    pub schema: fn() -> Value,
}

/// Where a parameter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are OpenAPI's own")]
pub enum Place {
    Path,
    Query,
    Header,
}

/// A body.
#[derive(Clone, Copy, Debug)]
pub struct Content {
    /// Its media types.
    pub media_types: &'static [&'static str],
    /// What is in it; `None` for bytes and text.
    pub schema: Option<fn(&mut SchemaGenerator) -> Schema>,
    /// An example, as JSON.
    pub example: Option<&'static str>,
}

impl Content {
    /// JSON of a type.
    #[must_use]
    pub const fn json<T: JsonSchema>() -> Self {
        Self::of::<T>(&["application/json"])
    }

    /// A value of a type on each line.
    #[must_use]
    pub const fn lines<T: JsonSchema>() -> Self {
        Self::of::<T>(&["application/x-ndjson"])
    }

    /// Bytes or text.
    #[must_use]
    pub const fn raw(media_types: &'static [&'static str]) -> Self {
        Self {
            media_types,
            schema: None,
            example: None,
        }
    }

    /// The same with an example.
    #[must_use]
    pub const fn such_as(self, example: &'static str) -> Self {
        Self {
            example: Some(example),
            ..self
        }
    }

    const fn of<T: JsonSchema>(media_types: &'static [&'static str]) -> Self {
        Self {
            media_types,
            schema: Some(subschema::<T>),
            example: None,
        }
    }

    /// Whether it is read as JSON.
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.media_types == ["application/json"]
    }
}

fn subschema<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// An answer that is no problem.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// When it comes.
    pub description: &'static str,
    /// The body, if it has one.
    pub content: Option<Content>,
    /// Names of its headers among those of the document's components.
    pub headers: &'static [&'static str],
}

impl Answer {
    /// An answer with a body.
    #[must_use]
    pub const fn new(status: u16, description: &'static str, content: Content) -> Self {
        Self {
            status,
            description,
            content: Some(content),
            headers: &[],
        }
    }

    /// An answer without one.
    #[must_use]
    pub const fn empty(status: u16, description: &'static str) -> Self {
        Self {
            status,
            description,
            content: None,
            headers: &[],
        }
    }

    /// The same with headers.
    #[must_use]
    pub const fn with(self, headers: &'static [&'static str]) -> Self {
        Self { headers, ..self }
    }
}

impl Operation {
    /// What most operations are, for `..`.
    pub(crate) const USUAL: Self = Self {
        id: "",
        method: Method::Get,
        path: "",
        component: "",
        tag: Tag::System,
        summary: "",
        description: "",
        access: Access::Account,
        feature: None,
        parameters: &[],
        body: None,
        answers: &[],
        own_problems: &[],
    };

    /// Every problem that it may answer, each once: its own, and those of who may call it, of its body and of its address.
    #[must_use]
    pub fn problems(&self) -> Vec<ProblemType> {
        use ProblemType as P;
        let mut problems = self.own_problems.to_vec();
        problems.push(P::Internal);
        if self.access.is_account() {
            problems.extend([
                P::SignInRequired,
                P::SessionEnded,
                P::NotConfigured,
                P::StorageUnavailable,
            ]);
        }
        match self.access {
            Access::Account | Access::VerifiedAccount => problems.push(P::Banned),
            Access::Operator => problems.extend([P::OperatorRequired, P::NotFound, P::StorageUnavailable]),
            Access::Development => problems.extend([P::NotFound, P::NotConfigured, P::StorageUnavailable]),
            Access::Anybody | Access::RefreshCookie | Access::AccountEvenIfBanned => {}
        }
        if self.access == Access::VerifiedAccount {
            problems.push(P::EmailNotVerified);
        }
        if self.feature.is_some() {
            problems.push(P::TierLacksFeature);
        }
        if self.path.contains('{') {
            problems.push(P::NotFound);
        }
        if self.body.is_some() {
            problems.extend([P::BrokenBody, P::MediaType, P::SlowBody, P::TooLarge]);
        }
        if self.body.is_some_and(|body| body.is_json()) {
            problems.push(P::BadJson);
        }
        problems.sort_unstable();
        problems.dedup();
        problems
    }
}
