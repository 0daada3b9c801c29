//! Writing an index.
//!
//! tantivy's writer is used for what it is good at: the lock, removals, one commit for all. Segments
//! are built here, one after the other, from documents that come ready from other threads: the order
//! of passages is the order in which documents are given, whatever the number of threads, memory is
//! bounded by one budget, and a corpus that fits it becomes a single segment without a merge.

use std::path::{Path, PathBuf};

use tantivy::{
    IndexSettings, IndexWriter, TantivyDocument, TantivyError, Term,
    directory::MmapDirectory,
    index::SegmentId,
    indexer::{AddOperation, LogMergePolicy, NoMergePolicy, SegmentWriter},
    schema::Field,
    store::{Compressor, ZstdCompressor},
};

use super::{
    VERSION,
    analysis::{Prepared, PreparedPassage},
    error::IndexError,
    fresh::{Fresh, share},
    open::{Note, check_folder, engine_error},
    record::{self, Record},
    schema::{Fields, schema},
    tokenizer::tokenizers,
    vocabulary::Vocabulary,
};

/// Bytes of stored text that are compressed together. Larger blocks are smaller in all and slower to
/// read one passage from.
const BLOCK: usize = 16 * 1024;
/// The least that tantivy's own writer, which here adds no documents, wants as a budget, in bytes.
const ENGINE_BUDGET: usize = 15_000_000;
/// Share of removed documents from which on a segment is written anew.
const REMOVED_SHARE: f32 = 0.3;

/// Writes an index. Nothing of it is seen before [`Writer::commit`].
pub struct Writer {
    path: PathBuf,
    fields: Fields,
    index: tantivy::Index,
    engine: IndexWriter,
    /// The segment that is being built, if any.
    segment: Option<(tantivy::Segment, SegmentWriter)>,
    /// Memory that a segment may take up before it is written out, in bytes.
    budget: usize,
    /// The place of a new index; `None` when one is changed. In a new one the order of documents is
    /// the order in which they are given.
    fresh: Option<Fresh>,
    /// Whether something was added or removed since.
    is_changed: bool,
    operations: u64,
}

/// Whether a folder holds an index, of whatever version.
#[must_use]
pub fn is_index(path: &Path) -> bool {
    path.join("meta.json").is_file()
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
        // What a killed writer left behind is removed by the next one.
        engine.garbage_collect_files().wait().map_err(|error| write_error(path, error))?;
        let (_, fields) = schema();
        Ok(Self {
            path: path.to_owned(),
            fields,
            index,
            engine,
            segment: None,
            budget,
            fresh,
            is_changed: false,
            operations: 0,
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
        self.add_document(document).map_err(|error| in_folder(&self.path, error))
    }

    fn add_document(&mut self, document: Prepared) -> Result<(), IndexError> {
        let Prepared { record, passages } = document;
        let Fields { path, title, kind, language, date, .. } = self.fields;
        let mut entry = TantivyDocument::default();
        entry.add_text(self.fields.record, record::DOCUMENT);
        let identity = record.identity();
        entry.add_text(self.fields.identity, &identity);
        entry.add_text(path, &record.path);
        entry.add_text(kind, record.kind.as_str());
        let mut add = |field: Field, value: &Option<String>| {
            if let Some(value) = value {
                entry.add_text(field, value);
            }
        };
        add(title, &record.title);
        add(language, &record.language);
        add(date, &record.date);
        entry.add_bytes(self.fields.about, &record.to_bytes());
        self.put(entry)?;
        for passage in passages {
            let entry = self.passage(&passage, &identity);
            self.put(entry)?;
        }
        let used = self.segment.as_ref().map_or(0, |(_, writer)| writer.mem_usage());
        if used > self.budget { self.finish_segment() } else { Ok(()) }
    }

    fn passage(&self, passage: &PreparedPassage, identity: &str) -> TantivyDocument {
        let mut entry = TantivyDocument::default();
        entry.add_text(self.fields.words, &passage.words);
        entry.add_text(self.fields.identity, identity);
        entry.add_u64(self.fields.length, passage.length);
        if let Some(speaker) = &passage.speaker {
            entry.add_text(self.fields.speaker, speaker);
        }
        if let Some(time) = passage.time {
            entry.add_u64(self.fields.start, time.start.0);
            entry.add_u64(self.fields.end, time.end.0);
        }
        entry.add_bytes(self.fields.stored, &passage.stored);
        entry
    }

    fn put(&mut self, document: TantivyDocument) -> Result<(), IndexError> {
        let operation = AddOperation { opstamp: self.operations, document };
        self.operations += 1;
        self.is_changed = true;
        if self.segment.is_none() {
            let segment = self.index.new_segment();
            // The budget is kept here; tantivy only sizes its tables by it.
            let writer = SegmentWriter::for_segment(self.budget, segment.clone())?;
            self.segment = Some((segment, writer));
        }
        match &mut self.segment {
            Some((_, writer)) => Ok(writer.add_document(operation)?),
            None => Ok(()),
        }
    }

    fn finish_segment(&mut self) -> Result<(), IndexError> {
        if let Some((segment, writer)) = self.segment.take() {
            let passages = writer.max_doc();
            writer.finalize().map_err(|error| write_error(&self.path, error))?;
            self.engine.add_segment(segment.with_max_doc(passages).meta().clone())?;
        }
        Ok(())
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
        let mut words = TantivyDocument::default();
        words.add_text(self.fields.record, record::VOCABULARY);
        words.add_text(self.fields.forms, vocabulary.forms());
        self.put(words)?;
        self.finish_segment()?;
        self.set_merge_policy();
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
        if segments.len() > 1 {
            self.engine.merge(&segments).wait()?;
            self.engine.garbage_collect_files().wait()?;
        }
        Ok(())
    }

    fn set_merge_policy(&self) {
        if self.fresh.is_some() {
            self.engine.set_merge_policy(Box::new(NoMergePolicy));
        } else {
            let mut policy = LogMergePolicy::default();
            policy.set_del_docs_ratio_before_merge(REMOVED_SHARE);
            self.engine.set_merge_policy(Box::new(policy));
        }
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
