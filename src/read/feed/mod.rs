//! Feeds: RSS with the podcast namespaces, and Atom. <https://www.rssboard.org/rss-specification>,
//! <https://github.com/Podcastindex-org/podcast-namespace>, <https://www.rfc-editor.org/rfc/rfc4287>.
//!
//! As a document, a feed is its title, what it says about itself, and for each item the title and
//! the notes, as a turn that nobody says. [`items`] gives what a feed knows about each item, and
//! the names of its transcripts: whoever has those files beside the feed knows their title, date,
//! address and people from it.

mod html;
mod item;

use std::{borrow::Cow, ops::Range};

use crate::{
    read::{
        Read, Reader, language,
        pieces::{Gap, Pieces},
        turns::Turns,
        xml::{Piece, Source, Tag, pieces, root},
    },
    transcript::{Metadata, Transcript},
};

pub use self::item::{Item, Person, TranscriptFile};

/// RSS and Atom.
pub const READER: Reader = Reader {
    format: "feed",
    extensions: &["rss", "atom", "xml"],
    version: 2,
    recognises,
    read: Read::Text(read),
};

fn recognises(head: &str) -> bool {
    matches!(root(head), Some("rss" | "feed" | "RDF"))
}

fn read(text: &str) -> Transcript {
    let source = Source::new(text);
    let feed = Feed::of(&source);
    let mut turns = Turns::new(text);
    for entry in std::iter::once(&feed.channel).chain(&feed.entries) {
        let mut pieces = Pieces::new(text);
        // The title of the feed is that of the document.
        if !std::ptr::eq(entry, &raw const feed.channel) {
            html::write(&source, &entry.title, &mut pieces);
            pieces.part(Gap::Paragraph);
        }
        html::write(&source, &entry.notes, &mut pieces);
        let written = pieces.take();
        if !written.is_empty() {
            turns.end();
            turns.append(&written);
        }
    }
    let metadata =
        Metadata { language: feed.language.clone(), ..feed.channel.item(&source).metadata };
    Transcript { metadata, turns: turns.finish(), warnings: Vec::new() }
}

/// What a feed knows about its items, in its order. An item without a language has that of the
/// feed, one without people those of the feed.
#[must_use]
pub fn items(text: &str) -> Vec<Item> {
    let source = Source::new(text);
    let feed = Feed::of(&source);
    let channel = feed.channel.item(&source);
    let known = |entry: &Entry| {
        let mut item = entry.item(&source);
        item.metadata.language.clone_from(&feed.language);
        if item.people.is_empty() {
            item.people.clone_from(&channel.people);
        }
        item
    };
    feed.entries.iter().map(known).collect()
}

/// What stands in an item, or in the feed around its items, by its bytes.
#[derive(Debug, Default)]
struct Entry {
    title: Vec<Range<usize>>,
    /// The longest of the texts that describe it.
    notes: Vec<Range<usize>>,
    /// The text that is being read, of which the longest is kept.
    open_notes: Vec<Range<usize>>,
    date: Vec<Range<usize>>,
    link: Vec<Range<usize>>,
    /// The addresses of the link and of the recording.
    href: Option<String>,
    enclosure: Option<String>,
    author: Vec<Range<usize>>,
    /// People, each with a role, by the bytes of the name.
    people: Vec<(Option<String>, Vec<Range<usize>>)>,
    transcripts: Vec<TranscriptFile>,
}

/// A feed as it was found.
#[derive(Debug, Default)]
struct Feed {
    language: Option<String>,
    channel: Entry,
    entries: Vec<Entry>,
}

/// Elements that describe an item.
const NOTES: &[&str] = &["encoded", "content", "description", "summary"];

/// How far an end tag looks for its start tag.
const DEEPEST: usize = 64;

impl Feed {
    fn of(source: &Source<'_>) -> Self {
        let mut feed = Self::default();
        let mut around: Vec<&str> = Vec::new();
        for piece in pieces(source.text) {
            match piece {
                Piece::Start(tag) => {
                    feed.start(&tag, &around);
                    around.push(tag.name);
                }
                Piece::End(name) => {
                    let deep = around.iter().rev().take(DEEPEST).position(|it| *it == name);
                    if let Some(deep) = deep {
                        around.truncate(around.len() - 1 - deep);
                        feed.end(name);
                    }
                }
                Piece::Text(bytes) => feed.text(source, bytes, &around),
            }
        }
        // A feed that is cut off has notes that are still open.
        feed.end(NOTES[0]);
        feed
    }

    fn entry(&mut self, around: &[&str]) -> &mut Entry {
        let inside = around.iter().rev().take(DEEPEST).any(|it| matches!(*it, "item" | "entry"));
        match self.entries.last_mut().filter(|_| inside) {
            Some(entry) => entry,
            None => &mut self.channel,
        }
    }

    fn start(&mut self, tag: &Tag<'_>, around: &[&str]) {
        let attribute = |name: &str| tag.attribute(name).map(Cow::into_owned);
        if matches!(tag.name, "item" | "entry") {
            self.entries.push(Entry::default());
            return;
        }
        if tag.name == "feed" {
            self.language = attribute("lang").and_then(|it| language::code(&it));
        }
        let entry = self.entry(around);
        match tag.name {
            "enclosure" => entry.enclosure = entry.enclosure.take().or_else(|| attribute("url")),
            "link" if attribute("rel").is_none_or(|rel| rel == "alternate") => {
                entry.href = entry.href.take().or_else(|| attribute("href"));
            }
            "person" => entry.people.push((attribute("role"), Vec::new())),
            "transcript" => {
                if let Some(url) = attribute("url") {
                    let media_type = attribute("type");
                    let language = attribute("language").and_then(|it| language::code(&it));
                    entry.transcripts.push(TranscriptFile { url, media_type, language });
                }
            }
            name if NOTES.contains(&name) => entry.open_notes.clear(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if !NOTES.contains(&name) {
            return;
        }
        let of_channel = !self.channel.open_notes.is_empty();
        let entry = if of_channel { Some(&mut self.channel) } else { self.entries.last_mut() };
        if let Some(entry) = entry {
            let length = |parts: &[Range<usize>]| parts.iter().map(Range::len).sum::<usize>();
            let open = std::mem::take(&mut entry.open_notes);
            if length(&open) > length(&entry.notes) {
                entry.notes = open;
            }
        }
    }

    fn text(&mut self, source: &Source<'_>, bytes: Range<usize>, around: &[&str]) {
        let Some(open) = around.last() else {
            return;
        };
        // The picture of a feed has a title and a link of its own.
        if matches!(around, [.., "image" | "textInput" | "source", _]) {
            return;
        }
        let is_notes = around.iter().rev().take(DEEPEST).any(|it| NOTES.contains(it));
        if *open == "language" && self.language.is_none() {
            self.language = language::code(&source.text[bytes]);
            return;
        }
        let entry = self.entry(around);
        match *open {
            _ if is_notes => entry.open_notes.push(bytes),
            "title" => entry.title.push(bytes),
            "pubDate" | "published" | "date" => entry.date.push(bytes),
            "updated" if entry.date.is_empty() => entry.date.push(bytes),
            "link" => entry.link.push(bytes),
            "author" | "creator" => entry.author.push(bytes),
            "name" if around.contains(&"author") => entry.author.push(bytes),
            "person" => {
                if let Some((_, name)) = entry.people.last_mut() {
                    name.push(bytes);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
