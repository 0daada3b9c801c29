//! The stamps of the files that an index was made of, for who trusts them: a file beside the index,
//! which an index does without. It says something about one machine, so a new index has none.
//!
//! A file that was changed twice within the same moment may have the same stamp both times. So one
//! is trusted only when it is clearly older than the file of stamps itself, as git does it.

use std::{collections::BTreeMap, fs, io, path::Path};

use serde::{Deserialize, Serialize};

use super::{
    lock::{Lock, Patience},
    seal::write_whole,
};
use crate::corpus::{DocumentStamp, nanoseconds};

/// The file.
pub(super) const FILE: &str = ".stamps";
/// How much older a file must be, in nanoseconds: the coarsest clocks of file systems count two
/// seconds.
const CLEARLY: u64 = 2_000_000_000;

/// The stamps of the files of an index, by path.
#[derive(Debug, Default)]
pub struct Stamps {
    entries: BTreeMap<String, Entry>,
    /// When they were written, in nanoseconds since 1970.
    written: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    /// Key of the document that was made of the file.
    key: String,
    stamp: DocumentStamp,
}

impl Stamps {
    /// The stamps of an index; none where there is no such file or it is damaged.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        let read = || {
            let text = fs::read_to_string(path.join(FILE)).ok()?;
            let written = fs::metadata(path.join(FILE)).ok()?.modified().ok()?;
            let entries = serde_json::from_str(unsealed(&text)?).ok()?;
            Some(Self { entries, written: nanoseconds(written) })
        };
        read().unwrap_or_default()
    }

    /// Whether a file, with what stands beside it, is surely what a document was made of, as far as
    /// stamps can tell.
    #[must_use]
    pub fn trusts(&self, path: &str, key: &str, stamp: &DocumentStamp) -> bool {
        self.entries.get(path).is_some_and(|entry| {
            let is_older = stamp.modified().saturating_add(CLEARLY) < self.written;
            entry.key == key && entry.stamp == *stamp && is_older
        })
    }

    /// Notes the stamp that a file had before it was read as a document with this key.
    pub fn note(&mut self, path: String, key: String, stamp: DocumentStamp) {
        self.entries.insert(path, Entry { key, stamp });
    }

    /// Writes them beside an index, unless somebody writes that just now.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let Ok(_lock) = Lock::acquire(path, &Patience::default()) else { return Ok(()) };
        let entries = serde_json::to_string(&self.entries)?;
        let hash = blake3::hash(entries.as_bytes()).to_hex();
        write_whole(path, FILE, format!("{hash}\n{entries}").as_bytes())
    }
}

/// Whether the stamps of an index are as they were written, if it has any.
pub(super) fn are_whole(path: &Path) -> bool {
    match fs::read_to_string(path.join(FILE)) {
        Ok(text) => unsealed(&text).is_some(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

fn unsealed(text: &str) -> Option<&str> {
    let (hash, entries) = text.split_once('\n')?;
    (blake3::hash(entries.as_bytes()).to_hex().as_str() == hash).then_some(entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Stamp;

    const OWN: Stamp = Stamp { bytes: 7, modified: 5, changed: 6, number: 1 };
    const STAMP: DocumentStamp = DocumentStamp { own: OWN, beside: Vec::new() };

    #[test]
    fn only_the_same_stamp_of_the_same_document_is_trusted() {
        let folder = tempfile::tempdir().unwrap();
        let mut stamps = Stamps::default();
        stamps.note("a.md".to_owned(), "key".to_owned(), STAMP);
        stamps.write(folder.path()).unwrap();
        let stamps = Stamps::of(folder.path());
        assert!(stamps.trusts("a.md", "key", &STAMP));
        assert!(!stamps.trusts("b.md", "key", &STAMP));
        assert!(!stamps.trusts("a.md", "other", &STAMP));
        let changed = Stamp { changed: 7, ..OWN };
        assert!(!stamps.trusts("a.md", "key", &DocumentStamp { own: changed, ..STAMP }));
    }

    #[test]
    fn what_stands_beside_a_file_counts_like_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let beside =
            |name: &str, stamp| DocumentStamp { beside: vec![(name.to_owned(), stamp)], ..STAMP };
        let now = nanoseconds(std::time::SystemTime::now());
        let young = Stamp { modified: now, ..OWN };
        let mut stamps = Stamps::default();
        stamps.note("a.srt".to_owned(), "key".to_owned(), beside("a.spk", OWN));
        stamps.note("b.srt".to_owned(), "key".to_owned(), beside("b.spk", young));
        stamps.write(folder.path()).unwrap();
        let stamps = Stamps::of(folder.path());
        assert!(stamps.trusts("a.srt", "key", &beside("a.spk", OWN)));
        assert!(!stamps.trusts("a.srt", "key", &beside("a.spk", Stamp { bytes: 8, ..OWN })));
        assert!(!stamps.trusts("a.srt", "key", &beside("a.srt.spk", OWN)));
        assert!(!stamps.trusts("a.srt", "key", &STAMP));
        assert!(!stamps.trusts("b.srt", "key", &beside("b.spk", young)));
    }

    #[test]
    fn what_was_changed_just_before_is_not_trusted() {
        let folder = tempfile::tempdir().unwrap();
        let now = nanoseconds(std::time::SystemTime::now());
        let stamp = DocumentStamp { own: Stamp { modified: now, ..OWN }, ..STAMP };
        let mut stamps = Stamps::default();
        stamps.note("a.md".to_owned(), "key".to_owned(), stamp.clone());
        stamps.write(folder.path()).unwrap();
        assert!(!Stamps::of(folder.path()).trusts("a.md", "key", &stamp));
    }

    #[test]
    fn damaged_stamps_are_none() {
        let folder = tempfile::tempdir().unwrap();
        let mut stamps = Stamps::default();
        stamps.note("a.md".to_owned(), "key".to_owned(), STAMP);
        stamps.write(folder.path()).unwrap();
        assert!(are_whole(folder.path()));
        let path = folder.path().join(FILE);
        fs::write(&path, fs::read_to_string(&path).unwrap().replace("a.md", "b.md")).unwrap();
        assert!(!are_whole(folder.path()));
        assert!(!Stamps::of(folder.path()).trusts("b.md", "key", &STAMP));
    }
}
