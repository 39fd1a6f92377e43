-- Undoes 0006_account.up.sql. Bans of deleted accounts are forgotten.

DROP TABLE IF EXISTS time_zone_changes;
DROP TABLE IF EXISTS barred_addresses;
