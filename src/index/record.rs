//! The record of a document: what is known about it as a whole.

use serde::{Deserialize, Serialize};

use super::error::IndexError;
use crate::transcript::Kind;

/// Term of a document's record in the field `record`.
pub(super) const DOCUMENT: &str = "document";
/// Term of the record that holds the words of a writer's run: see [`super::lexicon`].
pub(super) const VOCABULARY: &str = "vocabulary";

/// What is known about a document of the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Path below the corpus, or as it was given, with `/` between its parts.
    pub path: String,
    /// Title, where it has one.
    pub title: Option<String>,
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
    /// What could not be read, as `line: message` or `message`.
    pub warnings: Vec<String>,
}

impl Record {
    /// What tells this state of this document from all others, as a short term.
    ///
    /// A path alone would not do: tantivy's removals reach documents that are added after them in
    /// the same commit, so that a changed document would remove itself.
    pub(super) fn identity(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.path.as_bytes()).update(&[0]).update(self.key.as_bytes());
        hasher.finalize().to_hex()[..16].to_owned()
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        // A record is strings and numbers: there is nothing in it that JSON cannot hold.
        serde_json::to_vec(self).unwrap_or_default()
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, IndexError> {
        serde_json::from_slice(bytes)
            .map_err(|error| IndexError::Damaged(format!("a document's record: {error}")))
    }
}
