//! The command line of pullquote: see [`cli`].

mod cli;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Texts are read by one thread and indexed by another. Where what one has allocated is freed by
/// another, glibc's allocator makes them wait for each other: a full build took a fifth
/// longer that way.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
