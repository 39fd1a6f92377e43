-- Figures for /metrics that only ever grow, added up over all instances. They say how often and how long, never of whom.
--
-- Every statement may run again without harm.

CREATE TABLE IF NOT EXISTS metrics (
    name              TEXT    NOT NULL,                   -- of a Prometheus series
    labels            TEXT    NOT NULL,                   -- as Prometheus writes them, without braces
    value             REAL    NOT NULL,
    PRIMARY KEY (name, labels)
) WITHOUT ROWID;

-- Events count with what they are about: in the same transaction, whatever instance.
CREATE TRIGGER IF NOT EXISTS audit_log_counts
AFTER INSERT ON audit_log
BEGIN
    INSERT INTO metrics (name, labels, value) VALUES ('flow_events_total', 'event="' || NEW.event || '"', 1)
    ON CONFLICT (name, labels) DO UPDATE SET value = value + 1;
END;

CREATE TRIGGER IF NOT EXISTS attempts_count
AFTER INSERT ON attempts
BEGIN
    INSERT INTO metrics (name, labels, value) VALUES ('flow_events_total', 'event="assessment.created"', 1)
    ON CONFLICT (name, labels) DO UPDATE SET value = value + 1;
END;

-- Somebody's first result.
CREATE TRIGGER IF NOT EXISTS attempts_activate
AFTER UPDATE OF state ON attempts
WHEN NEW.state = 'valid' AND OLD.state <> 'valid' AND NOT EXISTS (
    SELECT 1 FROM attempts WHERE user_id = NEW.user_id AND state = 'valid' AND id <> NEW.id AND merged_into IS NULL
)
BEGIN
    INSERT INTO metrics (name, labels, value) VALUES ('flow_events_total', 'event="account.activated"', 1)
    ON CONFLICT (name, labels) DO UPDATE SET value = value + 1;
END;
