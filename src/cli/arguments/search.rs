//! What `search` takes.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use pullquote::search::Context;

use super::{
    filter::FilterOptions, number, output::OutputOptions, ranking::RankingOptions,
    words::WordOptions,
};

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub(in crate::cli) struct SearchOptions {
    /// Words, "phrases", -excluded, speaker:name …: see docs/query.md. Put it in single quotes
    #[arg(value_name = "QUERY", required_unless_present_any = ["queries", "speaker", "path", "title", "kind", "date"])]
    pub query: Vec<String>,

    /// How many hits to show [default: 10; all of --count and --files]
    #[arg(short = 'n', long, value_name = "N", value_parser = number)]
    pub limit: Option<usize>,

    /// How many hits to leave out at the start
    #[arg(long, value_name = "N", value_parser = number, default_value_t = 0)]
    pub offset: usize,

    /// How much to show before and after each hit: 2 for passages, 30s or 1m30s for a time
    #[arg(short = 'C', long, value_name = "N", default_value = "0", hide_default_value = true)]
    pub context: Context,

    /// Order: relevance, time, date or path; of a --concordance also left or right
    #[arg(long, value_name = "ORDER", default_value = "relevance", hide_possible_values = true)]
    #[arg(hide_default_value = true)]
    pub sort: SortBy,

    /// Write how many passages there are
    #[arg(long, conflicts_with_all = ["files", "concordance", "queries"])]
    pub count: bool,

    /// Count by speaker, source or year
    #[arg(long, value_name = "WHAT", requires = "count", hide_possible_values = true)]
    pub by: Option<CountBy>,

    /// Write what matched line by line, with what stands to its left and right
    #[arg(long, conflicts_with_all = ["files", "queries"])]
    pub concordance: bool,

    /// Write the paths of the documents that have a hit, sorted
    #[arg(long, conflicts_with = "queries")]
    pub files: bool,

    /// Part the paths by NUL, as `xargs -0` wants them
    #[arg(short = '0', long, requires = "files")]
    pub null: bool,

    #[command(flatten)]
    pub filters: FilterOptions,

    /// Make every word optional: the passages that answer best come first
    #[arg(long)]
    pub any: bool,

    #[command(flatten)]
    pub words: WordOptions,

    #[command(flatten)]
    pub ranking: RankingOptions,

    #[command(flatten)]
    pub output: OutputOptions,

    /// Answer many queries, one a line of a file or of - for standard input; one JSON line each
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    #[arg(value_hint = ValueHint::FilePath)]
    pub queries: Option<PathBuf>,
}

/// What hits are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SortBy {
    /// The best first
    Relevance,
    /// When it is said in its recording
    Time,
    /// Date of the document, oldest first
    Date,
    /// Path of the document
    #[value(alias = "source")]
    Path,
    /// The words to the left
    Left,
    /// The words to the right
    Right,
}

/// What passages are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CountBy {
    /// Who says it
    Speaker,
    /// The document
    Source,
    /// Year of the document
    Year,
}
