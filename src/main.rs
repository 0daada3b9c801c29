//! The command line of pullquote: see [`cli`].

mod cli;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Texts are read by one thread and indexed by another. Where what one has allocated is freed by
/// another, glibc's allocator makes them wait for each other: with this one a full build takes four
/// fifths of the time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
