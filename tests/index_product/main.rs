//! The index as a product of a build: what other processes, signals, full disks and damage do to it,
//! and that the same corpus gives the same bytes. All through the binary.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

mod action;
mod damage;
mod faults;
mod hostile;
mod kills;
mod locks;
mod memory;
mod place;
mod reproducible;
mod times;
