//! The record of a document: what is known about it as a whole.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::error::IndexError;
use crate::{
    query::filter::Facts,
    text::{Text, TextSpan},
    transcript::{Kind, Speaker},
};

/// Term of a document's record in the field `record`.
pub(super) const DOCUMENT: &str = "document";
/// Term of the record that holds the words of a writer's run by their stems: see [`super::lexicon`].
pub(super) const VOCABULARY: &str = "vocabulary";
/// Term of the records that list the words of a run.
pub(super) const WORDS: &str = "words";

/// How much of a title or an address is kept, in bytes.
const LONGEST_TEXT: usize = 2_000;
/// How much of a list is kept, in bytes; JSON may take several bytes for one.
const LONGEST_LIST: usize = 8_000;
/// How much of the names of authors is kept, in bytes.
const LONGEST_AUTHORS: usize = 2_000;
/// How much of a table is kept, in bytes.
const LONGEST_MAP: usize = 4_000;

/// What is known about a document of the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Path below the corpus, or as it was given, with `/` between its parts.
    pub path: String,
    /// Title, where it has one.
    pub title: Option<String>,
    /// Who wrote it, as far as is known and as many as fit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// Date (ISO 8601), where it has one.
    pub date: Option<String>,
    /// Where it can be read, heard or seen.
    pub url: Option<String>,
    /// Review or transcript.
    pub kind: Kind,
    /// Language (ISO 639-1), where it is known.
    #[serde(rename = "lang")]
    pub language: Option<String>,
    /// Format it was read as.
    pub format: String,
    /// Hash of its bytes and of the versions of what made passages of them.
    pub key: String,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// Number of passages.
    pub passages: u32,
    /// Number of words.
    pub words: u64,
    /// Who speaks in it, in the order in which they first do.
    pub speakers: Vec<String>,
    /// The speakers that metadata beside the file gave another name: what the file calls them, and the
    /// new name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub renamed: BTreeMap<String, String>,
    /// Of the last document of a container that was read without trouble: the hash of its bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub container: Option<String>,
    /// What could not be read, as `line: message` or `message`.
    pub warnings: Vec<String>,
}

impl Record {
    /// What tells the bytes of its file from any others.
    #[must_use]
    pub fn contents(&self) -> &str {
        self.key.split(':').next().unwrap_or_default()
    }

    /// What conditions are decided on for a passage of it: who says it, and its text.
    #[must_use]
    pub fn facts<'a>(&'a self, speaker: Option<&'a Speaker>, passage: &Text) -> Facts<'a> {
        Facts {
            speaker: speaker.map(|name| name.0.as_str()),
            title: self.title.as_deref(),
            path: &self.path,
            kind: Some(self.kind),
            language: self.language.as_deref(),
            date: self.date.as_deref().and_then(|date| date.parse().ok()),
            time: passage.place(TextSpan { start: 0, end: passage.len() }).time,
        }
    }

    /// What tells this state of this document from all others, as a short term.
    ///
    /// A path alone would not do: tantivy's removals reach documents that are added after them in
    /// the same commit, so that a changed document would remove itself.
    pub(super) fn identity(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.path.as_bytes()).update(&[0]).update(self.key.as_bytes());
        if let Some(container) = &self.container {
            hasher.update(&[0]).update(container.as_bytes());
        }
        hasher.finalize().to_hex()[..16].to_owned()
    }

    /// The record as it is kept. A column cuts values of more than 65,535 bytes, so that what may
    /// grow without end is kept up to a bound, with a last entry that says how many more there are.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut record = self.clone();
        for text in [&mut record.title, &mut record.url].into_iter().flatten() {
            text.truncate(text.floor_char_boundary(LONGEST_TEXT));
        }
        let mut size = 0;
        record.authors.retain(|name| {
            size += name.len();
            size <= LONGEST_AUTHORS
        });
        for list in [&mut record.speakers, &mut record.warnings] {
            bound(list);
        }
        let mut size = 0;
        record.renamed.retain(|from, to| {
            size += from.len() + to.len();
            size <= LONGEST_MAP
        });
        // A record is strings and numbers: there is nothing in it that JSON cannot hold.
        serde_json::to_vec(&record).unwrap_or_default()
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, IndexError> {
        serde_json::from_slice(bytes)
            .map_err(|error| IndexError::Damaged(format!("a document's record: {error}")))
    }
}

/// Keeps the first entries of a list, and says how many more there are.
fn bound(list: &mut Vec<String>) {
    let mut size = 0;
    let kept = list.iter().take_while(|entry| {
        size += entry.len();
        size <= LONGEST_LIST
    });
    let kept = kept.count();
    let more = list.len() - kept;
    if more > 0 {
        list.truncate(kept);
        list.push(format!("and {more} more"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_would_be_too_large_is_kept_in_part() {
        let many = |what: &str| (0..9_000).map(|at| format!("{what} \u{1} {at}")).collect();
        let record = Record {
            path: "a.srt".to_owned(),
            title: Some("\u{1}".repeat(100_000)),
            authors: many("author"),
            date: None,
            url: None,
            kind: Kind::Transcript,
            language: None,
            format: "subrip".to_owned(),
            key: String::new(),
            bytes: 1,
            passages: 1,
            words: 1,
            speakers: many("speaker"),
            renamed: (0..900).map(|at| (format!("\u{1} {at}"), "\u{1}".to_owned())).collect(),
            container: Some("0".repeat(64)),
            warnings: many("warning"),
        };
        let bytes = record.to_bytes();
        assert!(bytes.len() < 65_535, "{}", bytes.len());
        let kept = Record::from_bytes(&bytes).unwrap();
        assert!(kept.warnings.last().unwrap().starts_with("and "));
        assert_eq!(kept.warnings[0], record.warnings[0]);
    }
}
