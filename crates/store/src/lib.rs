//! Attempts in SQLite and videos in the key-value store: all SQL lives here.
