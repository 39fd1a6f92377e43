INSERT INTO barred_addresses (mark, ends_at) VALUES ('barred-mark', NULL);
INSERT INTO time_zone_changes (account_id, at) VALUES ('0193e7b0-0000-7000-8000-00000000aa01', 1800000000000);
