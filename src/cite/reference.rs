//! What is known of a document that is cited, and of the places in it.

use super::{Cited, key::key, name::Name};
use crate::{
    place::{Page, Place, Time},
    transcript::Date,
};

/// A document that is cited, with all places of it that are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference<'h> {
    /// Path of the document, which no other one has.
    pub path: &'h str,
    /// Names the document in bibliographies: see [`key`].
    pub key: String,
    /// Its title.
    pub title: Title<'h>,
    /// Who wrote it.
    pub authors: Vec<Name>,
    /// When it was published or recorded.
    pub date: Option<Date>,
    /// Where it can be read, heard or seen.
    pub url: Option<&'h str>,
    /// Its language (ISO 639-1).
    pub language: Option<&'h str>,
    /// What it is.
    pub medium: Medium,
    /// The cited places, in the order in which they stand in the document, each once.
    pub places: Vec<Spoken<'h>>,
}

/// What a document is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Title<'h> {
    /// As the document says.
    Own(&'h str),
    /// It says nothing: the name of its file.
    File(&'h str),
}

/// What a document is, as far as its address and its times tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// Moving pictures.
    Video,
    /// Sound alone.
    Audio,
    /// Sound, and perhaps pictures: it has times, and nothing tells more.
    Recording,
    /// A page of the web.
    Page,
    /// A file.
    Document,
}

/// Where cited words stand, as a reader of the source finds them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Locator {
    /// A time of the recording.
    Time(Time),
    /// A page.
    Page(Page),
    /// A line of the file, from 1; only where the file itself is the source.
    Line(u32),
}

/// A cited place, and who speaks there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spoken<'h> {
    /// Who says it, where the document tells.
    pub speaker: Option<&'h str>,
    /// Where it is said.
    pub locator: Option<Locator>,
}

impl<'h> Title<'h> {
    /// The words.
    #[must_use]
    pub fn as_str(self) -> &'h str {
        match self {
            Self::Own(title) | Self::File(title) => title,
        }
    }
}

impl Locator {
    /// Where a place is, in a document with this address.
    fn of(place: Place, url: Option<&str>) -> Option<Self> {
        let line = || place.source.filter(|_| url.is_none()).map(|it| Self::Line(it.at.line));
        let page = || place.page.map(Self::Page);
        place.time.map(|time| Self::Time(time.start)).or_else(page).or_else(line)
    }

    /// The number or the time alone: `12`, `00:12:04`.
    #[must_use]
    pub fn number(self) -> String {
        match self {
            Self::Time(time) => time.to_string(),
            Self::Page(page) => page.0.to_string(),
            Self::Line(line) => line.to_string(),
        }
    }

    /// As a person reads it: `page 12`, `line 3`, `00:12:04`.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Time(time) => time.to_string(),
            Self::Page(page) => format!("page {}", page.0),
            Self::Line(line) => format!("line {line}"),
        }
    }
}

impl<'h> Reference<'h> {
    /// The document of a cited passage.
    #[must_use]
    pub fn of(cited: Cited<'h>) -> Self {
        let record = &cited.hit.source;
        let file = record.path.rsplit('/').next().unwrap_or(&record.path);
        let title = record.title.as_deref().map_or(Title::File(file), Title::Own);
        let url = record.url.as_deref();
        let place = cited.hit.place();
        Self {
            path: &record.path,
            key: key(record, title.as_str()),
            title,
            authors: record.authors.iter().map(|name| Name::parse(name)).collect(),
            date: record.date.as_deref().and_then(|date| date.parse().ok()),
            url,
            language: record.language.as_deref(),
            medium: medium(url, place.time.is_some()),
            places: vec![Spoken {
                speaker: cited.hit.passage.speaker.as_ref().map(|name| name.0.as_str()),
                locator: Locator::of(place, url),
            }],
        }
    }

    /// The documents of cited passages, in the order in which they are first cited.
    #[must_use]
    pub fn all(cited: &[Cited<'h>]) -> Vec<Self> {
        let mut references: Vec<Self> = Vec::new();
        for cited in cited {
            let next = Self::of(*cited);
            match references.iter_mut().find(|it| it.path == next.path) {
                Some(known) => {
                    let new = next.places.iter().filter(|place| !known.places.contains(place));
                    let new: Vec<_> = new.copied().collect();
                    known.places.extend(new);
                }
                None => references.push(next),
            }
        }
        for reference in &mut references {
            reference.places.sort_by_key(|place| place.locator);
        }
        references
    }

    /// The first cited place of which it is known where it is.
    #[must_use]
    pub fn locator(&self) -> Option<Locator> {
        self.places.iter().find_map(|place| place.locator)
    }

    /// Who says what is cited, and where: `Host, 00:12:04; Engineer, 00:15:10`.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        let place = |Spoken { speaker, locator }: &Spoken<'_>| {
            let parts = speaker.map(str::to_owned).into_iter().chain(locator.map(Locator::words));
            parts.collect::<Vec<_>>().join(", ")
        };
        let places = self.places.iter().map(place).filter(|place| !place.is_empty());
        let note = places.collect::<Vec<_>>().join("; ");
        (!note.is_empty()).then_some(note)
    }
}

fn medium(url: Option<&str>, has_time: bool) -> Medium {
    const VIDEO_HOSTS: &[&str] = &["youtube.com", "youtu.be", "vimeo.com"];
    const VIDEO: &[&str] = &["avi", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "ogv", "webm"];
    const AUDIO: &[&str] = &["aac", "flac", "m4a", "mp3", "oga", "ogg", "opus", "wav", "wma"];
    let Some(url) = url else {
        return if has_time { Medium::Recording } else { Medium::Document };
    };
    let url = url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let (host, path) = url
        .split_once("://")
        .map_or(("", url.as_str()), |(_, rest)| rest.split_once('/').unwrap_or((rest, "")));
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    // Who is asked for it, and at which port, is no part of its name.
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    let is_of =
        |site: &&str| host.strip_suffix(*site).is_some_and(|it| it.is_empty() || it.ends_with('.'));
    if VIDEO.contains(&extension) || VIDEO_HOSTS.iter().any(is_of) {
        Medium::Video
    } else if AUDIO.contains(&extension) {
        Medium::Audio
    } else if has_time {
        Medium::Recording
    } else {
        Medium::Page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_that_is_not_known_hides_no_other() {
        let page = Locator::Line(7);
        let place = |locator| Spoken { speaker: None, locator };
        let reference = Reference {
            path: "talk.md",
            key: String::new(),
            title: Title::File("talk.md"),
            authors: Vec::new(),
            date: None,
            url: None,
            language: None,
            medium: Medium::Document,
            places: vec![place(None), place(Some(page))],
        };
        assert_eq!(reference.locator(), Some(page));
    }

    #[test]
    fn the_address_and_the_times_tell_what_a_document_is() {
        for (url, has_time, expected) in [
            (Some("https://www.youtube.com/watch?v=a"), false, Medium::Video),
            (Some("https://notyoutube.com/watch"), false, Medium::Page),
            (Some("https://me@www.youtube.com:443/watch?v=a"), false, Medium::Video),
            (Some("https://example.org:8080"), false, Medium::Page),
            (Some("https://example.org/a.MP4#t=3"), false, Medium::Video),
            (Some("https://example.org/a.mp3?x=1"), true, Medium::Audio),
            (Some("https://example.org/39"), true, Medium::Recording),
            (Some("https://example.org"), false, Medium::Page),
            (None, true, Medium::Recording),
            (None, false, Medium::Document),
        ] {
            assert_eq!(medium(url, has_time), expected, "{url:?}");
        }
    }
}
