//! What can be typed.

mod check;
mod doctor;
mod filter;
mod index;
mod output;
mod quote;
mod ranking;
mod search;
mod show;
mod words;

pub(super) use check::{CheckFormat, CheckOptions};
pub(super) use doctor::DoctorOptions;
pub(super) use index::{IndexFormat, IndexOptions};
pub(super) use output::{Format, OutputOptions};
pub(super) use quote::QuoteOptions;
pub(super) use search::{CountBy, SearchOptions, SortBy};
pub(super) use show::{OpenWith, ShowOptions};

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

/// Where the index is unless `--index` says something else.
pub(super) const INDEX: &str = "index";
/// What is read unless something else is named.
pub(super) const CORPUS: &str = "corpus";

/// Full-text search for reviews and transcripts: finds the passage, highlights exactly what
/// matched, says who said it and where.
#[derive(Debug, Parser)]
#[command(name = "pullquote", version, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 found or fine, 1 nothing found or not up to date, 2 an error, \
75 the index is being written by another process, 130 or 143 stopped by a signal.",
    after_long_help = "Exit codes: 0 found or fine, 1 nothing found or not up to date, 2 an error, \
75 the index is being written by another process, 130 or 143 stopped by a signal.

Environment:
  PULLQUOTE_INDEX             folder of the index, where --index names none
  PULLQUOTE_COLORS            colours, such as match=1;31:speaker=36: see docs/output.md
  PULLQUOTE_HYPERLINK_FORMAT  where the links of paths lead, as --hyperlink-format
  FORCE_HYPERLINK             1 writes links to any terminal, 0 to none
  NO_COLOR, CLICOLOR, CLICOLOR_FORCE, TERM
                              whether there are colours, where --color says nothing
  VISUAL, EDITOR              what `show --open` opens files with

Files:
  $XDG_CONFIG_HOME/pullquote/config.toml or ~/.config/pullquote/config.toml
                              the player of `show --open`: see docs/output.md"
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,

    /// Folder of the index [default: index]
    #[arg(long, global = true, value_name = "DIR", env = "PULLQUOTE_INDEX", hide_env = true)]
    #[arg(value_hint = ValueHint::DirPath, help_heading = "Everywhere")]
    pub index: Option<PathBuf>,

    /// When to write in colour: auto, always or never
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true
    )]
    #[arg(hide_default_value = true, help_heading = "Everywhere")]
    pub color: When,
}

/// When to write in colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build or update the index from files and folders
    Index(IndexOptions),
    /// Find passages
    #[command(visible_alias = "s")]
    Search(SearchOptions),
    /// Find a quotation from memory: its true wording, who said it and where
    #[command(visible_alias = "q")]
    Quote(QuoteOptions),
    /// Show a place: a passage by its address or line, with what surrounds it
    Show(ShowOptions),
    /// Check every quotation of a manuscript against the index
    Check(CheckOptions),
    /// Show how a file is understood: turns, speakers, times, warnings. Writes nothing
    Read(ReadOptions),
    /// Tell whether the index is whole, and agrees with the corpus
    Doctor(DoctorOptions),
    /// List what is in the index
    Sources(SourcesOptions),
    /// Write shell completions
    Completions {
        /// For which shell
        shell: Shell,
    },
    /// Write the manual page
    Man {
        /// Of one command
        command: Option<String>,
    },
}

impl Command {
    /// How its hits are written, where it gives any.
    pub(super) fn output(&self) -> Option<&OutputOptions> {
        match self {
            Self::Search(options) => Some(&options.output),
            Self::Quote(options) => Some(&options.output),
            Self::Show(options) => Some(&options.output),
            _ => None,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct ReadOptions {
    /// The file, also one in a container (talks.zip/ep1.srt), or - for standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    #[arg(required_unless_present = "formats")]
    pub file: Option<PathBuf>,

    /// List the formats that are read instead: names, extensions, what is kept
    #[arg(long, conflicts_with_all = ["file", "encoding"])]
    pub formats: bool,

    /// Its encoding, such as windows-1252, instead of detecting it
    #[arg(long, value_name = "LABEL", value_parser = encoding)]
    pub encoding: Option<String>,

    /// Write JSON Lines
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct SourcesOptions {
    /// Write JSON Lines
    #[arg(long)]
    pub json: bool,
}

/// Takes how many.
fn number(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| "write a whole number, such as 10".to_owned())
}

/// Takes the label of an encoding that is known.
fn encoding(label: &str) -> Result<String, String> {
    if pullquote::read::is_encoding(label) {
        return Ok(label.to_owned());
    }
    Err("no such encoding; try utf-8, utf-16le, windows-1252, iso-8859-2, shift_jis …".to_owned())
}
