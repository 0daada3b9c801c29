//! Pages of a search, put together, are the whole list: nothing twice, nothing left out, whatever
//! the size of a page and wherever near duplicates stand.

use proptest::prelude::*;
use pullquote::{
    index::Index,
    search::{Answer, Folding, Hit, Request, SortKey, search},
};

use super::{
    arbitrary::repetitive,
    made::{Made, in_one_run, in_several_runs},
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

fn with_beginnings_and_ends() -> impl Strategy<Value = Vec<Made>> {
    let passage = (0..BEGINNINGS.len(), 0..ENDS.len())
        .prop_map(|(beginning, end)| format!("{}{}", BEGINNINGS[beginning], ENDS[end]));
    let document = prop::collection::vec(passage, 1..12).prop_map(|texts| {
        let speakers = [Some("Host"), Some("Engineer")].into_iter().cycle();
        Made { passages: speakers.zip(texts).collect() }
    });
    prop::collection::vec(document, 6..16)
}

/// What tells a hit from another, with what makes its place in the list.
fn told(hit: &Hit) -> (usize, String, u32, Vec<String>) {
    let alike = hit.alike.iter().map(|it| it.address.to_string()).collect();
    (hit.rank, hit.address.to_string(), hit.score.to_bits(), alike)
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
    fn pages_of_any_size_are_the_whole_list_once(
        corpus in with_beginnings_and_ends(),
        sizes in prop::collection::vec(1_usize..60, 3),
    ) {
        let (_folder, index) = in_one_run(&corpus);
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

    #[test]
    fn pages_with_folded_passages_have_each_passage_once(corpus in repetitive(), limit in 1_usize..9) {
        let (_folder, index) = in_several_runs(&corpus);
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
}
