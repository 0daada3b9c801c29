//! Which files are one and the same, by whatever path they were reached.

use std::{fs::Metadata, path::Path};

/// What tells a file from all others: its number on its device.
#[cfg(unix)]
pub(super) type Identity = (u64, u64);

/// What tells a file from all others: its path without links.
#[cfg(not(unix))]
pub(super) type Identity = std::path::PathBuf;

/// The identity of a file.
#[cfg(unix)]
pub(super) fn identity(_: &Path, metadata: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

/// The identity of a file.
#[cfg(not(unix))]
pub(super) fn identity(path: &Path, _: &Metadata) -> Identity {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}
