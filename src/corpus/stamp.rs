//! What the file system says about a file without its bytes being read.

use std::{fs, io, path::Path, time::SystemTime};

use serde::{Deserialize, Serialize};

use super::SourceFile;

/// Two equal stamps of a path are a good sign that its bytes are the same, and no proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Size in bytes.
    pub bytes: u64,
    /// When its contents were changed, in nanoseconds since 1970; 0 where that is not known.
    pub modified: u64,
    /// When anything about it was changed, which no program can set; 0 where that is not known.
    pub changed: u64,
    /// Its number in the file system; 0 where there is none.
    pub number: u64,
}

/// The stamps of all files that a document is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentStamp {
    /// That of the document's own file.
    pub own: Stamp,
    /// Those of its companions, with their names, in the order in which they are heard.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<(String, Stamp)>,
}

impl DocumentStamp {
    /// When the contents of any of its files were changed last, in nanoseconds since 1970.
    #[must_use]
    pub fn modified(&self) -> u64 {
        let beside = self.beside.iter().map(|(_, stamp)| stamp.modified);
        beside.fold(self.own.modified, u64::max)
    }
}

/// Looks at a file and its companions. `None` where one is not there, and for a file in a container:
/// of that all bytes are hashed when it is looked into, which is proof.
#[must_use]
pub fn stamp(file: &SourceFile) -> Option<DocumentStamp> {
    let of_file = |file: &SourceFile| match file.member {
        None => stamp_of(&file.path).ok(),
        Some(_) => None,
    };
    let beside = file.companions.iter().map(|it| Some((it.file.name.clone(), of_file(&it.file)?)));
    Some(DocumentStamp { own: of_file(file)?, beside: beside.collect::<Option<_>>()? })
}

fn stamp_of(path: &Path) -> io::Result<Stamp> {
    let metadata = fs::metadata(path)?;
    let (changed, number) = beyond(&metadata);
    let modified = metadata.modified().map_or(0, nanoseconds);
    Ok(Stamp { bytes: metadata.len(), modified, changed, number })
}

/// Nanoseconds since 1970 of a time; 0 for what lies before.
#[must_use]
pub fn nanoseconds(time: SystemTime) -> u64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(unix)]
fn beyond(metadata: &fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    let seconds = u64::try_from(metadata.ctime()).unwrap_or_default();
    let nanoseconds = u64::try_from(metadata.ctime_nsec()).unwrap_or_default();
    (seconds.wrapping_mul(1_000_000_000).wrapping_add(nanoseconds), metadata.ino())
}

#[cfg(not(unix))]
fn beyond(_metadata: &fs::Metadata) -> (u64, u64) {
    (0, 0)
}
