//! Preparing a document for the index, on any thread: finding its words, packing its passages.

use super::{
    packing,
    record::Record,
    sketch::{Sketch, Sketching},
    vocabulary::{Seen, Vocabulary},
};
use crate::{ordered::Share, passage::Passage, place::TimeSpan, text::TextSpan, words::each_word};

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
    /// The memory that is set aside for it until it is written.
    pub(super) share: Option<Share>,
}

#[derive(Debug)]
pub(super) struct PreparedPassage {
    pub speaker: Option<String>,
    pub time: Option<TimeSpan>,
    /// Its folded words, a space between two.
    pub words: String,
    pub length: u64,
    pub sketch: Option<Sketch>,
    pub stored: Vec<u8>,
}

impl Prepared {
    /// What is known about the document.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Takes back that the container of the document was read without trouble.
    pub fn forget_container(&mut self) {
        self.record.container = None;
    }

    /// Keeps the memory that is set aside for the document until it is written.
    pub fn hold(&mut self, share: Share) {
        self.share = Some(share);
    }

    /// Roughly how many bytes of memory it takes up.
    #[must_use]
    pub fn size(&self) -> usize {
        let passages = self.passages.iter();
        passages.map(|passage| passage.words.len() + passage.stored.len() + 128).sum()
    }
}

/// Makes a document ready to be written, and notes its words.
#[must_use]
pub fn prepare(document: Document, vocabulary: &mut Vocabulary) -> Prepared {
    let mut preparation = Preparation::new(document.record, vocabulary);
    document.passages.into_iter().for_each(|passage| preparation.add(passage));
    preparation.finish()
}

/// A document that is made ready passage by passage, so that a large one is not held twice.
pub struct Preparation<'a> {
    record: Record,
    passages: Vec<PreparedPassage>,
    seen: &'a mut Seen,
}

impl<'a> Preparation<'a> {
    /// A document without passages. Its words are noted in `vocabulary`.
    #[must_use]
    pub fn new(record: Record, vocabulary: &'a mut Vocabulary) -> Self {
        let seen = vocabulary.of(record.language.as_deref().unwrap_or_default());
        Self { record, passages: Vec::new(), seen }
    }

    /// Adds the next passage.
    pub fn add(&mut self, passage: Passage) {
        let Passage { speaker, text, .. } = passage;
        let mut words = String::with_capacity(text.len());
        let mut length = 0;
        let mut sketching = Sketching::new();
        each_word(text.as_str(), |_, word| {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(word);
            length += 1;
            self.seen.add(word);
            sketching.add(word);
        });
        let stored = packing::pack(speaker.as_ref(), &text);
        let time = text.place(TextSpan { start: 0, end: text.len() }).time;
        let (speaker, sketch) = (speaker.map(|name| name.0), sketching.finish());
        self.passages.push(PreparedPassage { speaker, time, words, length, sketch, stored });
    }

    /// The document, with its passages, words and speakers counted.
    #[must_use]
    pub fn finish(self) -> Prepared {
        let Self { mut record, passages, .. } = self;
        record.passages = u32::try_from(passages.len()).unwrap_or(u32::MAX);
        record.words = passages.iter().map(|passage| passage.length).sum();
        record.speakers = speakers(&passages);
        Prepared { record, passages, share: None }
    }
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
