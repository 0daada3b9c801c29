//! What the index finds is what a plain scan of the same passages finds, for queries of every kind.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;

use proptest::prelude::*;
use pullquote::{
    find::{self, Plan, Reading, Vocabulary},
    index::{self, Document, Index, Patience, Record, Segments, Writer},
    passage::Passage,
    query::{self, filter::Facts},
    search::{Answer, Explaining, Folding, Request, search},
    text::Text,
    transcript::{Kind, Speaker},
    words::{Counting, Words},
};

/// A document of a corpus made up for a test: passages with their speakers.
#[derive(Clone, Debug)]
struct Made {
    passages: Vec<(Option<&'static str>, String)>,
}

const SPEAKERS: &[&str] = &["Host", "Ada Engineer"];
const WORDS: &[&str] = &[
    "tape",
    "tapes",
    "taped",
    "Tape",
    "TAPES",
    "tepe",
    "room",
    "the",
    "The",
    "of",
    "don't",
    "don’t",
    "café",
    "cafe",
    "Café",
    "音楽",
    "楽",
    "がく",
    "かく",
    "10:30",
    "ไทย",
    "ລາວ",
    "ខ្មែរ",
    "မြန်မာ",
    "中文书",
    "한국의",
    "عربي",
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
        "T*",
        "?*é",
        "sounds:tape",
        "sounds:teip",
        "\"the t?pe\"",
        "\"tap* room~\"",
        "\"sounds:tap the\"~2",
        "t* NEAR/3 *e",
        "(ta* BEFORE/2 \"the r*\")",
        "ทย",
        "မာ",
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

/// What counts: mostly nothing, as it is.
fn counting() -> impl Strategy<Value = Counting> {
    let counts = |case, accents| Just(Counting { case, accents });
    prop_oneof![
        3 => counts(false, false),
        1 => counts(true, false),
        1 => counts(false, true),
        1 => counts(true, true),
    ]
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
    let mut writer = Writer::create(folder, 50_000_000, &Patience::default()).unwrap();
    let mut vocabulary = index::Vocabulary::default();
    for old in [record(0, 1), record(99, 1)] {
        let document = Document { record: old, passages: passages(&corpus[0]) };
        writer.add(index::prepare(document, &mut vocabulary)).unwrap();
    }
    writer.commit(vocabulary, Segments::Few).unwrap();
    for (number, document) in corpus.iter().enumerate() {
        let mut writer = Writer::open(folder, 50_000_000, &Patience::default()).unwrap();
        let mut vocabulary = index::Vocabulary::default();
        writer.remove(&record(number, 1));
        writer.remove(&record(99, 1));
        let document = Document { record: record(number, 2), passages: passages(document) };
        writer.add(index::prepare(document, &mut vocabulary)).unwrap();
        writer.commit(vocabulary, Segments::Few).unwrap();
    }
}

/// The passages that a plain scan finds, by path and number.
fn scanned(corpus: &[Made], query: &query::Query, counting: Counting) -> BTreeSet<(String, u32)> {
    let mut vocabulary = Vocabulary::default();
    for passage in corpus.iter().flat_map(passages) {
        vocabulary.add(passage.text.as_str(), "en");
    }
    let plan = find::plan(query, &vocabulary).counting(counting, query);
    let mut found = BTreeSet::new();
    for (number, document) in corpus.iter().enumerate() {
        let passages = passages(document);
        let record = record(number, 2);
        for (at, passage) in passages.iter().enumerate() {
            let following = &passages[at..];
            let texts: Vec<&str> = following.iter().map(|it| it.text.as_str()).collect();
            let text = texts.join("\n\n");
            let words = Words::of(&text);
            let own = Words::of(passage.text.as_str()).len();
            let facts = Facts {
                speaker: passage.speaker.as_ref().map(|name| name.0.as_str()),
                path: &record.path,
                kind: Some(record.kind),
                language: record.language.as_deref(),
                ..Facts::default()
            };
            let reading = Reading { text: &text, words: &words, own };
            if find::matches(&plan, reading, &facts).is_some() {
                found.insert((record.path.clone(), passage.number));
            }
        }
    }
    found
}

/// The passages that the index finds, and how many it counts.
fn indexed(index: &Index, plan: &Plan) -> (BTreeSet<(String, u32)>, usize) {
    let proposals = index.search(plan, 1000).unwrap();
    (proposals.best.iter().map(|it| place(index, it)).collect(), proposals.total)
}

fn place(index: &Index, proposal: &index::Proposal) -> (String, u32) {
    let (record, number) = index.record(proposal.passage).unwrap();
    (record.path, number)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_index_finds_what_a_scan_finds(
        corpus in made(),
        queries in prop::collection::vec((query(), counting(), any::<bool>()), 20),
    ) {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &corpus);
        let index = Index::open(folder.path()).unwrap();
        for (text, counting, any_word) in queries {
            let query = query::parse(&text).unwrap();
            let query = if any_word { query.with_any_word() } else { query };
            let expected = scanned(&corpus, &query, counting);
            let plan = find::plan(&query, &index).counting(counting, &query);
            let (found, total) = indexed(&index, &plan);
            prop_assert_eq!(&found, &expected, "{}", text);
            prop_assert_eq!(total, expected.len(), "{}", text);
            prop_assert_eq!(index.count(&plan).unwrap(), expected.len(), "{}", text);
            let by_path = index.sorted(&plan, index::SortKey::Path, 1000).unwrap();
            let sorted: Vec<_> = by_path.best.iter().map(|it| place(&index, it)).collect();
            prop_assert!(sorted.iter().eq(&expected), "{}: {:?}", text, sorted);
        }
    }
}

#[test]
fn a_match_over_a_border_counts_though_words_spelled_otherwise_stand_closer() {
    let passages = vec![(None, "café".to_owned()), (None, "Café tape".to_owned())];
    let corpus = vec![Made { passages }];
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &corpus);
    let index = Index::open(folder.path()).unwrap();
    let query = query::parse("tape NEAR/4 cafe").unwrap();
    let counting = Counting { case: true, accents: false };
    let plan = find::plan(&query, &index).counting(counting, &query);
    let first = BTreeSet::from([("talks/0.md".to_owned(), 0)]);
    assert_eq!(scanned(&corpus, &query, counting), first);
    assert_eq!(indexed(&index, &plan), (first, 1));
}

