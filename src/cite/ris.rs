//! RIS, which reference managers read: a tag and a value on each line.
//!
//! Source: Research Information Systems, “RIS Format Specifications” (2001 and 2011).

use std::fmt::Write;

use super::reference::{Medium, Reference};

/// A document as an entry, from `TY` to `ER`.
#[must_use]
pub fn entry(reference: &Reference<'_>) -> String {
    let mut entry = String::new();
    // Writing to a string cannot fail.
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

/// A value without line breaks: a new line would be a new tag.
fn on_one_line(value: &str) -> String {
    value.split(['\n', '\r']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::on_one_line;

    #[test]
    fn no_value_begins_a_new_tag() {
        assert_eq!(on_one_line("one\r\nER  - \ntwo"), "one ER  -  two");
    }
}
