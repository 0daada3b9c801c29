//! Citations: below a hit, in its line of JSON, or alone, for a bibliography.

use std::io::{self, Write};

use super::clean;
use crate::{
    cite::{Cited, Processor, Wording},
    search::Hit,
};

const INDENT: usize = 4;

/// Writes the citation of a hit below it: the entry, then the citation in the text or the note. Each
/// is one line, however long, so that it can be copied whole.
pub(super) fn below(
    out: &mut dyn Write,
    processor: &Processor,
    hit: &Hit,
    wording: Wording,
) -> io::Result<()> {
    let citation = processor.citation(Cited { hit, wording });
    writeln!(out)?;
    for line in citation.entry.lines().chain(citation.in_text.as_deref()) {
        writeln!(out, "{:INDENT$}{}", "", clean(line))?;
    }
    Ok(())
}

/// Writes citations alone: an entry for each document, or a quotation for each hit.
///
/// # Errors
/// When it cannot be written.
pub fn alone<'h>(
    out: &mut dyn Write,
    processor: &Processor,
    hits: impl IntoIterator<Item = &'h Hit>,
    wording: Wording,
) -> io::Result<()> {
    let cited: Vec<Cited<'_>> = hits.into_iter().map(|hit| Cited { hit, wording }).collect();
    for line in processor.bibliography(&cited).lines() {
        writeln!(out, "{}", clean(line))?;
    }
    Ok(())
}
