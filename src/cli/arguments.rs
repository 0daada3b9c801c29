//! What can be typed.

use std::{num::NonZeroUsize, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use pullquote::{
    query::filter::{DateRange, Filter, Name, PathPattern},
    quote::Verdict,
    transcript::Kind,
};

/// Where the index is unless `--index` says something else.
pub(super) const INDEX: &str = "index";
/// What is read unless something else is named.
pub(super) const CORPUS: &str = "corpus";

/// Full-text search for reviews and transcripts: finds the passage, highlights exactly what
/// matched, says who said it and where.
#[derive(Debug, Parser)]
#[command(name = "pullquote", version, max_term_width = 100, disable_help_subcommand = true)]
#[command(
    after_help = "Exit codes: 0 found or fine, 1 nothing found or not up to date, 2 an error, \
75 the index is being written by another process."
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
    /// Check every quotation of a manuscript against the index
    Check(CheckOptions),
    /// Show how a file is understood: turns, speakers, times, warnings. Writes nothing
    Read(ReadOptions),
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

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub(super) struct IndexOptions {
    /// Files and folders to read [default: corpus]
    #[arg(value_name = "PATHS", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,

    /// Read everything and put a new index in place of the old one
    #[arg(long, conflicts_with = "check")]
    pub rebuild: bool,

    /// Write nothing; tell whether the index is up to date (exit code 1 when not)
    #[arg(long)]
    pub check: bool,

    /// Read files that .gitignore and the like leave out
    #[arg(long)]
    pub no_ignore: bool,

    /// Encoding of the files, such as windows-1252, instead of detecting it
    #[arg(long, value_name = "LABEL", value_parser = encoding)]
    pub encoding: Option<String>,

    /// Exit with 1 when there is any warning
    #[arg(long)]
    pub strict: bool,

    /// Memory for what is not written yet, in megabytes
    #[arg(long, value_name = "MB", default_value_t = 200, value_parser = clap::value_parser!(u32).range(20..=16_000))]
    pub memory: u32,

    /// Number of threads that read [default: one a core]
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,

    /// Write the summary as JSON
    #[arg(long)]
    pub json: bool,

    /// Write nothing but errors
    #[arg(short, long, conflicts_with = "json")]
    pub quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct SearchOptions {
    /// Words, "phrases", -excluded, speaker:name …: see docs/query.md. Put it in single quotes
    #[arg(value_name = "QUERY", required_unless_present_any = ["queries", "speaker", "path", "title", "kind", "date"])]
    pub query: Vec<String>,

    /// How many hits to show
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    pub limit: usize,

    /// How many hits to leave out at the start
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,

    /// How many passages to show before and after each hit
    #[arg(short = 'C', long, value_name = "N", default_value_t = 0)]
    pub context: usize,

    #[command(flatten)]
    pub filters: FilterOptions,

    /// Make every word optional: the passages that answer best come first
    #[arg(long)]
    pub any: bool,

    /// Find words just as they are typed, not their other forms
    #[arg(long)]
    pub no_stem: bool,

    /// Write JSON Lines: see docs/json.md
    #[arg(long)]
    pub json: bool,

    /// Columns of a line [default: those of the terminal, or 100]
    #[arg(long, value_name = "N")]
    pub width: Option<usize>,

    /// Answer many queries, one a line of a file or of - for standard input; one JSON line each
    #[arg(long, value_name = "FILE", requires = "json", conflicts_with = "query")]
    #[arg(value_hint = ValueHint::FilePath)]
    pub queries: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct QuoteOptions {
    /// The quotation as remembered: words may be missing, changed, misspelt or swapped
    #[arg(value_name = "WORDS", required_unless_present = "from")]
    pub words: Vec<String>,

    /// How many passages to show
    #[arg(short = 'n', long, value_name = "N", default_value_t = 5)]
    pub limit: usize,

    #[command(flatten)]
    pub filters: FilterOptions,

    /// Write JSON Lines: see docs/json.md
    #[arg(long)]
    pub json: bool,

    /// Columns of a line [default: those of the terminal, or 100]
    #[arg(long, value_name = "N")]
    pub width: Option<usize>,

    /// Look up many quotations, one a line of a file or of - for standard input; one JSON line each
    #[arg(long, value_name = "FILE", requires = "json", conflicts_with = "words")]
    #[arg(value_hint = ValueHint::FilePath)]
    pub from: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct CheckOptions {
    /// Manuscripts: Markdown or text; or - for standard input
    #[arg(value_name = "FILES", required = true, value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,

    /// With fewer words a quotation is too short to tell, and counted as unchecked
    #[arg(long, value_name = "N", default_value_t = 4)]
    pub min_words: usize,

    /// Let quotations with this verdict pass too: altered, reordered, spliced, misattributed, absent
    #[arg(long, value_name = "VERDICT", value_parser = verdict)]
    pub allow: Vec<Verdict>,

    /// Let unchecked quotations fail too
    #[arg(long)]
    pub strict: bool,

    /// How to write: text, json (JSON Lines) or github (annotations of GitHub Actions)
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    #[arg(hide_default_value = true)]
    pub format: CheckFormat,

    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,

    /// Show those that pass too
    #[arg(long)]
    pub all: bool,

    /// Encoding of the manuscripts, such as windows-1252, instead of detecting it
    #[arg(long, value_name = "LABEL", value_parser = encoding)]
    pub encoding: Option<String>,
}

/// How `check` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    Text,
    Json,
    Github,
}

/// Takes the name of a verdict that may be allowed.
fn verdict(name: &str) -> Result<Verdict, String> {
    let verdicts = [
        Verdict::Altered,
        Verdict::Reordered,
        Verdict::Spliced,
        Verdict::Misattributed,
        Verdict::Absent,
    ];
    let found = verdicts.into_iter().find(|verdict| verdict.as_str() == name);
    found.ok_or_else(|| "use altered, reordered, spliced, misattributed or absent".to_owned())
}

/// Conditions on passages, beside the query.
#[derive(Debug, Args)]
pub(super) struct FilterOptions {
    /// Only what this speaker says; a part of the name is enough
    #[arg(long, value_name = "NAME", help_heading = "Only in")]
    pub speaker: Option<String>,

    /// Only documents whose path has this in it, or is of this shape (`*.srt`)
    #[arg(long, value_name = "GLOB", help_heading = "Only in")]
    pub path: Option<String>,

    /// Only documents with this in their title
    #[arg(long, value_name = "WORDS", help_heading = "Only in")]
    pub title: Option<String>,

    /// Only documents of this kind: review or transcript
    #[arg(long, value_name = "KIND", help_heading = "Only in")]
    pub kind: Option<Kind>,

    /// Only documents of this date or range: 2017, 2017-07..2018
    #[arg(long, value_name = "RANGE", help_heading = "Only in")]
    pub date: Option<DateRange>,
}

impl FilterOptions {
    /// The conditions, as the query language has them.
    pub(super) fn filters(&self) -> Vec<Filter> {
        let name = |text: &String| vec![Name::part(text)];
        let filters = [
            self.speaker.as_ref().map(|text| Filter::Speaker(name(text))),
            self.path.clone().map(|text| Filter::Path(PathPattern(text))),
            self.title.as_ref().map(|text| Filter::Title(name(text))),
            self.kind.map(Filter::Kind),
            self.date.map(Filter::Date),
        ];
        filters.into_iter().flatten().collect()
    }
}

#[derive(Debug, Args)]
pub(super) struct ReadOptions {
    /// The file, or - for standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,

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

/// Takes the label of an encoding that is known.
fn encoding(label: &str) -> Result<String, String> {
    if pullquote::read::is_encoding(label) {
        return Ok(label.to_owned());
    }
    Err("no such encoding; try utf-8, utf-16le, windows-1252, iso-8859-2, shift_jis …".to_owned())
}
