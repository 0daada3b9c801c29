//! What an update of an index reads, tells, writes and leaves alone.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod companions;
mod containers;
mod index_folder;
mod place;
mod settings;
#[cfg(unix)]
mod unreadable;
