//! Whether the parts of an index agree: each passage's stored text with its postings and columns,
//! each record with its passages, the words with the forms they are looked up by.
//!
//! To compare all, every word at its place is hashed, once from the stored text and once from the
//! postings, and the hashes of a passage are added up. So neither side needs to be kept or sorted.

use std::{
    collections::HashSet,
    hash::{BuildHasher, Hasher},
};

use tantivy::{
    DocId, DocSet, TERMINATED,
    postings::Postings,
    schema::IndexRecordOption,
    tokenizer::{TextAnalyzer, TokenStream},
};

use super::{
    doctor::Extent,
    error::IndexError,
    open::{Index, PassageId},
    record,
    segment::Segment,
    tokenizer::{FIRST, LAST, PASSAGE, tokenizers},
};
use crate::words::each_word;

/// How many disagreements of a kind are told for a segment.
const TOLD: usize = 5;

/// What was compared, and what differs.
#[derive(Debug, Default)]
pub(super) struct Agreement {
    /// The names of the segments, in the order of their numbers.
    pub segments: Vec<String>,
    /// How many passages were compared.
    pub passages: u64,
    /// In which segment (by its number) and what.
    pub problems: Vec<(Option<usize>, String)>,
}

/// Compares the parts of an index.
pub(super) fn check(index: &Index, extent: Extent) -> Result<Agreement, IndexError> {
    let mut agreement = Agreement::default();
    let forms = match extent {
        Extent::All => Some(forms(index)?),
        Extent::Sample(_) => None,
    };
    for (number, segment) in index.segments.iter().enumerate() {
        agreement.segments.push(segment.reader.segment_id().uuid_string());
        let mut told = Told { number, count: 0, agreement: &mut agreement };
        match (extent, &forms) {
            (Extent::Sample(wanted), _) => check_some(index, segment, wanted, &mut told)?,
            (Extent::All, forms) => check_all(index, segment, forms.as_ref(), &mut told)?,
        }
        check_records(segment, &mut told)?;
    }
    Ok(agreement)
}

/// Notes what differs in a segment, the first few by name.
struct Told<'a> {
    number: usize,
    count: usize,
    agreement: &'a mut Agreement,
}

impl Told<'_> {
    fn add(&mut self, message: impl FnOnce() -> String) {
        self.count += 1;
        if self.count <= TOLD {
            self.agreement.problems.push((Some(self.number), message()));
        } else if self.count == TOLD + 1 {
            self.agreement.problems.push((Some(self.number), "and more of the kind".to_owned()));
        }
    }
}

/// Compares all passages of a segment.
fn check_all(
    index: &Index,
    segment: &Segment,
    forms: Option<&HashSet<Vec<u8>>>,
    told: &mut Told<'_>,
) -> Result<(), IndexError> {
    let mut analyzer = analyzer()?;
    let mut posted = vec![0_u64; segment.reader.max_doc() as usize];
    let mut positions = Vec::new();
    let mut terms = segment.words.terms().stream()?;
    while let Some((term, info)) = terms.next() {
        let is_mark = term.starts_with(&[FIRST as u8]) || term.starts_with(&[LAST as u8]);
        if !is_mark && forms.is_some_and(|forms| !forms.contains(term)) {
            told.add(|| format!("`{}` has no form", String::from_utf8_lossy(term)));
        }
        let word = hashed(term);
        let mut postings = segment
            .words
            .read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)?;
        while postings.doc() != TERMINATED {
            postings.positions(&mut positions);
            if let Some(sum) = posted.get_mut(postings.doc() as usize) {
                for position in &positions {
                    *sum = sum.wrapping_add(placed(word, *position));
                }
            }
            postings.advance();
        }
    }
    for (doc, posted) in (0..).zip(posted) {
        let Some(length) = segment.length(doc)? else {
            if posted != 0 {
                told.add(|| format!("entry {doc} is a record and has words"));
            }
            continue;
        };
        let mut stored = 0_u64;
        let count = each_stored(index, &mut analyzer, (told.number, doc), |word, position| {
            stored = stored.wrapping_add(placed(hashed(word.as_bytes()), position));
        })?;
        told.agreement.passages += 1;
        if stored != posted {
            told.add(|| format!("passage {doc} has other words than its postings"));
        } else if count != length {
            told.add(|| format!("passage {doc} has {count} words, and {length} by its column"));
        }
    }
    Ok(())
}

