//! Preparing a document for the index, on any thread: finding its words, packing its passages.

use std::collections::{BTreeMap, HashSet};

use super::{packing, record::Record};
use crate::{
    passage::Passage,
    place::TimeSpan,
    text::TextSpan,
    words::{each_word, stem::Stems},
};

/// A document to be indexed.
#[derive(Clone, Debug)]
pub struct Document {
    /// What is known about it. Counts of passages and words, and speakers, are filled in.
    pub record: Record,
    /// Its passages, in order.
    pub passages: Vec<Passage>,
}

/// A document ready to be written.
#[derive(Debug)]
pub struct Prepared {
    pub(super) record: Record,
    pub(super) passages: Vec<PreparedPassage>,
}

#[derive(Debug)]
pub(super) struct PreparedPassage {
    pub speaker: Option<String>,
    pub time: Option<TimeSpan>,
    /// Its folded words, a space between two.
    pub words: String,
    pub length: u64,
    pub stored: Vec<u8>,
}

impl Prepared {
    /// What is known about the document.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Roughly how many bytes of memory it takes up.
    #[must_use]
    pub fn size(&self) -> usize {
        let passages = self.passages.iter();
        passages.map(|passage| passage.words.len() + passage.stored.len() + 128).sum()
    }
}

/// The words seen so far, by language: what stems are made of in the end.
#[derive(Debug, Default)]
pub struct Vocabulary {
    words: BTreeMap<String, HashSet<Box<str>, foldhash::fast::FixedState>>,
}

impl Vocabulary {
    /// Takes in the words of another.
    pub fn merge(&mut self, other: Self) {
        for (language, words) in other.words {
            match self.words.get_mut(&language) {
                Some(known) => known.extend(words),
                None => {
                    self.words.insert(language, words);
                }
            }
        }
    }

    /// One line `language stem form` a word, sorted: the terms of the field `forms`. A word that
    /// is its own stem and has no other form is there too, since a query may use another form.
    pub(super) fn forms(self) -> String {
        let mut lines: Vec<String> = Vec::new();
        for (language, words) in self.words {
            let mut stems = Stems::of(&language);
            lines.extend(words.iter().map(|word| {
                let stem = stems.stem(word);
                format!("{language} {stem} {word}")
            }));
        }
        lines.sort_unstable();
        lines.join("\n")
    }
}

/// Makes a document ready to be written, and notes its words.
#[must_use]
pub fn prepare(document: Document, vocabulary: &mut Vocabulary) -> Prepared {
    let Document { mut record, passages } = document;
    let language = record.language.clone().unwrap_or_default();
    let known = vocabulary.words.entry(language).or_default();
    let prepare = |passage: Passage| {
        let Passage { speaker, text, .. } = passage;
        let mut words = String::with_capacity(text.len());
        let mut length = 0;
        each_word(text.as_str(), |_, word| {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(word);
            length += 1;
            if !known.contains(word) {
                known.insert(word.into());
            }
        });
        let stored = packing::pack(speaker.as_ref(), &text);
        let time = text.place(TextSpan { start: 0, end: text.len() }).time;
        PreparedPassage { speaker: speaker.map(|name| name.0), time, words, length, stored }
    };
    let passages: Vec<_> = passages.into_iter().map(prepare).collect();
    record.passages = u32::try_from(passages.len()).unwrap_or(u32::MAX);
    record.words = passages.iter().map(|passage| passage.length).sum();
    record.speakers = speakers(&passages);
    Prepared { record, passages }
}

fn speakers(passages: &[PreparedPassage]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in passages.iter().filter_map(|passage| passage.speaker.as_ref()) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}
