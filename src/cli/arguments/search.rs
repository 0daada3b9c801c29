//! What `search` takes.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{filter::FilterOptions, ranking::RankingOptions, words::WordOptions};

#[derive(Debug, Args)]
pub(in crate::cli) struct SearchOptions {
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

    #[command(flatten)]
    pub words: WordOptions,

    #[command(flatten)]
    pub ranking: RankingOptions,

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
