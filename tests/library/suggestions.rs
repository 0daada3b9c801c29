//! Which words are suggested, and which the index has no more.

use pullquote::{
    find,
    index::{Index, Segments, Suggestion, Vocabulary},
    query,
};

use super::made::{Made, State, in_several_runs, open_writer, record};

#[test]
fn a_word_of_removed_documents_alone_is_in_no_passage() {
    let corpus = ["gulls and iovine", "gulls"].map(|text| Made::unnamed([text]));
    let (folder, _) = in_several_runs(&corpus);
    let mut writer = open_writer(folder.path());
    writer.remove(&record(0, State::New));
    writer.commit(Vocabulary::default(), Segments::default()).unwrap();
    let index = Index::open(folder.path()).unwrap();
    let plan = find::plan(&query::parse("iovine gulls").unwrap(), &index);
    let has: Vec<bool> = plan.wanted().map(|leaf| index.has(leaf).unwrap()).collect();
    assert_eq!(has, [false, true]);
    let gulls = Suggestion { word: "gulls".to_owned(), passages: 1 };
    assert_eq!(index.suggestions(&["iovne", "gullls"]).unwrap(), [vec![], vec![gulls]]);
}

#[test]
fn the_likeliest_words_are_suggested_first() {
    let document = Made::unnamed(["write right", "right", "rate", "riot writer"]);
    let (_folder, index) = in_several_runs(&[document]);
    let suggested = |word: &str| -> Vec<(String, u64)> {
        let suggestions = index.suggestions(&[word]).unwrap();
        suggestions.into_iter().flatten().map(|it| (it.word, it.passages)).collect()
    };
    let pair = |word: &str, passages| (word.to_owned(), passages);
    assert_eq!(suggested("wright"), [pair("right", 2), pair("riot", 1), pair("write", 1)]);
    assert_eq!(suggested("zzz"), []);
}
