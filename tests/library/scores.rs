//! What scores are made of.

use proptest::prelude::*;
use pullquote::search::{Explaining, Folding, Request, search};

use super::{
    arbitrary::{made, query, repetitive},
    made::in_several_runs,
};

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_parts_of_a_score_add_up_to_it(
        corpus in prop_oneof![made(), repetitive()],
        queries in prop::collection::vec((query(), any::<bool>()), 8),
    ) {
        let (_folder, index) = in_several_runs(&corpus);
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
