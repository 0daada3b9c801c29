//! `BibLaTeX`, as its manual describes it (version 3.20, sections 2.1 and 2.2).

use super::{
    latex,
    reference::{Medium, Reference},
};

/// A document as an entry.
#[must_use]
pub fn entry(reference: &Reference<'_>) -> String {
    let mut fields = latex::Fields::new();
    if let Some(name) = reference.language.and_then(babel) {
        fields.push(("langid", format!("{{{name}}}")));
    }
    if let Some(date) = reference.date {
        fields.push(("date", format!("{{{date}}}")));
    }
    if let Some(url) = reference.url {
        fields.push(("url", latex::url(url)));
    }
    latex::entry(kind(reference.medium), reference, fields)
}

/// The name by which `babel` and `polyglossia` both know a language (ISO 639-1), where they do.
fn babel(language: &str) -> Option<&'static str> {
    Some(match language {
        "ar" => "arabic",
        "ca" => "catalan",
        "cs" => "czech",
        "da" => "danish",
        "de" => "german",
        "el" => "greek",
        "en" => "english",
        "es" => "spanish",
        "eu" => "basque",
        "fi" => "finnish",
        "fr" => "french",
        "he" => "hebrew",
        "hi" => "hindi",
        "hu" => "hungarian",
        "it" => "italian",
        "ja" => "japanese",
        "ko" => "korean",
        "nl" => "dutch",
        "no" | "nb" => "norsk",
        "pl" => "polish",
        "pt" => "portuguese",
        "ro" => "romanian",
        "ru" => "russian",
        "sv" => "swedish",
        "ta" => "tamil",
        "th" => "thai",
        "tr" => "turkish",
        "uk" => "ukrainian",
        "vi" => "vietnamese",
        _ => return None,
    })
}

fn kind(medium: Medium) -> &'static str {
    match medium {
        Medium::Video => "video",
        Medium::Audio | Medium::Recording => "audio",
        Medium::Page => "online",
        Medium::Document => "misc",
    }
}
