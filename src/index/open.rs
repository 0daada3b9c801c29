//! Opening an index and reading from it.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    thread,
};

use serde::{Deserialize, Serialize};
use tantivy::{
    DocAddress, DocId, DocSet, ReloadPolicy, Searcher, TERMINATED, TantivyDocument, TantivyError,
    directory::error::{LockError, OpenDirectoryError, OpenReadError},
    schema::{IndexRecordOption, Value},
};

use super::{
    VERSION,
    bm25::{Bm25, Statistics},
    directory::ReadOnly,
    error::IndexError,
    evaluate, packing,
    rank::{self, Shares},
    record::{self, Record},
    schema::{Fields, schema},
    segment::Segment,
    terms::Terms,
    tokenizer::tokenizers,
    top::{Scored, Top},
    verify::Verifier,
};
use crate::{
    find::{Condition, Plan},
    text::Text,
    transcript::Speaker,
};

/// How often an index is opened again when its files change meanwhile.
const ATTEMPTS: usize = 5;

/// An index, opened for searching. It shows what was committed when it was opened, whatever is
/// written meanwhile.
pub struct Index {
    pub(super) fields: Fields,
    pub(super) segments: Vec<Segment>,
    searcher: Searcher,
    statistics: Statistics,
    /// Whether the documents were written in one run, in the order of their paths.
    ordered: bool,
}

/// A passage of an opened index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PassageId {
    pub(super) segment: usize,
    pub(super) doc: DocId,
}

/// A passage that answers a query.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proposal {
    /// Which one.
    pub passage: PassageId,
    /// How well: higher is better. Comparable within one search only.
    pub score: f32,
    /// What the score is made of.
    pub shares: Shares,
}

/// The passages that answer a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposals {
    /// The best, in order: score, then path, then place in the document.
    pub best: Vec<Proposal>,
    /// How many there are in all.
    pub total: usize,
}

/// What a writer notes about an index beside its data.
#[derive(Serialize, Deserialize)]
pub(super) struct Note {
    /// [`VERSION`] of who wrote it.
    pub layout: u32,
    /// Whether the documents were written in one run, in the order of their paths.
    pub ordered: bool,
}

