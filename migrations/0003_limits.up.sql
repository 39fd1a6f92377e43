-- Limits and bans. Submissions that were accepted are counted from `attempts` itself; here is what else has to be known.
--
-- Every statement may run again without harm. Times are milliseconds since 1970 (UTC).

-- Which address an accepted submission came from, as a keyed hash. Deleted after a day.
CREATE TABLE IF NOT EXISTS submission_addresses (
    attempt_id        TEXT    PRIMARY KEY REFERENCES attempts (id),
    mark              TEXT    NOT NULL,                   -- HMAC-SHA-256, lower-case hexadecimal
    created_at        INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS submission_addresses_by_mark ON submission_addresses (mark, created_at);
CREATE INDEX IF NOT EXISTS submission_addresses_by_age ON submission_addresses (created_at);

-- Submissions that were refused, by quarter of an hour: every time zone's day begins with one. Deleted after two days.
CREATE TABLE IF NOT EXISTS refused_submissions (
    user_id           TEXT    NOT NULL,
    quarter           INTEGER NOT NULL,                   -- when it began
    count             INTEGER NOT NULL,
    PRIMARY KEY (user_id, quarter)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS refused_submissions_by_age ON refused_submissions (quarter);

CREATE TABLE IF NOT EXISTS bans (
    id                TEXT    PRIMARY KEY,                -- begins with a UUID version 7: sorts by time of creation
    subject_kind      TEXT    NOT NULL CHECK (subject_kind IN ('user', 'address')),
    subject           TEXT    NOT NULL,                   -- a user's id, or the mark of an address
    level             TEXT    NOT NULL CHECK (level IN ('address', 'soft', 'hard', 'permanent')),
    reason            TEXT    NOT NULL,
    created_at        INTEGER NOT NULL,
    ends_at           INTEGER,                            -- empty: never
    lifted_at         INTEGER,                            -- by an operator
    lift_reason       TEXT,
    CHECK ((subject_kind = 'address') = (level = 'address')),
    CHECK ((level = 'permanent') = (ends_at IS NULL)),
    CHECK ((lifted_at IS NULL) = (lift_reason IS NULL))
);
CREATE INDEX IF NOT EXISTS bans_of_subject ON bans (subject, subject_kind, id);

-- What the circuit breaker looks at, by minute. Deleted after a week.
CREATE TABLE IF NOT EXISTS refused_minutes (
    minute            INTEGER PRIMARY KEY,                -- when it began
    refused           INTEGER NOT NULL,                   -- submissions refused by a limit or a ban
    too_many          INTEGER NOT NULL                    -- those of them answered with 429
);
CREATE TABLE IF NOT EXISTS compute_minutes (
    minute            INTEGER PRIMARY KEY,                -- in which runs ended
    milliseconds      INTEGER NOT NULL                    -- that their instances computed
);

-- Whether the circuit breaker was last seen open. Signals decide; this is here so that a change is told once.
CREATE TABLE IF NOT EXISTS breaker (
    id                INTEGER PRIMARY KEY CHECK (id = 1),
    open_for          TEXT,                               -- why it is open; empty: closed
    changed_at        INTEGER NOT NULL
);

-- What is counted for limits: attempts that neither joined another one nor failed by a fault of ours.
CREATE INDEX IF NOT EXISTS attempts_counted ON attempts (created_at)
    WHERE merged_into IS NULL AND state <> 'failed';
CREATE INDEX IF NOT EXISTS attempts_counted_of_user ON attempts (user_id, created_at, test)
    WHERE merged_into IS NULL AND state <> 'failed';
CREATE INDEX IF NOT EXISTS attempts_of_user_in_state ON attempts (user_id, state, finished_at, test)
    WHERE merged_into IS NULL;
