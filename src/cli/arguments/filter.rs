//! Conditions on passages: what `search` and `quote` take beside their words.

use clap::Args;
use pullquote::{
    query::filter::{DateRange, Filter, Name, PathPattern},
    transcript::Kind,
};

/// Conditions on passages, beside the query.
#[derive(Debug, Args)]
pub(in crate::cli) struct FilterOptions {
    /// Only what this speaker says; a part of the name is enough (`host`, `ho*`, `host|guest`)
    #[arg(long, value_name = "NAME", value_parser = names, help_heading = "Only in")]
    pub speaker: Option<Names>,

    /// Only documents whose path has this in it, or is of this shape (`*.srt`, `*.srt|*.vtt`)
    #[arg(long, value_name = "GLOB", value_parser = paths, help_heading = "Only in")]
    pub path: Option<Paths>,

    /// Only documents with this in their title
    #[arg(long, value_name = "WORDS", value_parser = names, help_heading = "Only in")]
    pub title: Option<Names>,

    /// Only documents of this kind: review or transcript
    #[arg(long, value_name = "KIND", help_heading = "Only in")]
    pub kind: Option<Kind>,

    /// Only documents of this date or range: 2017, 2017-07..2018
    #[arg(long, value_name = "RANGE", help_heading = "Only in")]
    pub date: Option<DateRange>,
}

/// Names or titles of which one is enough.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Names(Vec<Name>);

/// Shapes of paths of which one is enough.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Paths(Vec<PathPattern>);

impl FilterOptions {
    /// The conditions, as the query language has them.
    pub(in crate::cli) fn filters(&self) -> Vec<Filter> {
        let filters = [
            self.speaker.clone().map(|Names(names)| Filter::Speaker(names)),
            self.path.clone().map(|Paths(patterns)| Filter::Path(patterns)),
            self.title.clone().map(|Names(names)| Filter::Title(names)),
            self.kind.map(Filter::Kind),
            self.date.map(Filter::Date),
        ];
        filters.into_iter().flatten().collect()
    }
}

/// Takes names or titles, each with a word in it.
fn names(text: &str) -> Result<Names, String> {
    Name::alternatives(text).map(Names)
}

fn paths(text: &str) -> Result<Paths, String> {
    PathPattern::alternatives(text).map(Paths)
}
