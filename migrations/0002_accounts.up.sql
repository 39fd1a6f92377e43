-- Accounts: who may sign in, with what, until when, and the mails that this takes.
--
-- Nothing here names a person in the clear: addresses are sealed (`keyid.base64url`), found again by a keyed hash, and tokens
-- are kept as digests. Foreign keys are stated for readers; Spin's SQLite does not enforce them.
-- Times are milliseconds since 1970 (UTC).

CREATE TABLE IF NOT EXISTS accounts (
    id                 TEXT    PRIMARY KEY,               -- UUID version 7; also the user id of attempts
    email_lookup       TEXT    NOT NULL UNIQUE,           -- HMAC-SHA-256 of the normalized address
    email_sealed       TEXT    NOT NULL,
    password_hash      TEXT    NOT NULL,                  -- PHC string
    audit_subject      TEXT    NOT NULL UNIQUE,           -- random: the only name under which the audit log knows a user
    time_zone          TEXT    NOT NULL,                  -- of the IANA database
    adult_confirmed_at INTEGER NOT NULL,
    verified_at        INTEGER,
    created_at         INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS accounts_by_seal ON accounts (email_sealed);

CREATE TABLE IF NOT EXISTS consents (
    account_id         TEXT    NOT NULL REFERENCES accounts (id),
    version            TEXT    NOT NULL,
    at                 INTEGER NOT NULL,
    PRIMARY KEY (account_id, version)
);

-- One row for each sign-in: the family of all its refresh tokens.
CREATE TABLE IF NOT EXISTS sessions (
    id                 TEXT    PRIMARY KEY,
    account_id         TEXT    NOT NULL REFERENCES accounts (id),
    client_label       TEXT    NOT NULL,                  -- browser and system, for the person's own list
    client_mark        TEXT    NOT NULL,                  -- HMAC-SHA-256 of the User-Agent that refreshed last
    created_at         INTEGER NOT NULL,
    last_used_at       INTEGER NOT NULL,
    expires_at         INTEGER NOT NULL,
    revoked_at         INTEGER,
    revoked_reason     TEXT,
    CHECK ((revoked_at IS NULL) = (revoked_reason IS NULL))
);
CREATE INDEX IF NOT EXISTS sessions_of_account ON sessions (account_id, id);
CREATE INDEX IF NOT EXISTS sessions_by_end ON sessions (expires_at);

CREATE TABLE IF NOT EXISTS refresh_tokens (
    hash               TEXT    PRIMARY KEY,               -- SHA-256
    session_id         TEXT    NOT NULL REFERENCES sessions (id),
    issued_at          INTEGER NOT NULL,
    used_at            INTEGER
);
CREATE INDEX IF NOT EXISTS refresh_tokens_of_session ON refresh_tokens (session_id);
CREATE INDEX IF NOT EXISTS refresh_tokens_by_use ON refresh_tokens (used_at);

-- Tokens that were sent by mail; each is good once.
CREATE TABLE IF NOT EXISTS mail_tokens (
    hash               TEXT    PRIMARY KEY,               -- SHA-256
    account_id         TEXT    NOT NULL,                  -- empty: a decoy, for an address without an account
    purpose            TEXT    NOT NULL CHECK (purpose IN ('verify', 'reset', 'change-email')),
    new_email_lookup   TEXT,
    new_email_sealed   TEXT,
    expires_at         INTEGER NOT NULL,
    used_at            INTEGER,
    CHECK ((purpose = 'change-email') = (new_email_lookup IS NOT NULL)),
    CHECK ((new_email_lookup IS NULL) = (new_email_sealed IS NULL))
);
CREATE INDEX IF NOT EXISTS mail_tokens_of_account ON mail_tokens (account_id);
CREATE INDEX IF NOT EXISTS mail_tokens_by_end ON mail_tokens (expires_at);

-- Mails that are not sent yet. A row is removed once the provider has taken its mail.
CREATE TABLE IF NOT EXISTS mails (
    id                 TEXT    PRIMARY KEY,               -- UUID version 7
    account_id         TEXT    NOT NULL,
    kind               TEXT    NOT NULL,
    payload_sealed     TEXT    NOT NULL,                  -- JSON: to whom, subject, text
    created_at         INTEGER NOT NULL,
    tries              INTEGER NOT NULL DEFAULT 0,
    next_try_at        INTEGER NOT NULL,
    expires_at         INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS mails_by_try ON mails (next_try_at);
CREATE INDEX IF NOT EXISTS mails_of_account ON mails (account_id);

-- How often something was tried in a window of time; marks are HMACs, so that no address is kept.
CREATE TABLE IF NOT EXISTS throttles (
    mark               TEXT    PRIMARY KEY,
    window_start       INTEGER NOT NULL,
    count              INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS throttles_by_age ON throttles (window_start);

-- What an account pays for; no row is the Free tier.
CREATE TABLE IF NOT EXISTS subscriptions (
    account_id         TEXT    PRIMARY KEY REFERENCES accounts (id),
    tier               TEXT    NOT NULL CHECK (tier IN ('free', 'basic', 'pro', 'pro-plus')),
    next_tier          TEXT             CHECK (next_tier IN ('free', 'basic', 'pro', 'pro-plus')),
    ends_at            INTEGER,                           -- from then on next_tier holds, or Free
    CHECK (next_tier IS NULL OR ends_at IS NOT NULL)
);
