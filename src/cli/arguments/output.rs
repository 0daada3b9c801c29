//! How hits are written: what `search`, `quote` and `show` take alike.

use clap::{
    Args, ValueEnum,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
};
use pullquote::cite::Style;

use super::{When, number};

#[derive(Debug, Args)]
pub(in crate::cli) struct OutputOptions {
    /// How to write: text, json (JSON Lines), csv, tsv, markdown, html or vimgrep
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    #[arg(hide_default_value = true, help_heading = "Output")]
    pub format: Format,

    /// The same as --format json: see docs/json.md
    #[arg(long, conflicts_with = "format", help_heading = "Output")]
    pub json: bool,

    /// Cite what was found: apa, mla or chicago below each hit; bibtex, biblatex, ris, csl-json or
    /// markdown alone. See docs/citations.md
    #[arg(long, value_name = "STYLE", value_parser = style(), hide_possible_values = true)]
    #[arg(help_heading = "Output")]
    pub cite: Option<Style>,

    /// Columns of a line [default: those of the terminal, or 100]
    #[arg(long, value_name = "N", value_parser = number, help_heading = "Output")]
    pub width: Option<usize>,

    /// When paths and times are links: auto, always or never
    #[arg(long, value_name = "WHEN", default_value = "auto", hide_possible_values = true)]
    #[arg(hide_default_value = true, help_heading = "Output")]
    pub hyperlink: When,

    /// Where the links of paths lead, with {path}, {line}, {column} and {host}
    #[arg(long, value_name = "URI", env = "PULLQUOTE_HYPERLINK_FORMAT", hide_env = true)]
    #[arg(default_value = pullquote::print::link::FORMAT, hide_default_value = true)]
    #[arg(help_heading = "Output")]
    pub hyperlink_format: String,

    /// Make text of cells of csv and tsv that a spreadsheet would take for formulas
    #[arg(long, help_heading = "Output")]
    pub spreadsheet: bool,
}

impl OutputOptions {
    /// The format that was asked for in one way or the other.
    pub(in crate::cli) fn format(&self) -> Format {
        if self.json { Format::Json } else { self.format }
    }
}

/// Reads the name of a style of citation.
fn style() -> impl TypedValueParser<Value = Style> {
    let value = |style: Style| {
        let names = style.names();
        PossibleValue::new(names[0]).aliases(&names[1..]).help(style.description())
    };
    PossibleValuesParser::new(Style::ALL.map(value))
        .try_map(|name| Style::named(&name).ok_or("there is no such style"))
}

/// How hits are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Format {
    /// For a person
    Text,
    /// JSON Lines
    Json,
    /// Comma-separated values
    Csv,
    /// Tab-separated values
    Tsv,
    /// Markdown
    #[value(alias = "md")]
    Markdown,
    /// A page
    Html,
    /// A line for each match, for editors
    Vimgrep,
}
