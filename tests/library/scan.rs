//! What a plain scan of a corpus finds, and what its index finds.

use std::collections::BTreeSet;

use pullquote::{
    find::{self, Plan, Reading, Vocabulary},
    index::{Index, PassageId},
    query::{Query, filter::Facts},
    words::{Counting, Words},
};

use super::made::{Made, State, record};

/// How many passages a match may run over. The documents of [`super::arbitrary`] have fewer.
const REACH: usize = 8;

/// The passages that a plain scan finds, by path and number.
pub fn scanned(corpus: &[Made], query: &Query, counting: Counting) -> BTreeSet<(String, u32)> {
    let mut vocabulary = Vocabulary::default();
    for passage in corpus.iter().flat_map(Made::passages) {
        vocabulary.add(passage.text.as_str(), "en");
    }
    let plan = find::plan(query, &vocabulary).counting(counting, query);
    let mut found = BTreeSet::new();
    for (number, document) in corpus.iter().enumerate() {
        let passages = document.passages();
        let record = record(number, State::New);
        for (at, passage) in passages.iter().enumerate() {
            let following = passages[at..].iter().take(REACH);
            let texts: Vec<&str> = following.map(|it| it.text.as_str()).collect();
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
pub fn indexed(index: &Index, plan: &Plan) -> (BTreeSet<(String, u32)>, usize) {
    let proposals = index.search(plan, 20_000).unwrap();
    (proposals.best.iter().map(|it| place(index, it.passage)).collect(), proposals.total)
}

/// Where a passage stands: the path of its document, and its number there.
pub fn place(index: &Index, id: PassageId) -> (String, u32) {
    let (record, number) = index.record(id).unwrap();
    (record.path, number)
}
