use proptest::{prelude::*, sample::Index};

use super::*;

/// An alignment in signs: `[-asked-]`, `{+text+}`, `[asked|text]`, and bare words that are the same.
fn marked(quotation: &str, text: &str) -> Option<String> {
    let words = Words::of(text);
    let mut quotation = Quotation::new(quotation, "en");
    let alignment = align(&mut quotation, &words)?;
    let slice = |words: &Words, range: &std::ops::Range<usize>| {
        range.clone().map(|at| words.folded(at)).collect::<Vec<_>>().join(" ")
    };
    let asked = quotation.words();
    let edit = |edit: &Edit| match edit {
        Edit::Same { text, .. } => slice(&words, text),
        Edit::Changed { quotation, text } => {
            format!("[{}|{}]", slice(asked, quotation), slice(&words, text))
        }
        Edit::Missing { quotation } => format!("[-{}-]", slice(asked, quotation)),
        Edit::Added { text } => format!("{{+{}+}}", slice(&words, text)),
    };
    Some(alignment.diff.iter().map(edit).collect::<Vec<_>>().join(" "))
}

fn similarity_of(quotation: &str, text: &str) -> f32 {
    align(&mut Quotation::new(quotation, "en"), &Words::of(text)).map_or(0.0, |it| it.similarity)
}

const TEXT: &str = "We rented a small studio by the harbour, and the drummer recorded twelve songs \
                    there in a week. You don't forget a winter like that.";

#[track_caller]
fn assert_marked(quotation: &str, expected: &str) {
    assert_eq!(marked(quotation, TEXT).as_deref(), Some(expected));
}

#[test]
fn words_as_they_stand_are_all_the_same() {
    let words = Words::of(TEXT);
    let alignment = align(&mut Quotation::new("The drummer recorded", "en"), &words).unwrap();
    assert_eq!(
        alignment,
        Alignment {
            similarity: 1.0,
            span: WordSpan { first: 9, last: 11 },
            diff: vec![Edit::Same { quotation: 0..3, text: 9..12 }],
        }
    );
}

#[test]
fn dropped_and_added_words_are_told() {
    assert_marked(
        "rented a studio by the old harbour",
        "rented a {+small+} studio by the [-old-] harbour",
    );
}

#[test]
fn inflections_misspellings_and_numbers_are_changed_words() {
    assert_marked(
        "the drummers recroded 12 song there",
        "the [drummers recroded 12 song|drummer recorded twelve songs] there",
    );
}

#[test]
fn a_contraction_is_two_words() {
    assert_marked("you do not forget a winter", "you [do not|don't] forget a winter");
    let long = "I cannot say. They will not play it is over";
    assert_eq!(marked("they won't play", long).as_deref(), Some("they [won't|will not] play"));
    assert!(similarity_of("you do not forget a winter", TEXT) > 0.95);
}

#[test]
fn words_written_as_one_or_as_two_are_nearly_the_same() {
    let text = "They wrote the sound track for it and a songbook.";
    assert_eq!(
        marked("wrote the soundtrack for it", text).as_deref(),
        Some("wrote the [soundtrack|sound track] for it")
    );
    assert_eq!(marked("and a song book", text).as_deref(), Some("and a [song book|songbook]"));
    assert!(similarity_of("wrote the soundtrack for it", text) > 0.97);
}

#[test]
fn swapped_neighbours_are_one_change() {
    assert_marked("a studio small by the harbour", "a [studio small|small studio] by the harbour");
}

#[test]
fn words_changed_at_either_end_are_set_against_those_of_the_text() {
    assert_marked(
        "hired a small studio by the river",
        "[hired|rented] a small studio by the [river|harbour]",
    );
}

#[test]
fn nothing_in_common_is_no_alignment() {
    assert_eq!(marked("quantum chromodynamics", TEXT), None);
    assert_eq!(marked("", TEXT), None);
    assert_eq!(marked("harbour", ""), None);
}

#[test]
fn the_worse_the_memory_the_less_the_similarity() {
    let similarities = [
        "the drummer recorded twelve songs there in a week",
        "the drummer recorded 12 songs there in a week",
        "the drummer recorded twelve songs there in the week",
        "the drummer recorded twelve albums there in a week",
        "the singer recorded twelve albums there in a month",
        "the singer wrote seven albums there in a month",
    ]
    .map(|quotation| similarity_of(quotation, TEXT));
    assert!(similarities.is_sorted_by(|a, b| a > b), "{similarities:?}");
}

#[test]
fn rare_words_can_count_more() {
    let words = Words::of("a harbour in winter");
    let similarity = |rare: &str| {
        let weigh = |word: &str| if word == rare { 9.0 } else { 1.0 };
        let mut quotation = Quotation::weighted("a harbour in summer", "en", weigh);
        align(&mut quotation, &words).map_or(0.0, |it| it.similarity)
    };
    assert!(similarity("harbour") > similarity("summer"));
}

#[test]
fn the_closest_texts_come_first_and_equals_in_their_order() {
    let texts = ["a winter by the lake", "a winter by the sea", "nothing", "a winter by the sea"];
    let texts = texts.map(Words::of);
    let numbers = |count| {
        let mut quotation = Quotation::new("winter by the sea", "en");
        closest(&mut quotation, &texts, count).into_iter().map(|it| it.0).collect::<Vec<_>>()
    };
    assert_eq!(numbers(9), [1, 3, 0]);
    assert_eq!(numbers(1), [1]);
    assert!(numbers(0).is_empty());
}

