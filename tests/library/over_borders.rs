//! Phrases and words near each other that run over the borders of passages.

use std::collections::BTreeSet;

use pullquote::{find, query, words::Counting};

use super::{
    made::{Made, in_several_runs, path},
    scan::{indexed, scanned},
};

#[test]
fn a_match_over_a_border_counts_though_words_spelled_otherwise_stand_closer() {
    let corpus = [Made::unnamed(["café", "Café tape"])];
    let (_folder, index) = in_several_runs(&corpus);
    let query = query::parse("tape NEAR/4 cafe").unwrap();
    let counting = Counting { case: true, accents: false };
    let plan = find::plan(&query, &index).counting(counting, &query);
    let first = BTreeSet::from([(path(0), 0)]);
    assert_eq!(scanned(&corpus, &query, counting), first);
    assert_eq!(indexed(&index, &plan), (first, 1));
}

#[test]
fn a_phrase_runs_over_a_passage_without_words() {
    let (_folder, index) = in_several_runs(&[Made::unnamed(["so it", "***", "goes"])]);
    let plan = find::plan(&query::parse("\"it goes\"").unwrap(), &index);
    assert_eq!(indexed(&index, &plan), (BTreeSet::from([(path(0), 0)]), 1));
}

#[test]
fn a_phrase_over_several_short_passages_is_found_where_it_starts() {
    let document = Made::unnamed(["so it goes", "on", "and", "on and on"]);
    let (_folder, index) = in_several_runs(&[document]);
    let plan = find::plan(&query::parse("\"goes on and on\"").unwrap(), &index);
    assert_eq!(indexed(&index, &plan), (BTreeSet::from([(path(0), 0)]), 1));
}
