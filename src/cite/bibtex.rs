//! BibTeX, for the styles that come with it.
//!
//! Source: Oren Patashnik, “`BibTeXing`” (1988). It knows books and articles; all else is `@misc`.

use super::{latex, reference::Reference};

/// The macros of the months.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A document as an entry.
#[must_use]
pub fn entry(reference: &Reference<'_>) -> String {
    let mut fields = Vec::new();
    if !reference.authors.is_empty() {
        fields.push(("author", latex::names(&reference.authors)));
    }
    fields.push(("title", latex::title(reference.title.as_str())));
    if let Some(date) = reference.date {
        fields.push(("year", format!("{{{}}}", date.year)));
        let month = date.month.and_then(|month| MONTHS.get(usize::from(month).checked_sub(1)?));
        if let Some(month) = month {
            fields.push(("month", (*month).to_owned()));
        }
        if let Some(day) = date.day {
            fields.push(("day", format!("{{{day}}}")));
        }
    }
    if let Some(url) = reference.url {
        fields.push(("howpublished", format!("{{\\url{}}}", latex::url(url))));
    }
    if let Some(note) = reference.note() {
        fields.push(("note", latex::text(&note)));
    }
    latex::entry("misc", &reference.key, &fields)
}
