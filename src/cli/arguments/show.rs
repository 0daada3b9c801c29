//! What `show` takes.

use std::ffi::OsString;

use clap::{Args, ValueEnum};
use pullquote::search::Context;

use super::output::OutputOptions;

#[derive(Debug, Args)]
pub(in crate::cli) struct ShowOptions {
    /// Where: path#t=754.2, path#p=12, path:LINE, or a path; a part of the path is enough
    #[arg(value_name = "PLACE")]
    pub place: OsString,

    /// How much to show before and after it: 2 for passages, 30s for a time
    #[arg(short = 'C', long, value_name = "N", default_value = "2")]
    pub context: Context,

    /// Open it: with the editor, with the player of its recording, or with what fits it
    #[arg(long, value_name = "WITH", num_args = 0..=1, require_equals = true)]
    #[arg(default_missing_value = "auto")]
    pub open: Option<OpenWith>,

    #[command(flatten)]
    pub output: OutputOptions,
}

/// What opens a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum OpenWith {
    /// The player, where the document has a web address and the time is known; else the editor
    Auto,
    /// $VISUAL or $EDITOR, at the line
    Editor,
    /// The player of the configuration, or what opens web addresses, at the second
    Player,
}
