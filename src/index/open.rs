//! Opening an index and reading from it.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

use tantivy::{
    DocAddress, DocId, DocSet, ReloadPolicy, Searcher, TERMINATED, TantivyDocument, TantivyError,
    directory::error::{LockError, OpenDirectoryError, OpenReadError},
    schema::{IndexRecordOption, Value},
};

use super::{
    bm25::{Bm25, Statistics},
    contain::contained,
    directory::ReadOnly,
    error::IndexError,
    evaluate::{self, Weights},
    note::Note,
    packing, rank,
    record::{self, Record},
    schema::{Fields, schema},
    segment::Segment,
    tokenizer::tokenizers,
    top::{Scored, Top},
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
    note: Note,
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
}

/// The passages that answer a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposals {
    /// The best, in order: score, then path, then place in the document.
    pub best: Vec<Proposal>,
    /// How many there are in all.
    pub total: usize,
}

/// A number for each record, which is named by its segment and its number there.
pub(super) type ByRecord = HashMap<(usize, DocId), u64>;

impl Index {
    /// Opens the index in a folder. Writes nothing and locks nothing there.
    ///
    /// # Errors
    /// When there is no index, something else, an index of another version, or a damaged one.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        let mut attempts = 1;
        loop {
            match contained(|| Self::try_open(path)) {
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
        let note = Note::of(path, &index)?;
        index.set_tokenizers(tokenizers());
        let (_, fields) = schema();
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher = reader.searcher();
        let readers = searcher.segment_readers().iter();
        let segments: Vec<_> =
            readers.map(|reader| Segment::open(reader, fields)).collect::<Result<_, _>>()?;
        let statistics = statistics(&segments);
        Ok(Self { fields, segments, searcher, statistics, note })
    }

    /// Finds the passages that answer a plan: counts all, gives the best.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(&self, plan: &Plan, limit: usize) -> Result<Proposals, IndexError> {
        let weights = Weights { leaves: &plan.leaves, bm25: self.bm25(plan)? };
        let mut top = Top::new(limit.max(rank::RERANKED));
        let mut total = 0;
        for (number, segment) in self.segments.iter().enumerate() {
            let mut scorer = evaluate::passages(segment, &plan.root, &weights)?;
            let has_removed = segment.reader.has_deletes();
            let mut doc = scorer.doc();
            while doc != TERMINATED {
                if !has_removed || !segment.is_removed(doc) {
                    total += 1;
                    top.offer(Scored { segment: number, doc, score: scorer.score() });
                }
                doc = scorer.advance();
            }
        }
        let mut kept = self.in_order(top.finish())?;
        rank::rerank(&self.segments, plan, &weights.bm25, &mut kept, rank::RERANKED, 0.0)?;
        kept.truncate(limit);
        let proposal = |scored: Scored| Proposal {
            passage: PassageId { segment: scored.segment, doc: scored.doc },
            score: scored.score,
        };
        Ok(Proposals { best: kept.into_iter().map(proposal).collect(), total })
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
        if !self.note.ordered && paths.is_none() {
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

    /// For each record, where its path stands among all paths; `None` where the records have that
    /// with them, since all were written in one run.
    pub(super) fn path_ranks_of_many_runs(&self) -> Result<Option<ByRecord>, IndexError> {
        if self.note.ordered { Ok(None) } else { self.path_ranks().map(Some) }
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

    /// The weight of each word of a plan in the whole index.
    pub(super) fn bm25(&self, plan: &Plan) -> Result<Vec<Bm25>, IndexError> {
        let found_in = |forms: &[String]| -> Result<u64, IndexError> {
            let mut sum = 0;
            for segment in &self.segments {
                for form in forms {
                    let info = segment.words.terms().get(form.as_bytes())?;
                    sum += info.map_or(0, |info| u64::from(info.doc_freq));
                }
            }
            // Forms may share passages: the sum is the most it can be.
            Ok(sum.min(self.statistics.passages))
        };
        plan.leaves
            .iter()
            .map(|leaf| Ok(Bm25::new(self.statistics, found_in(&leaf.forms)?)))
            .collect()
    }

    /// Who says a passage, and its text with its places.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn passage(&self, id: PassageId) -> Result<(Option<Speaker>, Text), IndexError> {
        contained(|| packing::unpack(&self.stored(id)?))
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