/// Whether a word is compared: the last character of a run without spaces may begin a pair.
fn is_compared(word: &str) -> bool {
    word.chars().count() > 1 || word.is_ascii()
}

/// The passages in which a plain scan finds words in a row, over the borders of passages too.
fn in_a_row(corpus: &[Made], wanted: &Words) -> BTreeSet<(String, u32)> {
    let wanted: Vec<(usize, &str)> =
        wanted.iter().enumerate().filter(|(_, word)| is_compared(word)).collect();
    let mut found = BTreeSet::new();
    for (number, document) in corpus.iter().enumerate() {
        let mut words: Vec<(u32, String)> = Vec::new();
        for passage in passages(document) {
            let here = Words::of(passage.text.as_str());
            words.extend(here.iter().map(|word| (passage.number, word.to_owned())));
        }
        for (start, (passage, _)) in words.iter().enumerate() {
            let stands = |(at, word): &(usize, &str)| {
                words.get(start + at).is_some_and(|(_, other)| other == word)
            };
            if !wanted.is_empty() && wanted.iter().all(stands) {
                found.insert((path(number), *passage));
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn words_in_a_row_are_found_where_a_scan_finds_them(
        corpus in made(),
        texts in prop::collection::vec(prop::collection::vec(prop::sample::select(WORDS), 1..5), 40),
    ) {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &corpus);
        let index = Index::open(folder.path()).unwrap();
        for text in texts {
            let words = Words::of(&text.join(" "));
            let found = index.verbatim(&words).unwrap().passages(0..words.len(), 1000).unwrap();
            let place = |id: &index::PassageId| {
                let (record, number) = index.record(*id).unwrap();
                (record.path, number)
            };
            let found: Vec<_> = found.iter().map(place).collect();
            let expected = in_a_row(&corpus, &words);
            // Of many words only the rarest are compared, which are most of them here.
            prop_assert!(expected.iter().all(|it| found.contains(it)), "{:?}: {:?}", text, found);
            if words.len() <= 6 {
                prop_assert!(found.iter().eq(&expected), "{:?}: {:?}", text, found);
            }
        }
    }
}

#[test]
fn of_many_places_those_are_kept_that_go_on_with_more_of_the_text() {
    let said = |text: &str| Made { passages: vec![(None, text.to_owned())] };
    let corpus =
        [said("so it goes"), said("so it goes on"), said("and so it goes"), said("it goes")];
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &corpus);
    let index = Index::open(folder.path()).unwrap();
    let found = |text: &str, stretch: std::ops::Range<usize>, limit| -> Vec<String> {
        let found = index.verbatim(&Words::of(text)).unwrap().passages(stretch, limit).unwrap();
        found.into_iter().map(|id| index.record(id).unwrap().0.path).collect()
    };
    assert_eq!(found("and so it goes on", 2..4, 4), [path(0), path(1), path(2), path(3)]);
    assert_eq!(found("and so it goes on", 2..4, 3), [path(1)]);
    assert_eq!(found("and so it goes", 2..4, 3), [path(0), path(1), path(2)]);
    assert_eq!(found("and so it goes", 2..4, 2), [path(2)]);
    assert_eq!(found("it goes", 0..2, 2), [path(0), path(1)]);
    assert_eq!(found("it went", 0..2, 2), [""; 0]);
}

#[test]
fn a_phrase_runs_over_a_passage_without_words() {
    let passages = ["so it", "***", "goes"].map(|text| (None, text.to_owned())).to_vec();
    let corpus = [Made { passages }];
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &corpus);
    let index = Index::open(folder.path()).unwrap();
    let plan = find::plan(&query::parse("\"it goes\"").unwrap(), &index);
    assert_eq!(indexed(&index, &plan), (BTreeSet::from([(path(0), 0)]), 1));
}

