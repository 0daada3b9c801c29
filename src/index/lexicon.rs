//! Looking up words: which words of the index a word of a query stands for.
//!
//! Stems are not indexed beside the words. The field `forms` holds each word of the corpus once, as
//! `language stem form`, so that the forms that share a stem stand next to each other in the
//! dictionary. A query's word is stemmed in each language of the corpus and becomes the set of its
//! forms. That costs a hundredth of what a second field of stems would, and exact words, stems and
//! the matcher cannot disagree.

use std::thread;

use super::{error::IndexError, open::Index, record, segment::Segment, tokenizer::LAST};
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

    /// The words that a pattern accepts by their letters. Each segment has a dictionary, and each
    /// dictionary most of the words: they are gone through at the same time.
    fn accepted(&self, pattern: &Pattern) -> Result<Vec<String>, IndexError> {
        let Some((first, others)) = self.segments.split_first() else { return Ok(Vec::new()) };
        thread::scope(|scope| {
            let others: Vec<_> =
                others.iter().map(|other| scope.spawn(|| accepted(other, pattern))).collect();
            let mut forms = accepted(first, pattern)?;
            for other in others {
                let broken = || IndexError::Damaged("a dictionary that stops a thread".to_owned());
                forms.extend(other.join().map_err(|_| broken())??);
            }
            Ok(forms)
        })
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

/// The words of a segment that a pattern accepts by their letters.
fn accepted(segment: &Segment, pattern: &Pattern) -> Result<Vec<String>, IndexError> {
    let prefix = pattern.prefix().as_bytes();
    // Marked words come before all others.
    let start = if prefix.is_empty() { &[LAST as u8 + 1] } else { prefix };
    let mut forms = Vec::new();
    let mut stream = segment.words.terms().range().ge(start).into_stream()?;
    while let Some((term, _)) = stream.next() {
        if !term.starts_with(prefix) {
            break;
        }
        if let Ok(word) = std::str::from_utf8(term)
            && pattern.accepts(word)
        {
            forms.push(word.to_owned());
        }
    }
    Ok(forms)
}
