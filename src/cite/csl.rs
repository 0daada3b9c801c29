//! Citations in the styles that are written in the Citation Style Language, by hayagriva.

use hayagriva::{
    BibliographyDriver, BibliographyRequest, BufWriteFormat, CitationItem, CitationRequest,
    ElemChildren, LocatorPayload, SpecificLocator,
    archive::{ArchivedStyle, locales},
    citationberg::{
        IndependentStyle, Locale, Style as AnyStyle, json::Item, taxonomy::Locator as Label,
    },
};
use serde_json::{Value, json};

use super::{
    Citation, csl_json,
    reference::{Locator, Medium, Reference, Title},
};

/// The language of the words that styles add, such as “and” and the names of months.
const LOCALE: &str = "en-US";

/// A style that hayagriva knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CslStyle {
    /// American Psychological Association, 7th edition.
    Apa,
    /// MLA Handbook, 9th edition.
    Mla,
    /// Chicago Manual of Style, 18th edition, notes and bibliography.
    Chicago,
}

/// A style that has been read. That takes milliseconds, so that it is done once, and only when a
/// style is asked for.
#[derive(Debug)]
pub struct Stylesheet {
    style: CslStyle,
    rules: IndependentStyle,
    locales: Vec<Locale>,
}

impl Stylesheet {
    /// Reads a style; `None` if the archive of styles has it no longer.
    #[must_use]
    pub fn read(style: CslStyle) -> Option<Self> {
        let archived = match style {
            CslStyle::Apa => ArchivedStyle::AmericanPsychologicalAssociation,
            CslStyle::Mla => ArchivedStyle::ModernLanguageAssociation,
            CslStyle::Chicago => ArchivedStyle::ChicagoNotes,
        };
        let AnyStyle::Independent(rules) = archived.get() else { return None };
        let mut locales = locales();
        locales.retain(|locale| locale.lang.as_ref().is_some_and(|code| code.0 == LOCALE));
        Some(Self { style, rules, locales })
    }

    /// The entry of a bibliography and the citation in the text, or the note, of a document and its
    /// first cited place.
    #[must_use]
    pub fn citation(&self, reference: &Reference<'_>) -> Citation {
        let Ok(item) = serde_json::from_value::<Item>(self.item(reference)) else {
            return Citation { entry: reference.title.as_str().to_owned(), in_text: None };
        };
        let number = reference.locator().map(|it| (it, it.number()));
        let locator = number.as_ref().and_then(|(locator, number)| {
            Some(SpecificLocator(self.label(*locator)?, LocatorPayload::Str(number)))
        });
        let cited = vec![CitationItem::with_locator(&item, locator)];
        let mut driver = BibliographyDriver::new();
        let (rules, locales) = (&self.rules, self.locales.as_slice());
        driver.citation(CitationRequest::new(cited, rules, None, locales, Some(1)));
        let rendered = driver.finish(BibliographyRequest::new(rules, None, locales));
        let entries = rendered.bibliography.map(|it| it.items).unwrap_or_default();
        let entry = entries.first().map(|it| plain(&it.content)).unwrap_or_default();
        Citation {
            entry: self.repaired(entry, reference),
            in_text: rendered.citations.first().map(|it| plain(&it.citation)),
        }
    }

    /// A document as the styles get the most out of it.
    fn item(&self, reference: &Reference<'_>) -> Value {
        let mut item = csl_json::item(reference);
        // Some styles print notes, and hayagriva looks for fields in them.
        item.remove("note");
        if reference.medium == Medium::Document {
            // Chicago has no entry for a document by itself, but one for a page without an address.
            item.insert("type".to_owned(), json!("webpage"));
        }
        if reference.medium == Medium::Recording && self.style == CslStyle::Apa {
            // APA would call it an audio recording, which it may not be.
            item.insert("medium".to_owned(), json!("Recording"));
        }
        if matches!(reference.title, Title::File(_)) {
            // The name of a file keeps its small letters: titles are capitalised in English alone.
            item.insert("language".to_owned(), json!("und"));
        }
        Value::Object(item)
    }

    /// What a style calls a place. MLA writes lines as bare as pages, so that it gets none.
    fn label(&self, locator: Locator) -> Option<Label> {
        match locator {
            Locator::Time(_) => Some(Label::Timestamp),
            Locator::Page(_) => Some(Label::Page),
            Locator::Line(_) if self.style == CslStyle::Mla => None,
            Locator::Line(_) => Some(Label::Line),
        }
    }

    /// hayagriva 0.10 leaves the comma of APA before a month that is not known: `(2026,)`.
    fn repaired(&self, entry: String, reference: &Reference<'_>) -> String {
        match reference.date {
            Some(date) if self.style == CslStyle::Apa && date.month.is_none() => {
                entry.replacen(&format!("({},)", date.year), &format!("({})", date.year), 1)
            }
            _ => entry,
        }
    }
}

fn plain(content: &ElemChildren) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = content.write_buf(&mut text, BufWriteFormat::Plain);
    text
}
