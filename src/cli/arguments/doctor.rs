//! What `doctor` takes.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{encoding, number};

#[derive(Debug, Args)]
pub(in crate::cli) struct DoctorOptions {
    /// Compare the index with these files and folders as well [default: corpus]
    #[arg(long, value_name = "PATHS", num_args = 0.., value_hint = ValueHint::AnyPath)]
    pub corpus: Option<Vec<PathBuf>>,

    /// Compare about so many passages with their postings, instead of all
    #[arg(long, value_name = "N", value_parser = number)]
    pub sample: Option<usize>,

    /// Read anew what is broken, from the files and folders of --corpus
    #[arg(long)]
    pub fix: bool,

    /// Read files that .gitignore and the like leave out, as the index was built
    #[arg(long)]
    pub no_ignore: bool,

    /// Encoding of the files, such as windows-1252, as the index was built
    #[arg(long, value_name = "LABEL", value_parser = encoding)]
    pub encoding: Option<String>,

    /// Write JSON Lines: see docs/json.md
    #[arg(long)]
    pub json: bool,
}
