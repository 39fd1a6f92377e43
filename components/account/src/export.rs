//! `GET /api/account/export`: everything that is stored of a person, as a zip of JSON and CSV (product requirement A4).

use chrono::DateTime;
use flow_api::rfc3339;
use flow_archive::Archive;
use flow_edge::{ByteSender, Call, Error, Reply, Settings, enter_even_if_banned, now, stream, with_header};
use flow_identity::{Place, Sealer};
use flow_store::{
    AUDIT_LOG, Form, PERSONAL_TABLES, PersonalNames, PersonalTable, SpinDatabase, Store, Value,
};
use http::header::CONTENT_DISPOSITION;
use serde_json::{Value as Json, json};
use spin_sdk::wasip3;

/// Rows that are read at once. Assessments and landmarks have some 100 kB each.
const ROWS_AT_ONCE: u32 = 20;

pub async fn export(call: &Call, settings: &Settings) -> Result<Reply, Error> {
    let (store, identity) = enter_even_if_banned(call, settings).await?;
    let export = Export {
        store,
        sealer: settings.accounts.sealer()?,
        names: PersonalNames {
            user: identity.user,
            subject: identity.audit_subject,
        },
        archive: Archive::new(now()),
    };
    let (sender, reply) = stream("application/zip");
    let log = call.log.clone();
    wasip3::spawn(async move {
        if let Err((sender, error)) = Box::pin(export.write(sender)).await {
            log.error("an export broke off", json!({ "reason": error.to_string() }));
            sender.break_off(error).await;
        }
    });
    let name = format!(
        "attachment; filename=\"flow-logic-export-{}.zip\"",
        now().date_naive()
    );
    with_header(reply, CONTENT_DISPOSITION, &name)
}

/// An export that is being written.
struct Export {
    store: Store<SpinDatabase>,
    sealer: Sealer,
    names: PersonalNames,
    archive: Archive,
}

impl Export {
    /// Writes everything. Gives the sender back with what went wrong; whoever left early is no error.
    async fn write(mut self, mut sender: ByteSender) -> Result<(), (ByteSender, Error)> {
        let tables = || PERSONAL_TABLES.iter().rev().chain([&AUDIT_LOG]);
        if let Err(error) = self.archive.file("README.txt", readme(tables()).as_bytes()) {
            return Err((sender, archived(error)));
        }
        for table in tables() {
            match self.table(table, &mut sender).await {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(error) => return Err((sender, error)),
            }
        }
        match self.archive.finish() {
            Ok(rest) => {
                sender.send(rest).await;
                Ok(())
            }
            Err(error) => Err((sender, archived(error))),
        }
    }

    /// Writes one table and its files. `false` when the client is gone.
    async fn table(&mut self, table: &PersonalTable, sender: &mut ByteSender) -> Result<bool, Error> {
        let columns: Vec<(&str, Form)> = table.exported().collect();
        let names: Vec<String> = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        let mut written = self.archive.table(table.name, &names).map_err(archived)?;
        let mut skipped = 0;
        loop {
            let rows = self
                .store
                .personal_rows(table, &self.names, skipped, ROWS_AT_ONCE)
                .await?;
            for row in &rows {
                written
                    .row(cells(table, &columns, row, &self.sealer)?)
                    .map_err(archived)?;
            }
            if !sender.send(written.take()).await {
                return Ok(false);
            }
            skipped += rows.len() as u64;
            if rows.len() < ROWS_AT_ONCE as usize {
                break;
            }
        }
        written.close().map_err(archived)?;
        if !columns.iter().any(|(_, form)| matches!(form, Form::File(..))) {
            return Ok(true);
        }
        let mut read = 0;
        while read < skipped {
            let rows = self
                .store
                .personal_rows(table, &self.names, read, ROWS_AT_ONCE)
                .await?;
            for row in &rows {
                self.files(&columns, row)?;
            }
            if !sender.send(self.archive.take()).await {
                return Ok(false);
            }
            if rows.is_empty() {
                break;
            }
            read += rows.len() as u64;
        }
        Ok(true)
    }

