//! What every handler needs: the store, the keys, the time, and who counts how often somebody tries.

use chrono::{DateTime, TimeDelta, Utc};
use flow_edge::{Call, ClientAddress, Error, Settings, now};
use flow_identity::{Domain, Email, LookupKey, Place, Sealer};
use flow_store::{AuditEntry, AuditSubject, SealedColumn, SpinDatabase, Store, ThrottleRule};

/// One request and what it works with.
pub struct Context<'a> {
    pub call: &'a Call,
    pub settings: &'a Settings,
    pub store: Store<SpinDatabase>,
    pub marks: LookupKey,
    pub sealer: Sealer,
    pub now: DateTime<Utc>,
}

/// What may be tried only so often.
#[derive(Clone, Copy)]
pub enum Action {
    Register,
    Login,
    Forgot,
    Resend,
    Reset,
}

impl Action {
    const fn name(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Login => "login",
            Self::Forgot => "forgot",
            Self::Resend => "resend",
            Self::Reset => "reset",
        }
    }

    /// For one account. Ten passwords in a quarter of an hour are a person who looks for theirs, and fewer than a thousand a
    /// day for whoever guesses; five mails in an hour fill nobody's mailbox.
    const fn of_account(self) -> ThrottleRule {
        match self {
            Self::Login => rule(10, TimeDelta::minutes(15)),
            Self::Register | Self::Forgot | Self::Resend | Self::Reset => rule(5, TimeDelta::hours(1)),
        }
    }

    /// For one network address, behind which a whole office may sit.
    const fn of_address(self) -> ThrottleRule {
        match self {
            Self::Login => rule(60, TimeDelta::minutes(15)),
            Self::Register | Self::Forgot | Self::Resend | Self::Reset => rule(30, TimeDelta::hours(1)),
        }
    }
}

const fn rule(limit: u32, window: TimeDelta) -> ThrottleRule {
    ThrottleRule { window, limit }
}

impl<'a> Context<'a> {
    /// Opens the database and reads the keys.
    pub async fn open(call: &'a Call, settings: &'a Settings) -> Result<Self, Error> {
        Ok(Self {
            call,
            settings,
            marks: settings.accounts.lookup_key()?,
            sealer: settings.accounts.sealer()?,
            store: Store::new(SpinDatabase::open().await?),
            now: now(),
        })
    }

    /// The mark under which an address is found.
    pub fn email_mark(&self, email: &Email) -> String {
        self.marks.mark(Domain::Email, email.as_str().as_bytes())
    }

    /// The mark under which an address is barred.
    pub fn barred_mark(&self, email: &Email) -> String {
        self.marks.mark(Domain::Barred, email.as_str().as_bytes())
    }

    /// The mark of the client, to tell it from others that come with its token.
    pub fn client_mark(&self) -> String {
        self.marks.mark(
            Domain::UserAgent,
            self.user_agent().unwrap_or_default().as_bytes(),
        )
    }

    pub fn user_agent(&self) -> Option<&str> {
        self.call.header(http::header::USER_AGENT)
    }

    /// Counts a try from the client's address.
    pub async fn count_by_address(&self, action: Action) -> Result<(), Error> {
        // Calls between components have no address; nobody reaches these routes that way.
        let Some(address) = ClientAddress::of(self.call.headers(), self.settings.trusted_proxies) else {
            return Ok(());
        };
        let address = self.marks.mark(Domain::Address, address.to_string().as_bytes());
        let mark = self.throttle_mark(action, "address", &address);
        self.count(&mark, action.of_address()).await
    }

    /// Counts a try at the account with this mark, whether it exists or not.
    pub async fn count_by_account(&self, action: Action, email_mark: &str) -> Result<(), Error> {
        let mark = self.throttle_mark(action, "account", email_mark);
        self.count(&mark, action.of_account()).await
    }

    /// Forgets the tries at an account: one of them was right.
    pub async fn forget_tries(&self, action: Action, email_mark: &str) -> Result<(), Error> {
        let mark = self.throttle_mark(action, "account", email_mark);
        Ok(self.store.forget_tries(&mark).await?)
    }

    fn throttle_mark(&self, action: Action, of: &str, who: &str) -> String {
        let text = format!("{} {of} {who}", action.name());
        self.marks.mark(Domain::Throttle, text.as_bytes())
    }

    async fn count(&self, mark: &str, rule: ThrottleRule) -> Result<(), Error> {
        let Some(resets_at) = self.store.count_try(mark, rule, self.now).await? else {
            return Ok(());
        };
        Err(Error::too_many_tries(
            rule.limit,
            rule.window,
            resets_at,
            self.now,
        ))
    }

    /// Adds to the audit log what happened to an account.
    pub async fn record(&self, event: &str, subject: &AuditSubject) -> Result<(), Error> {
        let entry = AuditEntry {
            event,
            subject: Some(subject.clone()),
            reference: None,
            detail: serde_json::json!({}),
        };
        Ok(self.store.record(entry, self.now).await?)
    }

    /// The address of an account, from what is sealed in its row.
    pub fn open_email(&self, account: &str, sealed: &str) -> Result<Email, Error> {
        let text = self
            .sealer
            .open(place(SealedColumn::AccountEmail, account), sealed)?;
        Email::parse(&text).map_err(|_| Error::Internal("a stored address is none".to_owned()))
    }
}

/// The place of a sealed column in a row.
pub fn place(column: SealedColumn, row: &str) -> Place<'_> {
    let (table, column) = column.place();
    Place { table, column, row }
}

/// Reads an address out of a request.
pub fn email(typed: &str) -> Result<Email, Error> {
    Email::parse(typed).map_err(|error| Error::Invalid {
        field: "email",
        reason: error.to_string(),
    })
}
