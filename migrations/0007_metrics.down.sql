-- Undoes 0007_metrics.up.sql. What was counted is forgotten.

DROP TRIGGER IF EXISTS attempts_activate;
DROP TRIGGER IF EXISTS attempts_count;
DROP TRIGGER IF EXISTS audit_log_counts;
DROP TABLE IF EXISTS metrics;
