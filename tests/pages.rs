//! Pages of a search, put together, are the whole list: nothing twice, nothing left out, whatever
//! the size of a page and wherever near duplicates stand.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;

use proptest::prelude::*;
use pullquote::{
    index::Index,
    search::{Folding, Hit, Request, SortKey, search},
    update::{Options, update},
};

/// What passages begin with, one of them long enough to have near duplicates.
const BEGINNINGS: &[&str] = &[
    "This talk about a tape was recorded in the old boat house on a Friday night, while the rain \
     was louder than the microphone",
    "A tape that was baked for eight hours plays once more, and then it is copied, and then nobody \
     plays it again",
    "The tape, the tape and nothing but the tape",
    "Tape",
];
/// What they end with: a word or two more change what they score, and little else.
const ENDS: &[&str] = &["", ".", " there.", " of glue.", " for a tape.", " and a tape or a tape."];

/// Documents, each with its passages: which beginning, and which end.
fn corpus() -> impl Strategy<Value = Vec<Vec<(usize, usize)>>> {
    let passage = (0..BEGINNINGS.len(), 0..ENDS.len());
    prop::collection::vec(prop::collection::vec(passage, 1..12), 6..16)
}

fn indexed(corpus: &[Vec<(usize, usize)>]) -> (tempfile::TempDir, Index) {
    let folder = tempfile::tempdir().unwrap();
    let talks = folder.path().join("talks");
    fs::create_dir(&talks).unwrap();
    for (number, passages) in corpus.iter().enumerate() {
        let turn = |(at, (beginning, end)): (usize, &(usize, usize))| {
            let speaker = ["Host", "Engineer"][at % 2];
            format!("**{speaker}:** {}{}\n\n", BEGINNINGS[*beginning], ENDS[*end])
        };
        let text: String = passages.iter().enumerate().map(turn).collect();
        fs::write(talks.join(format!("{number:02}.md")), text).unwrap();
    }
    let index = folder.path().join("index");
    let options = Options { paths: vec![talks], index: index.clone(), ..Options::default() };
    update(&options, |_| {}).unwrap();
    (folder, Index::open(&index).unwrap())
}

/// What tells a hit from another, with what makes its place in the list.
fn told(hit: &Hit) -> (usize, String, u32, Vec<String>) {
    let alike = hit.alike.iter().map(|it| it.address.to_string()).collect();
    (hit.rank, hit.address.to_string(), hit.score.to_bits(), alike)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn pages_of_any_size_are_the_whole_list_once(
        corpus in corpus(),
        sizes in prop::collection::vec(1_usize..60, 3),
    ) {
        let (_folder, index) = indexed(&corpus);
        for (folding, sort) in
            [(Folding::On, None), (Folding::Off, None), (Folding::On, Some(SortKey::Path))]
        {
            let page = |offset: usize, limit: usize| {
                let query = "tape".to_owned();
                search(&index, &Request { query, folding, sort, offset, limit, ..Request::default() })
                    .unwrap()
            };
            let whole = page(0, 1000);
            let all: Vec<_> = whole.hits.iter().map(told).collect();
            let mut places: Vec<&String> =
                all.iter().flat_map(|(_, own, _, alike)| alike.iter().chain([own])).collect();
            places.sort_unstable();
            places.dedup();
            prop_assert_eq!(places.len(), whole.total, "each passage once");
            for size in &sizes {
                let mut pages = Vec::new();
                for offset in (0..whole.total).step_by(*size) {
                    pages.extend(page(offset, *size).hits.iter().map(told));
                }
                prop_assert_eq!(&pages, &all, "pages of {} with {:?}, {:?}", size, folding, sort);
            }
            if sort.is_none() {
                prop_assert!(whole.hits.is_sorted_by(|one, next| one.score >= next.score));
            }
            let ranks = whole.hits.iter().map(|hit| hit.rank);
            prop_assert!(ranks.eq(1..=whole.hits.len()), "ranks have no gap");
        }
    }
}
