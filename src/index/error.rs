//! What can go wrong with an index.

use std::{io, path::PathBuf};

use super::{VERSION, lock::Holder};

/// An index that cannot be opened, searched or written.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is no index in the folder.
    #[error("no index in `{}`", .0.display())]
    Missing(PathBuf),
    /// The folder holds something else.
    #[error("`{}` holds files that are no index of pullquote", .0.display())]
    Foreign(PathBuf),
    /// The index was written by another version of pullquote.
    #[error(
        "the index in `{}` has layout {found}, and this version reads layout {VERSION}",
        .path.display()
    )]
    Version {
        /// Folder of the index.
        path: PathBuf,
        /// What its own note says: a number, or what stands there instead.
        found: String,
    },
    /// Another process is writing the index.
    #[error("the index in `{}` is being written by {}", .path.display(), named(*.holder))]
    Locked {
        /// Folder of the index.
        path: PathBuf,
        /// Which process, where that is known.
        holder: Option<Holder>,
    },
    /// It was asked to stop. What was published before is as it was.
    #[error("interrupted; the index is as it was")]
    Interrupted,
    /// A file of the index is damaged.
    #[error("the index is damaged: {}", brief(.0))]
    Damaged(String),
    /// The file system refused.
    #[error("cannot use the index in `{}`: {source}", .path.display())]
    Io {
        /// Folder or file.
        path: PathBuf,
        /// What the file system said.
        source: io::Error,
    },
    /// The index cannot be written, such as on a full disk. What was published before is as it was.
    #[error("cannot write the index in `{}`: {message}", .path.display())]
    Write {
        /// Folder of the index.
        path: PathBuf,
        /// What the file system said.
        message: String,
    },
    /// Anything else that tantivy reports.
    #[error("the index cannot be used: {}", brief(&.0.to_string()))]
    Engine(#[from] tantivy::TantivyError),
}

impl From<io::Error> for IndexError {
    fn from(error: io::Error) -> Self {
        Self::Engine(error.into())
    }
}

/// The beginning of what tantivy says, which may go on with a whole file.
fn brief(message: &str) -> String {
    const LONGEST: usize = 120;
    let line = message.lines().next().unwrap_or_default();
    let end = line.floor_char_boundary(LONGEST);
    if end < line.len() { format!("{}…", &line[..end]) } else { line.to_owned() }
}

fn named(holder: Option<Holder>) -> String {
    holder.map_or_else(|| "another process".to_owned(), |holder| holder.to_string())
}
