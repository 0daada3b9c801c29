//! `pullquote sources`

use std::{io::Write, path::Path};

use pullquote::{index::Index, print::sources};

use super::{
    Found,
    arguments::{INDEX, SourcesOptions},
    failure::Failure,
};

pub(super) fn run(
    out: &mut dyn Write,
    typed: &SourcesOptions,
    index: Option<&Path>,
) -> Result<Found, Failure> {
    let records = Index::open(index.unwrap_or(Path::new(INDEX)))?.records()?;
    if typed.json {
        sources::json(out, &records)?;
    } else {
        sources::text(out, &records)?;
    }
    Ok(if records.is_empty() { Found::Nothing } else { Found::Something })
}
