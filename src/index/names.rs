//! Who speaks in an index: the names as they are written, with how many passages each has.

use tantivy::{DocSet, TERMINATED, schema::IndexRecordOption};

use super::{error::IndexError, open::Index};

impl Index {
    /// The names of all who speak, sorted, with how many passages each of them says.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn speakers(&self) -> Result<Vec<(String, u64)>, IndexError> {
        let mut speakers = std::collections::BTreeMap::new();
        for segment in &self.segments {
            let inverted = segment.reader.inverted_index(self.fields.speaker)?;
            let mut stream = inverted.terms().stream()?;
            while let Some((name, info)) = stream.next() {
                let mut passages = 0;
                let mut postings =
                    inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
                while postings.doc() != TERMINATED {
                    passages += u64::from(!segment.is_removed(postings.doc()));
                    postings.advance();
                }
                if passages > 0 {
                    let name = String::from_utf8_lossy(name).into_owned();
                    *speakers.entry(name).or_default() += passages;
                }
            }
        }
        Ok(speakers.into_iter().collect())
    }
}
