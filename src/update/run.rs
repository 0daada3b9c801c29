//! The writing end of a run: what becomes of each file, in the order of their names.

use std::{collections::BTreeSet, path::Path};

use super::{Mode, Options, Summary, UpdateError, budget, document};
use crate::{
    corpus::SourceFile,
    index::{self, Index, Prepared, Record, Segments, Vocabulary, Writer},
};

/// What a run writes. The index is touched only when there is something to write.
pub(super) struct Run<'a> {
    options: &'a Options,
    /// The state of the index when it was read.
    state: Option<String>,
    writer: Option<Writer>,
    /// Containers of which a file could not be read, by their hash: they are tried again next time.
    troubled: BTreeSet<String>,
}

impl<'a> Run<'a> {
    /// A run that has written nothing yet. `state` is that of the index when it was read.
    pub(super) fn new(options: &'a Options, state: Option<String>) -> Self {
        Self { options, state, writer: None, troubled: BTreeSet::new() }
    }

    /// Takes what became of a file; gives the key of the document that it now is.
    pub(super) fn take(
        &mut self,
        file: &SourceFile,
        outcome: document::Outcome,
        old: Option<&Record>,
        summary: &mut Summary,
    ) -> Result<Option<String>, UpdateError> {
        match outcome {
            document::Outcome::Unchanged | document::Outcome::Trusted => {
                summary.trusted += usize::from(matches!(outcome, document::Outcome::Trusted));
                if let Some(record) = old {
                    summary.unchanged(record);
                }
                Ok(old.map(|record| record.key.clone()))
            }
            document::Outcome::Restated(mut prepared) => {
                if self.is_troubled(file) {
                    prepared.forget_container();
                }
                let Some(record) = old else { return Ok(None) };
                summary.unchanged(record);
                if prepared.record().container != record.container {
                    summary.restated += 1;
                    self.add(*prepared, old)?;
                }
                Ok(Some(record.key.clone()))
            }
            document::Outcome::OtherFormat => {
                summary.other_format(Path::new(&file.name));
                old.map_or(Ok(()), |record| self.remove(record, summary))?;
                Ok(None)
            }
            document::Outcome::Failed(message) => {
                if let Some(member) = &file.member {
                    self.troubled.insert(member.container.hash.clone());
                }
                summary.failed(&file.name, message, old);
                Ok(None)
            }
            document::Outcome::Read(mut prepared) => {
                if self.is_troubled(file) {
                    prepared.forget_container();
                }
                summary.read(prepared.record(), old);
                let key = prepared.record().key.clone();
                self.add(*prepared, old)?;
                Ok(Some(key))
            }
        }
    }

    fn is_troubled(&self, file: &SourceFile) -> bool {
        file.member.as_ref().is_some_and(|it| self.troubled.contains(&it.container.hash))
    }

    fn add(&mut self, prepared: Prepared, old: Option<&Record>) -> Result<(), UpdateError> {
        if let Some(writer) = self.writer()? {
            if let Some(old) = old {
                writer.remove(old);
            }
            writer.add(prepared)?;
        }
        Ok(())
    }

    pub(super) fn remove(
        &mut self,
        record: &Record,
        summary: &mut Summary,
    ) -> Result<(), UpdateError> {
        if let Some(writer) = self.writer()? {
            writer.remove(record);
        }
        summary.gone(record);
        Ok(())
    }

    /// The writer, unless nothing is to be written at all.
    fn writer(&mut self) -> Result<Option<&mut Writer>, UpdateError> {
        let Options { index, memory, mode, patience, .. } = self.options;
        if *mode == Mode::Check {
            return Ok(None);
        }
        if self.writer.is_none() {
            let budget = budget::of_segments(*memory);
            let is_new = *mode == Mode::Rebuild || !index::is_index(index);
            let writer = if is_new {
                Writer::create(index, budget, patience)?
            } else {
                Writer::open(index, budget, patience)?
            };
            // From here on nobody else writes. What somebody wrote since it was read would be
            // written once more.
            if index::state(index) != self.state {
                return Err(UpdateError::Overtaken);
            }
            self.writer = Some(writer);
        }
        Ok(self.writer.as_mut())
    }

    /// Publishes what was written. Where nothing was, what interrupted runs left is cleared away.
    pub(super) fn finish(
        mut self,
        vocabularies: impl Iterator<Item = Vocabulary>,
    ) -> Result<(), UpdateError> {
        let Options { index, mode, segments, .. } = self.options;
        if *mode == Mode::Check {
            return Ok(());
        }
        if self.writer.is_none() && *segments == Segments::One && !Index::open(index)?.is_one() {
            self.writer()?;
        }
        let Some(writer) = self.writer else {
            // A folder that one may only read is not cleared, and need not be.
            let _ = index::clear(index);
            return Ok(());
        };
        let mut all = Vocabulary::default();
        for vocabulary in vocabularies {
            all.merge(vocabulary);
        }
        Ok(writer.commit(all, *segments)?)
    }
}
