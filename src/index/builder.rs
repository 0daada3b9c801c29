//! Building segments, each on a thread of its own.
//!
//! Documents are dealt out by size alone, so that the same documents make the same segments whatever
//! else the machine does.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::{self, JoinHandle},
};

use tantivy::{
    TantivyDocument,
    index::SegmentMeta,
    indexer::{AddOperation, SegmentWriter},
    schema::{Document, Field},
};

use super::{
    analysis::Prepared,
    entry::Entry,
    error::IndexError,
    record,
    schema::{Fields, schema},
    vocabulary::Forms,
};

/// How many passages a segment has at least that is not the last.
const FEWEST: u32 = 4_096;
/// How many documents may wait for a thread.
const WAITING: usize = 8;

/// A thread that builds segments.
pub(super) struct Builder {
    /// `None` when there is nothing more to come.
    sender: Option<SyncSender<Work>>,
    /// `None` when its segments were taken.
    thread: Option<JoinHandle<Result<Vec<SegmentMeta>, IndexError>>>,
    /// Whether nobody wants its segments any more.
    is_abandoned: Arc<AtomicBool>,
    /// How much it was given, in bytes.
    pub given: usize,
}

impl Drop for Builder {
    /// Waits until it has stopped, so that it writes no file that nobody knows of.
    fn drop(&mut self) {
        self.is_abandoned.store(true, Ordering::Relaxed);
        self.close();
        if let Some(thread) = self.thread.take() {
            // What it met is of no interest any more.
            let _ = thread.join();
        }
    }
}

enum Work {
    /// A document, and which one of the run it is.
    Document(Box<Prepared>, u64),
    /// Some of the words of the run.
    Vocabulary(Forms),
}

impl Builder {
    /// Starts a thread that writes a segment out whenever it takes up more memory than the budget,
    /// in bytes.
    pub(super) fn start(index: &tantivy::Index, budget: usize) -> Self {
        let (sender, receiver) = sync_channel(WAITING);
        let (_, fields) = schema();
        let is_abandoned = Arc::new(AtomicBool::new(false));
        let segments = Segments {
            index: index.clone(),
            fields,
            budget,
            building: None,
            built: Vec::new(),
            operations: 0,
            is_abandoned: Arc::clone(&is_abandoned),
        };
        let thread = Some(thread::spawn(move || segments.run(&receiver)));
        Self { sender: Some(sender), thread, is_abandoned, given: 0 }
    }

    /// Gives it a document; waits while it has enough to do. Tells whether it still works: if not,
    /// [`Builder::finish`] tells why.
    pub(super) fn add(&mut self, document: Prepared, rank: u64) -> bool {
        self.given += document.size();
        self.send(Work::Document(Box::new(document), rank))
    }

    /// Gives it some of the words of the run. Tells whether it still works.
    pub(super) fn add_vocabulary(&self, forms: Forms) -> bool {
        self.send(Work::Vocabulary(forms))
    }

    fn send(&self, work: Work) -> bool {
        self.sender.as_ref().is_some_and(|sender| sender.send(work).is_ok())
    }

    /// Tells it that nothing more is to come, so that it writes out what it has.
    pub(super) fn close(&mut self) {
        self.sender = None;
    }

    /// Waits until all it was given is written; gives the segments.
    pub(super) fn finish(mut self) -> Result<Vec<SegmentMeta>, IndexError> {
        self.close();
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(segments)) => segments,
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            None => Ok(Vec::new()),
        }
    }
}

/// Segments that are being built one after the other.
struct Segments {
    index: tantivy::Index,
    fields: Fields,
    budget: usize,
    building: Option<(tantivy::Segment, SegmentWriter)>,
    built: Vec<SegmentMeta>,
    operations: u64,
    is_abandoned: Arc<AtomicBool>,
}

impl Segments {
    fn run(mut self, work: &Receiver<Work>) -> Result<Vec<SegmentMeta>, IndexError> {
        for work in work {
            if self.is_abandoned.load(Ordering::Relaxed) {
                break;
            }
            match work {
                Work::Document(document, rank) => self.add(*document, rank)?,
                Work::Vocabulary(forms) => self.add_forms(&forms)?,
            }
        }
        if !self.is_abandoned.load(Ordering::Relaxed) {
            self.finish_segment()?;
        }
        Ok(self.built)
    }

    fn add(&mut self, document: Prepared, rank: u64) -> Result<(), IndexError> {
        // What is being built and what the document adds are within the budget together.
        self.finish_if_full(document.size())?;
        let Prepared { record, passages, share } = document;
        let Fields { path, title, kind, language, date, .. } = self.fields;
        let mut entry = TantivyDocument::default();
        entry.add_text(self.fields.record, record::DOCUMENT);
        let identity: Arc<str> = record.identity().into();
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
        entry.add_u64(self.fields.rank, rank);
        entry.add_bytes(self.fields.about, &record.to_bytes());
        self.put(entry)?;
        for passage in passages {
            let identity = Arc::clone(&identity);
            self.put(Entry { fields: self.fields, passage, identity })?;
        }
        drop(share);
        self.finish_if_full(0)
    }

    fn add_forms(&mut self, forms: &Forms) -> Result<(), IndexError> {
        let mut vocabulary = TantivyDocument::default();
        vocabulary.add_text(self.fields.record, record::VOCABULARY);
        vocabulary.add_text(self.fields.forms, forms.by_stem());
        self.put(vocabulary)?;
        for words in forms.lists() {
            let mut list = TantivyDocument::default();
            list.add_text(self.fields.record, record::WORDS);
            list.add_bytes(self.fields.stored, words.as_bytes());
            self.put(list)?;
        }
        self.finish_if_full(0)
    }

    /// Writes the segment out when it takes up more memory than it may, with so many bytes more. An
    /// empty one takes some already, so that a small budget alone would make a segment of every
    /// document.
    fn finish_if_full(&mut self, more: usize) -> Result<(), IndexError> {
        let is_full = self.building.as_ref().is_some_and(|(_, writer)| {
            writer.mem_usage() + more > self.budget && writer.max_doc() >= FEWEST
        });
        if is_full { self.finish_segment() } else { Ok(()) }
    }

    fn put(&mut self, document: impl Document) -> Result<(), IndexError> {
        let operation = AddOperation { opstamp: self.operations, document };
        self.operations += 1;
        if self.building.is_none() {
            let segment = self.index.new_segment();
            // The budget is kept here; tantivy only sizes its tables by it.
            let writer = SegmentWriter::for_segment(self.budget, segment.clone())?;
            self.building = Some((segment, writer));
        }
        match &mut self.building {
            Some((_, writer)) => Ok(writer.add_document(operation)?),
            None => Ok(()),
        }
    }

    fn finish_segment(&mut self) -> Result<(), IndexError> {
        if let Some((segment, writer)) = self.building.take() {
            let passages = writer.max_doc();
            writer.finalize()?;
            self.built.push(segment.with_max_doc(passages).meta().clone());
        }
        Ok(())
    }
}
