//! Conditions on passages: what `search` and `quote` take beside their words.

use clap::Args;
use pullquote::{
    query::filter::{DateRange, Filter, Name, PathPattern},
    transcript::Kind,
};

/// Conditions on passages, beside the query.
#[derive(Debug, Args)]
pub(in crate::cli) struct FilterOptions {
    /// Only what this speaker says; a part of the name is enough
    #[arg(long, value_name = "NAME", value_parser = name, help_heading = "Only in")]
    pub speaker: Option<String>,

    /// Only documents whose path has this in it, or is of this shape (`*.srt`)
    #[arg(long, value_name = "GLOB", help_heading = "Only in")]
    pub path: Option<String>,

    /// Only documents with this in their title
    #[arg(long, value_name = "WORDS", value_parser = name, help_heading = "Only in")]
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
    pub(in crate::cli) fn filters(&self) -> Vec<Filter> {
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

/// Takes a name or a title, which has a word in it.
fn name(text: &str) -> Result<String, String> {
    if Name::part(text).words().is_empty() {
        return Err("it has no word in it".to_owned());
    }
    Ok(text.to_owned())
}
