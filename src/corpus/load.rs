//! Reading the bytes of a file.

use std::{
    io::{self, Read},
    path::Path,
};

use super::{
    container::Archive,
    open::{Links, open},
    scan::{Member, Origin, SourceFile},
    unpack::RATIO,
};

/// The largest file that is read, in bytes, however much memory there is: its lines and the columns
/// of a line are counted in 32 bits.
pub(super) const LARGEST: u64 = u32::MAX as u64;

/// A file whose bytes cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file system refused.
    #[error("cannot be opened: {0}")]
    Io(#[from] io::Error),
    /// It is larger than what is read.
    #[error("has {0} bytes, more than the {LARGEST} that are read")]
    TooLarge(u64),
    /// It is a folder.
    #[error("is a folder: name a file in it")]
    Folder,
    /// It is a pipe or a device.
    #[error("is no file")]
    NotAFile,
    /// It is compressed, and damaged.
    #[error("is no whole {format} file: {source}")]
    Broken {
        /// How it is compressed.
        format: &'static str,
        /// What the decoder said.
        source: io::Error,
    },
    /// More than `RATIO` times as much comes out of it.
    #[error("unpacks to more than {RATIO} times its size, as no text does; unpack it yourself")]
    Inflated,
    /// More comes out of it than is read of a file.
    #[error("unpacks to more than the {0} bytes that are read")]
    Unpacked(u64),
    /// It holds files.
    #[error("is a container: name a file in it{example}")]
    IsContainer {
        /// `, such as …`, where it has one.
        example: String,
    },
    /// A container that cannot be read, or a file that is not in it.
    #[error("{0}")]
    Container(String),
}

/// Reads a file whole, as it is.
///
/// # Errors
/// When it cannot be opened, is larger than 4 GiB, or is no regular file.
pub fn load(path: &Path) -> Result<Vec<u8>, LoadError> {
    load_from(path, Links::Followed)
}

pub(super) fn load_from(path: &Path, links: Links) -> Result<Vec<u8>, LoadError> {
    let (file, length) = open(path, links)?;
    if length > LARGEST {
        return Err(LoadError::TooLarge(length));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    // It may grow while it is read.
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    let length = bytes.len() as u64;
    if length > LARGEST { Err(LoadError::TooLarge(length)) } else { Ok(bytes) }
}

/// Gets the bytes of files. The container that was read last stays open, since the next file is
/// likely to be in it.
#[derive(Default)]
pub struct Loader {
    archive: Option<Archive>,
}

impl Loader {
    /// The bytes of a file as it lies there: compressed if it is, but taken out of its container.
    pub(super) fn load(&mut self, file: &SourceFile) -> Result<Vec<u8>, LoadError> {
        let links = match file.origin {
            Origin::Named => Links::Followed,
            Origin::Found => Links::Refused,
        };
        match &file.member {
            None => load_from(&file.path, links),
            Some(member) => self.load_member(&file.path, member, links),
        }
    }

    fn load_member(
        &mut self,
        path: &Path,
        member: &Member,
        links: Links,
    ) -> Result<Vec<u8>, LoadError> {
        let archive = match self.archive.take().filter(|archive| archive.is_at(path)) {
            Some(archive) => archive,
            None => Archive::open(path, links)?,
        };
        self.archive.insert(archive).member(member)
    }
}
