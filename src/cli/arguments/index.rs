//! What `index` takes.

use std::{num::NonZeroUsize, path::PathBuf, time::Duration};

use clap::{Args, ValueEnum, ValueHint};

use super::{encoding, number};

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

    /// Leave the same files, byte for byte, that a build of everything would leave on any machine
    #[arg(long, conflicts_with_all = ["rebuild", "check"])]
    pub reproducible: bool,

    /// Take files whose size and times are as they were for unchanged, without reading them. Left
    /// out where CI is set
    #[arg(long, conflicts_with = "reproducible")]
    pub trust_mtime: bool,

    /// Merge the index into one segment: a little faster to search, slower to write
    #[arg(long, conflicts_with = "check")]
    pub optimize: bool,

    /// Wait so long for another process that writes the index: 30s, 5m, 500ms
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub wait: Option<Duration>,

    /// Read files that .gitignore and the like leave out
    #[arg(long)]
    pub no_ignore: bool,

    /// Encoding of the files, such as windows-1252, instead of detecting it
    #[arg(long, value_name = "LABEL", value_parser = encoding)]
    pub encoding: Option<String>,

    /// Exit with 1 when there is any warning
    #[arg(long)]
    pub strict: bool,

    /// Exit with 1 when there are more warnings than this
    #[arg(long, value_name = "N", value_parser = number, conflicts_with = "strict")]
    pub max_warnings: Option<usize>,

    /// Memory that the run may take, in megabytes; a file that needs more is left out
    #[arg(long, value_name = "MB", default_value_t = 500, value_parser = clap::value_parser!(u32).range(50..=1_000_000))]
    pub memory: u32,

    /// Number of threads that read [default: one a core]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub threads: Option<NonZeroUsize>,

    /// How to write: text, json, or github (annotations of GitHub Actions)
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    #[arg(hide_default_value = true)]
    pub format: IndexFormat,

    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,

    /// Write nothing but errors
    #[arg(short, long, conflicts_with_all = ["json", "format"])]
    pub quiet: bool,
}

/// How `index` writes what it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum IndexFormat {
    Text,
    Json,
    Github,
}

/// Takes a number of threads.
fn threads(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "write a number from 1 on, or leave it out for one a core".to_owned())
}

/// Takes a number with its unit; seconds where it has none.
fn duration(text: &str) -> Result<Duration, String> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let milliseconds = match unit {
        "ms" => 1,
        "s" | "" => 1_000,
        "m" | "min" => 60_000,
        "h" => 3_600_000,
        _ => 0,
    };
    let number: Option<u64> = number.parse().ok().filter(|_| milliseconds > 0);
    number
        .and_then(|number| number.checked_mul(milliseconds))
        .map(Duration::from_millis)
        .ok_or_else(|| "write it as 30s, 5m or 500ms".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_a_number_with_its_unit() {
        assert_eq!(duration("30s"), Ok(Duration::from_secs(30)));
        assert_eq!(duration("30"), Ok(Duration::from_secs(30)));
        assert_eq!(duration("5m"), Ok(Duration::from_mins(5)));
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        for wrong in ["", "s", "-3s", "1.5h", "3 s", "99999999999999999999s", "9999999999999999h"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }
}
