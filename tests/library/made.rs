//! A corpus made up for a test, and how it is written: in one run or in several.

use std::{collections::BTreeMap, path::Path};

use pullquote::{
    index::{self, Document, Index, Patience, Record, Segments, Writer},
    passage::Passage,
    place::Place,
    text::Text,
    transcript::{Kind, Speaker},
};
use tempfile::TempDir;

/// A document of such a corpus: its passages, with who says each.
#[derive(Clone, Debug)]
pub struct Made {
    pub passages: Vec<(Option<&'static str>, String)>,
}

impl Made {
    /// A document that does not tell who says what.
    pub fn unnamed<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        let passages = texts.into_iter().map(|text| (None, text.into())).collect();
        Self { passages }
    }

    pub fn passages(&self) -> Vec<Passage> {
        let passage = |(number, (speaker, string)): (u32, &(Option<&str>, String))| {
            let mut text = Text::default();
            text.push(string, Place::default());
            Passage { number, speaker: speaker.map(|name| Speaker(name.to_owned())), text }
        };
        (0..).zip(&self.passages).map(passage).collect()
    }
}

/// Where the document with this number lies.
pub fn path(number: usize) -> String {
    format!("talks/{number}.md")
}

/// In which state a document is written.
#[derive(Clone, Copy, Debug)]
pub enum State {
    Old,
    New,
}

/// The record of the document with this number in one of its states. The first is a review.
pub fn record(number: usize, state: State) -> Record {
    Record {
        path: path(number),
        title: None,
        authors: Vec::new(),
        date: None,
        url: None,
        kind: if number == 0 { Kind::Review } else { Kind::Transcript },
        language: Some("en".to_owned()),
        format: "markdown".to_owned(),
        key: format!("{state:?}"),
        bytes: 0,
        passages: 0,
        words: 0,
        speakers: Vec::new(),
        renamed: BTreeMap::new(),
        container: None,
        warnings: Vec::new(),
    }
}

fn add(writer: &mut Writer, vocabulary: &mut index::Vocabulary, record: Record, document: &Made) {
    let document = Document { record, passages: document.passages() };
    writer.add(index::prepare(document, vocabulary)).unwrap();
}

pub fn open_writer(folder: &Path) -> Writer {
    Writer::open(folder, 50_000_000, &Patience::default()).unwrap()
}

fn create_writer(folder: &Path) -> Writer {
    Writer::create(folder, 50_000_000, &Patience::default()).unwrap()
}

/// Writes a corpus in one run, in the order of its paths, into a folder that goes with the first of
/// the two.
pub fn in_one_run(corpus: &[Made]) -> (TempDir, Index) {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = create_writer(folder.path());
    let mut vocabulary = index::Vocabulary::default();
    let mut documents: Vec<_> = corpus.iter().enumerate().collect();
    documents.sort_by_key(|(number, _)| path(*number));
    for (number, document) in documents {
        add(&mut writer, &mut vocabulary, record(number, State::New), document);
    }
    writer.commit(vocabulary, Segments::Few).unwrap();
    let index = Index::open(folder.path()).unwrap();
    (folder, index)
}

/// Writes a corpus in several runs, some documents twice and some to be removed again, so that
/// there are segments and removals.
pub fn in_several_runs(corpus: &[Made]) -> (TempDir, Index) {
    let folder = tempfile::tempdir().unwrap();
    let removed_later = [record(0, State::Old), record(99, State::Old)];
    let mut writer = create_writer(folder.path());
    let mut vocabulary = index::Vocabulary::default();
    for record in removed_later.clone() {
        add(&mut writer, &mut vocabulary, record, &corpus[0]);
    }
    writer.commit(vocabulary, Segments::Few).unwrap();
    for (number, document) in corpus.iter().enumerate() {
        let mut writer = open_writer(folder.path());
        let mut vocabulary = index::Vocabulary::default();
        for record in &removed_later {
            writer.remove(record);
        }
        add(&mut writer, &mut vocabulary, record(number, State::New), document);
        writer.commit(vocabulary, Segments::Few).unwrap();
    }
    let index = Index::open(folder.path()).unwrap();
    (folder, index)
}
