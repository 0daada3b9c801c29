//! Why a file could not be read at all.

use thiserror::Error;

/// Why a file could not be read at all. What is merely odd in it is a warning instead.
///
/// The messages do not name the file: whoever opened it adds its path.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ReadError {
    /// Nothing in it is a word.
    #[error("there is no word in it")]
    Empty,
    /// It is no text, and no format with bytes of its own.
    #[error("it is no text (there are NUL bytes in it)")]
    Binary,
    /// No reader takes it.
    #[error("its format is not known")]
    UnknownFormat,
    /// The encoding that was asked for does not exist.
    #[error("`{0}` is no encoding: use a name such as `utf-8` or `windows-1252`")]
    UnknownEncoding(String),
    /// It breaks the rules of its format so that nothing can be read.
    #[error("it is no valid {format}: {reason}")]
    Malformed {
        /// The format, as [`Reader::format`](crate::read::Reader::format) names it.
        format: &'static str,
        /// What is wrong.
        reason: String,
    },
}
