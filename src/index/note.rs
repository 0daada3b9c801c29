//! What a writer notes about an index beside its data.

use std::path::Path;

use serde::{Deserialize, Serialize};
use tantivy::Directory;

use super::{VERSION, error::IndexError, open::engine_error, schema::schema, writer::Segments};

/// The note: the payload of tantivy's metadata.
#[derive(Serialize, Deserialize)]
pub(super) struct Note {
    /// [`VERSION`] of who wrote it.
    pub layout: u32,
    /// Whether the documents were written in one run, in the order of their paths.
    pub ordered: bool,
    /// Whether the numbers of the documents are in the order of their paths: see
    /// [`super::order::Order`].
    #[serde(default)]
    pub ranked: bool,
    /// Which pullquote wrote it.
    #[serde(default)]
    pub version: String,
    /// How the segments were to be left.
    #[serde(default)]
    pub segments: Segments,
}

/// What a note needs of the metadata.
#[derive(Deserialize)]
struct Metadata {
    payload: Option<String>,
}

/// The payload of the metadata alone: tantivy would read the schema once more.
fn payload(path: &Path, index: &tantivy::Index) -> Result<Option<String>, IndexError> {
    let read = index.directory().atomic_read(Path::new("meta.json"));
    let bytes = read.map_err(|error| engine_error(path, error.into()))?;
    let metadata: Result<Metadata, _> = serde_json::from_slice(&bytes);
    let broken = |error| IndexError::Damaged(format!("meta.json: {error}"));
    Ok(metadata.map_err(broken)?.payload)
}

impl Note {
    /// What this version notes.
    pub(super) fn now(ordered: bool, ranked: bool, segments: Segments) -> Self {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        Self { layout: VERSION, ordered, ranked, version, segments }
    }

    /// Whether the numbers of the documents tell the order of their paths.
    pub(super) fn is_ranked(&self) -> bool {
        self.ordered || self.ranked
    }

    /// Reads what the writer noted, and refuses what this version cannot read.
    pub(super) fn of(path: &Path, index: &tantivy::Index) -> Result<Self, IndexError> {
        let payload = payload(path, index)?;
        let (expected, _) = schema();
        let found = |found: String| IndexError::Version { path: path.to_owned(), found };
        let Some(payload) = payload else { return Err(IndexError::Foreign(path.to_owned())) };
        let note: Self = serde_json::from_str(&payload).map_err(|_| found("unknown".to_owned()))?;
        if note.layout != VERSION {
            return Err(found(note.layout.to_string()));
        }
        if index.schema() != expected {
            return Err(found(format!("{VERSION} with other fields")));
        }
        Ok(note)
    }
}
