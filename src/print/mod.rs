//! Writing results: one file for each format, all over the same values.
//!
//! Everything is written to what the caller gives; nothing here knows a terminal. Colours are always
//! written as escape codes, and the caller takes them out where they are not wanted. Text from files
//! goes through [`clean()`] before it can reach a terminal.

pub mod check;
mod clean;
pub mod doctor;
mod github;
pub mod json;
pub mod read;
pub mod recall;
pub mod sources;
pub mod style;
pub mod summary;
pub mod text;
mod wrap;

pub use clean::clean;
