//! What is in an index.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use super::{clean, json, style::Styles, summary::bytes};
use crate::index::Record;

/// Writes the documents of an index for a person, a line or two each, and their sum.
///
/// # Errors
/// When it cannot be written.
pub fn text(out: &mut dyn Write, records: &[Record], styles: Styles) -> io::Result<()> {
    let Styles { title, speaker, faint, .. } = styles;
    for record in records {
        write!(out, "{title}{}{title:#}", clean(&record.path))?;
        let mut facts = Vec::from([record.kind.as_str().to_owned(), record.format.clone()]);
        facts.extend(record.language.clone());
        facts.extend(record.date.clone());
        facts.push(counted(record.words, "word"));
        writeln!(out, "  {faint}{}{faint:#}", clean(&facts.join(", ")))?;
        if let Some(name) = &record.title {
            writeln!(out, "    {}", clean(name))?;
        }
        if !record.authors.is_empty() {
            writeln!(out, "    by {}", clean(&record.authors.join("; ")))?;
        }
        if !record.speakers.is_empty() {
            let names = record.speakers.join(", ");
            writeln!(out, "    {speaker}{}{speaker:#}", clean(&names))?;
        }
    }
    let sum = |count: fn(&Record) -> u64| records.iter().map(count).sum::<u64>();
    let speakers: BTreeSet<&String> = records.iter().flat_map(|it| &it.speakers).collect();
    writeln!(
        out,
        "{}, {}, {}, {}",
        counted(records.len() as u64, "document"),
        counted(speakers.len() as u64, "speaker"),
        counted(sum(|record| record.words), "word"),
        bytes(sum(|record| record.bytes)),
    )
}

/// Writes the documents of an index as JSON Lines.
///
/// # Errors
/// When it cannot be written.
pub fn json(out: &mut dyn Write, records: &[Record]) -> io::Result<()> {
    records.iter().try_for_each(|record| json::tagged(out, "source", record))
}

/// `1 file`, `2 files`.
#[must_use]
pub fn counted(count: u64, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}
