//! Sealed columns whose key is no longer in use: found, and written anew, a few at a time.

use crate::{Database, Error, Store, Value};

/// A column that is sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealedColumn {
    /// The address of an account.
    AccountEmail,
    /// The address that an account is about to have.
    NewEmail,
    /// A mail in the outbox.
    Mail,
}

impl SealedColumn {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::AccountEmail, Self::NewEmail, Self::Mail];

    /// Table and column, to which what is sealed is bound together with the row's key.
    #[must_use]
    pub const fn place(self) -> (&'static str, &'static str) {
        match self {
            Self::AccountEmail => ("accounts", "email_sealed"),
            Self::NewEmail => ("mail_tokens", "new_email_sealed"),
            Self::Mail => ("mails", "payload_sealed"),
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::AccountEmail | Self::Mail => "id",
            Self::NewEmail => "hash",
        }
    }
}

/// Something sealed, and where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedRow {
    /// Where.
    pub column: SealedColumn,
    /// The row's key.
    pub row: String,
    /// What lies there.
    pub sealed: String,
}

/// What does not begin with `prefix`, which ends with a dot. Two comparisons, so that an index serves them: the slash is what
/// comes after the dot.
fn other_than(prefix: &str) -> [Value; 2] {
    let after = format!("{}/", prefix.strip_suffix('.').unwrap_or(prefix));
    [prefix.into(), after.into()]
}

impl<D: Database> Store<D> {
    /// At most `limit` sealed texts that do not begin with `prefix`, the mark of the key in use, always in the same order; the
    /// first ones, or those that come after a row.
    pub async fn sealed_otherwise(
        &self,
        prefix: &str,
        after: Option<&SealedRow>,
        limit: u32,
    ) -> Result<Vec<SealedRow>, Error> {
        let mut found = Vec::new();
        let columns = SealedColumn::ALL.into_iter();
        for column in columns.skip_while(|column| after.is_some_and(|after| after.column != *column)) {
            let (table, name) = column.place();
            let left = limit.saturating_sub(u32::try_from(found.len()).unwrap_or(limit));
            let [from, to] = other_than(prefix);
            let key = after.filter(|after| after.column == column);
            let key = key.map_or("", |after| after.row.as_str());
            let rows = self
                .database
                .run(
                    &format!(
                        "SELECT {key}, {name} FROM {table} WHERE ({name} < ? OR {name} >= ?) AND {key} > ? \
                         ORDER BY {key} LIMIT ?",
                        key = column.key()
                    ),
                    &[from, to, key.into(), left.into()],
                )
                .await?;
            for row in rows {
                found.push(SealedRow {
                    column,
                    row: row.text(0)?,
                    sealed: row.text(1)?,
                });
            }
        }
        Ok(found)
    }

    /// How many sealed texts do not begin with `prefix`.
    pub async fn count_sealed_otherwise(&self, prefix: &str) -> Result<u64, Error> {
        let mut count = 0;
        for column in SealedColumn::ALL {
            let (table, name) = column.place();
            let statement = format!("SELECT count(*) FROM {table} WHERE {name} < ? OR {name} >= ?");
            let rows = self.database.run(&statement, &other_than(prefix)).await?;
            count += rows.first().map_or(Ok(0), |row| row.count(0))?;
        }
        Ok(count)
    }

    /// Writes a text sealed anew in place of what was read, unless it has changed since. Says whether it did.
    pub async fn write_sealed(&self, row: &SealedRow, sealed: &str) -> Result<bool, Error> {
        let (table, name) = row.column.place();
        let rows = self
            .database
            .run(
                &format!(
                    "UPDATE {table} SET {name} = ? WHERE {key} = ? AND {name} = ? RETURNING 1",
                    key = row.column.key()
                ),
                &[sealed.into(), row.row.as_str().into(), row.sealed.as_str().into()],
            )
            .await?;
        Ok(!rows.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use futures_executor::block_on;

    use crate::testing::Harness;

    #[test]
    fn what_is_sealed_with_other_keys_is_found_in_batches_until_nothing_is_left() {
        let harness = Harness::new();
        for number in 1..=3 {
            harness.registered(number);
        }
        harness.sql(
            "INSERT INTO mail_tokens (hash, account_id, purpose, new_email_lookup, new_email_sealed, expires_at) \
             VALUES ('change', '', 'change-email', 'm', 'k1.new', 1)",
        );
        // Three addresses, three mails, one new address.
        let left = || block_on(harness.store.count_sealed_otherwise("k2.")).unwrap();
        assert_eq!(left(), 7);
        assert_eq!(block_on(harness.store.count_sealed_otherwise("k1.")), Ok(0));
        for expected in [2, 2, 2, 1, 0] {
            let batch = block_on(harness.store.sealed_otherwise("k2.", None, 2)).unwrap();
            assert_eq!(batch.len(), expected);
            for row in batch {
                let sealed = row.sealed.replace("k1.", "k2.");
                assert_eq!(block_on(harness.store.write_sealed(&row, &sealed)), Ok(true));
                assert_eq!(
                    block_on(harness.store.write_sealed(&row, &sealed)),
                    Ok(false),
                    "changed since"
                );
            }
        }
        assert_eq!(left(), 0);
    }

    #[test]
    fn what_cannot_be_sealed_anew_is_passed_over() {
        let harness = Harness::new();
        for number in 1..=3 {
            harness.registered(number);
        }
        let all = block_on(harness.store.sealed_otherwise("k2.", None, 10)).unwrap();
        assert_eq!(all.len(), 6);
        let mut seen = Vec::new();
        while let Some(row) = block_on(harness.store.sealed_otherwise("k2.", seen.last(), 1))
            .unwrap()
            .pop()
        {
            seen.push(row);
        }
        assert_eq!(seen, all);
    }

    #[test]
    fn a_key_whose_id_begins_like_another_is_another() {
        let harness = Harness::new();
        harness.registered(1);
        for prefix in ["k.", "k11.", "k1x.", "K1.", "j1.", "l1."] {
            assert_eq!(
                block_on(harness.store.count_sealed_otherwise(prefix)),
                Ok(2),
                "{prefix}"
            );
        }
    }
}
