//! `BibLaTeX`, as its manual describes it (version 3.20, sections 2.1 and 2.2).

use super::{
    latex,
    reference::{Medium, Reference},
};

/// A document as an entry.
#[must_use]
pub fn entry(reference: &Reference<'_>) -> String {
    let mut fields = Vec::new();
    if !reference.authors.is_empty() {
        fields.push(("author", latex::names(&reference.authors)));
    }
    fields.push(("title", latex::title(reference.title.as_str())));
    if let Some(date) = reference.date {
        fields.push(("date", format!("{{{date}}}")));
    }
    if let Some(url) = reference.url {
        fields.push(("url", latex::url(url)));
    }
    if let Some(note) = reference.note() {
        fields.push(("note", latex::text(&note)));
    }
    latex::entry(kind(reference.medium), &reference.key, &fields)
}

fn kind(medium: Medium) -> &'static str {
    match medium {
        Medium::Video => "video",
        Medium::Audio | Medium::Recording => "audio",
        Medium::Page => "online",
        Medium::Document => "misc",
    }
}