/// Words that are related in every way the alignment knows, and some that are not.
fn prose(length: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "the",
        "a",
        "of",
        "to",
        "do",
        "not",
        "don't",
        "it's",
        "it",
        "is",
        "its",
        "can",
        "cannot",
        "can't",
        "ten",
        "10",
        "25",
        "twenty",
        "five",
        "song",
        "songs",
        "book",
        "songbook",
        "sound",
        "track",
        "soundtrack",
        "right",
        "write",
        "wrote",
        "drummer",
        "drumer",
        "drum",
        "café",
        "音楽史",
        "winter",
        "gonna",
        "going",
        "x",
    ]);
    prop::collection::vec(word, length).prop_map(|words| words.join(" "))
}

/// The last character of a run without spaces is the same as one that begins a pair.
fn is_same(asked: &str, text: &str) -> bool {
    let alone = asked.chars().count() == 1 && asked >= "\u{E00}";
    asked == text || (alone && text.starts_with(asked))
}

/// Checks what holds of every alignment.
fn is_sound(asked: &str, text: &str) -> Result<(), TestCaseError> {
    let words = Words::of(text);
    let mut quotation = Quotation::new(asked, "en");
    let bound = upper_bound(&mut quotation, &words);
    let Some(alignment) = align(&mut quotation, &words) else { return Ok(()) };
    prop_assert!(alignment.similarity > 0.0 && alignment.similarity <= bound);

    let span = alignment.span.first as usize..alignment.span.last as usize + 1;
    let (mut in_quotation, mut in_text) = (0, span.start);
    let (mut all_same, mut last) = (true, None);
    for edit in &alignment.diff {
        let (of, to) = match edit {
            Edit::Same { quotation, text } | Edit::Changed { quotation, text } => {
                prop_assert!(!quotation.is_empty() && !text.is_empty());
                (quotation.clone(), text.clone())
            }
            Edit::Missing { quotation } => (quotation.clone(), in_text..in_text),
            Edit::Added { text } => (in_quotation..in_quotation, text.clone()),
        };
        prop_assert!(!of.is_empty() || !to.is_empty());
        prop_assert_eq!((of.start, to.start), (in_quotation, in_text));
        (in_quotation, in_text) = (of.end, to.end);
        if let Edit::Same { .. } = edit {
            for (of, to) in of.clone().zip(to.clone()) {
                prop_assert!(is_same(quotation.words().folded(of), words.folded(to)));
            }
            prop_assert_eq!(of.len(), to.len());
        } else {
            all_same = false;
        }
        prop_assert!(last != Some(std::mem::discriminant(edit)), "two edits of a kind");
        last = Some(std::mem::discriminant(edit));
    }
    prop_assert_eq!((in_quotation, in_text), (quotation.words().len(), span.end));
    #[expect(clippy::float_cmp, reason = "exactly 1 is what is promised")]
    let is_one = alignment.similarity == 1.0;
    prop_assert_eq!(is_one, all_same);
    Ok(())
}

proptest! {
    #[test]
    fn a_slice_of_a_text_is_found_word_for_word(
        text in prose(1..30), from in any::<Index>(), length in 1_usize..20
    ) {
        let words = Words::of(&text);
        let from = from.index(words.len());
        let last = (from + length - 1).min(words.len() - 1);
        let slice = &text[words.span(from).start..words.span(last).end];
        let mut quotation = Quotation::new(slice, "en");
        let alignment = align(&mut quotation, &words).unwrap();
        prop_assert!(alignment.similarity >= 1.0);
        let span = alignment.span.first as usize..alignment.span.last as usize + 1;
        for (at, word) in span.zip(quotation.words().iter()) {
            prop_assert!(is_same(word, words.folded(at)));
        }
    }

    #[test]
    fn alignments_of_related_words_are_sound(asked in prose(0..30), text in prose(0..30)) {
        is_sound(&asked, &text)?;
    }

    #[test]
    fn alignments_of_any_strings_are_sound(asked in "\\PC{0,40}", text in "\\PC{0,80}") {
        is_sound(&asked, &text)?;
    }

    #[test]
    fn one_word_changed_is_never_the_very_same(text in prose(1..30), at in any::<Index>(), other in "[a-z]{1,8}") {
        let words = Words::of(&text);
        let at = at.index(words.len());
        let changed = format!(
            "{} {other} {}",
            &text[..words.span(at).start],
            &text[words.span(at).end..]
        );
        let (asked, changed) = (Quotation::new(&text, "en"), Words::of(&changed));
        prop_assume!(!asked.words().iter().eq(changed.iter()));
        let mut asked = asked;
        prop_assert!(align(&mut asked, &changed).is_none_or(|it| it.similarity < 1.0));
    }

    #[test]
    fn the_closest_texts_are_those_of_aligning_with_every_one(
        asked in prose(0..30), texts in prop::collection::vec(prose(0..30), 0..8), count in 0_usize..4
    ) {
        let texts: Vec<Words> = texts.iter().map(|text| Words::of(text)).collect();
        let mut quotation = Quotation::new(&asked, "en");
        let mut all: Vec<(usize, Alignment)> = Vec::new();
        for (number, text) in texts.iter().enumerate() {
            all.extend(align(&mut quotation, text).map(|alignment| (number, alignment)));
        }
        all.sort_by(|a, b| b.1.similarity.total_cmp(&a.1.similarity));
        all.truncate(count);
        let found = closest(&mut Quotation::new(&asked, "en"), &texts, count);
        prop_assert_eq!(found, all);
    }
}
