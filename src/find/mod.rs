//! The matcher: what of a text answers a query, to the word.
//!
//! An index proposes passages; this module decides. Both work from the same [`Plan`]: a query whose
//! words were looked up in a [`Lexicon`], so that a word, a stem, a wildcard or a misspelling is a
//! set of folded words in either of them, and both put words together by the same rules
//! ([`stretch`]).
//!
//! A match belongs to the passage in which it starts. It may run on into the passages that follow in
//! the same document: cue, paragraph and passage borders mean nothing to a phrase.

pub mod align;
mod plan;
mod spelling;
pub mod stretch;
mod vocabulary;

pub use plan::{Condition, Leaf, Lexicon, Plan, plan};
pub use stretch::{Stretch, WordSpan};
pub use vocabulary::Vocabulary;

use crate::{query::filter::Facts, text::TextSpan, words::Words};

/// A passage to be matched, with what follows it.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The passage and, behind it, as much of what follows as a match may need ([`Plan::reach`]).
    pub text: &'a str,
    /// The words of all that.
    pub words: &'a Words,
    /// How many of the words are the passage's own.
    pub own: usize,
}

/// Finds what of a passage matches, or `None` when it does not answer the query.
///
/// The spans given back are sorted, without repeats; they are empty for a query that asks for no
/// words, such as a filter or an exclusion.
#[must_use]
pub fn matches(plan: &Plan, reading: Reading<'_>, facts: &Facts<'_>) -> Option<Vec<WordSpan>> {
    let positions = plan.positions(&reading);
    let mut found = Vec::new();
    let holds = holds(&plan.root, &positions, reading.own, facts, &mut found);
    found.sort_unstable();
    found.dedup();
    holds.then_some(found)
}

fn holds(
    condition: &Condition,
    positions: &[Vec<u32>],
    own: usize,
    facts: &Facts<'_>,
    found: &mut Vec<WordSpan>,
) -> bool {
    match condition {
        Condition::Words(stretch) => {
            let own = u32::try_from(own).unwrap_or(u32::MAX);
            let before = found.len();
            let spans = stretch::spans(stretch, positions);
            found.extend(spans.into_iter().filter(|span| span.first < own));
            found.len() > before
        }
        Condition::Filter(filter) => filter.accepts(facts),
        Condition::All(conditions) => {
            let before = found.len();
            let all = conditions.iter().all(|it| holds(it, positions, own, facts, found));
            if !all {
                found.truncate(before);
            }
            all
        }
        Condition::Any(conditions) => {
            // Not `any`: each alternative that holds shows its words.
            let held = conditions.iter().filter(|it| holds(it, positions, own, facts, found));
            held.count() > 0
        }
        Condition::Not(condition) => !holds(condition, positions, own, facts, &mut Vec::new()),
    }
}

/// The bytes that a run of words covers, from its first word to its last.
///
/// # Panics
/// When the words have no such run.
#[must_use]
pub fn text_span(words: &Words, span: WordSpan) -> TextSpan {
    let end = (span.first..=span.last).map(|at| words.span(at as usize).end).max();
    let start = words.span(span.first as usize).start;
    TextSpan { start, end: end.unwrap_or(start) }
}

