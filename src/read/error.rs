//! Why a file could not be read at all.

use thiserror::Error;

/// Why a file could not be read at all. What is merely odd in it is a warning instead.
///
/// The messages do not name the file: they are made to stand after its path and a colon.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ReadError {
    /// Nothing in it is a word.
    #[error("holds no word")]
    Empty,
    /// It is no text, and no format with bytes of its own.
    #[error("is no text: it holds NUL bytes")]
    Binary,
    /// It has no NUL bytes, and still reads as control characters in every encoding.
    #[error("is no text: it is full of control characters")]
    Undecodable,
    /// No reader takes it.
    #[error("is of no known format")]
    UnknownFormat,
    /// The encoding that was asked for does not exist; [`is_encoding`](crate::read::is_encoding)
    /// tells beforehand.
    #[error("`{0}` is no encoding: use a name such as `utf-8` or `windows-1252`")]
    UnknownEncoding(String),
    /// It opens only with a password.
    #[error(
        "is locked with a password: save it without one, such as with `qpdf --password=PASSWORD --decrypt IN OUT`"
    )]
    Encrypted,
    /// Its pages are pictures.
    #[error(
        "has pictures of pages and no text: have it recognised, such as with `ocrmypdf IN OUT`"
    )]
    NoTextLayer,
    /// It breaks the rules of its format so that nothing can be read.
    #[error("is no valid {format}: {reason}")]
    Malformed {
        /// The format, as [`Reader::format`](crate::read::Reader::format) names it.
        format: &'static str,
        /// What is wrong.
        reason: String,
    },
}
