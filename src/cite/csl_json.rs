//! CSL-JSON: what citation processors read (Citation Style Language 1.0.2, `csl-data.json`).

use serde_json::{Map, Value, json};

use super::{
    name::Name,
    reference::{Medium, Reference},
};

/// A document as an item.
#[must_use]
pub fn item(reference: &Reference<'_>) -> Map<String, Value> {
    let mut item = Map::new();
    let mut set = |key: &str, value: Value| item.insert(key.to_owned(), value);
    set("id", json!(reference.key));
    set("type", json!(kind(reference.medium)));
    set("title", json!(reference.title.as_str()));
    if !reference.authors.is_empty() {
        set("author", reference.authors.iter().map(name).collect());
    }
    if let Some(date) = reference.date {
        let parts = [Some(date.year), date.month.map(u16::from), date.day.map(u16::from)];
        let parts: Vec<u16> = parts.into_iter().flatten().collect();
        set("issued", json!({ "date-parts": [parts] }));
    }
    if let Some(url) = reference.url {
        set("URL", json!(url));
    }
    if let Some(language) = reference.language {
        set("language", json!(language));
    }
    if let Some(note) = reference.note() {
        set("note", json!(note));
    }
    item
}

/// Documents as one array.
#[must_use]
pub fn array(references: &[Reference<'_>]) -> String {
    let items: Vec<_> = references.iter().map(item).collect();
    // Items are strings and numbers: there is nothing in them that JSON cannot hold.
    serde_json::to_string_pretty(&items).unwrap_or_default()
}

fn kind(medium: Medium) -> &'static str {
    match medium {
        Medium::Video => "motion_picture",
        // The type of all recordings of sound, whatever they are of.
        Medium::Audio | Medium::Recording => "song",
        Medium::Page => "webpage",
        Medium::Document => "document",
    }
}

fn name(name: &Name) -> Value {
    match &name.given {
        Some(given) => json!({ "family": name.family, "given": given }),
        None => json!({ "literal": name.family }),
    }
}
