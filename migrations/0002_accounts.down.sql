-- Undoes 0002_accounts.up.sql. Accounts, sessions and subscriptions are lost: export first.

DROP TABLE IF EXISTS subscriptions;
DROP TABLE IF EXISTS throttles;
DROP TABLE IF EXISTS mails;
DROP TABLE IF EXISTS mail_tokens;
DROP TABLE IF EXISTS refresh_tokens;
DROP TABLE IF EXISTS sessions;
DROP TABLE IF EXISTS consents;
DROP TABLE IF EXISTS accounts;
