//! Looking up words: which words of the index a word of a query stands for.
//!
//! Stems are not indexed beside the words. The field `forms` holds each word of the corpus once, as
//! `language stem form`, so that the forms that share a stem stand next to each other in the
//! dictionary. A query's word is stemmed in each language of the corpus and becomes the set of its
//! forms. That costs a hundredth of what a second field of stems would, and exact words, stems and
//! the matcher cannot disagree.
//!
//! The same words lie beside it as plain lists, packed. To ask each word of a corpus whether it ends
//! in `ization`, sounds like a name or is nearly it, a list is gone through in a tenth of the time
//! that a walk over a dictionary takes.

use super::{
    error::IndexError,
    open::{Index, PassageId},
    record,
    segment::Segment,
};
use crate::{find::Lexicon, query::pattern::Pattern, words::stem::Stems};

impl Lexicon for Index {
    fn forms(&self, pattern: &Pattern) -> Vec<String> {
        // A dictionary that cannot be read fails the search itself a moment later.
        self.look_up(pattern).unwrap_or_default()
    }
}

impl Index {
    /// The words of the index that a pattern stands for, sorted.
    pub(super) fn look_up(&self, pattern: &Pattern) -> Result<Vec<String>, IndexError> {
        let mut forms = Vec::new();
        match pattern {
            Pattern::Exact(word) => {
                for segment in &self.segments {
                    if segment.words.terms().get(word.as_bytes())?.is_some() {
                        forms.push(word.clone());
                    }
                }
            }
            Pattern::Stem(word) => {
                for segment in &self.segments {
                    stem_forms(segment, word, &mut forms)?;
                }
            }
            _ => forms = self.accepted(pattern)?,
        }
        forms.sort_unstable();
        forms.dedup();
        Ok(forms)
    }

    /// The words that a pattern accepts by their letters.
    fn accepted(&self, pattern: &Pattern) -> Result<Vec<String>, IndexError> {
        let mut forms = Vec::new();
        let prefix = pattern.prefix();
        if prefix.is_empty() {
            self.each_word(|word| {
                if pattern.accepts(word) {
                    forms.push(word.to_owned());
                }
            })?;
            return Ok(forms);
        }
        for segment in &self.segments {
            let mut stream = segment.words.terms().range().ge(prefix.as_bytes()).into_stream()?;
            while let Some((term, _)) = stream.next() {
                if !term.starts_with(prefix.as_bytes()) {
                    break;
                }
                if let Ok(word) = std::str::from_utf8(term)
                    && pattern.accepts(word)
                {
                    forms.push(word.to_owned());
                }
            }
        }
        Ok(forms)
    }

    /// Calls `visit` with each word of the index, in no order, some of them more than once: a word
    /// that two runs or two languages have, and words of documents that were removed.
    pub(super) fn each_word(&self, mut visit: impl FnMut(&str)) -> Result<(), IndexError> {
        for (segment, number) in self.segments.iter().zip(0..) {
            for doc in segment.docs(self.fields.record, record::WORDS)? {
                let list = self.stored(PassageId { segment: number, doc })?;
                let broken = || IndexError::Damaged("a list of words that is no text".to_owned());
                let list = std::str::from_utf8(&list).map_err(|_| broken())?;
                list.lines().for_each(&mut visit);
            }
        }
        Ok(())
    }
}

/// The forms that share a word's stem, in each language.
fn stem_forms(segment: &Segment, word: &str, forms: &mut Vec<String>) -> Result<(), IndexError> {
    // Asking tantivy for a field that a segment lacks costs a megabyte of memory each time.
    if segment.docs(segment.fields.record, record::VOCABULARY)?.is_empty() {
        return Ok(());
    }
    let inverted = segment.reader.inverted_index(segment.fields.forms)?;
    let terms = inverted.terms();
    let mut from = String::new();
    loop {
        // The first term of the next language.
        let mut stream = terms.range().ge(from.as_bytes()).into_stream()?;
        let Some((first, _)) = stream.next() else { return Ok(()) };
        let first = String::from_utf8_lossy(first);
        let language = first.split(' ').next().unwrap_or_default();
        let prefix = format!("{language} {} ", Stems::of(language).stem(word));
        let mut stream = terms.range().ge(prefix.as_bytes()).into_stream()?;
        while let Some((term, _)) = stream.next() {
            let Some(form) = term.strip_prefix(prefix.as_bytes()) else { break };
            let form = String::from_utf8_lossy(form).into_owned();
            forms.push(form);
        }
        from = format!("{language}!");
    }
}
