-- Undoes 0001_attempts.up.sql. Attempts and their results are lost: export first.

DROP TABLE IF EXISTS audit_events;
DROP TABLE IF EXISTS dead_letters;
DROP TABLE IF EXISTS key_frames;
DROP TABLE IF EXISTS landmarks;
DROP TABLE IF EXISTS video_uploads;
DROP TABLE IF EXISTS idempotency_keys;
DROP TRIGGER IF EXISTS attempts_life;
DROP TABLE IF EXISTS attempts;
