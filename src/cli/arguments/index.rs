//! What `index` takes.

use std::{num::NonZeroUsize, path::PathBuf};

use clap::{Args, ValueHint};

use super::encoding;

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub(in crate::cli) struct IndexOptions {
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
