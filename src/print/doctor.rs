//! What is wrong with an index, if anything is.

use std::io::{self, Write};

use super::{clean, json, sources::counted, style::FAINT, summary::bytes};
use crate::index::{Diagnosis, Problem};

/// Writes a diagnosis for a person: a line a problem, then the sum.
///
/// # Errors
/// When it cannot be written.
pub fn text(out: &mut dyn Write, diagnosis: &Diagnosis) -> io::Result<()> {
    for Problem { file, segment, message, .. } in &diagnosis.problems {
        let place = match (file, segment) {
            (Some(file), _) => format!("{file}: "),
            (None, Some(segment)) => format!("segment {segment}: "),
            (None, None) => String::new(),
        };
        writeln!(out, "{}{}", clean(&place), clean(message))?;
    }
    let Diagnosis { segments, files, passages, leftovers, problems, .. } = diagnosis;
    if !leftovers.is_empty() {
        let counted = counted(leftovers.len() as u64, "leftover");
        writeln!(
            out,
            "{FAINT}{counted} of an interrupted run, which the next one removes{FAINT:#}"
        )?;
    }
    if !diagnosis.knows_its_files() {
        let files = counted(*files as u64, "file");
        let problems = counted(problems.len() as u64, "problem");
        let size = bytes(diagnosis.bytes);
        return writeln!(
            out,
            "{files}, {size}, and nothing tells which documents are in them: {problems}"
        );
    }
    let documents = diagnosis.documents.map_or_else(String::new, |documents| {
        format!("{}, ", counted(documents as u64, "document"))
    });
    write!(
        out,
        "{documents}{}, {}, {}: ",
        counted(segments.len() as u64, "segment"),
        counted(*files as u64, "file"),
        bytes(diagnosis.bytes),
    )?;
    match problems.len() as u64 {
        0 => writeln!(out, "whole, {} compared", counted(*passages, "passage")),
        count => writeln!(out, "{}", counted(count, "problem")),
    }
}

/// Writes a diagnosis as one JSON object.
///
/// # Errors
/// When it cannot be written.
pub fn json(out: &mut dyn Write, diagnosis: &Diagnosis) -> io::Result<()> {
    json::tagged(out, "diagnosis", diagnosis)
}
