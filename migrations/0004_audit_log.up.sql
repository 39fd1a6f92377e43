-- The audit log: what was done and decided, for good.
--
-- It takes the place of `audit_events`, which knows users by their ids and can be changed. That table stays for one release,
-- because the release before this one writes it. Every statement may run again without harm.

CREATE TABLE IF NOT EXISTS audit_log (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: a gap shows
    at                INTEGER NOT NULL,
    event             TEXT    NOT NULL,                   -- what happened: room.event
    subject           TEXT,                               -- whom it is about: the audit subject of an account; no id, no e-mail
    reference         TEXT,                               -- what it is about: an attempt, a session
    detail            TEXT    NOT NULL CHECK (json_valid(detail))
);
CREATE INDEX IF NOT EXISTS audit_log_of_subject ON audit_log (subject, id);
CREATE INDEX IF NOT EXISTS audit_log_of_event ON audit_log (event, id);

CREATE TRIGGER IF NOT EXISTS audit_log_keeps
BEFORE UPDATE ON audit_log
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only: entries are not changed');
END;

CREATE TRIGGER IF NOT EXISTS audit_log_loses_nothing
BEFORE DELETE ON audit_log
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only: entries are not deleted');
END;

-- `INSERT OR REPLACE` deletes without asking the trigger above. (Where the id is left to SQLite it is -1 here.)
CREATE TRIGGER IF NOT EXISTS audit_log_replaces_nothing
BEFORE INSERT ON audit_log
WHEN EXISTS (SELECT 1 FROM audit_log WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only: entries are not replaced');
END;

-- What was recorded before, once.
INSERT INTO audit_log (at, event, subject, reference, detail)
SELECT e.at, e.event, nullif(e.user_id, ''), e.attempt_id, e.detail FROM audit_events AS e
WHERE NOT EXISTS (
    SELECT 1 FROM audit_log AS l
    WHERE l.at = e.at AND l.event = e.event AND l.subject IS nullif(e.user_id, '') AND l.reference IS e.attempt_id
        AND l.detail = e.detail
)
ORDER BY e.id;
