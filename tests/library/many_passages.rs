//! Passages that have any of some words are added up some thousand at a time: where one lot ends
//! and the next begins must not show.

use std::collections::HashMap;

use pullquote::{find, query, words::Counting};

use super::{
    made::{Made, in_one_run, path},
    scan::{indexed, place, scanned},
};

/// What the passages of a long document say, again and again. Some have a neighbour that says more
/// before them, some behind them, and some have no word that is looked for.
const PATTERN: [&str; 7] = [
    "the tape",
    "tapes and tapes in the room",
    "a kettle",
    "one room taped",
    "the old room",
    "nobody knows",
    "taped tape of the tapes",
];

/// Three documents, of which the middle one has some 9,000 passages.
fn corpus() -> [Made; 3] {
    let long = PATTERN.iter().copied().cycle().take(9_000);
    [
        Made::unnamed(["a tape in a room", "and another"]),
        Made::unnamed(long),
        Made::unnamed(["the tapes", "so it goes", "no room"]),
    ]
}

#[test]
fn what_stands_in_the_same_surroundings_scores_the_same_in_a_long_document() {
    let corpus = corpus();
    let (_folder, index) = in_one_run(&corpus);
    for text in ["tape", "tape room", "tape old kettle", "tape tape", "room tape room", "the of"] {
        let query = query::parse(text).unwrap().with_any_word();
        let plan = find::plan(&query, &index);
        let expected = scanned(&corpus, &query, Counting::default());
        let (found, total) = indexed(&index, &plan);
        assert_eq!((&found, total), (&expected, expected.len()), "{text}");

        let last = corpus[1].passages.len() - 1;
        let mut scores: HashMap<usize, f32> = HashMap::new();
        for proposal in index.search(&plan, 20_000).unwrap().best {
            let (document, number) = place(&index, proposal.passage);
            let number = number as usize;
            if document == path(1) && (1..last).contains(&number) {
                let score = proposal.shares.words;
                let same = *scores.entry(number % PATTERN.len()).or_insert(score);
                assert!((score - same).abs() < 1e-4, "{text}: {number} scores {score}, not {same}");
            }
        }
        assert!(scores.len() >= 4, "{text}: {scores:?}");
    }
}
