//! One segment of the index, with the readers that a search needs of it.

use std::sync::{Arc, OnceLock};

use tantivy::{
    DocId, DocSet, InvertedIndexReader, SegmentReader, TERMINATED, Term,
    columnar::{BytesColumn, Column},
    fieldnorm::FieldNormReader,
    postings::SegmentPostings,
    query::BitSetDocSet,
    schema::{Field, IndexRecordOption},
};
use tantivy_common::BitSet;

use super::{
    error::IndexError,
    record::{self, Record},
    schema::Fields,
    sketch::Sketch,
    terms::Form,
};

/// A segment, opened for searching. What not every search needs is opened when it is asked for.
pub(super) struct Segment {
    pub reader: SegmentReader,
    pub fields: Fields,
    pub words: Arc<InvertedIndexReader>,
    pub fieldnorms: FieldNormReader,
    lengths: OnceLock<Column<u64>>,
    sketches: OnceLock<Column<u64>>,
    records: OnceLock<Vec<DocId>>,
    ranks: OnceLock<Column<u64>>,
    starts: OnceLock<Column<u64>>,
    abouts: OnceLock<Option<BytesColumn>>,
}

impl Segment {
    pub(super) fn open(reader: &SegmentReader, fields: Fields) -> Result<Self, IndexError> {
        Ok(Self {
            reader: reader.clone(),
            fields,
            words: reader.inverted_index(fields.words)?,
            fieldnorms: reader.get_fieldnorms_reader(fields.words)?,
            lengths: OnceLock::new(),
            sketches: OnceLock::new(),
            records: OnceLock::new(),
            ranks: OnceLock::new(),
            starts: OnceLock::new(),
            abouts: OnceLock::new(),
        })
    }

    /// How many words a passage has; `None` for a record.
    pub(super) fn length(&self, doc: DocId) -> Result<Option<u32>, IndexError> {
        let lengths = get_or_try(&self.lengths, || Ok(self.reader.fast_fields().u64("length")?))?;
        if doc >= self.reader.max_doc() {
            return Ok(None);
        }
        Ok(lengths.first(doc).map(|length| u32::try_from(length).unwrap_or(u32::MAX)))
    }

    /// What tells near duplicates of a passage; `None` for a short one.
    pub(super) fn sketch(&self, doc: DocId) -> Result<Option<Sketch>, IndexError> {
        let open = || Ok(self.reader.fast_fields().u64("sketch")?);
        Ok(get_or_try(&self.sketches, open)?.first(doc).and_then(Sketch::from_number))
    }

    /// The records, in order: of documents, of vocabularies, and the lists of words.
    pub(super) fn records(&self) -> Result<&[DocId], IndexError> {
        let records = get_or_try(&self.records, || {
            let mut records = self.docs(self.fields.record, record::DOCUMENT)?;
            records.extend(self.docs(self.fields.record, record::VOCABULARY)?);
            records.extend(self.docs(self.fields.record, record::WORDS)?);
            records.sort_unstable();
            Ok(records)
        })?;
        Ok(records)
    }

    /// What is known about a document, by the number of its record.
    pub(super) fn record(&self, doc: DocId) -> Result<Record, IndexError> {
        let abouts = get_or_try(&self.abouts, || Ok(self.reader.fast_fields().bytes("about")?))?;
        let mut bytes = Vec::new();
        if let Some(column) = abouts
            && let Some(ord) = column.term_ords(doc).next()
        {
            column.ord_to_bytes(ord, &mut bytes)?;
        }
        Record::from_bytes(&bytes)
    }

    /// The number of a document in the order of paths, by the number of its record.
    pub(super) fn rank(&self, record: DocId) -> Result<u64, IndexError> {
        let ranks = get_or_try(&self.ranks, || Ok(self.reader.fast_fields().u64("rank")?))?;
        Ok(ranks.first(record).unwrap_or(u64::MAX))
    }

    /// When passages start, in milliseconds, for those of which it is known.
    pub(super) fn starts(&self) -> Result<&Column<u64>, IndexError> {
        get_or_try(&self.starts, || Ok(self.reader.fast_fields().u64("start")?))
    }

    /// The record to which a passage belongs: the nearest one below.
    pub(super) fn record_of(&self, passage: DocId) -> Result<Option<DocId>, IndexError> {
        let records = self.records()?;
        let after = records.partition_point(|record| *record <= passage);
        Ok(after.checked_sub(1).map(|at| records[at]))
    }

    /// The numbers of all that has a term in a field, removed ones included.
    pub(super) fn docs(&self, field: Field, term: &str) -> Result<Vec<DocId>, IndexError> {
        let inverted = self.reader.inverted_index(field)?;
        let term = Term::from_field_text(field, term);
        let mut docs = Vec::new();
        if let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? {
            while postings.doc() != TERMINATED {
                docs.push(postings.doc());
                postings.advance();
            }
        }
        Ok(docs)
    }

    /// The postings of a form that was looked up.
    pub(super) fn read(
        &self,
        form: &Form,
        option: IndexRecordOption,
    ) -> Result<SegmentPostings, IndexError> {
        Ok(self.words.read_postings_from_terminfo(&form.info, option)?)
    }

    /// Whether something was removed since it was written.
    pub(super) fn is_removed(&self, doc: DocId) -> bool {
        self.reader.is_deleted(doc)
    }

    /// All passages, without the records among them.
    pub(super) fn passages(&self) -> Result<BitSetDocSet, IndexError> {
        let mut passages = BitSet::with_max_value_and_full(self.reader.max_doc());
        for record in self.records()? {
            passages.remove(*record);
        }
        Ok(passages.into())
    }
}

/// [`OnceLock::get_or_init`] for what may fail.
pub(super) fn get_or_try<T>(
    cell: &OnceLock<T>,
    open: impl FnOnce() -> Result<T, IndexError>,
) -> Result<&T, IndexError> {
    if let Some(value) = cell.get() {
        return Ok(value);
    }
    let value = open()?;
    Ok(cell.get_or_init(|| value))
}
