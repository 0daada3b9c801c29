//! Writing an index.
//!
//! Segments are built here ([`super::builder`]) from documents that come ready from other threads:
//! which segment has which documents, and in which order, depends on the documents alone, and memory
//! is bounded by one budget. A new index is put together without tantivy's writer
//! ([`super::fresh`]), which is used for what it is good at: removals, merges, and one commit for all
//! that changes in an index that is there.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::{
    IndexSettings, IndexWriter, TantivyError, Term,
    index::{SegmentId, SegmentMeta},
    store::{Compressor, ZstdCompressor},
};

use super::{
    analysis::Prepared,
    builder::Builder,
    directory::Writable,
    error::IndexError,
    fresh::Fresh,
    leftovers::clear_locked,
    lock::{Lock, Patience},
    merging::{self, FewSegments},
    note::Note,
    open::{Index, check_folder, engine_error},
    order::Order,
    record::Record,
    schema::{Fields, schema},
    seal::META,
    shared::share,
    tokenizer::tokenizers,
    vocabulary::Vocabulary,
};
use crate::interrupt::Interrupt;

/// Bytes of stored text that are compressed together. Larger blocks are smaller in all and slower to
/// read one passage from.
const BLOCK: usize = 16 * 1024;
/// The least that tantivy's own writer, which here adds no documents, wants as a budget, in bytes.
const ENGINE_BUDGET: usize = 15_000_000;
/// How hard zstd tries: level 3 makes the index 1.5 % smaller and takes a fifteenth longer.
const EFFORT: i32 = 1;
/// How many segments are built at once.
const BUILDERS: usize = 2;
/// So much, in bytes, makes a single segment.
const SMALL: usize = 8_000_000;
/// The segments of a new index are merged until there are no more than this.
const SEGMENTS: usize = 2;

/// How the segments of an index are left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Segments {
    /// As many as are built at once; after updates, a few more.
    #[default]
    Few,
    /// One, which is the fastest to search.
    One,
}

/// Writes an index. Nothing of it is seen before [`Writer::commit`].
pub struct Writer {
    // Fields are dropped in this order: the claim goes last, when nobody writes any more.
    /// The threads that build segments.
    builders: Vec<Builder>,
    target: Target,
    index: tantivy::Index,
    fields: Fields,
    /// Memory that segments may take up before they are written out, in bytes.
    budget: usize,
    /// Whether something was added or removed since.
    is_changed: bool,
    /// Where documents stand that are added; worked out for the first one.
    order: Option<Order>,
    interrupt: Interrupt,
    claim: Claim,
}

/// Where documents go.
enum Target {
    /// A new index, in which the order of documents is the order in which they are given.
    New(Fresh),
    /// One that is there.
    Present(Box<IndexWriter>),
}

/// The folder of an index with the right to write to it. When it is given up, everything that
/// belongs to no index is removed.
struct Claim {
    path: PathBuf,
    lock: Lock,
}

impl Drop for Claim {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next writer.
        let _ = clear_locked(&self.path, &self.lock);
    }
}

/// Whether a folder holds an index, of whatever version.
#[must_use]
pub fn is_index(path: &Path) -> bool {
    path.join(META).is_file()
}

/// What tells one state of an index from any other; `None` where there is no index.
#[must_use]
pub fn state(path: &Path) -> Option<String> {
    let meta = std::fs::read(path.join(META)).ok()?;
    Some(blake3::hash(&meta).to_hex().to_string())
}

impl Writer {
    /// Starts a new index, to take the place of what the folder has when it is committed. Makes the
    /// folder where needed.
    ///
    /// `budget` is the memory in bytes that may be used before a part is written out.
    ///
    /// # Errors
    /// When the folder holds something else, cannot be written to, or another process is at it for
    /// longer than one has patience.
    pub fn create(path: &Path, budget: usize, patience: &Patience) -> Result<Self, IndexError> {
        let refused = |source| IndexError::Io { path: path.to_owned(), source };
        std::fs::create_dir_all(path).map_err(refused)?;
        match check_folder(path) {
            Ok(()) | Err(IndexError::Missing(_)) => {}
            Err(error) => return Err(error),
        }
        let claim = Claim::on(path, patience)?;
        let fresh = Fresh::begin(path)?;
        let (schema, _) = schema();
        let settings = IndexSettings {
            docstore_compression: Compressor::Zstd(ZstdCompressor {
                compression_level: Some(EFFORT),
            }),
            docstore_blocksize: BLOCK,
            ..IndexSettings::default()
        };
        let mut index = tantivy::Index::create(open_directory(&fresh.folder())?, schema, settings)
            .map_err(|error| write_error(path, error))?;
        index.set_tokenizers(tokenizers());
        Ok(Self::start(index, Target::New(fresh), budget, claim, patience))
    }

    /// Opens the index in a folder to change it.
    ///
    /// # Errors
    /// When there is none, it cannot be written to, or another process is at it for longer than one
    /// has patience.
    pub fn open(path: &Path, budget: usize, patience: &Patience) -> Result<Self, IndexError> {
        check_folder(path)?;
        let claim = Claim::on(path, patience)?;
        let mut index = tantivy::Index::open(open_directory(path)?)
            .map_err(|error| write_error(path, error))?;
        index.set_tokenizers(tokenizers());
        let engine: IndexWriter = index
            .writer_with_num_threads(1, ENGINE_BUDGET)
            .map_err(|error| write_error(path, error))?;
        // Segments that are added are considered for merging at once: the policy must stand first.
        let largest = merging::largest(budget);
        engine.set_merge_policy(Box::new(FewSegments { largest }));
        Ok(Self::start(index, Target::Present(Box::new(engine)), budget, claim, patience))
    }

