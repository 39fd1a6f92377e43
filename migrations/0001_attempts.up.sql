-- Attempts: one row for each submission of a video, from its creation to its result.
--
-- Every statement may run again without harm: stock Spin runs `--sqlite @file` at each start and keeps no record.
-- Times are milliseconds since 1970 (UTC).

CREATE TABLE IF NOT EXISTS attempts (
    id                TEXT    PRIMARY KEY,                -- UUID version 7: sorts by time of creation
    user_id           TEXT    NOT NULL,
    test              TEXT    NOT NULL,                   -- slug of the catalogue
    tier              TEXT    NOT NULL,                   -- the user's tier when the attempt was made
    state             TEXT    NOT NULL DEFAULT 'created'
        CHECK (state IN ('created', 'uploaded', 'scoring', 'retrying', 'valid', 'invalid', 'failed')),
    merged_into       TEXT    REFERENCES attempts (id),   -- the same video was sent before: that attempt stands for both
    content_type      TEXT    NOT NULL,                   -- as declared; the container is read from the bytes
    size_bytes        INTEGER NOT NULL CHECK (size_bytes > 0),
    declared_sha256   TEXT,
    sha256            TEXT,                               -- of the bytes received, lower-case hexadecimal
    container         TEXT,
    video_token       TEXT,                               -- which of `video_uploads` holds the accepted video
    video_chunks      INTEGER,
    created_at        INTEGER NOT NULL,
    uploaded_at       INTEGER,
    finished_at       INTEGER,
    runs              INTEGER NOT NULL DEFAULT 0,         -- how often scoring was begun
    lease_token       TEXT,                               -- who scores it now
    lease_until       INTEGER,
    frames_done       INTEGER,
    frames_total      INTEGER,
    last_error        TEXT,
    quality_score     REAL,
    confidence_avg    REAL,
    motion_variance   REAL,
    feedback          TEXT,
    assessment        TEXT,                               -- JSON: buckets, measurements, gates, evidence
    CHECK ((state = 'scoring') = (lease_token IS NOT NULL)),
    CHECK ((lease_token IS NULL) = (lease_until IS NULL)),
    CHECK ((state IN ('valid', 'invalid', 'failed')) = (finished_at IS NOT NULL)),
    CHECK (state IN ('created', 'failed') OR (sha256 IS NOT NULL AND video_token IS NOT NULL AND video_chunks > 0))
);

CREATE INDEX IF NOT EXISTS attempts_of_user ON attempts (user_id, id);
CREATE INDEX IF NOT EXISTS attempts_in_state ON attempts (state, lease_until);

-- One user's same video for the same test is one attempt, whatever races.
CREATE UNIQUE INDEX IF NOT EXISTS attempts_same_video ON attempts (user_id, test, sha256)
    WHERE sha256 IS NOT NULL AND merged_into IS NULL AND state <> 'failed';

-- The life of an attempt; anything else is a bug and must not reach the disk.
CREATE TRIGGER IF NOT EXISTS attempts_life
BEFORE UPDATE OF state ON attempts
WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
    'created>uploaded',
    'uploaded>scoring', 'retrying>scoring',
    'scoring>retrying', 'scoring>valid', 'scoring>invalid', 'scoring>failed',
    'failed>created', 'failed>uploaded'                   -- an operator's replay
)
BEGIN
    SELECT RAISE(ABORT, 'illegal change of an attempt''s state');
END;

-- What a client may repeat without making a second attempt.
CREATE TABLE IF NOT EXISTS idempotency_keys (
    user_id           TEXT    NOT NULL,
    key               TEXT    NOT NULL,
    request           TEXT    NOT NULL,                   -- what was asked, to refuse another request under the same key
    attempt_id        TEXT    NOT NULL REFERENCES attempts (id),
    created_at        INTEGER NOT NULL,
    PRIMARY KEY (user_id, key)
);
CREATE INDEX IF NOT EXISTS idempotency_keys_by_age ON idempotency_keys (created_at);

-- Chunks in the key-value store `videos`. The row is written before the first chunk and removed after the last one is
-- gone, so that no crash leaves a video that nothing knows of.
CREATE TABLE IF NOT EXISTS video_uploads (
    token             TEXT    PRIMARY KEY,
    attempt_id        TEXT    NOT NULL REFERENCES attempts (id),
    started_at        INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS video_uploads_of_attempt ON video_uploads (attempt_id);

CREATE TABLE IF NOT EXISTS landmarks (
    attempt_id        TEXT    PRIMARY KEY REFERENCES attempts (id),
    clip              BLOB    NOT NULL                    -- gzip of the JSON of `flow_landmarks::Clip`
);

CREATE TABLE IF NOT EXISTS key_frames (
    attempt_id        TEXT    NOT NULL REFERENCES attempts (id),
    number            INTEGER NOT NULL,                   -- from 1
    caption           TEXT    NOT NULL,
    at_seconds        REAL    NOT NULL,
    svg               TEXT    NOT NULL,                   -- a drawn skeleton, no picture of the person
    PRIMARY KEY (attempt_id, number)
);

-- Attempts that failed by a fault of ours and wait for an operator.
CREATE TABLE IF NOT EXISTS dead_letters (
    id                TEXT    PRIMARY KEY,
    attempt_id        TEXT    NOT NULL REFERENCES attempts (id),
    reason            TEXT    NOT NULL,
    runs              INTEGER NOT NULL,
    created_at        INTEGER NOT NULL,
    replayed_at       INTEGER
);
CREATE INDEX IF NOT EXISTS dead_letters_of_attempt ON dead_letters (attempt_id);

CREATE TABLE IF NOT EXISTS audit_events (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    at                INTEGER NOT NULL,
    event             TEXT    NOT NULL,
    user_id           TEXT    NOT NULL,
    attempt_id        TEXT,
    detail            TEXT    NOT NULL                    -- JSON
);
CREATE INDEX IF NOT EXISTS audit_events_of_user ON audit_events (user_id, id);
