//! Reading the bytes of a file.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

/// The largest file that is read, in bytes: more is no transcript, and would not fit into memory
/// together with what is made of it.
const LARGEST: u64 = 1 << 30;

/// A file whose bytes cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file system refused.
    #[error("cannot be opened: {0}")]
    Io(#[from] io::Error),
    /// It is larger than what is read.
    #[error("has {0} bytes, more than the {LARGEST} that are read")]
    TooLarge(u64),
    /// It is a pipe, a device or a folder.
    #[error("is no file")]
    NotAFile,
}

/// Reads a file whole.
///
/// # Errors
/// When it cannot be opened, is larger than 1 GiB, or is no regular file.
pub fn load(path: &Path) -> Result<Vec<u8>, LoadError> {
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(LoadError::NotAFile);
    }
    if metadata.len() > LARGEST {
        return Err(LoadError::TooLarge(metadata.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0) + 1);
    // It may grow while it is read.
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    let length = bytes.len() as u64;
    if length > LARGEST { Err(LoadError::TooLarge(length)) } else { Ok(bytes) }
}
