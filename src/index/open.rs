//! Opening an index and reading from it.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use tantivy::{
    DocAddress, DocId, ReloadPolicy, Searcher, TantivyDocument, TantivyError,
    directory::error::{LockError, OpenDirectoryError},
    schema::Value,
};

use super::{
    best::ByRecord,
    bm25::{Bm25, Statistics},
    contain::contained,
    directory::ReadOnly,
    error::IndexError,
    note::Note,
    packing,
    record::{self, Record},
    schema::{Fields, schema},
    segment::Segment,
    sketch::Sketch,
    terms::Terms,
    tokenizer::tokenizers,
    writer::Segments,
};
use crate::{find::Plan, text::Text, transcript::Speaker};

/// How often an index is opened again when its files change meanwhile.
const ATTEMPTS: usize = 5;

/// An index, opened for searching. It shows what was committed when it was opened, whatever is
/// written meanwhile.
pub struct Index {
    pub(super) fields: Fields,
    pub(super) segments: Vec<Segment>,
    searcher: Searcher,
    statistics: Statistics,
    pub(super) note: Note,
    /// Where the path of each record stands among all: see [`super::best`].
    pub(super) path_ranks: OnceLock<ByRecord>,
}

/// A passage of an opened index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PassageId {
    pub(super) segment: usize,
    pub(super) doc: DocId,
}

impl Index {
    /// Opens the index in a folder. Writes nothing and locks nothing there.
    ///
    /// # Errors
    /// When there is no index, something else, an index of another version, or a damaged one.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        let mut failed_with = None;
        for _ in 1..ATTEMPTS {
            let opened = contained(|| Self::try_open(path));
            if opened.is_ok() {
                return opened;
            }
            // Where a writer removed what was about to be read, there is something newer. tantivy
            // takes some files that are not there for empty ones, so that any error may mean this.
            let metadata = fs::read(path.join("meta.json")).ok();
            if metadata.is_none() || failed_with == metadata {
                return opened;
            }
            failed_with = metadata;
        }
        contained(|| Self::try_open(path))
    }

    fn try_open(path: &Path) -> Result<Self, IndexError> {
        check_folder(path)?;
        let directory = ReadOnly::open(path).map_err(|error| open_error(path, error))?;
        let mut index =
            tantivy::Index::open(directory).map_err(|error| engine_error(path, error))?;
        let note = Note::of(path, &index)?;
        index.set_tokenizers(tokenizers());
        let (_, fields) = schema();
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher = reader.searcher();
        let readers = searcher.segment_readers().iter();
        let segments: Vec<_> =
            readers.map(|reader| Segment::open(reader, fields)).collect::<Result<_, _>>()?;
        let statistics = statistics(&segments);
        Ok(Self { fields, segments, searcher, statistics, note, path_ranks: OnceLock::new() })
    }

    /// The words of a plan, looked up, with the weight of each in the whole index.
    pub(super) fn terms(&self, plan: &Plan) -> Result<Terms, IndexError> {
        // Forms may share passages: the sum is the most it can be.
        let bm25 =
            |found_in: u64| Bm25::new(self.statistics, found_in.min(self.statistics.passages));
        Terms::open(&self.segments, plan, bm25)
    }

    /// Who says a passage, and its text with its places.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn passage(&self, id: PassageId) -> Result<(Option<Speaker>, Text), IndexError> {
        contained(|| packing::unpack(&self.stored(id)?))
    }

    /// What tells near duplicates of a passage without reading it; `None` for a short one.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn sketch(&self, id: PassageId) -> Result<Option<Sketch>, IndexError> {
        contained(|| self.segments[id.segment].sketch(id.doc))
    }

    /// The record of the document a passage belongs to, and the passage's number in it, from 0.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn record(&self, id: PassageId) -> Result<(Record, u32), IndexError> {
        contained(|| self.read_record(id))
    }

    fn read_record(&self, id: PassageId) -> Result<(Record, u32), IndexError> {
        let record = self.segments[id.segment].record_of(id.doc)?;
        let missing = || IndexError::Damaged("a passage without a document".to_owned());
        let doc = record.filter(|record| *record < id.doc).ok_or_else(missing)?;
        Ok((self.segments[id.segment].record(doc)?, id.doc - doc - 1))
    }

    /// The passage so many places further on in the same document, or back.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn neighbour(&self, id: PassageId, steps: i32) -> Result<Option<PassageId>, IndexError> {
        let segment = &self.segments[id.segment];
        let Some(doc) = id.doc.checked_add_signed(steps) else { return Ok(None) };
        let same = segment.length(doc)?.is_some()
            && segment.record_of(doc)? == segment.record_of(id.doc)?;
        Ok(same.then_some(PassageId { doc, ..id }))
    }

    /// Whether it is what a build of everything by this version leaves.
    #[must_use]
    pub fn is_as_built(&self, segments: Segments) -> bool {
        let Note { ordered, version, segments: wanted, .. } = &self.note;
        *ordered && *wanted == segments && version == env!("CARGO_PKG_VERSION")
    }

    /// The version of pullquote that wrote it last.
    #[must_use]
    pub fn written_by(&self) -> &str {
        &self.note.version
    }

    /// Whether it has one segment, of which nothing was removed: it cannot be searched any faster.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.segments.len() <= 1 && self.segments.iter().all(|it| !it.reader.has_deletes())
    }

    /// The records of all documents, by path.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn records(&self) -> Result<Vec<Record>, IndexError> {
        contained(|| self.read_records())
    }

    fn read_records(&self) -> Result<Vec<Record>, IndexError> {
        let mut records = Vec::new();
        for segment in &self.segments {
            for doc in segment.docs(self.fields.record, record::DOCUMENT)? {
                if !segment.is_removed(doc) {
                    records.push(segment.record(doc)?);
                }
            }
        }
        records.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(records)
    }

    /// The first passage of a document, by its path.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn first_passage(&self, path: &str) -> Result<Option<PassageId>, IndexError> {
        for (number, segment) in self.segments.iter().enumerate() {
            for record in segment.docs(self.fields.path, path)? {
                let doc = record + 1;
                if !segment.is_removed(record) && segment.length(doc)?.is_some() {
                    return Ok(Some(PassageId { segment: number, doc }));
                }
            }
        }
        Ok(None)
    }

    pub(super) fn stored(&self, id: PassageId) -> Result<Vec<u8>, IndexError> {
        let segment = u32::try_from(id.segment).unwrap_or(u32::MAX);
        let document: TantivyDocument = self.searcher.doc(DocAddress::new(segment, id.doc))?;
        let stored = document.get_first(self.fields.stored);
        let bytes = stored.as_ref().and_then(Value::as_bytes);
        let missing = || IndexError::Damaged("a document without its stored text".to_owned());
        bytes.map(<[u8]>::to_vec).ok_or_else(missing)
    }
}

