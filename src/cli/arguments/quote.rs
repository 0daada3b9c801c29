//! What `quote` takes.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{filter::FilterOptions, number, output::OutputOptions};

#[derive(Debug, Args)]
pub(in crate::cli) struct QuoteOptions {
    /// The quotation as remembered: words may be missing, changed, misspelt or swapped
    #[arg(value_name = "WORDS", required_unless_present = "from")]
    pub words: Vec<String>,

    /// How many passages to show
    #[arg(short = 'n', long, value_name = "N", value_parser = number, default_value_t = 5)]
    pub limit: usize,

    #[command(flatten)]
    pub filters: FilterOptions,

    #[command(flatten)]
    pub output: OutputOptions,

    /// Look up many quotations, one a line of a file or of - for standard input; one JSON line each
    #[arg(long, value_name = "FILE", conflicts_with = "words")]
    #[arg(value_hint = ValueHint::FilePath)]
    pub from: Option<PathBuf>,
}
