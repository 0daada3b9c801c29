//! Looking up words: which words of the index a word of a query stands for.
//!
//! Stems are not indexed beside the words. The field `forms` holds each word of the corpus once, as
//! `language stem form`, so that the forms that share a stem stand next to each other in the
//! dictionary. A query's word is stemmed in each language of the corpus and becomes the set of its
//! forms. That costs a hundredth of what a second field of stems would, and exact words, stems and
//! the matcher cannot disagree.

use std::collections::BTreeSet;

use super::{
    error::IndexError,
    open::Index,
    record,
    segment::Segment,
    tokenizer::{FIRST, LAST},
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
        let mut forms = BTreeSet::new();
        for segment in &self.segments {
            match pattern {
                Pattern::Exact(word) => {
                    if segment.words.terms().get(word.as_bytes())?.is_some() {
                        forms.insert(word.clone());
                    }
                }
                Pattern::Stem(word) => stem_forms(segment, word, &mut forms)?,
                _ => accepted(segment, pattern, &mut forms)?,
            }
        }
        Ok(forms.into_iter().collect())
    }
}

/// The forms that share a word's stem, in each language.
fn stem_forms(
    segment: &Segment,
    word: &str,
    forms: &mut BTreeSet<String>,
) -> Result<(), IndexError> {
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
            forms.insert(form);
        }
        from = format!("{language}!");
    }
}

/// The words that a pattern accepts by their letters.
fn accepted(
    segment: &Segment,
    pattern: &Pattern,
    forms: &mut BTreeSet<String>,
) -> Result<(), IndexError> {
    let prefix = pattern.prefix().as_bytes();
    let mut stream = segment.words.terms().range().ge(prefix).into_stream()?;
    while let Some((term, _)) = stream.next() {
        if !term.starts_with(prefix) {
            break;
        }
        let Ok(word) = std::str::from_utf8(term) else { continue };
        if !word.starts_with([FIRST, LAST]) && pattern.accepts(word) {
            forms.insert(word.to_owned());
        }
    }
    Ok(())
}
