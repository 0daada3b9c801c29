//! What the index finds is what a plain scan of the same passages finds, for queries of every kind.

use proptest::prelude::*;
use pullquote::{find, index::SortKey, query};

use super::{
    arbitrary::{counting, made, query},
    made::in_several_runs,
    scan::{indexed, place, scanned},
};

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_index_finds_what_a_scan_finds(
        corpus in made(),
        queries in prop::collection::vec((query(), counting(), any::<bool>()), 20),
    ) {
        let (_folder, index) = in_several_runs(&corpus);
        for (text, counting, any_word) in queries {
            let query = query::parse(&text).unwrap();
            let query = if any_word { query.with_any_word() } else { query };
            let expected = scanned(&corpus, &query, counting);
            let plan = find::plan(&query, &index).counting(counting, &query);
            let (found, total) = indexed(&index, &plan);
            prop_assert_eq!(&found, &expected, "{}", text);
            prop_assert_eq!(total, expected.len(), "{}", text);
            prop_assert_eq!(index.count(&plan).unwrap(), expected.len(), "{}", text);
            let by_path = index.sorted(&plan, SortKey::Path, 1000).unwrap();
            let sorted: Vec<_> = by_path.best.iter().map(|it| place(&index, it.passage)).collect();
            prop_assert!(sorted.iter().eq(&expected), "{}: {:?}", text, sorted);
        }
    }
}
