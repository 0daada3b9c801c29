//! The command line: what was typed, what it asks of the library, what becomes of the answer.
//!
//! The library never meets the terminal; everything that does is here. [`arguments`] is what was
//! typed; each command has a file of its own; [`failure`] turns every error into a message, a hint
//! and an exit code.

mod arguments;
mod batch;
mod check;
mod config;
mod doctor;
mod failure;
mod index;
mod interrupt;
mod open;
mod output;
mod panic;
mod progress;
mod quote;
mod read;
mod search;
mod shell;
mod show;
mod sources;
mod terminal;

use std::{env, ffi::OsString, io, path::Path, process::ExitCode};

use clap::Parser;

use arguments::{Arguments, Command, When};
use failure::Failure;

/// What `-` is called in messages and results.
const STANDARD_INPUT: &str = "standard input";

/// Whether a path that was typed means standard input.
fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// What a command found: decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    /// Found, or fine: 0.
    Something,
    /// Nothing found, or not up to date: 1.
    Nothing,
    /// Some of what was named could not be used, which was told, and the rest was done: 2.
    Part,
}

/// Runs the command line. A closed pipe is no error: who reads no further has what they wanted.
pub(crate) fn run() -> ExitCode {
    let (color, done) = match Arguments::try_parse_from(spared(env::args_os())) {
        Ok(arguments) => (arguments.color, panic::contained(|| execute(arguments))),
        Err(wrong) if wrong.use_stderr() => wrong.exit(),
        Err(help) => (When::Auto, written(&help)),
    };
    match done {
        Ok(Found::Something) => ExitCode::SUCCESS,
        Ok(Found::Nothing) => ExitCode::from(1),
        Ok(Found::Part) => ExitCode::from(failure::ERROR),
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            let mut stderr = terminal::stderr(color);
            // Where even the message cannot be written, the exit code is all that is left.
            let _ = failure.write(&mut stderr);
            ExitCode::from(failure.code())
        }
    }
}

/// Writes what `--help` and `--version` ask for.
fn written(help: &clap::Error) -> Result<Found, Failure> {
    help.print()?;
    io::Write::flush(&mut io::stdout())?;
    Ok(Found::Something)
}

/// The arguments with a space in front of those that are queries and look like options: `-glue tape`
/// has a space in it, which no option has, and `-glue`, behind `search`, is a word.
fn spared(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut is_search = false;
    let mut spared = Vec::new();
    for argument in arguments {
        is_search |= argument == "search" || argument == "s";
        let is_query = |text: &&str| {
            let word = text.strip_prefix('-').filter(|word| !word.starts_with('-'));
            word.is_some_and(|word| word.contains(' ') || is_search && starts_with_letters(word))
        };
        spared.push(match argument.to_str().filter(is_query) {
            Some(query) => format!(" {query}").into(),
            None => argument,
        });
    }
    spared
}

/// Whether two letters come first: options of one letter have numbers as their values.
fn starts_with_letters(word: &str) -> bool {
    let mut characters = word.chars();
    characters.by_ref().take(2).filter(|c| c.is_alphabetic()).count() == 2
}

fn execute(arguments: Arguments) -> Result<Found, Failure> {
    let Arguments { command, index, color } = arguments;
    let stdout = if command.output().is_some() { terminal::exact_stdout } else { terminal::stdout };
    let mut out = io::BufWriter::new(stdout(color));
    let found = match command {
        Command::Index(options) => index::run(&mut out, &options, index.as_deref(), color),
        Command::Search(options) => search::run(&mut out, &options, index.as_deref(), color),
        Command::Quote(options) => quote::run(&mut out, &options, index.as_deref(), color),
        Command::Show(options) => show::run(&mut out, &options, index.as_deref(), color),
        Command::Check(options) => check::run(&mut out, &options, index.as_deref(), color),
        Command::Read(options) => read::run(&mut out, &options, color),
        Command::Doctor(options) => doctor::run(&mut out, &options, index.as_deref(), color),
        Command::Sources(options) => sources::run(&mut out, &options, index.as_deref(), color),
        Command::Completions { shell } => shell::completions(&mut out, shell),
        Command::Man { command } => shell::man(&mut out, command.as_deref()),
    }?;
    io::Write::flush(&mut out)?;
    Ok(found)
}
