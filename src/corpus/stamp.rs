//! What the file system says about a file without its bytes being read.

use std::{fs, io, path::Path, time::SystemTime};

use serde::{Deserialize, Serialize};

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

/// Looks at a file.
///
/// # Errors
/// When it is not there.
pub fn stamp(path: &Path) -> io::Result<Stamp> {
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
