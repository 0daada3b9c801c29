//! Finding a passage by where it stands: its document, and a number, a time or a line in it.

use std::ops::Range;

use tantivy::{DocId, DocSet, TERMINATED, schema::IndexRecordOption};

use super::{
    error::IndexError,
    open::{Index, PassageId},
};
use crate::{
    place::{LineColumn, Time},
    text::TextSpan,
};

impl Index {
    /// The paths of all documents, sorted.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn paths(&self) -> Result<Vec<String>, IndexError> {
        let mut paths = Vec::new();
        for segment in &self.segments {
            let inverted = segment.reader.inverted_index(self.fields.path)?;
            let mut stream = inverted.terms().stream()?;
            while let Some((path, info)) = stream.next() {
                let mut postings =
                    inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
                while postings.doc() != TERMINATED && segment.is_removed(postings.doc()) {
                    postings.advance();
                }
                if postings.doc() != TERMINATED {
                    paths.push(String::from_utf8_lossy(path).into_owned());
                }
            }
        }
        paths.sort_unstable();
        Ok(paths)
    }

    /// How many passages the document of a passage has.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn passages_beside(&self, id: PassageId) -> Result<usize, IndexError> {
        Ok(self.document(id)?.len())
    }

    /// The passage of the same document with a number, counted from 0; `None` where it has fewer.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn numbered(&self, id: PassageId, number: u32) -> Result<Option<PassageId>, IndexError> {
        let document = self.document(id)?;
        let doc = document.start.checked_add(number).filter(|doc| document.contains(doc));
        Ok(doc.map(|doc| PassageId { doc, ..id }))
    }

    /// The passage of the same document that is said at a time: the first that starts just then,
    /// else the last to start before. `None` where the document has no times, or none so early.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn said_at(&self, id: PassageId, time: Time) -> Result<Option<PassageId>, IndexError> {
        let starts = self.segments[id.segment].starts()?;
        let mut latest: Option<(u64, DocId)> = None;
        for doc in self.document(id)? {
            match starts.first(doc) {
                Some(start) if start == time.0 => return Ok(Some(PassageId { doc, ..id })),
                Some(start) if start < time.0 => latest = latest.max(Some((start, doc))),
                _ => {}
            }
        }
        Ok(latest.map(|(_, doc)| PassageId { doc, ..id }))
    }

    /// When a passage starts, where this tells it from all others of its document.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn telling_time(&self, id: PassageId) -> Result<Option<Time>, IndexError> {
        let start = self.segments[id.segment].starts()?.first(id.doc);
        let Some(time) = start.map(Time) else { return Ok(None) };
        Ok((self.said_at(id, time)? == Some(id)).then_some(time))
    }

    /// The passage of the same document in which a line stands, or a byte of it; both count from 1.
    /// Where several passages share the line, the first of them. What stands before the first passage
    /// belongs to it.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn at_line(
        &self,
        id: PassageId,
        line: u32,
        column: Option<u32>,
    ) -> Result<Option<PassageId>, IndexError> {
        let mut found: Option<(LineColumn, DocId)> = None;
        let mut first = None;
        for doc in self.document(id)? {
            let (_, text) = self.passage(PassageId { doc, ..id })?;
            let Some(source) = text.place(TextSpan { start: 0, end: text.len() }).source else {
                continue;
            };
            first = first.or(Some(doc));
            if column.is_none() && source.at.line == line {
                return Ok(Some(PassageId { doc, ..id }));
            }
            let asked = LineColumn { line, column: column.unwrap_or(1) };
            if source.at <= asked && found.is_none_or(|(at, _)| at <= source.at) {
                found = Some((source.at, doc));
            }
        }
        Ok(found.map(|(_, doc)| doc).or(first).map(|doc| PassageId { doc, ..id }))
    }

    /// The numbers of all passages of the document of a passage.
    pub(super) fn document(&self, id: PassageId) -> Result<Range<DocId>, IndexError> {
        let segment = &self.segments[id.segment];
        let records = segment.records()?;
        let after = records.partition_point(|record| *record <= id.doc);
        let end = records.get(after).copied().unwrap_or(segment.reader.max_doc());
        let start = after.checked_sub(1).map_or(0, |at| records[at] + 1);
        Ok(start..end)
    }
}
