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
    let mut fields = latex::Fields::new();
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
    latex::entry("misc", reference, fields)
}
