//! What the index finds is what a plain scan of the same passages finds, for queries of every kind.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;

use proptest::prelude::*;
use pullquote::{
    find::{self, Vocabulary},
    index::{self, Document, Index, Record, Writer},
    passage::Passage,
    query::{self, filter::Facts},
    text::Text,
    transcript::{Kind, Speaker},
    words::Words,
};

/// A document of a corpus made up for a test: passages with their speakers.
#[derive(Clone, Debug)]
struct Made {
    passages: Vec<(Option<&'static str>, String)>,
}

const SPEAKERS: &[&str] = &["Host", "Ada Engineer"];
const WORDS: &[&str] = &[
    "tape", "tapes", "taped", "room", "the", "of", "don't", "don’t", "café", "音楽", "楽", "10:30",
];

fn path(number: usize) -> String {
    format!("talks/{number}.md")
}

fn made() -> impl Strategy<Value = Vec<Made>> {
    let word = prop::sample::select(WORDS);
    let passage = prop::collection::vec(word, 0..7).prop_map(|words| words.join(" "));
    let speaker = prop::option::of(prop::sample::select(SPEAKERS));
    let document = prop::collection::vec((speaker, passage), 1..6);
    prop::collection::vec(document.prop_map(|passages| Made { passages }), 1..4)
}

fn query() -> impl Strategy<Value = String> {
    let word = prop::sample::select(WORDS).prop_map(str::to_owned);
    let phrase = prop::collection::vec(prop::sample::select(WORDS), 1..5)
        .prop_map(|words| format!("\"{}\"", words.join(" ")));
    let near = (prop::collection::vec(prop::sample::select(WORDS), 2..4), 0_u32..6)
        .prop_map(|(words, distance)| format!("\"{}\"~{distance}", words.join(" ")));
    let other = prop::sample::select(vec![
        "tap*",
        "*ape",
        "t?pe",
        "tope~",
        "/t.pe/",
        "=tape",
        "speaker:host",
        "speaker:engineer",
        "path:0",
        "path:talks/*.md",
        "kind:review",
        "lang:en",
        "has:speaker",
        "楽*",
    ])
    .prop_map(str::to_owned);
    let leaf = prop_oneof![4 => word.clone(), 4 => phrase.clone(), 2 => near, 2 => other];
    leaf.prop_recursive(3, 8, 3, move |inner| {
        let place = prop_oneof![word.clone(), phrase.clone()];
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| parts.join(" ")),
            prop::collection::vec(inner.clone(), 2..4)
                .prop_map(|parts| format!("({})", parts.join(" OR "))),
            inner.prop_map(|part| format!("NOT ({part})")),
            (place.clone(), 0_u32..5, place.clone())
                .prop_map(|(a, distance, b)| format!("({a} NEAR/{distance} {b})")),
            (place.clone(), 0_u32..5, place)
                .prop_map(|(a, distance, b)| format!("({a} BEFORE/{distance} {b})")),
        ]
    })
}

/// The record of a document in one of its states.
fn record(number: usize, state: u32) -> Record {
    Record {
        path: path(number),
        title: None,
        authors: Vec::new(),
        date: None,
        url: None,
        kind: if number == 0 { Kind::Review } else { Kind::Transcript },
        language: Some("en".to_owned()),
        format: "markdown".to_owned(),
        key: state.to_string(),
        bytes: 0,
        passages: 0,
        words: 0,
        speakers: Vec::new(),
        renamed: std::collections::BTreeMap::new(),
        container: None,
        warnings: Vec::new(),
    }
}

fn passages(document: &Made) -> Vec<Passage> {
    (0..)
        .zip(&document.passages)
        .map(|(number, (speaker, string))| {
            let mut text = Text::default();
            text.push(string, pullquote::place::Place::default());
            Passage { number, speaker: speaker.map(|name| Speaker(name.to_owned())), text }
        })
        .collect()
}

