//! Writing results: one file for each format, all over the same values.
//!
//! Everything is written to what the caller gives; nothing here knows a terminal. Colours are always
//! written as escape codes, and the caller takes them out where they are not wanted. Text from files
//! goes through [`clean()`] before it can reach a terminal.

pub mod check;
pub mod citation;
mod clean;
pub mod columns;
pub mod concordance;
pub mod count;
pub mod doctor;
mod explain;
pub mod formats;
mod github;
pub mod html;
pub mod json;
mod line_ends;
pub mod link;
pub mod markdown;
mod pieces;
pub mod read;
pub mod recall;
pub mod sources;
pub mod style;
pub mod summary;
pub mod table;
pub mod text;
pub mod vimgrep;
mod wrap;

pub use clean::clean;
