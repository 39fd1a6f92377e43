//! What is applied and what is not: the files held against what the database remembers.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Migration, Refused, migration::full_name};

/// One migration and whether it is applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The migration.
    pub migration: Migration,
    /// When it was applied (RFC 3339, UTC); `None` while it is pending.
    pub applied_at: Option<String>,
}

/// What the database remembers of one migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub version: u32,
    pub name: String,
    pub checksum: String,
    pub applied_at: String,
}

/// Every migration in order with its state; refused when what was applied is not what the files say.
pub(crate) fn plan(migrations: &[Migration], records: &[Record]) -> Result<Vec<Status>, Refused> {
    let files: BTreeMap<u32, &Migration> = migrations.iter().map(|file| (file.version, file)).collect();
    let records: BTreeMap<u32, &Record> = records.iter().map(|record| (record.version, record)).collect();
    let versions: BTreeSet<u32> = files.keys().chain(records.keys()).copied().collect();
    let last_file = files.keys().next_back().copied();
    let mut statuses = Vec::with_capacity(files.len());
    let mut pending: Option<&Migration> = None;
    for version in versions {
        let (file, record) = (files.get(&version).copied(), records.get(&version).copied());
        if let (Some(pending), Some(record)) = (pending, record) {
            return Err(Refused::OutOfOrder {
                applied: full_name(version, &record.name),
                pending: pending.to_string(),
            });
        }
        match (file, record) {
            (Some(file), Some(record)) => {
                if file.name != record.name || file.checksum() != record.checksum {
                    return Err(Refused::Changed(file.to_string()));
                }
            }
            (Some(file), None) => pending = pending.or(Some(file)),
            (None, Some(record)) => {
                let name = full_name(version, &record.name);
                return Err(if Some(version) > last_file {
                    Refused::Newer(name)
                } else {
                    Refused::Missing(name)
                });
            }
            (None, None) => {}
        }
        if let Some(file) = file {
            statuses.push(Status {
                migration: file.clone(),
                applied_at: record.map(|record| record.applied_at.clone()),
            });
        }
    }
    Ok(statuses)
}

/// The migration to apply next.
pub(crate) fn first_pending(statuses: &[Status]) -> Option<&Migration> {
    let status = statuses.iter().find(|status| status.applied_at.is_none());
    status.map(|status| &status.migration)
}

/// The migration to take back next.
pub(crate) fn last_applied(statuses: &[Status]) -> Option<&Migration> {
    let status = statuses.iter().rfind(|status| status.applied_at.is_some());
    status.map(|status| &status.migration)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(version: u32) -> Migration {
        Migration {
            version,
            name: format!("m{version}"),
            up: format!("SELECT {version};"),
            down: None,
        }
    }

    fn record(version: u32) -> Record {
        let file = file(version);
        Record {
            version,
            checksum: file.checksum(),
            name: file.name,
            applied_at: format!("day {version}"),
        }
    }

    /// The plan for files and records of these numbers: the applied ones, or what is refused.
    fn planned(files: &[u32], records: &[u32]) -> Result<(Vec<u32>, Vec<u32>), Refused> {
        let files: Vec<_> = files.iter().copied().map(file).collect();
        let records: Vec<_> = records.iter().copied().map(record).collect();
        let statuses = plan(&files, &records)?;
        let of = |applied: bool| {
            let some = statuses
                .iter()
                .filter(|status| status.applied_at.is_some() == applied);
            some.map(|status| status.migration.version).collect()
        };
        Ok((of(true), of(false)))
    }

    #[test]
    fn files_and_records_are_held_against_each_other() {
        let name = |version: u32| file(version).to_string();
        let out_of_order = |applied, pending| {
            Err(Refused::OutOfOrder {
                applied: name(applied),
                pending: name(pending),
            })
        };
        let cases: [(&[u32], &[u32], _); 9] = [
            (&[], &[], Ok((vec![], vec![]))),
            (&[1, 4], &[], Ok((vec![], vec![1, 4]))),
            (&[1, 4], &[1], Ok((vec![1], vec![4]))),
            (&[1, 4], &[1, 4], Ok((vec![1, 4], vec![]))),
            (&[1, 2, 4], &[1, 4], out_of_order(4, 2)),
            (&[1, 2], &[1, 4], out_of_order(4, 2)),
            (&[1, 4], &[1, 2, 4], Err(Refused::Missing(name(2)))),
            (&[1], &[1, 2], Err(Refused::Newer(name(2)))),
            (&[], &[1], Err(Refused::Newer(name(1)))),
        ];
        for (files, records, expected) in cases {
            assert_eq!(planned(files, records), expected, "{files:?} {records:?}");
        }
    }

    #[test]
    fn a_file_that_was_changed_or_renamed_is_refused() {
        let renamed = Migration {
            name: "other".into(),
            ..file(1)
        };
        let edited = Migration {
            up: "SELECT 1; ".into(),
            ..file(1)
        };
        for changed in [renamed, edited] {
            let refused = plan(std::slice::from_ref(&changed), &[record(1)]).unwrap_err();
            assert_eq!(refused, Refused::Changed(changed.to_string()));
        }
        // How it is taken back is not remembered: that file may be corrected.
        let with_down = Migration {
            down: Some("SELECT 0;".into()),
            ..file(1)
        };
        assert!(plan(&[with_down], &[record(1)]).is_ok());
    }

    #[test]
    fn next_up_is_the_first_pending_and_next_down_the_last_applied() {
        let files = [file(1), file(2), file(5), file(6)];
        let statuses = plan(&files, &[record(1), record(2)]).unwrap();
        assert_eq!(first_pending(&statuses), Some(&files[2]));
        assert_eq!(last_applied(&statuses), Some(&files[1]));
        let none = plan(&files, &[]).unwrap();
        assert_eq!(
            (first_pending(&none), last_applied(&none)),
            (Some(&files[0]), None)
        );
    }
}