#[test]
fn a_phrase_over_several_short_passages_is_found_where_it_starts() {
    let texts = ["so it goes", "on", "and", "on and on"];
    let passages = texts.map(|text| (None, text.to_owned())).to_vec();
    let corpus = [Made { passages }];
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &corpus);
    let index = Index::open(folder.path()).unwrap();
    let plan = find::plan(&query::parse("\"goes on and on\"").unwrap(), &index);
    assert_eq!(indexed(&index, &plan), (BTreeSet::from([(path(0), 0)]), 1));
}

#[test]
fn a_word_of_removed_documents_alone_is_in_no_passage() {
    let said = |text: &str| Made { passages: vec![(None, text.to_owned())] };
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[said("gulls and iovine"), said("gulls")]);
    let mut writer = Writer::open(folder.path(), 50_000_000, &Patience::default()).unwrap();
    writer.remove(&record(0, 2));
    writer.commit(index::Vocabulary::default(), Segments::default()).unwrap();
    let index = Index::open(folder.path()).unwrap();
    let plan = find::plan(&query::parse("iovine gulls").unwrap(), &index);
    let has: Vec<bool> = plan.wanted().map(|leaf| index.has(leaf).unwrap()).collect();
    assert_eq!(has, [false, true]);
    let gulls = index::Suggestion { word: "gulls".to_owned(), passages: 1 };
    assert_eq!(index.suggestions(&["iovne", "gullls"]).unwrap(), [vec![], vec![gulls]]);
}

