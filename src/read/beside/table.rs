//! The keys of a sidecar and of settings: TOML with lines.

use std::{collections::BTreeMap, fmt::Write};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::description::{Description, folded_name};
use crate::{
    read::{authors, front_matter, single_line::single_line},
    transcript::{Date, Warning},
};

/// The keys that describe a document.
const KEYS: &[&str] = &["title", "authors", "date", "url", "kind", "language", "speakers"];

/// A file of TOML that is being read, and what is wrong with it.
pub(super) struct Reading<'a> {
    source: &'a str,
    pub warnings: Vec<Warning>,
}

impl<'a> Reading<'a> {
    /// Parses a file. What is no TOML is a warning; what stands in front of it is kept.
    pub(super) fn new(source: &'a str) -> (Self, Spanned<DeTable<'a>>) {
        let (table, errors) = DeTable::parse_recoverable(source);
        let mut reading = Self { source, warnings: Vec::new() };
        for error in errors {
            let message = error.message().lines().next().unwrap_or_default().to_owned();
            let start = error.span().map_or(0, |span| span.start);
            reading.warn(start, format!("is no valid TOML: {message}"));
        }
        (reading, table)
    }

    pub(super) fn warn(&mut self, start: usize, message: String) {
        self.warnings.push(Warning::at(self.line_of(start), message));
    }

    /// The line of a byte, from 1.
    pub(super) fn line_of(&self, start: usize) -> u32 {
        let before = &self.source.as_bytes()[..start.min(self.source.len())];
        let line = memchr::memchr_iter(b'\n', before).count() + 1;
        u32::try_from(line).unwrap_or(u32::MAX)
    }

    /// Reads the keys that describe a document. `also` are keys that the caller reads.
    pub(super) fn description(&mut self, table: &DeTable<'_>, also: &[&str]) -> Description {
        let mut description = Description::default();
        for (key, value) in table {
            let metadata = &mut description.metadata;
            match key.get_ref().as_ref() {
                "title" => metadata.title = self.line("title", value),
                "authors" => metadata.authors = self.authors(value),
                "url" => metadata.url = self.line("url", value),
                "date" => metadata.date = self.date(value),
                "kind" => metadata.kind = self.parsed("kind", value, str::parse),
                "language" => {
                    metadata.language = self.parsed("language", value, |code| {
                        let wrong = || format!("`{code}` is no code of a language: use `en`");
                        front_matter::language(code).ok_or_else(wrong)
                    });
                }
                "speakers" => description.speakers = self.speakers(value),
                key_name if also.contains(&key_name) => {}
                unknown => {
                    let keys = listed(&[also, KEYS].concat());
                    self.warn(key.span().start, format!("`{unknown}` is no key here: use {keys}"));
                }
            }
        }
        description
    }

    /// The names of speakers: a table from the name in the document to the true one.
    pub(super) fn speakers(&mut self, value: &Spanned<DeValue<'_>>) -> BTreeMap<String, String> {
        let mut speakers = BTreeMap::new();
        let DeValue::Table(table) = value.get_ref() else {
            let example = "such as speakers = { SPEAKER_00 = \"Ada\" }";
            self.warn(value.span().start, format!("`speakers` must be a table, {example}"));
            return speakers;
        };
        for (from, to) in table {
            if let Some(name) = self.line(from.get_ref(), to) {
                speakers.insert(folded_name(from.get_ref()), name);
            }
        }
        speakers
    }

    /// The names of authors: a string, or a list of strings.
    fn authors(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<String> {
        let mut names = Vec::new();
        let values = match value.get_ref() {
            DeValue::Array(values) => values.iter().collect(),
            _ => vec![value],
        };
        for value in values {
            if let Some(written) = self.line("authors", value) {
                authors::add(&mut names, &written);
            }
        }
        names
    }

    /// A string on one line that is not empty.
    fn line(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let written = self.string(key, value)?;
        let line = single_line(&written);
        if line.is_empty() {
            self.warn(value.span().start, format!("`{key}` is empty: leave it out"));
            return None;
        }
        Some(line)
    }

    /// A string; anything else is a warning.
    pub(super) fn string(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        if let DeValue::String(written) = value.get_ref() {
            return Some(written.to_string());
        }
        let message = format!("`{key}` must be a string, such as \"…\"");
        self.warn(value.span().start, message);
        None
    }

    fn parsed<T>(
        &mut self,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let written = self.string(key, value)?;
        match parse(&written) {
            Ok(parsed) => Some(parsed),
            Err(message) => {
                self.warn(value.span().start, message);
                None
            }
        }
    }

    /// A date: a string, a TOML date or a bare year.
    fn date(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Date> {
        let written = match value.get_ref() {
            DeValue::String(written) => written.to_string(),
            DeValue::Integer(year) => year.as_str().to_owned(),
            DeValue::Datetime(date) => date.to_string(),
            _ => {
                let message = "`date` must be a date, such as 2017-07-09 or \"2017\"".to_owned();
                self.warn(value.span().start, message);
                return None;
            }
        };
        match written.parse() {
            Ok(date) => Some(date),
            Err(message) => {
                self.warn(value.span().start, message);
                None
            }
        }
    }
}

/// `` `a`, `b` or `c` ``.
pub(super) fn listed(names: &[&str]) -> String {
    let mut list = String::new();
    for (at, name) in names.iter().enumerate() {
        let gap = match at {
            0 => "",
            _ if at + 1 == names.len() => " or ",
            _ => ", ",
        };
        // Writing to a string cannot fail.
        let _ = write!(list, "{gap}`{name}`");
    }
    list
}
