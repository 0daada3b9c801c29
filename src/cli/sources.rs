//! `pullquote sources`

use std::{io::Write, path::Path};

use pullquote::{index::Index, print::sources};

use super::{
    Found,
    arguments::{INDEX, SourcesOptions, When},
    failure::Failure,
    output::styles,
    terminal,
};

pub(super) fn run(
    out: &mut dyn Write,
    typed: &SourcesOptions,
    index: Option<&Path>,
    color: When,
) -> Result<Found, Failure> {
    let records = Index::open(index.unwrap_or(Path::new(INDEX)))?.records()?;
    if typed.json {
        sources::json(out, &records)?;
    } else {
        sources::text(out, &records, styles(color)?)?;
    }
    if records.is_empty() {
        writeln!(terminal::stderr(color), "the index is empty: it has no documents")?;
    }
    Ok(Found::Something)
}
