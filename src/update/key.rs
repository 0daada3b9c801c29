//! The key of a document: what it was made of.
//!
//! Its bytes, the versions of all that made passages of them, and what was told about it. A document
//! whose key is another is read anew; one whose key is the same is left alone.

use std::{collections::BTreeSet, fmt::Write};

use crate::{
    index, passage, read,
    read::beside::{Description, Told},
    transcript::Metadata,
};

/// The encoding's place in a key when none was asked for.
const DETECTED: &str = "detected";

/// The parts of a key that differ from document to document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key<'a> {
    /// The hash of the bytes.
    pub content: &'a str,
    /// The format they were read as.
    pub format: &'a str,
    /// The version of that reader.
    pub reader_version: u32,
    /// The encoding that was asked for.
    pub encoding: Option<&'a str>,
    /// The state of the files beside it.
    pub beside: &'a str,
}

impl<'a> Key<'a> {
    /// The parts of a key; `None` for one of another shape.
    pub(super) fn of(key: &'a str) -> Option<Self> {
        let parts: Vec<&str> = key.split(':').collect();
        let [content, format, reader_version, _, _, encoding, beside, _] = parts.as_slice() else {
            return None;
        };
        Some(Self {
            content,
            format,
            reader_version: reader_version.parse().ok()?,
            encoding: Some(*encoding).filter(|it| *it != DETECTED),
            beside,
        })
    }

    /// Whether the file would be read in the same way now.
    pub(super) fn is_current(&self, encoding: Option<&str>) -> bool {
        self.encoding == encoding && read::version_of(self.format) == Some(self.reader_version)
    }

    /// The key as it is kept. `told` is the part of [`told_part`].
    pub(super) fn written(&self, told: &str) -> String {
        let Self { content, format, reader_version, encoding, beside } = self;
        let (splitter, layout) = (passage::VERSION, index::VERSION);
        let encoding = encoding.unwrap_or(DETECTED);
        format!(
            "{content}:{format}:{reader_version}:{splitter}:{layout}:{encoding}:{beside}:{told}"
        )
    }
}

/// Whether two keys are of the same bytes of which the same is told, so that they differ only by the
/// versions of what made documents of them.
pub(super) fn differ_by_versions(one: &str, other: &str) -> bool {
    let of_corpus = |key: &str| {
        let parts: Vec<&str> = key.split(':').collect();
        let [content, _, _, _, _, rest @ ..] = parts.as_slice() else { return None };
        Some((content.to_string(), rest.join(":")))
    };
    one != other && of_corpus(one).is_some_and(|one| of_corpus(other) == Some(one))
}

/// Whether two keys are of the same bytes of which the same is told, and another encoding was asked
/// for.
pub(super) fn differ_by_encoding(one: &str, other: &str) -> bool {
    let (Some(a), Some(b)) = (Key::of(one), Key::of(other)) else { return false };
    let told = |key: &str| key.rsplit(':').next().map(str::to_owned);
    let is_same = (a.content, a.beside) == (b.content, b.beside) && told(one) == told(other);
    is_same && a.encoding != b.encoding
}

/// The part of a key for what settings tell. Of the names of speakers only those count that are in
/// the document, so that a new name for one of them leaves all other documents alone.
pub(super) fn told_part(told: &Told, names: &BTreeSet<String>) -> String {
    let mut written = String::new();
    for description in [&told.surely, &told.otherwise] {
        let Description { metadata, speakers } = description;
        write_metadata(&mut written, metadata);
        for (from, to) in speakers.iter().filter(|(from, _)| names.contains(*from)) {
            line(&mut written, "speaker", &format!("{from}\0{to}"));
        }
        written.push('\x1c');
    }
    if written.len() == 2 {
        return "-".to_owned();
    }
    blake3::hash(written.as_bytes()).to_hex()[..16].to_owned()
}

fn write_metadata(written: &mut String, metadata: &Metadata) {
    let Metadata { title, authors, date, url, kind, language } = metadata;
    let date = date.map(|date| date.to_string());
    let kind = kind.map(|kind| kind.as_str().to_owned());
    let fields =
        [("title", title), ("date", &date), ("url", url), ("kind", &kind), ("language", language)];
    for (name, value) in fields {
        if let Some(value) = value {
            line(written, name, value);
        }
    }
    for author in authors {
        line(written, "author", author);
    }
}

fn line(written: &mut String, name: &str, value: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(written, "{name}\0{value}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_was_written() {
        for encoding in [None, Some("utf-16le")] {
            let key = Key {
                content: "abc",
                format: "subrip",
                reader_version: 3,
                encoding,
                beside: "1-def",
            };
            assert_eq!(Key::of(&key.written("-")), Some(key));
        }
        assert_eq!(Key::of("abc:subrip:1:1:1:detected"), None);
    }

    #[test]
    fn keys_of_the_same_bytes_and_the_same_metadata_differ_by_versions() {
        let key = Key {
            content: "abc",
            format: "subrip",
            reader_version: 3,
            encoding: None,
            beside: "1-def",
        };
        let other = Key { format: "plain", reader_version: 4, ..key };
        assert!(differ_by_versions(&key.written("-"), &other.written("-")));
        assert!(!differ_by_versions(&key.written("-"), &key.written("-")));
        assert!(!differ_by_versions(&key.written("-"), &other.written("ff")));
        let others = [
            Key { content: "abd", ..other },
            Key { encoding: Some("utf-8"), ..other },
            Key { beside: "0", ..other },
        ];
        for other in others {
            assert!(!differ_by_versions(&key.written("-"), &other.written("-")), "{other:?}");
        }
    }

    #[test]
    fn keys_of_the_same_bytes_may_differ_by_the_encoding_that_was_asked_for() {
        let key =
            Key { content: "abc", format: "text", reader_version: 3, encoding: None, beside: "0" };
        let other = Key { encoding: Some("utf-8"), ..key };
        assert!(differ_by_encoding(&key.written("-"), &other.written("-")));
        assert!(!differ_by_encoding(&key.written("-"), &key.written("-")));
        assert!(!differ_by_encoding(&key.written("-"), &other.written("ff")));
        let changed = Key { content: "abd", ..other };
        assert!(!differ_by_encoding(&key.written("-"), &changed.written("-")));
    }

    #[test]
    fn only_names_that_are_in_the_document_count() {
        let told = |name: &str| {
            let speakers = [("host".to_owned(), name.to_owned())].into();
            Told {
                otherwise: Description { speakers, ..Description::default() },
                ..Told::default()
            }
        };
        let (host, guest) = (["host".to_owned()].into(), ["guest".to_owned()].into());
        assert_ne!(told_part(&told("A"), &host), told_part(&told("B"), &host));
        assert_eq!(told_part(&told("A"), &guest), "-");
    }
}
