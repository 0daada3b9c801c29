//! What is known about the terminal, and writing to it.

use std::io::{self, BufWriter, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};

use super::arguments::When;

/// Columns of a line where there is no terminal to ask.
const COLUMNS: usize = 100;
/// Bytes of output that are written at once.
const BUFFER: usize = 64 * 1024;

/// Standard output, which takes colours out where they are not wanted.
///
/// It is buffered behind that, since the standard library writes each line by itself even to a pipe.
pub(super) fn stdout(color: When) -> AutoStream<Box<dyn Write>> {
    let choice = match choice(color) {
        ColorChoice::Auto => AutoStream::choice(&io::stdout()),
        choice => choice,
    };
    AutoStream::new(Box::new(BufWriter::with_capacity(BUFFER, io::stdout())), choice)
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
