//! What is known about the terminal, and writing to it.

use std::{
    env, fs,
    io::{self, BufWriter, IsTerminal, Write},
};

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

/// Standard output for what decides by itself whether it writes colours, and may hold escape codes
/// that are part of a text: nothing is taken out.
pub(super) fn exact_stdout(color: When) -> AutoStream<Box<dyn Write>> {
    let choice = match AutoStream::choice(&io::stdout()) {
        _ if color == When::Never => ColorChoice::AlwaysAnsi,
        ColorChoice::Never => ColorChoice::AlwaysAnsi,
        choice => choice,
    };
    AutoStream::new(Box::new(BufWriter::with_capacity(BUFFER, io::stdout())), choice)
}

/// Whether standard output should have colours.
pub(super) fn is_colored(color: When) -> bool {
    let choice = match choice(color) {
        ColorChoice::Auto => AutoStream::choice(&io::stdout()),
        choice => choice,
    };
    choice != ColorChoice::Never
}

/// Whether standard output should have links: on a terminal that is known to understand them.
pub(super) fn has_links(wanted: When) -> bool {
    match wanted {
        When::Always => true,
        When::Never => false,
        When::Auto => {
            let variable = |name: &str| env::var(name).ok();
            io::stdout().is_terminal() && knows_links(&variable)
        }
    }
}

/// Whether a terminal understands links, by its variables. `FORCE_HYPERLINK` decides where it is
/// set. A multiplexer such as tmux hides what the terminal is, and has none of its own.
fn knows_links(variable: &dyn Fn(&str) -> Option<String>) -> bool {
    if let Some(forced) = variable("FORCE_HYPERLINK") {
        return !matches!(forced.as_str(), "0" | "false" | "no");
    }
    let term = variable("TERM").unwrap_or_default();
    if ["dumb", "screen", "tmux", "linux"].iter().any(|name| term.starts_with(name)) {
        return false;
    }
    let programs = ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio", "zed"];
    let vte = variable("VTE_VERSION").and_then(|version| version.parse::<u32>().ok());
    ["xterm-kitty", "alacritty", "foot", "wezterm", "xterm-ghostty", "contour"]
        .iter()
        .any(|name| term.starts_with(name))
        || variable("TERM_PROGRAM").is_some_and(|name| programs.contains(&name.as_str()))
        || vte.is_some_and(|version| version >= 5_000)
        || variable("WT_SESSION").is_some()
        || variable("KONSOLE_VERSION").is_some()
}

/// The name of this machine, for links to its files; empty where it is not known.
pub(super) fn host() -> String {
    let kernel = || fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let variable = |name: &str| env::var(name).ok();
    let name = kernel().or_else(|| variable("HOSTNAME")).or_else(|| variable("COMPUTERNAME"));
    name.unwrap_or_default().trim().to_owned()
}

/// Standard error, which takes colours out where they are not wanted.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_for_terminals_that_are_known_to_understand_them() {
        let knows = |set: &[(&str, &str)]| {
            knows_links(&|name| {
                set.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert!(!knows(&[("TERM", "xterm-256color")]));
        assert!(knows(&[("TERM", "xterm-kitty")]));
        assert!(knows(&[("TERM", "xterm-256color"), ("VTE_VERSION", "7000")]));
        assert!(!knows(&[("TERM", "tmux-256color"), ("VTE_VERSION", "7000")]));
        assert!(knows(&[("TERM", "tmux-256color"), ("FORCE_HYPERLINK", "1")]));
        assert!(!knows(&[("TERM", "xterm-kitty"), ("FORCE_HYPERLINK", "0")]));
    }
}
