//! What is known about the terminal, and writing to it.

use std::io::{self, IsTerminal};

use anstream::{AutoStream, ColorChoice};

use super::arguments::When;

/// Columns of a line where there is no terminal to ask.
const COLUMNS: usize = 100;

/// Standard output, which takes colours out where they are not wanted.
pub(super) fn stdout(color: When) -> AutoStream<io::Stdout> {
    AutoStream::new(io::stdout(), choice(color))
}

/// Standard error, likewise.
pub(super) fn stderr(color: When) -> AutoStream<io::Stderr> {
    AutoStream::new(io::stderr(), choice(color))
}

fn choice(color: When) -> ColorChoice {
    match color {
        When::Auto => ColorChoice::Auto,
        When::Always => ColorChoice::Always,
        When::Never => ColorChoice::Never,
    }
}

/// Columns of a line of standard output.
pub(super) fn columns(asked: Option<usize>) -> usize {
    let terminal = || {
        let stdout = io::stdout();
        let size = stdout.is_terminal().then(terminal_size::terminal_size).flatten();
        size.map(|(terminal_size::Width(width), _)| usize::from(width))
    };
    asked.or_else(terminal).unwrap_or(COLUMNS).max(20)
}
