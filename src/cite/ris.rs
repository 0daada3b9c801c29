//! RIS, which reference managers read: a tag and a value on each line.
//!
//! Source: Research Information Systems, “RIS Format Specifications” (2001 and 2011).

use std::fmt::Write;

use super::reference::{Medium, Reference};
use crate::text::on_one_line;

/// A document as an entry, from `TY` to `ER`.
#[must_use]
pub fn entry(reference: &Reference<'_>) -> String {
    let mut entry = String::new();
    // A new line would be a new tag. Writing to a string cannot fail.
    let mut line = |tag: &str, value: &str| _ = writeln!(entry, "{tag}  - {}", on_one_line(value));
    line("TY", kind(reference.medium));
    line("ID", &reference.key);
    for name in &reference.authors {
        match &name.given {
            Some(given) => line("AU", &format!("{}, {given}", name.family)),
            None => line("AU", &name.family),
        }
    }
    line("TI", reference.title.as_str());
    if let Some(date) = reference.date {
        let part = |part: Option<u8>| part.map(|it| format!("{it:02}")).unwrap_or_default();
        line("PY", &format!("{:04}", date.year));
        if date.month.is_some() {
            line("DA", &format!("{:04}/{}/{}", date.year, part(date.month), part(date.day)));
        }
    }
    if let Some(url) = reference.url {
        line("UR", url);
    }
    if let Some(language) = reference.language {
        line("LA", language);
    }
    if let Some(note) = reference.note() {
        line("N1", &note);
    }
    entry.push_str("ER  - ");
    entry
}

fn kind(medium: Medium) -> &'static str {
    match medium {
        Medium::Video => "VIDEO",
        Medium::Audio | Medium::Recording => "SOUND",
        Medium::Page => "ELEC",
        Medium::Document => "GEN",
    }
}