impl Index {
    /// Opens the index in a folder. Writes nothing and locks nothing there.
    ///
    /// # Errors
    /// When there is no index, something else, an index of another version, or a damaged one.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        let mut attempts = 1;
        loop {
            match Self::try_open(path) {
                // A writer removed what was about to be read: there is something newer.
                Err(IndexError::Engine(TantivyError::OpenReadError(
                    OpenReadError::FileDoesNotExist(_),
                ))) if attempts < ATTEMPTS => attempts += 1,
                opened => return opened,
            }
        }
    }

    fn try_open(path: &Path) -> Result<Self, IndexError> {
        check_folder(path)?;
        let directory = ReadOnly::open(path).map_err(|error| open_error(path, error))?;
        let mut index =
            tantivy::Index::open(directory).map_err(|error| engine_error(path, error))?;
        let note = note(path, &index)?;
        index.set_tokenizers(tokenizers());
        let (_, fields) = schema();
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher = reader.searcher();
        let readers = searcher.segment_readers().iter();
        let segments: Vec<_> =
            readers.map(|reader| Segment::open(reader, fields)).collect::<Result<_, _>>()?;
        let statistics = statistics(&segments);
        let ordered = note.ordered;
        Ok(Self { fields, segments, searcher, statistics, ordered })
    }

    /// Finds the passages that answer a plan: counts all, gives the best.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(&self, plan: &Plan, limit: usize) -> Result<Proposals, IndexError> {
        let terms = self.terms(plan)?;
        let proposing = plan.proposing();
        let best = limit.max(rank::RERANKED);
        let mut top = Top::new(best);
        let mut total = 0;
        // What is read to be verified takes long enough to be shared between processors.
        let parts: Vec<Result<(Vec<Scored>, usize), IndexError>> = thread::scope(|scope| {
            let search = |segment| self.search_segment(segment, plan, &proposing, &terms, best);
            if !plan.is_spelled() {
                return (0..self.segments.len()).map(search).collect();
            }
            let threads: Vec<_> = (0..self.segments.len())
                .map(|segment| scope.spawn(move || search(segment)))
                .collect();
            let broken = || IndexError::Damaged("a segment that stops a thread".to_owned());
            threads.into_iter().map(|it| it.join().unwrap_or_else(|_| Err(broken()))).collect()
        });
        for part in parts {
            let (best, found) = part?;
            total += found;
            for scored in best {
                top.offer(scored);
            }
        }
        let kept = self.in_order(top.finish())?;
        let mut best = rank::rerank(&self.segments, plan, &terms, &kept, rank::RERANKED)?;
        best.truncate(limit);
        Ok(Proposals { best, total })
    }

    /// The best passages of one segment that answer a plan, and how many answer it.
    fn search_segment(
        &self,
        number: usize,
        plan: &Plan,
        proposing: &Condition,
        terms: &Terms,
        best: usize,
    ) -> Result<(Vec<Scored>, usize), IndexError> {
        let segment = &self.segments[number];
        let mut verifier = Verifier::of(self, plan);
        let mut top = Top::new(best);
        let mut total = 0;
        let mut scorer = evaluate::passages(segment, proposing, terms.of(plan, number))?;
        let has_removed = segment.reader.has_deletes();
        let mut doc = scorer.doc();
        while doc != TERMINATED {
            let is_there = !has_removed || !segment.is_removed(doc);
            let id = PassageId { segment: number, doc };
            let answers = |it: &mut Verifier<'_>| it.answers(id);
            if is_there && verifier.as_mut().map_or(Ok(true), answers)? {
                total += 1;
                top.offer(Scored { segment: number, doc, score: scorer.score() });
            }
            doc = scorer.advance();
        }
        Ok((top.finish(), total))
    }

    /// Sorts by score, and what scores the same by path and place in the document.
    pub(super) fn in_order(&self, mut kept: Vec<Scored>) -> Result<Vec<Scored>, IndexError> {
        kept.sort_unstable_by(|a, b| {
            b.score.total_cmp(&a.score).then((a.segment, a.doc).cmp(&(b.segment, b.doc)))
        });
        let mut paths = None;
        for equal in kept.chunk_by_mut(|a, b| a.score.total_cmp(&b.score).is_eq()) {
            if equal.len() > 1 {
                self.by_path(equal, &mut paths)?;
            }
        }
        Ok(kept)
    }

    /// Sorts what scores the same by path and place. Documents of one run have their paths' order
    /// with them; for others it is worked out, once, from all paths.
    fn by_path(
        &self,
        equal: &mut [Scored],
        paths: &mut Option<HashMap<(usize, DocId), u64>>,
    ) -> Result<(), IndexError> {
        if !self.ordered && paths.is_none() {
            *paths = Some(self.path_ranks()?);
        }
        let mut keyed = Vec::with_capacity(equal.len());
        for scored in equal.iter() {
            let segment = &self.segments[scored.segment];
            let record = segment.record_of(scored.doc)?.unwrap_or_default();
            let rank = match paths {
                Some(ranks) => ranks.get(&(scored.segment, record)).copied().unwrap_or(u64::MAX),
                None => segment.rank(record)?,
            };
            keyed.push((rank, scored.doc, *scored));
        }
        keyed.sort_unstable_by_key(|(rank, doc, _)| (*rank, *doc));
        for (place, (_, _, scored)) in equal.iter_mut().zip(keyed) {
            *place = scored;
        }
        Ok(())
    }

    /// For each record, where its path stands among all paths.
    fn path_ranks(&self) -> Result<HashMap<(usize, DocId), u64>, IndexError> {
        let mut paths: Vec<(Vec<u8>, (usize, DocId))> = Vec::new();
        for (number, segment) in self.segments.iter().enumerate() {
            let inverted = segment.reader.inverted_index(self.fields.path)?;
            let mut stream = inverted.terms().stream()?;
            while let Some((path, info)) = stream.next() {
                let mut postings =
                    inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
                while postings.doc() != TERMINATED {
                    paths.push((path.to_vec(), (number, postings.doc())));
                    postings.advance();
                }
            }
        }
        paths.sort_unstable();
        Ok((0..).zip(paths).map(|(rank, (_, record))| (record, rank)).collect())
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
        packing::unpack(&self.stored(id)?)
    }

    /// The record of the document a passage belongs to, and the passage's number in it, from 0.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn record(&self, id: PassageId) -> Result<(Record, u32), IndexError> {
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

    /// The records of all documents, by path.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn records(&self) -> Result<Vec<Record>, IndexError> {
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

    fn stored(&self, id: PassageId) -> Result<Vec<u8>, IndexError> {
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

/// Reads what the writer noted, and refuses what this version cannot read.
fn note(path: &Path, index: &tantivy::Index) -> Result<Note, IndexError> {
    let payload = index.load_metas().map_err(|error| engine_error(path, error))?.payload;
    let (expected, _) = schema();
    let found = |found: String| IndexError::Version { path: path.to_owned(), found };
    let Some(payload) = payload else { return Err(IndexError::Foreign(path.to_owned())) };
    let note: Note = serde_json::from_str(&payload).map_err(|_| found("unknown".to_owned()))?;
    if note.layout != VERSION {
        return Err(found(note.layout.to_string()));
    }
    if index.schema() != expected {
        return Err(found(format!("{VERSION} with other fields")));
    }
    Ok(note)
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
        TantivyError::LockFailure(..) => IndexError::Locked(path.to_owned()),
        TantivyError::DataCorruption(error) => IndexError::Damaged(format!("{error:?}")),
        error => IndexError::Engine(error),
    }
}