    /// Adds the files of one row.
    fn files(&mut self, columns: &[(&str, Form)], row: &[Value]) -> Result<(), Error> {
        for (index, (_, form)) in columns.iter().enumerate() {
            let Form::File(folder, ending) = form else {
                continue;
            };
            let name = file_name(folder, ending, &row[..index]);
            let added = match row.get(index) {
                Some(Value::Blob(bytes)) => self.archive.packed_file(&name, bytes),
                Some(Value::Text(text)) => self.archive.file(&name, text.as_bytes()),
                _ => Ok(()),
            };
            added.map_err(archived)?;
        }
        Ok(())
    }
}

/// A row in JSON: files by their names, what is sealed in the clear.
fn cells(
    table: &PersonalTable,
    columns: &[(&str, Form)],
    row: &[Value],
    sealer: &Sealer,
) -> Result<Vec<Json>, Error> {
    let damaged = |name: &str| Error::Internal(format!("{}.{name} cannot be exported", table.name));
    let cells = columns
        .iter()
        .zip(row)
        .enumerate()
        .map(|(index, ((name, form), value))| {
            Ok(match (form, value) {
                (_, Value::Null) => Json::Null,
                (Form::Time, Value::Integer(milliseconds)) => {
                    let time = DateTime::from_timestamp_millis(*milliseconds).ok_or_else(|| damaged(name))?;
                    rfc3339(time).into()
                }
                (Form::Json, Value::Text(text)) => serde_json::from_str(text).map_err(|_| damaged(name))?,
                (Form::Sealed(_), Value::Text(text)) => {
                    let (key, closed) = text.split_once(' ').ok_or_else(|| damaged(name))?;
                    let place = Place {
                        table: table.name,
                        column: name,
                        row: key,
                    };
                    sealer
                        .open(place, closed)
                        .map_err(|error| Error::Internal(error.to_string()))?
                        .into()
                }
                (Form::File(folder, ending), _) => file_name(folder, ending, &row[..index]).into(),
                (_, Value::Integer(integer)) => (*integer).into(),
                (_, Value::Real(real)) => json!(real),
                (_, Value::Text(text)) => text.as_str().into(),
                (_, Value::Blob(_)) => return Err(damaged(name)),
            })
        });
    cells.collect()
}

/// The file of a row: named after the columns before it.
fn file_name(folder: &str, ending: &str, before: &[Value]) -> String {
    let parts = before.iter().filter_map(|value| match value {
        Value::Text(text) => Some(text.clone()),
        Value::Integer(integer) => Some(integer.to_string()),
        _ => None,
    });
    // An attempt may have several, told apart by the second column.
    let parts: Vec<String> = parts.take(2).collect();
    format!("{folder}/{}.{ending}", parts.join("/"))
}

/// What the files are, in words for the person.
fn readme<'a>(tables: impl Iterator<Item = &'a PersonalTable>) -> String {
    let mut text = "Everything that Flow Logic stores of you.\n\n\
        Each table is there twice: NAME.json has everything, NAME.csv the same for a spreadsheet, without what does not fit \
        into a cell. Times are RFC 3339 in UTC. Columns keep their names in the database. Left out are secrets (hashes of \
        your password and of tokens) and names that only the system uses.\n"
        .to_owned();
    let about = tables.map(|table| {
        let columns: Vec<&str> = table.exported().map(|(name, _)| name).collect();
        format!("\n{}\n  {}\n  {}\n", table.name, table.about, columns.join(", "))
    });
    text.extend(about);
    text
}

#[expect(clippy::needless_pass_by_value, reason = "made for `map_err`")]
fn archived(error: flow_archive::Error) -> Error {
    Error::Internal(error.to_string())
}
