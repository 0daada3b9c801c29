//! What a TEI file says about itself and about the people in it.

use std::collections::HashMap;

use crate::{
    read::{language, single_line::single_line, xml::Tag},
    transcript::{Date, Metadata},
};

/// The header and the lists of persons, as far as they were read.
#[derive(Debug, Default)]
pub struct Header {
    /// Title, date and language.
    pub metadata: Metadata,
    /// What persons are called, by identifier.
    names: HashMap<String, String>,
    /// The person that is being described, and whether the first name of it is complete.
    person: Option<(String, bool)>,
    /// Whether the date is that of the event rather than of the file.
    has_date_of_event: bool,
}

/// Elements that describe somebody.
const PERSONS: &[&str] = &["person", "personGrp", "castItem", "role"];

impl Header {
    /// A start tag, and the elements around it.
    pub fn start(&mut self, tag: &Tag<'_>, around: &[&str]) {
        let in_header = around.first() == Some(&"TEI") || around.first() == Some(&"TEI.2");
        match tag.name {
            "TEI" | "TEI.2" | "text" if self.metadata.language.is_none() => {
                self.metadata.language = tag.attribute("lang").and_then(|it| language::code(&it));
            }
            "language" if around.contains(&"langUsage") && self.metadata.language.is_none() => {
                self.metadata.language = tag.attribute("ident").and_then(|it| language::code(&it));
            }
            "date" | "recording" if in_header && around.contains(&"teiHeader") => {
                let date = ["when", "when-iso", "from", "when-custom"]
                    .iter()
                    .find_map(|name| tag.attribute(name));
                self.date(date.and_then(|it| it.parse().ok()), around);
            }
            name if PERSONS.contains(&name) => {
                if let Some(id) = tag.attribute("id") {
                    self.person = Some((id.into_owned(), false));
                }
            }
            _ => {}
        }
    }

    /// An end tag.
    pub fn end(&mut self, name: &str) {
        match name {
            "persName" | "name" => {
                if let Some((_, is_named)) = &mut self.person {
                    *is_named = true;
                }
            }
            name if PERSONS.contains(&name) => self.person = None,
            _ => {}
        }
    }

    /// Whether somebody is being described.
    pub fn is_naming(&self) -> bool {
        self.person.is_some()
    }

    /// Text, and the elements around it.
    pub fn text(&mut self, written: &str, around: &[&str]) {
        let written = single_line(written);
        if written.is_empty() {
            return;
        }
        match around.last() {
            Some(&"title") if around.contains(&"titleStmt") && self.metadata.title.is_none() => {
                self.metadata.title = Some(written);
                return;
            }
            Some(&"date") if around.contains(&"teiHeader") => {
                self.date(written.parse().ok(), around);
                return;
            }
            _ => {}
        }
        let is_name = around.iter().any(|it| matches!(*it, "persName" | "name" | "role"));
        if let Some((id, false)) = self.person.as_ref().filter(|_| is_name) {
            let name = self.names.entry(id.clone()).or_default();
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(&written);
        }
    }

    /// The date of the recording or of the source goes before that of the file.
    fn date(&mut self, date: Option<Date>, around: &[&str]) {
        let is_of_event = around.contains(&"sourceDesc") || around.contains(&"settingDesc");
        let is_of_file = around.contains(&"publicationStmt");
        if date.is_none() || self.has_date_of_event || !(is_of_event || is_of_file) {
            return;
        }
        if is_of_event || self.metadata.date.is_none() {
            self.metadata.date = date;
            self.has_date_of_event = is_of_event;
        }
    }

    /// What somebody is called: by the list of persons, else by the label above the speech, else by
    /// the identifier.
    pub fn called(&self, who: Option<&str>, label: &str) -> Option<String> {
        let label = single_line(label);
        let label = label.trim_end_matches(['.', ':', ',', ' ']);
        let ids: Vec<_> = who.unwrap_or_default().split_whitespace().map(identifier).collect();
        let known: Option<Vec<&str>> =
            ids.iter().map(|id| self.names.get(*id).map(String::as_str)).collect();
        let name = match known {
            Some(names) if !names.is_empty() => names.join(", "),
            _ if !label.is_empty() => label.to_owned(),
            _ => ids.join(", "),
        };
        Some(single_line(&name)).filter(|name| !name.is_empty())
    }
}

/// `host` of `#host` and of `persons.xml#host`.
fn identifier(reference: &str) -> &str {
    reference.rsplit('#').next().unwrap_or(reference)
}
