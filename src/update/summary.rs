//! What a run did.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::Serialize;

use crate::{
    corpus::{self, Roots, Scan},
    index::Record,
    transcript::Warning,
};

/// Something about a file that one should know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct FileWarning {
    /// Path of the file.
    pub path: String,
    /// Line, from 1, where there is one.
    pub line: Option<u32>,
    /// What is wrong.
    pub message: String,
}

/// What a run did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// Paths that were not in the index.
    pub added: Vec<String>,
    /// Paths whose contents, or whose reader, changed.
    pub changed: Vec<String>,
    /// Paths that are no longer there.
    pub removed: Vec<String>,
    /// Paths that can no longer be read, and of which the index keeps what it had.
    pub kept: Vec<String>,
    /// How many documents are as they were.
    pub unchanged: usize,
    /// How many files could not be read.
    pub failed: usize,
    /// Documents that the corpus now has in the index.
    pub documents: usize,
    /// Their passages.
    pub passages: u64,
    /// Their words.
    pub words: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Wall time in seconds.
    pub seconds: f64,
    /// What could not be read, by file and line.
    pub warnings: Vec<FileWarning>,
    /// Files of formats that are not read, by extension.
    pub other_formats: BTreeMap<String, usize>,
}

impl Summary {
    /// A summary of nothing but what was met on the way to the files.
    pub(super) fn new(scan: &Scan, roots: &Roots, paths: &[PathBuf]) -> Self {
        let warning = |skipped: &corpus::Skipped| FileWarning {
            path: skipped.path.clone(),
            line: None,
            message: skipped.reason.clone(),
        };
        let names: Vec<&str> = scan.files.iter().map(|file| file.name.as_str()).collect();
        let idle = roots.idle(paths, &names).into_iter();
        let idle =
            idle.map(|(path, Warning { line, message })| FileWarning { path, line, message });
        let skipped = scan.skipped.iter().chain(&scan.left_out).chain(&roots.left_out);
        Self {
            warnings: skipped.map(warning).chain(idle).collect(),
            other_formats: scan.other_formats.clone(),
            ..Self::default()
        }
    }

    /// Whether the index is what the corpus gives.
    #[must_use]
    pub fn is_up_to_date(&self) -> bool {
        [&self.added, &self.changed, &self.removed, &self.kept].into_iter().all(Vec::is_empty)
    }

    pub(super) fn unchanged(&mut self, record: &Record) {
        self.unchanged += 1;
        self.count(record);
        self.warn(record);
    }

    pub(super) fn read(&mut self, record: &Record, was_known: bool) {
        let paths = if was_known { &mut self.changed } else { &mut self.added };
        paths.push(record.path.clone());
        self.count(record);
        self.warn(record);
    }

    pub(super) fn other_format(&mut self, path: &Path) {
        *self.other_formats.entry(corpus::extension(path)).or_default() += 1;
    }

    pub(super) fn failed(&mut self, path: &str, message: String, old: Option<&Record>) {
        self.failed += 1;
        let message = match old {
            Some(record) => {
                self.kept(record);
                format!("{message} (the index keeps what it had)")
            }
            None => message,
        };
        self.warnings.push(FileWarning { path: path.to_owned(), line: None, message });
    }

    pub(super) fn kept(&mut self, record: &Record) {
        self.kept.push(record.path.clone());
        self.count(record);
    }

    fn count(&mut self, record: &Record) {
        self.documents += 1;
        self.passages += u64::from(record.passages);
        self.words += record.words;
        self.bytes += record.bytes;
    }

    fn warn(&mut self, record: &Record) {
        for warning in &record.warnings {
            let parsed = warning
                .split_once(": ")
                .and_then(|(line, message)| Some((line.parse().ok()?, message.to_owned())));
            let (line, message) = match parsed {
                Some((line, message)) => (Some(line), message),
                None => (None, warning.clone()),
            };
            self.warnings.push(FileWarning { path: record.path.clone(), line, message });
        }
    }
}
