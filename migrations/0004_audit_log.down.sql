-- Undoes 0004_audit_log.up.sql. No entry is lost: those that came since go to `audit_events`.

CREATE TABLE IF NOT EXISTS audit_log (
    id INTEGER PRIMARY KEY, at INTEGER, event TEXT, subject TEXT, reference TEXT, detail TEXT
);

INSERT INTO audit_events (at, event, user_id, attempt_id, detail)
SELECT l.at, l.event, coalesce(l.subject, ''), l.reference, l.detail FROM audit_log AS l
WHERE NOT EXISTS (
    SELECT 1 FROM audit_events AS e
    WHERE e.at = l.at AND e.event = l.event AND e.user_id = coalesce(l.subject, '') AND e.attempt_id IS l.reference
        AND e.detail = l.detail
)
ORDER BY l.id;

DROP TABLE IF EXISTS audit_log;
