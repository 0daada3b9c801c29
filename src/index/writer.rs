//! Writing an index.
//!
//! tantivy's writer is used for what it is good at: the lock, removals, one commit for all. Segments
//! are built here ([`super::builder`]) from documents that come ready from other threads: which
//! segment has which documents, and in which order, depends on the documents alone, and memory is
//! bounded by one budget.

use std::path::{Path, PathBuf};

use tantivy::{
    IndexSettings, IndexWriter, TantivyError, Term,
    directory::MmapDirectory,
    index::{SegmentId, SegmentMeta},
    indexer::{LogMergePolicy, NoMergePolicy},
    store::{Compressor, ZstdCompressor},
};

use super::{
    VERSION,
    analysis::Prepared,
    builder::Builder,
    error::IndexError,
    fresh::{Fresh, share},
    open::{Note, check_folder, engine_error},
    record::Record,
    schema::{Fields, schema},
    tokenizer::tokenizers,
    vocabulary::Vocabulary,
};

/// Bytes of stored text that are compressed together. Larger blocks are smaller in all and slower to
/// read one passage from.
const BLOCK: usize = 8 * 1024;
/// The least that tantivy's own writer, which here adds no documents, wants as a budget, in bytes.
const ENGINE_BUDGET: usize = 15_000_000;
/// How many segments are built at once.
const BUILDERS: usize = 2;
/// So much, in bytes, makes a single segment.
const SMALL: usize = 8_000_000;
/// A new index with more segments than this is merged into one.
const SEGMENTS: usize = 2;
/// Share of removed documents from which on a segment is written anew.
const REMOVED_SHARE: f32 = 0.3;

/// Writes an index. Nothing of it is seen before [`Writer::commit`].
pub struct Writer {
    path: PathBuf,
    fields: Fields,
    index: tantivy::Index,
    engine: IndexWriter,
    /// The threads that build segments.
    builders: Vec<Builder>,
    /// Memory that segments may take up before they are written out, in bytes.
    budget: usize,
    /// The place of a new index; `None` when one is changed. In a new one the order of documents is
    /// the order in which they are given.
    fresh: Option<Fresh>,
    /// Whether something was added or removed since.
    is_changed: bool,
    /// How many documents were added.
    added: u64,
}

/// Whether a folder holds an index, of whatever version.
#[must_use]
pub fn is_index(path: &Path) -> bool {
    path.join("meta.json").is_file()
}

/// What tells one state of an index from any other; `None` where there is no index.
#[must_use]
pub fn state(path: &Path) -> Option<String> {
    let meta = std::fs::read(path.join("meta.json")).ok()?;
    Some(blake3::hash(&meta).to_hex().to_string())
}

