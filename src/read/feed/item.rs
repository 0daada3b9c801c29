//! What a feed knows about an item.

use std::ops::Range;

use crate::{
    read::{
        feed::{Entry, html},
        pieces::Pieces,
        single_line::single_line,
        xml::Source,
    },
    transcript::{Date, Metadata},
};

/// An item of a feed: an episode or an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Title, date, address (of its page, else of its recording) and language.
    pub metadata: Metadata,
    /// Who takes part, as `podcast:person` and the author of the item tell.
    pub people: Vec<Person>,
    /// The transcripts of the episode, the first one the feed's own choice.
    pub transcripts: Vec<TranscriptFile>,
}

/// Somebody who takes part in an episode, or wrote an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name, as written.
    pub name: String,
    /// What the person does, such as `host` or `guest`; `author` for who wrote or published it.
    pub role: String,
}

/// A transcript of an episode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TranscriptFile {
    /// Where it can be loaded.
    pub url: String,
    /// Its type, such as `application/x-subrip`.
    pub media_type: Option<String>,
    /// Its language as an ISO 639-1 code.
    pub language: Option<String>,
}

impl TranscriptFile {
    /// The name of the file at the end of the address, with its escapes (`%20`) decoded.
    #[must_use]
    pub fn file_name(&self) -> String {
        let path = self.url.split(['?', '#']).next().unwrap_or_default();
        let name = path.rsplit('/').next().unwrap_or_default();
        let mut bytes = Vec::with_capacity(name.len());
        let mut rest = name;
        while let Some(at) = rest.find('%') {
            bytes.extend_from_slice(&rest.as_bytes()[..at]);
            let code = rest.get(at + 1..at + 3).and_then(|code| u8::from_str_radix(code, 16).ok());
            bytes.push(code.unwrap_or(b'%'));
            rest = &rest[at + if code.is_some() { 3 } else { 1 }..];
        }
        bytes.extend_from_slice(rest.as_bytes());
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Entry {
    /// What is known about it.
    pub(super) fn item(&self, source: &Source<'_>) -> Item {
        let said = |bytes: &[Range<usize>]| {
            let mut pieces = Pieces::new(source.text);
            html::write(source, bytes, &mut pieces);
            Some(single_line(pieces.take().as_str())).filter(|it| !it.is_empty())
        };
        let is_url = |url: &String| url.contains("://");
        let urls = [said(&self.link), self.href.clone(), self.enclosure.clone()];
        let metadata = Metadata {
            title: said(&self.title),
            date: said(&self.date).and_then(|written| date(&written)),
            url: urls.into_iter().flatten().find(is_url),
            ..Metadata::default()
        };
        let people = self.people.iter().filter_map(|(role, name)| {
            let role = role.as_deref().map(single_line).filter(|it| !it.is_empty());
            Some(Person { name: said(name)?, role: role.unwrap_or_else(|| "host".to_owned()) })
        });
        let mut people: Vec<Person> = people.collect();
        // An article has an author and an episode hosts: where people are named, they are known.
        if people.is_empty() {
            let author = self.author.first().and_then(|first| said(std::slice::from_ref(first)));
            people.extend(author.map(|name| Person { name, role: "author".to_owned() }));
        }
        Item { metadata, people, transcripts: self.transcripts.clone() }
    }
}

/// `Sat, 02 Mar 2024 10:00:00 +0100` (RFC 5322) or `2024-03-02T10:00:00Z`.
fn date(written: &str) -> Option<Date> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    if let Ok(date) = written.parse() {
        return Some(date);
    }
    let after_day = written.split_once(',').map_or(written, |(_, rest)| rest);
    let mut parts = after_day.split_whitespace();
    let (day, name, year) = (parts.next()?, parts.next()?, parts.next()?);
    let name = name.get(..3)?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|it| *it == name)? + 1;
    format!("{year}-{month:02}-{day}").parse().ok()
}