#[test]
fn the_likeliest_words_are_suggested_first() {
    let said = |text: &str| (None, text.to_owned());
    let passages = vec![said("write right"), said("right"), said("rate"), said("riot writer")];
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[Made { passages }]);
    let index = Index::open(folder.path()).unwrap();
    let suggested = |word: &str| -> Vec<(String, u64)> {
        let suggestions = index.suggestions(&[word]).unwrap();
        suggestions.into_iter().flatten().map(|it| (it.word, it.passages)).collect()
    };
    let pair = |word: &str, passages| (word.to_owned(), passages);
    assert_eq!(suggested("wright"), [pair("right", 2), pair("riot", 1), pair("write", 1)]);
    assert_eq!(suggested("zzz"), []);
}

/// Passages of which many say nearly the same.
fn repetitive() -> impl Strategy<Value = Vec<Made>> {
    const NOTICE: &[&str] =
        &["this", "tape", "was", "made", "in", "the", "old", "room", "of", "a", "boat", "house"];
    let change = prop::option::of((0..NOTICE.len(), prop::sample::select(WORDS)));
    let passage = change.prop_map(|change| {
        let mut words = NOTICE.to_vec();
        if let Some((at, word)) = change {
            words[at] = word;
        }
        (None, words.join(" "))
    });
    let document = prop::collection::vec(passage, 1..20);
    prop::collection::vec(document.prop_map(|passages| Made { passages }), 1..4)
}

/// The pages of a search, one after the other.
fn pages(index: &Index, request: &Request) -> Vec<Answer> {
    let mut pages: Vec<Answer> = Vec::new();
    loop {
        let offset = pages.iter().map(|page| page.hits.len()).sum();
        let page = search(index, &Request { offset, ..request.clone() }).unwrap();
        if page.hits.is_empty() {
            return pages;
        }
        pages.push(page);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn pages_with_folded_passages_have_each_passage_once(corpus in repetitive(), limit in 1_usize..9) {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &corpus);
        let index = Index::open(folder.path()).unwrap();
        for folding in [Folding::On, Folding::Off] {
            let request = Request { query: "tape".to_owned(), limit, folding, ..Request::default() };
            let mut shown = Vec::new();
            let mut total = 0;
            for page in pages(&index, &request) {
                total = page.total;
                for hit in page.hits {
                    prop_assert!(folding == Folding::On || hit.alike.is_empty());
                    shown.push((hit.source.path, hit.passage.number));
                    shown.extend(hit.alike.into_iter().map(|it| (it.source.path, it.number)));
                }
            }
            let count = shown.len();
            shown.sort_unstable();
            shown.dedup();
            prop_assert_eq!((shown.len(), count), (total, total));
        }
    }

    #[test]
    fn the_parts_of_a_score_add_up_to_it(
        corpus in prop_oneof![made(), repetitive()],
        queries in prop::collection::vec((query(), any::<bool>()), 8),
    ) {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &corpus);
        let index = Index::open(folder.path()).unwrap();
        for (query, any) in queries {
            let explaining = Explaining::On;
            let folding = if any { Folding::Off } else { Folding::On };
            let request = Request { query, any, explaining, folding, limit: 50, ..Request::default() };
            let Ok(answer) = search(&index, &request) else { continue };
            let scores = answer.explanation.unwrap().scores;
            prop_assert_eq!(scores.len(), answer.hits.len());
            for (hit, scoring) in answer.hits.iter().zip(scores) {
                let words: f32 = scoring.words.iter().map(|word| word.score).sum();
                let others = scoring.very_words + scoring.closeness + scoring.neighbour;
                let sum = words + others + scoring.penalty;
                prop_assert!((sum - hit.score).abs() < 1e-3, "{}: {} {}", request.query, sum, hit.score);
                prop_assert!(scoring.penalty <= 1e-4);
            }
        }
    }
}