/// Writes a corpus in several runs, some documents twice and some to be removed again, so that
/// there are segments and removals.
fn write(folder: &std::path::Path, corpus: &[Made]) {
    let mut writer = Writer::create(folder, 50_000_000).unwrap();
    let mut vocabulary = index::Vocabulary::default();
    for old in [record(0, 1), record(99, 1)] {
        let document = Document { record: old, passages: passages(&corpus[0]) };
        writer.add(index::prepare(document, &mut vocabulary)).unwrap();
    }
    writer.commit(vocabulary).unwrap();
    for (number, document) in corpus.iter().enumerate() {
        let mut writer = Writer::open(folder, 50_000_000).unwrap();
        let mut vocabulary = index::Vocabulary::default();
        writer.remove(&record(number, 1));
        writer.remove(&record(99, 1));
        let document = Document { record: record(number, 2), passages: passages(document) };
        writer.add(index::prepare(document, &mut vocabulary)).unwrap();
        writer.commit(vocabulary).unwrap();
    }
}

/// The passages that a plain scan finds, by path and number.
fn scanned(corpus: &[Made], query: &query::Query) -> BTreeSet<(String, u32)> {
    let mut vocabulary = Vocabulary::default();
    for passage in corpus.iter().flat_map(passages) {
        vocabulary.add(passage.text.as_str(), "en");
    }
    let plan = find::plan(query, &vocabulary);
    let mut found = BTreeSet::new();
    for (number, document) in corpus.iter().enumerate() {
        let passages = passages(document);
        let record = record(number, 2);
        for (at, passage) in passages.iter().enumerate() {
            let following = &passages[at..];
            let texts: Vec<&str> = following.iter().map(|it| it.text.as_str()).collect();
            let words = Words::of(&texts.join("\n\n"));
            let own = Words::of(passage.text.as_str()).len();
            let facts = Facts {
                speaker: passage.speaker.as_ref().map(|name| name.0.as_str()),
                path: &record.path,
                kind: Some(record.kind),
                language: record.language.as_deref(),
                ..Facts::default()
            };
            if find::matches(&plan, &words, own, &facts).is_some() {
                found.insert((record.path.clone(), passage.number));
            }
        }
    }
    found
}

/// The passages that the index finds, and how many it counts.
fn indexed(index: &Index, query: &query::Query) -> (BTreeSet<(String, u32)>, usize) {
    let proposals = index.search(&find::plan(query, index), 1000).unwrap();
    let place = |proposal: &index::Proposal| {
        let (record, number) = index.record(proposal.passage).unwrap();
        (record.path, number)
    };
    (proposals.best.iter().map(place).collect(), proposals.total)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_index_finds_what_a_scan_finds(corpus in made(), queries in prop::collection::vec(query(), 20)) {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &corpus);
        let index = Index::open(folder.path()).unwrap();
        for text in queries {
            let query = query::parse(&text).unwrap();
            let expected = scanned(&corpus, &query);
            let (found, total) = indexed(&index, &query);
            prop_assert_eq!(&found, &expected, "{}", text);
            prop_assert_eq!(total, expected.len(), "{}", text);
        }
    }
}

#[test]
fn a_phrase_runs_over_a_passage_without_words() {
    let passages = ["so it", "***", "goes"].map(|text| (None, text.to_owned())).to_vec();
    let corpus = [Made { passages }];
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &corpus);
    let index = Index::open(folder.path()).unwrap();
    let query = query::parse("\"it goes\"").unwrap();
    assert_eq!(indexed(&index, &query), (BTreeSet::from([(path(0), 0)]), 1));
}

#[test]
fn a_phrase_over_several_short_passages_is_found_where_it_starts() {
    let texts = ["so it goes", "on", "and", "on and on"];
    let passages = texts.map(|text| (None, text.to_owned())).to_vec();
    let corpus = [Made { passages }];
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &corpus);
    let index = Index::open(folder.path()).unwrap();
    let query = query::parse("\"goes on and on\"").unwrap();
    assert_eq!(indexed(&index, &query), (BTreeSet::from([(path(0), 0)]), 1));
}