impl Writer {
    /// Starts a new index, to take the place of what the folder has when it is committed. Makes the
    /// folder where needed.
    ///
    /// `budget` is the memory in bytes that may be used before a part is written out.
    ///
    /// # Errors
    /// When the folder holds something else, cannot be written to, or another process is at it.
    pub fn create(path: &Path, budget: usize) -> Result<Self, IndexError> {
        let fresh = Fresh::begin(path)?;
        let directory = open_directory(&fresh.folder())?;
        let (schema, _) = schema();
        let settings = IndexSettings {
            docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(3) }),
            docstore_blocksize: BLOCK,
            ..IndexSettings::default()
        };
        let index = tantivy::Index::create(directory, schema, settings)
            .map_err(|error| write_error(path, error))?;
        Self::start(path, index, budget, Some(fresh))
    }

    /// Opens the index in a folder to change it.
    ///
    /// # Errors
    /// When there is none, another process is writing it, or it cannot be written to.
    pub fn open(path: &Path, budget: usize) -> Result<Self, IndexError> {
        check_folder(path)?;
        let directory = open_directory(path)?;
        let index = tantivy::Index::open(directory).map_err(|error| write_error(path, error))?;
        Self::start(path, index, budget, None)
    }

    fn start(
        path: &Path,
        mut index: tantivy::Index,
        budget: usize,
        fresh: Option<Fresh>,
    ) -> Result<Self, IndexError> {
        index.set_tokenizers(tokenizers());
        let engine: IndexWriter = index
            .writer_with_num_threads(1, ENGINE_BUDGET)
            .map_err(|error| write_error(path, error))?;
        // Segments that are added are considered for merging at once: the policy must stand first.
        set_merge_policy(&engine, fresh.is_some());
        // What a killed writer left behind is removed by the next one.
        engine.garbage_collect_files().wait().map_err(|error| write_error(path, error))?;
        let (_, fields) = schema();
        Ok(Self {
            path: path.to_owned(),
            fields,
            index,
            engine,
            builders: Vec::new(),
            budget,
            fresh,
            is_changed: false,
            added: 0,
        })
    }

    /// Removes a document with all its passages. It is named by the record that the index has of it;
    /// one of the same path with another key stays.
    pub fn remove(&mut self, record: &Record) {
        self.engine.delete_term(Term::from_field_text(self.fields.identity, &record.identity()));
        self.is_changed = true;
    }

    /// Adds a document: its record, then its passages.
    ///
    /// # Errors
    /// When the index cannot be written, such as on a full disk.
    pub fn add(&mut self, document: Prepared) -> Result<(), IndexError> {
        self.is_changed = true;
        let given: usize = self.builders.iter().map(|builder| builder.given).sum();
        let wanted = if given < SMALL { 1 } else { BUILDERS };
        if self.builders.len() < wanted {
            self.builders.push(Builder::start(&self.index, self.budget / BUILDERS));
        }
        let rank = self.added;
        self.added += 1;
        let least = (0..self.builders.len()).min_by_key(|at| self.builders[*at].given);
        if least.is_none_or(|at| self.builders[at].add(document, rank)) {
            return Ok(());
        }
        self.finish_builders().map(|_| ())
    }

    /// Waits for all segments; the first error counts.
    fn finish_builders(&mut self) -> Result<Vec<SegmentMeta>, IndexError> {
        let mut segments = Vec::new();
        let mut outcome = Ok(());
        self.builders.iter_mut().for_each(Builder::close);
        for builder in self.builders.drain(..) {
            match builder.finish() {
                Ok(built) => segments.extend(built),
                Err(error) => outcome = outcome.and(Err(error)),
            }
        }
        outcome.map(|()| segments).map_err(|error| in_folder(&self.path, error))
    }

    /// Whether anything was added or removed.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.is_changed
    }

    /// Publishes all that was added and removed, at once, with the words it holds.
    ///
    /// # Errors
    /// When the index cannot be written. What was there before stays as it was.
    pub fn commit(self, vocabulary: Vocabulary) -> Result<(), IndexError> {
        let path = self.path.clone();
        self.publish(vocabulary).map_err(|error| in_folder(&path, error))
    }

    fn publish(mut self, vocabulary: Vocabulary) -> Result<(), IndexError> {
        if self.builders.is_empty() {
            self.builders.push(Builder::start(&self.index, self.budget));
        }
        // The other threads write out what they have while the words are put in order.
        self.builders.iter_mut().skip(1).for_each(Builder::close);
        let forms = vocabulary.forms();
        if self.builders.first().is_some_and(|builder| builder.add_vocabulary(forms)) {
            for segment in self.finish_builders()? {
                self.engine.add_segment(segment)?;
            }
        } else {
            self.finish_builders()?;
        }
        let note = Note { layout: VERSION, ordered: self.fresh.is_some() };
        let mut commit = self.engine.prepare_commit()?;
        commit.set_payload(&serde_json::to_string(&note).unwrap_or_default());
        commit.commit().map_err(|error| write_error(&self.path, error))?;
        if self.fresh.is_some() {
            self.merge_all()?;
        }
        self.engine.wait_merging_threads()?;
        if let Some(fresh) = self.fresh {
            fresh.publish()?;
        }
        share(&self.path)
    }

    fn merge_all(&mut self) -> Result<(), IndexError> {
        let segments: Vec<SegmentId> = self.index.searchable_segment_ids()?;
        if segments.len() > SEGMENTS {
            self.engine.merge(&segments).wait()?;
            self.engine.garbage_collect_files().wait()?;
        }
        Ok(())
    }
}

/// A new index is merged when it is whole, if at all; one that is changed now and then.
fn set_merge_policy(engine: &IndexWriter, is_new: bool) {
    if is_new {
        engine.set_merge_policy(Box::new(NoMergePolicy));
    } else {
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(REMOVED_SHARE);
        engine.set_merge_policy(Box::new(policy));
    }
}

/// What went wrong while writing: where, in the words of the file system where it has any.
fn write_error(path: &Path, error: TantivyError) -> IndexError {
    in_folder(path, engine_error(path, error))
}

fn in_folder(path: &Path, error: IndexError) -> IndexError {
    let IndexError::Engine(error) = error else { return error };
    let message = match error {
        TantivyError::IoError(error) => error.to_string(),
        TantivyError::SystemError(message) | TantivyError::InternalError(message) => message,
        error => error.to_string(),
    };
    IndexError::Write { path: path.to_owned(), message }
}

fn open_directory(path: &Path) -> Result<MmapDirectory, IndexError> {
    MmapDirectory::open(path).map_err(|error| IndexError::Engine(error.into()))
}
