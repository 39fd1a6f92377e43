//! A person's data as a zip of JSON and CSV files, written as it is read, so that no archive is too large for memory.
//!
//! What belongs to a person is somebody else's knowledge: this crate only knows tables, rows and files.

mod sink;
mod table;

use std::io::{self, Write as _};

use chrono::{DateTime, Utc};
use zip::{
    CompressionMethod, ZipWriter,
    result::ZipError,
    write::{SimpleFileOptions, StreamWriter},
};

use sink::Sink;

pub use table::Table;

/// Why an archive cannot be written. None of these is the reader's fault.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The zip is not as it should be, two files of one name for example.
    #[error("the archive cannot be written: {0}")]
    Zip(#[from] ZipError),
    /// A row is no CSV.
    #[error("the archive cannot be written: {0}")]
    Csv(#[from] csv::Error),
    /// A row is no JSON.
    #[error("the archive cannot be written: {0}")]
    Json(#[from] serde_json::Error),
    /// The sink refused. It is memory.
    #[error("the archive cannot be written: {0}")]
    Write(#[from] io::Error),
}

/// A zip that grows file by file. What is written so far can be taken and sent at any time.
pub struct Archive {
    zip: ZipWriter<StreamWriter<Sink>>,
    sink: Sink,
    options: SimpleFileOptions,
}

impl Archive {
    /// An empty archive whose files are dated `now` (UTC).
    #[must_use]
    pub fn new(now: DateTime<Utc>) -> Self {
        let sink = Sink::default();
        let dated = zip::DateTime::try_from(now.naive_utc()).unwrap_or_default();
        Self {
            zip: ZipWriter::new_stream(sink.clone()),
            sink,
            options: SimpleFileOptions::default().last_modified_time(dated),
        }
    }

    /// Adds a file that is compressed.
    pub fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        self.begin(name, CompressionMethod::Deflated)?;
        Ok(self.zip.write_all(bytes)?)
    }

    /// Adds a file that is compressed already.
    pub fn packed_file(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        self.begin(name, CompressionMethod::Stored)?;
        Ok(self.zip.write_all(bytes)?)
    }

    fn begin(&mut self, name: &str, method: CompressionMethod) -> Result<(), Error> {
        Ok(self
            .zip
            .start_file(name, self.options.compression_method(method))?)
    }

    /// The bytes that were written since this was called last.
    #[must_use]
    pub fn take(&mut self) -> Vec<u8> {
        self.sink.take()
    }

    /// Writes the directory at the end and gives the last bytes.
    pub fn finish(self) -> Result<Vec<u8>, Error> {
        self.zip.finish()?;
        Ok(self.sink.take())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use super::*;

    #[test]
    fn files_come_back_whole_however_the_archive_was_taken() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let mut archive = Archive::new(now);
        let long = "a line that repeats\n".repeat(10_000);
        let mut bytes = Vec::new();
        archive.file("README.txt", long.as_bytes()).unwrap();
        bytes.extend(archive.take());
        archive
            .packed_file("landmarks/1.json.gz", &[0x1f, 0x8b, 1])
            .unwrap();
        bytes.extend(archive.take());
        bytes.extend(archive.take());
        bytes.extend(archive.finish().unwrap());
        assert!(bytes.len() < long.len() / 10, "{}", bytes.len());

        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        assert_eq!(zip.len(), 2);
        let mut text = String::new();
        let mut file = zip.by_name("README.txt").unwrap();
        assert_eq!(file.last_modified().unwrap().year(), 2027);
        file.read_to_string(&mut text).unwrap();
        drop(file);
        assert_eq!(text, long);
        let mut packed = Vec::new();
        zip.by_name("landmarks/1.json.gz")
            .unwrap()
            .read_to_end(&mut packed)
            .unwrap();
        assert_eq!(packed, [0x1f, 0x8b, 1]);
    }

    #[test]
    fn two_files_of_one_name_are_refused() {
        let mut archive = Archive::new(DateTime::UNIX_EPOCH);
        archive.file("a.json", b"1").unwrap();
        assert!(matches!(archive.file("a.json", b"2"), Err(Error::Zip(_))));
    }
}
