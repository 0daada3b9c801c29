//! Opening a file without being led astray.

use std::{
    fs::{self, File, OpenOptions},
    path::Path,
};

use super::{link::metadata, load::LoadError};

/// Whether a link in the last place of a path is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Links {
    /// A person named the path.
    Followed,
    /// The path was found in a corpus.
    Refused,
}

/// Opens a regular file for reading. A pipe or a device is not even opened, and one that was put in
/// place of the file a moment ago does not make it wait.
///
/// # Errors
/// When it is no regular file or cannot be opened.
pub(super) fn open(path: &Path, links: Links) -> Result<(File, u64), LoadError> {
    let before = match links {
        Links::Followed => metadata(path)?,
        Links::Refused => fs::symlink_metadata(path)?,
    };
    if before.is_dir() {
        return Err(LoadError::Folder);
    }
    if !before.is_file() {
        return Err(LoadError::NotAFile);
    }
    let mut options = OpenOptions::new();
    options.read(true);
    guard(&mut options, links);
    let file = options.open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_file() { Ok((file, metadata.len())) } else { Err(LoadError::NotAFile) }
}

#[cfg(unix)]
fn guard(options: &mut OpenOptions, links: Links) {
    use std::os::unix::fs::OpenOptionsExt;

    use rustix::fs::OFlags;

    let mut flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    if links == Links::Refused {
        flags |= OFlags::NOFOLLOW;
    }
    options.custom_flags(flags.bits().cast_signed());
}

#[cfg(not(unix))]
fn guard(_: &mut OpenOptions, _: Links) {}
