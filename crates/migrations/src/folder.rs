//! The folder of migrations: `NNNN_name.up.sql` and `NNNN_name.down.sql`. Other files are left alone.

use std::{collections::BTreeMap, path::Path};

use crate::{Error, Migration, Refused, migration::full_name, script::check};

/// What a file is, by its name.
struct FileName<'a> {
    version: u32,
    name: &'a str,
    up: bool,
}

impl<'a> FileName<'a> {
    /// `None` when it is not for us.
    fn parse(file: &'a str) -> Result<Option<Self>, Refused> {
        let (stem, up) = match (file.strip_suffix(".up.sql"), file.strip_suffix(".down.sql")) {
            (Some(stem), _) => (stem, true),
            (None, Some(stem)) => (stem, false),
            (None, None) => return Ok(None),
        };
        stem.split_once('_')
            .filter(|(number, name)| {
                number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit()) && !name.is_empty()
            })
            .and_then(|(number, name)| {
                Some(Self {
                    version: number.parse().ok()?,
                    name,
                    up,
                })
            })
            .map(Some)
            .ok_or_else(|| Refused::BadName(file.to_owned()))
    }
}

/// The migrations in `folder`, in the order of their numbers. Numbers may have gaps.
pub fn read(folder: &Path) -> Result<Vec<Migration>, Error> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |cause| Error::Read { path, cause }
    };
    let mut migrations: BTreeMap<u32, Migration> = BTreeMap::new();
    let mut downs: BTreeMap<(u32, String), String> = BTreeMap::new();
    for entry in std::fs::read_dir(folder).map_err(failed(folder))? {
        let path = entry.map_err(failed(folder))?.path();
        let Some(file) = path.file_name().and_then(|file| file.to_str()) else {
            continue;
        };
        let Some(FileName { version, name, up }) = FileName::parse(file)? else {
            continue;
        };
        let script = std::fs::read_to_string(&path).map_err(failed(&path))?;
        check(&script).map_err(|cause| Refused::Script {
            file: file.to_owned(),
            cause,
        })?;
        let name = name.to_owned();
        if !up {
            downs.insert((version, name), script);
            continue;
        }
        let migration = Migration {
            version,
            name,
            up: script,
            down: None,
        };
        let this = migration.to_string();
        if let Some(other) = migrations.insert(version, migration) {
            return Err(Refused::SameNumber(other.to_string(), this).into());
        }
    }
    for ((version, name), script) in downs {
        match migrations.get_mut(&version) {
            Some(migration) if migration.name == name => migration.down = Some(script),
            _ => return Err(Refused::DownOnly(full_name(version, &name)).into()),
        }
    }
    Ok(migrations.into_values().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        folder
    }

    #[test]
    fn migrations_come_in_order_with_gaps_and_without_what_is_not_one() {
        let folder = folder(&[
            ("0010_ten.up.sql", "SELECT 10;"),
            ("0002_two_words.up.sql", "SELECT 2;"),
            ("0002_two_words.down.sql", "SELECT -2;"),
            ("README.md", "about"),
            ("notes.sql", "SELECT 'not read"),
        ]);
        let migrations = read(folder.path()).unwrap();
        let found: Vec<_> = migrations
            .iter()
            .map(|migration| {
                (
                    migration.to_string(),
                    migration.up.as_str(),
                    migration.down.as_deref(),
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                ("0002_two_words".to_owned(), "SELECT 2;", Some("SELECT -2;")),
                ("0010_ten".to_owned(), "SELECT 10;", None)
            ]
        );
    }

    #[test]
    fn files_that_contradict_each_other_are_refused_in_words() {
        let one = ("0001_one.up.sql", "SELECT 1;");
        for (file, text, expected) in [
            ("one.up.sql", "", "one.up.sql: name it NNNN_name.up.sql"),
            ("1_one.up.sql", "", "four digits"),
            ("+001_one.up.sql", "", "four digits"),
            ("0001_.up.sql", "", "four digits"),
            ("0001_twin.up.sql", "", "have the same number"),
            ("0001_twin.down.sql", "", "0001_twin has a down file only"),
            ("0007_lone.down.sql", "", "0007_lone has a down file only"),
            (
                "0002_two.up.sql",
                "SELECT 1;\nCOMMIT;",
                "0002_two.up.sql: line 2 says COMMIT",
            ),
            (
                "0001_one.down.sql",
                "SELECT 'a",
                "0001_one.down.sql: a string begins in line 1",
            ),
        ] {
            let error = read(folder(&[one, (file, text)]).path()).unwrap_err();
            assert!(matches!(error, Error::Refused(_)), "{error:?}");
            assert!(error.to_string().contains(expected), "{file}: {error}");
        }
        let error = read(Path::new("/nowhere/migrations")).unwrap_err().to_string();
        assert!(error.contains("cannot read /nowhere/migrations"), "{error}");
    }
}
