//! What a run did.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::Serialize;

use super::key::{differ_by_encoding, differ_by_versions};
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
    /// Whether the whole file could not be read, rather than a part of it.
    pub is_failure: bool,
}

/// A document that is in another place than before.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Renamed {
    /// Its path in the index so far.
    pub from: String,
    /// Its path now.
    pub to: String,
}

/// Wall time of the stages of a run, in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Stages {
    /// Looking what is there: in the index, and in the folders.
    pub scan: f64,
    /// Reading files and building segments, side by side.
    pub read: f64,
    /// Writing what is left, and publishing.
    pub publish: f64,
}

/// What a run did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// Paths that were not in the index.
    pub added: Vec<String>,
    /// Paths whose contents, or whose reader, changed.
    pub changed: Vec<String>,
    /// Those of them whose contents, and what is told about them, are as they were: what reads, splits
    /// or indexes them changed.
    pub outdated: Vec<String>,
    /// How many of those that changed have the bytes they had, and are decoded otherwise than before,
    /// since another encoding was asked for.
    #[serde(skip)]
    pub recoded: usize,
    /// Documents with another path and the same contents.
    pub renamed: Vec<Renamed>,
    /// Paths that are no longer there.
    pub removed: Vec<String>,
    /// Paths that can no longer be read, and of which the index keeps what it had.
    pub kept: Vec<String>,
    /// How many documents are as they were.
    pub unchanged: usize,
    /// How many of them were not even read, since their stamps are as they were.
    pub trusted: usize,
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
    /// The same by stage.
    pub stages: Stages,
    /// What could not be read, by file and line.
    pub warnings: Vec<FileWarning>,
    /// Files of formats that are not read, by extension.
    pub other_formats: BTreeMap<String, usize>,
    /// How many of those that are as they were are written anew, since the state of the container they
    /// lie in is kept with them.
    #[serde(skip)]
    pub(super) restated: usize,
    /// The contents of what was added, with the path: one that is gone may have them, too.
    #[serde(skip)]
    pub(super) contents: Vec<(String, String)>,
}

impl Summary {
    /// A summary of nothing but what was met on the way to the files.
    pub(super) fn new(scan: &Scan, roots: &Roots, paths: &[PathBuf]) -> Self {
        let warning = |is_failure| {
            move |skipped: &corpus::Skipped| FileWarning {
                path: skipped.path.clone(),
                line: None,
                message: skipped.reason.clone(),
                is_failure,
            }
        };
        let names: Vec<&str> = scan.files.iter().map(|file| file.name.as_str()).collect();
        let idle = roots.idle(paths, &names).into_iter();
        let idle = idle.map(|(path, Warning { line, message })| FileWarning {
            path,
            line,
            message,
            is_failure: false,
        });
        let skipped = scan.skipped.iter().map(warning(true));
        // What is read by another name, or says something about nothing, is not lost.
        let left_out = scan.left_out.iter().chain(&roots.left_out).map(warning(false));
        Self {
            warnings: skipped.chain(left_out).chain(idle).collect(),
            other_formats: scan.other_formats.clone(),
            ..Self::default()
        }
    }

    /// Whether the index is what the corpus gives.
    #[must_use]
    pub fn is_up_to_date(&self) -> bool {
        let differ = [&self.added, &self.changed, &self.removed, &self.kept];
        differ.into_iter().all(Vec::is_empty) && self.renamed.is_empty()
    }

    pub(super) fn unchanged(&mut self, record: &Record) {
        self.unchanged += 1;
        self.count(record);
        self.warn(record);
    }

    pub(super) fn read(&mut self, record: &Record, old: Option<&Record>) {
        let paths = if old.is_some() { &mut self.changed } else { &mut self.added };
        paths.push(record.path.clone());
        if old.is_some_and(|old| differ_by_versions(&old.key, &record.key)) {
            self.outdated.push(record.path.clone());
        }
        let is_recoded = |old: &Record| differ_by_encoding(&old.key, &record.key);
        self.recoded += usize::from(old.is_some_and(is_recoded));
        if old.is_none() {
            self.contents.push((record.contents().to_owned(), record.path.clone()));
        }
        self.count(record);
        self.warn(record);
    }

    /// Notes that a document is gone, or has another path now.
    pub(super) fn gone(&mut self, record: &Record) {
        let same = |(contents, _): &(String, String)| contents == record.contents();
        match self.contents.iter().position(same) {
            Some(at) => {
                let (_, to) = self.contents.swap_remove(at);
                self.added.retain(|path| *path != to);
                self.renamed.push(Renamed { from: record.path.clone(), to });
            }
            None => self.removed.push(record.path.clone()),
        }
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
        let path = path.to_owned();
        self.warnings.push(FileWarning { path, line: None, message, is_failure: true });
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
            let path = record.path.clone();
            self.warnings.push(FileWarning { path, line, message, is_failure: false });
        }
    }
}