/// Joins spans that overlap or touch, for showing them; they must be sorted.
#[must_use]
pub fn merged(spans: &[TextSpan]) -> Vec<TextSpan> {
    let mut merged: Vec<TextSpan> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(*span),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;
    use proptest::prelude::*;

    /// What of a text a query lights up; `None` when it does not answer it.
    fn lit(query: &str, text: &str) -> Option<Vec<String>> {
        let words = Words::of(text);
        let mut vocabulary = Vocabulary::default();
        vocabulary.add(text, "en");
        let plan = plan(&query::parse(query).unwrap(), &vocabulary);
        let facts = Facts { speaker: Some("Host"), ..Facts::default() };
        let reading = Reading { text, words: &words, own: words.len() };
        let found = matches(&plan, reading, &facts)?;
        let slice = |span| text[text_span(&words, span).range()].to_owned();
        Some(found.into_iter().map(slice).collect())
    }

    macro_rules! some {
        ($($part:literal),*) => { Some(vec![$($part.to_owned()),*]) };
    }

    #[test]
    fn a_phrase_lights_up_as_one_and_its_words_nowhere_else() {
        let text = "The soup of the day, not the soup of the night.";
        assert_eq!(lit("\"soup of the day\"", text), some!["soup of the day"]);
        assert_eq!(lit("\"soup in a day\"", text), None);
    }

    #[test]
    fn a_plain_word_lights_up_each_of_its_forms() {
        assert_eq!(lit("record", "They recorded the records."), some!["recorded", "records"]);
        assert_eq!(lit("=record", "They recorded the records."), None);
    }

    #[test]
    fn all_words_must_be_there_and_excluded_ones_must_not() {
        assert_eq!(lit("tape hiss", "Tape has hiss."), some!["Tape", "hiss"]);
        assert_eq!(lit("tape drum", "Tape has hiss."), None);
        assert_eq!(lit("tape OR drum", "Tape has hiss."), some!["Tape"]);
        assert_eq!(lit("tape -hiss", "Tape has hiss."), None);
        assert_eq!(lit("-drum", "Tape has hiss."), some![]);
    }

    #[test]
    fn nearness_counts_the_words_between() {
        let text = "one two three four five";
        assert_eq!(lit("\"five two\"~2", text), some!["two three four five"]);
        assert_eq!(lit("\"five two\"~1", text), None);
        assert_eq!(lit("two BEFORE/2 five", text), some!["two three four five"]);
        assert_eq!(lit("five BEFORE/9 two", text), None);
        assert_eq!(lit("(one OR six) NEAR/0 \"two three\"", text), some!["one two three"]);
    }

    #[test]
    fn each_word_of_a_nearness_takes_a_word_of_its_own() {
        assert_eq!(lit("\"very very\"~3", "very good"), None);
        assert_eq!(lit("\"very very\"~3", "very, very good"), some!["very, very"]);
    }

    #[test]
    fn wildcards_and_misspellings_light_up_what_they_found() {
        let text = "A microphone and a megaphone by Iovine.";
        assert_eq!(lit("*phone", text), some!["microphone", "megaphone"]);
        assert_eq!(lit("iovne~", text), some!["Iovine"]);
        assert_eq!(lit("/m.*phone/", text), some!["microphone", "megaphone"]);
        assert_eq!(lit("speaker:host mega*", text), some!["megaphone"]);
        assert_eq!(lit("speaker:guest mega*", text), None);
    }

    #[test]
    fn apostrophes_and_numbers_are_found_as_typed() {
        assert_eq!(lit("don't", "We don’t know"), some!["don’t"]);
        assert_eq!(lit("10:30", "at 10:30 sharp"), some!["10:30"]);
        assert_eq!(lit("hip-hop", "all hip-hop and R&B"), some!["hip-hop"]);
    }

    #[test]
    fn text_without_spaces_is_found_by_any_part_of_it() {
        let text = "現代音楽史の本";
        for part in ["音楽", "音楽史", "史", "代音", "本", "現代音楽史の本"] {
            assert_eq!(lit(part, text).map(|it| it.len()), Some(1), "{part}");
        }
        assert_eq!(lit("楽音", text), None);
    }

    #[test]
    fn every_script_without_spaces_is_found_by_any_part_of_it() {
        for (text, part) in [
            ("これは日本語の文章です。", "本語の"),
            ("我们在地下室找到了录音带", "录音带"),
            ("เราพบเทปในห้องใต้ดิน", "ห้องใต้"),
            ("ພວກເຮົາພົບເທບ", "ເຮົາພົບ"),
            ("យើងបានរកឃើញខ្សែអាត់", "រកឃើញ"),
            ("ကျွန်တော်တို့တိပ်ခွေတွေ့တယ်", "တိပ်ခွေ"),
            ("지하실에서 테이프를 찾았다", "테이프"),
        ] {
            assert_eq!(lit(part, text), Some(vec![part.to_owned()]), "{part} in {text}");
            assert_eq!(lit(&format!("\"{part}\""), text), Some(vec![part.to_owned()]), "{part}");
        }
    }

    #[test]
    fn text_from_right_to_left_is_found_word_by_word() {
        assert_eq!(lit("الشريط", "وجدنا الشَّريط في القبو"), some!["الشَّريط"]);
        assert_eq!(lit("\"מצאנו את\"", "מָצָאנוּ אֶת הקלטת"), some!["מָצָאנוּ אֶת"]);
    }

    proptest! {
        #[test]
        fn a_run_of_words_of_a_text_is_found_as_a_phrase(
            text in "([a-cé]{1,3}|音|楽|[.,'’] ?| ){1,30}", from in any::<prop::sample::Index>(), length in 1_usize..6
        ) {
            let words = Words::of(&text);
            prop_assume!(!words.is_empty());
            let from = from.index(words.len());
            let last = (from + length - 1).min(words.len() - 1);
            let slice = &text[words.span(from).start..words.span(last).end];
            let phrase = format!("\"{slice}\"");
            prop_assert!(lit(&phrase, &text).is_some(), "{phrase} in {text}");
        }

        #[test]
        fn matches_are_slices_in_order(query in "\\PC{0,20}", text in "\\PC{0,60}") {
            if let Ok(query) = query::parse(&query) {
                let words = Words::of(&text);
                let mut vocabulary = Vocabulary::default();
                vocabulary.add(&text, "en");
                let plan = plan(&query, &vocabulary);
                let reading = Reading { text: &text, words: &words, own: words.len() };
                if let Some(found) = matches(&plan, reading, &Facts::default()) {
                    let spans: Vec<_> = found.iter().map(|span| text_span(&words, *span)).collect();
                    prop_assert!(spans.iter().all(|span| text.get(span.range()).is_some()));
                    prop_assert!(spans.windows(2).all(|pair| pair[0].start <= pair[1].start));
                }
            }
        }
    }
}