    fn start(
        index: tantivy::Index,
        target: Target,
        budget: usize,
        claim: Claim,
        patience: &Patience,
    ) -> Self {
        let (_, fields) = schema();
        Self {
            builders: Vec::new(),
            target,
            index,
            fields,
            budget,
            is_changed: false,
            order: None,
            interrupt: patience.interrupt.clone(),
            claim,
        }
    }

    /// Removes a document with all its passages. It is named by the record that the index has of it;
    /// one of the same path with another key stays. A new index has nothing to remove.
    pub fn remove(&mut self, record: &Record) {
        if let Target::Present(engine) = &self.target {
            engine.delete_term(Term::from_field_text(self.fields.identity, &record.identity()));
            self.is_changed = true;
        }
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
        let rank = self.order()?.number(&document.record.path);
        let least = (0..self.builders.len()).min_by_key(|at| self.builders[*at].given);
        if least.is_none_or(|at| self.builders[at].add(document, rank)) {
            return Ok(());
        }
        self.finish_builders().map(|_| ())
    }

    fn order(&mut self) -> Result<&mut Order, IndexError> {
        let order = match (self.order.take(), &self.target) {
            (Some(order), _) => order,
            (None, Target::New(_)) => Order::New(0),
            (None, Target::Present(_)) => Order::of(&Index::open(&self.claim.path)?)?,
        };
        Ok(self.order.insert(order))
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
        outcome.map(|()| segments).map_err(|error| in_folder(&self.claim.path, error))
    }

    /// Whether anything was added or removed.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.is_changed
    }

    /// Publishes all that was added and removed, at once, with the words it holds.
    ///
    /// # Errors
    /// When the index cannot be written, or it was asked to stop. What was there before stays as it
    /// was.
    pub fn commit(mut self, vocabulary: Vocabulary, wanted: Segments) -> Result<(), IndexError> {
        let built = self.finish_segments(vocabulary)?;
        if self.interrupt.is_raised() {
            return Err(IndexError::Interrupted);
        }
        let is_ranked = self.order()?.is_whole();
        let Self { target, index, claim, budget, .. } = self;
        let is_new = matches!(target, Target::New(_));
        let note = Note::now(is_new, is_ranked, wanted);
        let note = serde_json::to_string(&note).unwrap_or_default();
        let published = match target {
            Target::New(fresh) => publish(fresh, &index, built, note, wanted, budget),
            Target::Present(engine) => commit(*engine, &index, built, &note, wanted),
        };
        published.map_err(|error| in_folder(&claim.path, error))
    }

    /// Has all segments written, with the words of the run in the first.
    fn finish_segments(&mut self, vocabulary: Vocabulary) -> Result<Vec<SegmentMeta>, IndexError> {
        // The other threads write out what they have while the words are put in order.
        self.builders.iter_mut().skip(1).for_each(Builder::close);
        if let Some(builder) = self.builders.first() {
            // When it has stopped, finishing it tells why.
            let _ = vocabulary.forms().all(|forms| builder.add_vocabulary(forms));
        }
        self.finish_builders()
    }
}

impl Claim {
    /// Locks an index and clears away what interrupted writers left behind.
    fn on(path: &Path, patience: &Patience) -> Result<Self, IndexError> {
        let lock = Lock::acquire(path, patience)?;
        clear_locked(path, &lock)
            .map_err(|source| IndexError::Io { path: path.to_owned(), source })?;
        Ok(Self { path: path.to_owned(), lock })
    }
}

fn publish(
    fresh: Fresh,
    index: &tantivy::Index,
    mut segments: Vec<SegmentMeta>,
    note: String,
    wanted: Segments,
    budget: usize,
) -> Result<(), IndexError> {
    let (most, largest) = match wanted {
        Segments::One => (1, u32::MAX),
        Segments::Few => (SEGMENTS, merging::largest(budget)),
    };
    loop {
        let groups = merging::groups(&segments, most, largest);
        if groups.len() == segments.len() {
            break;
        }
        segments = share(groups.len(), BUILDERS, |number| match groups[number] {
            [alone] => Ok(alone.clone()),
            several => fresh.merge(index, several, number),
        })?;
    }
    fresh.publish(index, &segments, note)
}

fn commit(
    mut engine: IndexWriter,
    index: &tantivy::Index,
    segments: Vec<SegmentMeta>,
    note: &str,
    wanted: Segments,
) -> Result<(), IndexError> {
    for segment in segments {
        engine.add_segment(segment)?;
    }
    let mut commit = engine.prepare_commit()?;
    commit.set_payload(note);
    commit.commit()?;
    if wanted == Segments::One {
        let metas = index.searchable_segment_metas()?;
        if metas.len() > 1 || metas.iter().any(SegmentMeta::has_deletes) {
            let all: Vec<SegmentId> = metas.iter().map(SegmentMeta::id).collect();
            engine.merge(&all).wait()?;
        }
    }
    Ok(engine.wait_merging_threads()?)
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

fn open_directory(path: &Path) -> Result<Writable, IndexError> {
    Writable::open(path).map_err(|error| IndexError::Engine(error.into()))
}
