-- Undoes 0003_limits.up.sql. Bans are lost: export first.

DROP INDEX IF EXISTS attempts_of_user_in_state;
DROP INDEX IF EXISTS attempts_counted_of_user;
DROP INDEX IF EXISTS attempts_counted;
DROP TABLE IF EXISTS breaker;
DROP TABLE IF EXISTS compute_minutes;
DROP TABLE IF EXISTS refused_minutes;
DROP TABLE IF EXISTS bans;
DROP TABLE IF EXISTS refused_submissions;
DROP TABLE IF EXISTS submission_addresses;
