//! What the binary writes: every format, every order, links, colours, and what `show` opens.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[cfg(target_os = "linux")]
mod full;
mod hostile;
mod lists;
#[cfg(unix)]
mod opening;
mod places;
mod program;
mod schema;
mod terminal;
