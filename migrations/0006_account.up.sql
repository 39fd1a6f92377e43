-- What an account leaves behind when it is deleted under a ban, and how often its days were moved.
--
-- Every statement may run again without harm. Times are milliseconds since 1970 (UTC).

-- Addresses that may not register before a ban ends: whoever is banned does not get round it by deleting the account.
CREATE TABLE IF NOT EXISTS barred_addresses (
    mark              TEXT    PRIMARY KEY,                -- HMAC-SHA-256, in a domain of its own
    ends_at           INTEGER                             -- empty: never
);

-- Moving one's days would give a new day's attempts, so it is possible only so often. Deleted after a week.
CREATE TABLE IF NOT EXISTS time_zone_changes (
    account_id        TEXT    NOT NULL REFERENCES accounts (id),
    at                INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS time_zone_changes_of_account ON time_zone_changes (account_id, at);
