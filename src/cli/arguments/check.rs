//! What `check` takes.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use pullquote::quote::Verdict;

use super::{encoding, number};

#[derive(Debug, Args)]
pub(in crate::cli) struct CheckOptions {
    /// Manuscripts, of any format that is read; or - for Markdown on standard input
    #[arg(value_name = "FILES", required = true, value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,

    /// With fewer words a quotation is too short to tell, and counted as unchecked
    #[arg(long, value_name = "N", value_parser = number, default_value_t = 4)]
    pub min_words: usize,

    /// Let quotations with this verdict pass too: altered, reordered, spliced, misattributed, absent
    #[arg(long, value_name = "VERDICT", value_parser = verdict)]
    pub allow: Vec<Verdict>,

    /// Let unchecked quotations fail too
    #[arg(long)]
    pub strict: bool,

    /// How to write: text, json (JSON Lines), markdown, html, sarif, junit, or github (annotations
    /// of GitHub Actions)
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
pub(in crate::cli) enum CheckFormat {
    Text,
    Json,
    Github,
    Markdown,
    Html,
    Sarif,
    Junit,
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