fn statistics(segments: &[Segment]) -> Statistics {
    let passages: u64 = segments.iter().map(|it| u64::from(it.reader.max_doc())).sum();
    let words: u64 = segments.iter().map(|it| it.words.total_num_tokens()).sum();
    #[expect(clippy::cast_precision_loss, reason = "an average needs no more than 24 bits")]
    let average_length = words as f32 / passages.max(1) as f32;
    Statistics { passages, average_length }
}

/// Tells apart no index, something else, and what may be one.
pub(super) fn check_folder(path: &Path) -> Result<(), IndexError> {
    if path.join("meta.json").is_file() {
        return Ok(());
    }
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(IndexError::Missing(path.to_owned()));
        }
        Err(source) => return Err(IndexError::Io { path: path.to_owned(), source }),
    };
    // What is left of a first build that was interrupted, and hidden files, are nothing foreign.
    let is_foreign = |name: &str| !name.starts_with('.') && !is_engine_file(name);
    let foreign = entries.flatten().any(|it| is_foreign(&it.file_name().to_string_lossy()));
    Err(if foreign { IndexError::Foreign(path.into()) } else { IndexError::Missing(path.into()) })
}

/// Whether a file has a name such as tantivy gives: a segment's number in hexadecimal.
pub(super) fn is_engine_file(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    stem.len() == 32 && stem.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn open_error(path: &Path, error: OpenDirectoryError) -> IndexError {
    match error {
        OpenDirectoryError::DoesNotExist(_) => IndexError::Missing(path.to_owned()),
        error => IndexError::Engine(error.into()),
    }
}

pub(super) fn engine_error(path: &Path, error: TantivyError) -> IndexError {
    match error {
        TantivyError::IncompatibleIndex(error) => {
            IndexError::Version { path: PathBuf::from(path), found: format!("{error:?}") }
        }
        TantivyError::LockFailure(LockError::IoError(error), _) => {
            IndexError::Write { path: path.to_owned(), message: error.to_string() }
        }
        TantivyError::LockFailure(..) => IndexError::Locked { path: path.to_owned(), holder: None },
        TantivyError::DataCorruption(error) => IndexError::Damaged(format!("{error:?}")),
        error => IndexError::Engine(error),
    }
}