/// Compares some passages of a segment, spread evenly.
fn check_some(
    index: &Index,
    segment: &Segment,
    wanted: usize,
    told: &mut Told<'_>,
) -> Result<(), IndexError> {
    let mut analyzer = analyzer()?;
    let share = wanted.div_ceil(index.segments.len().max(1)).max(1);
    let step = (segment.reader.max_doc() as usize).div_ceil(share).max(1);
    for doc in (0..segment.reader.max_doc()).step_by(step) {
        // A record's first passage stands for it.
        let doc = if segment.length(doc)?.is_some() { doc } else { doc + 1 };
        if segment.length(doc)?.is_none() {
            continue;
        }
        let mut words: Vec<(String, u32)> = Vec::new();
        each_stored(index, &mut analyzer, (told.number, doc), |word, position| {
            words.push((word.to_owned(), position));
        })?;
        words.sort_unstable();
        told.agreement.passages += 1;
        for of_one in words.chunk_by(|a, b| a.0 == b.0) {
            let stored: Vec<u32> = of_one.iter().map(|(_, position)| *position).collect();
            if posted(segment, &of_one[0].0, doc)? != stored {
                told.add(|| format!("passage {doc} has other words than its postings"));
                break;
            }
        }
    }
    Ok(())
}

/// Where a passage has a word, by the postings.
fn posted(segment: &Segment, word: &str, doc: DocId) -> Result<Vec<u32>, IndexError> {
    let mut positions = Vec::new();
    if let Some(info) = segment.words.terms().get(word.as_bytes())? {
        let option = IndexRecordOption::WithFreqsAndPositions;
        let mut postings = segment.words.read_postings_from_terminfo(&info, option)?;
        if postings.doc() < doc {
            postings.seek(doc);
        }
        if postings.doc() == doc {
            postings.positions(&mut positions);
        }
    }
    Ok(positions)
}

/// Calls with each term that the stored text of a passage gives, and its position; gives how many
/// words it has.
fn each_stored(
    index: &Index,
    analyzer: &mut TextAnalyzer,
    (segment, doc): (usize, DocId),
    mut found: impl FnMut(&str, u32),
) -> Result<u32, IndexError> {
    let (_, text) = index.passage(PassageId { segment, doc })?;
    let mut words = String::with_capacity(text.len());
    let mut count = 0;
    each_word(text.as_str(), |_, word| {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
        count += 1;
    });
    let mut tokens = analyzer.token_stream(&words);
    while tokens.advance() {
        let token = tokens.token();
        found(&token.text, u32::try_from(token.position).unwrap_or(u32::MAX));
    }
    Ok(count)
}

/// What cuts a passage into terms.
fn analyzer() -> Result<TextAnalyzer, IndexError> {
    let missing = || IndexError::Damaged("it has no analyser".to_owned());
    tokenizers().get(PASSAGE).ok_or_else(missing)
}

/// Compares each record with the passages behind it.
fn check_records(segment: &Segment, told: &mut Told<'_>) -> Result<(), IndexError> {
    let documents: HashSet<DocId> =
        segment.docs(segment.fields.record, record::DOCUMENT)?.into_iter().collect();
    let records = segment.records()?.to_vec();
    let ends = records.iter().skip(1).copied().chain([segment.reader.max_doc()]);
    for (doc, end) in records.iter().copied().zip(ends) {
        if !documents.contains(&doc) {
            continue;
        }
        let entry = segment.record(doc)?;
        let mut words = 0;
        for passage in doc + 1..end {
            words += u64::from(segment.length(passage)?.unwrap_or_default());
        }
        let path = &entry.path;
        if end - doc - 1 != entry.passages || words != entry.words {
            told.add(|| format!("the record of `{path}` counts other passages or words"));
        }
        let named = segment.docs(segment.fields.identity, &entry.identity())?;
        if !named.iter().copied().eq(doc..end) {
            told.add(|| format!("the passages of `{path}` do not bear its name"));
        }
    }
    Ok(())
}

/// All words that can be looked up by their stems.
fn forms(index: &Index) -> Result<HashSet<Vec<u8>>, IndexError> {
    let mut forms = HashSet::new();
    for segment in &index.segments {
        // See `lexicon` for why it is asked first.
        if segment.docs(segment.fields.record, record::VOCABULARY)?.is_empty() {
            continue;
        }
        let inverted = segment.reader.inverted_index(index.fields.forms)?;
        let mut terms = inverted.terms().stream()?;
        while let Some((term, _)) = terms.next() {
            // `language stem form`
            if let Some(form) = term.splitn(3, |byte| *byte == b' ').nth(2) {
                forms.insert(form.to_vec());
            }
        }
    }
    Ok(forms)
}

fn hashed(word: &[u8]) -> u64 {
    let mut hasher = foldhash::fast::FixedState::with_seed(0).build_hasher();
    hasher.write(word);
    hasher.finish()
}

/// The hash of a word at a place. Sums of such are compared, so that words must not be able to swap
/// their places unseen.
fn placed(word: u64, position: u32) -> u64 {
    let place = u64::from(position).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (word ^ place).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    mixed ^ (mixed >> 32)
}
