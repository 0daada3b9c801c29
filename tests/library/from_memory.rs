//! `quote` and `check` with quotations of unusual size or script: none at all, a word, thousands of
//! words, over many turns, without spaces.

use pullquote::{
    check::{Options, check},
    index::Index,
    query::filter::{self, Filter},
    quote::Verdict,
    search::{
        Hit,
        recall::{Nearest, Request, recall},
    },
};
use tempfile::TempDir;

use super::made::{Made, in_one_run};

/// Turns of a talk, with who says each.
const TURNS: &[(&str, &str)] = &[
    ("Host", "Which reel did they keep?"),
    ("Engineer", "The one without a label."),
    ("Host", "Of course."),
    ("Engineer", "It lay under the kettle for nineteen winters, and nobody asked."),
    ("Archivist", "録音の歴史は長い。磁気テープは静かな部屋にあった。"),
];

fn written(turns: &[(&'static str, &str)]) -> (TempDir, Index) {
    let said = |(speaker, text): &(&'static str, &str)| (Some(*speaker), (*text).to_owned());
    in_one_run(&[Made { passages: turns.iter().map(said).collect() }])
}

/// The true wording of the nearest passage behind how near it is, or what is wrong.
fn remembered(index: &Index, quotation: &str) -> Result<Option<String>, String> {
    let request = Request { quotation: quotation.to_owned(), filters: Vec::new(), limit: 3 };
    let recalled = recall(index, &request).map_err(|error| error.to_string())?;
    let nearest = recalled.hits.first();
    Ok(nearest.map(|nearest| {
        let found = nearest.hit.matches[0].span;
        let wording = nearest.hit.passage.text.as_str()[found.range()].replace("\n\n", " | ");
        format!("{:.2} {wording}", nearest.similarity)
    }))
}

/// What [`remembered`] gives when something was found.
fn nearest(index: &Index, quotation: &str) -> String {
    remembered(index, quotation).unwrap().unwrap_or_default()
}

#[test]
fn a_quotation_without_a_word_is_an_error() {
    let (_folder, index) = written(TURNS);
    for empty in ["", " ", "…", "“”"] {
        let message = format!("there is nothing to look for in `{empty}`");
        assert_eq!(remembered(&index, empty), Err(message));
    }
}

#[test]
fn one_two_and_three_words_are_found() {
    let (_folder, index) = written(TURNS);
    assert_eq!(nearest(&index, "kettle"), "1.00 kettle");
    assert_eq!(nearest(&index, "nineteen winters"), "1.00 nineteen winters");
    assert_eq!(nearest(&index, "asked nineteen kettles"), "0.33 for nineteen winters");
    assert_eq!(nearest(&index, "a label"), "1.00 a label");
    assert_eq!(remembered(&index, "zebra"), Ok(None));
}

#[test]
fn a_quotation_over_three_turns_is_found() {
    let (_folder, index) = written(TURNS);
    assert_eq!(
        nearest(&index, "without a label of course it lay under"),
        "1.00 without a label. | Of course. | It lay under"
    );
    assert_eq!(
        nearest(&index, "did they keep the one without the label of course it lies"),
        "0.85 did they keep? | The one without a label. | Of course. | It lay"
    );
}

#[test]
fn a_script_without_spaces_is_found_from_the_middle_of_a_sentence() {
    let (_folder, index) = written(TURNS);
    assert_eq!(nearest(&index, "磁気テープは静か"), "1.00 磁気テープは静かな");
    assert_eq!(nearest(&index, "磁気テープが静かな部屋"), "0.82 磁気テープは静かな部屋に");
    let manuscript = "彼は「磁気テープは静かな部屋」と言い、「磁気テープが静かな部屋」と書いた。";
    let checks = check(&index, "essay.txt", manuscript.as_bytes(), &Options::default()).unwrap();
    let verdicts: Vec<_> = checks.findings.iter().map(|it| it.verdict).collect();
    assert_eq!(verdicts, [Verdict::Exact, Verdict::Altered]);
}

/// Some words that are all different, one sentence of ten after the other.
fn many_words(count: usize) -> String {
    let word = |at: usize| {
        let mark = if at % 10 == 9 { "." } else { "" };
        format!("w{at}{mark}")
    };
    (0..count).map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_quotation_may_be_long_but_not_a_reprint() {
    let long = many_words(2_400);
    let sentences: Vec<&str> = long.split_inclusive('.').map(str::trim).collect();
    let passages: Vec<String> = sentences.chunks(12).map(|it| it.join(" ")).collect();
    let turns: Vec<(&'static str, &str)> =
        passages.iter().map(|it| ("Host", it.as_str())).collect();
    let (_folder, index) = written(&turns);
    let words = |count: usize| long.split(' ').take(count).collect::<Vec<_>>().join(" ");
    let nearest = nearest(&index, &words(500)).replace(" | ", " ");
    assert_eq!(nearest, format!("1.00 {}", words(500).trim_end_matches('.')));
    let refused = "the quotation has 2000 words, more than the 500 that are looked for";
    assert_eq!(remembered(&index, &words(2_000)), Err(refused.to_owned()));
    let verdict = |text: &str| {
        let manuscript = format!("So: “{text}”");
        let checks =
            check(&index, "essay.txt", manuscript.as_bytes(), &Options::default()).unwrap();
        checks.findings.iter().map(|it| it.verdict).collect::<Vec<_>>()
    };
    assert_eq!(verdict(&words(2_000)), [Verdict::Exact]);
    assert_eq!(verdict(&words(2_000).replace("w1000 ", "elephant ")), [Verdict::Altered]);
    assert_eq!(verdict(&words(2_001)), [Verdict::Unchecked]);
}

/// The true wordings of all that is found under a condition, with who says each of their turns.
fn under(index: &Index, filter: &str, quotation: &str) -> Vec<String> {
    let name = filter::Name::part(filter);
    let filters = vec![Filter::Speaker(vec![name])];
    let request = Request { quotation: quotation.to_owned(), filters, limit: 9 };
    let recalled = recall(index, &request).unwrap();
    let hit = |nearest: &Nearest| {
        let Hit { passage, matches, joins, .. } = &nearest.hit;
        let mut wording = passage.speaker.as_ref().map(|it| it.0.clone()).unwrap_or_default();
        for join in joins {
            wording += &join.speaker.as_ref().map(|it| format!("+{}", it.0)).unwrap_or_default();
        }
        format!("{wording}: {}", &passage.text.as_str()[matches[0].span.range()])
    };
    recalled.hits.iter().map(hit).collect()
}

#[test]
fn conditions_hold_for_every_passage_of_a_hit() {
    let (_folder, index) = written(TURNS);
    let quotation = "The one without a label. Of course.";
    assert_eq!(under(&index, "engineer", quotation), ["Engineer: The one without a label"]);
    assert_eq!(under(&index, "host", quotation), ["Host: Of course"]);
    let other = "Of course. It lay under the kettle for nineteen winters";
    let found = ["Engineer: It lay under the kettle for nineteen winters"];
    assert_eq!(under(&index, "engineer", other), found);
    assert_eq!(under(&index, "archivist", other), Vec::<String>::new());
}
