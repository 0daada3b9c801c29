//! Which verdict a wording gets.

use super::*;

fn verdicts(expected: Verdict, texts: &[&str]) {
    for text in texts {
        assert_eq!(finding(text).verdict, expected, "{text}");
    }
}

#[test]
fn typography_may_differ() {
    verdicts(
        Verdict::Exact,
        &[
            "We wound the old tape back",
            "wound  the\nold tape back.",
            "because it wasn’t new?",
            "Ana said \"it hisses\" and smiled",
            "Ana said ‘it hisses’ and smiled,",
            "the reel stopped and we all went home",
            "the reel stopped [laughter] and we all went home",
            "Ana said 'it hisses'",
        ],
    );
}

#[test]
fn what_is_marked_may_differ() {
    verdicts(
        Verdict::Marked,
        &[
            "We wound the old tape … because it wasn't new.",
            "We wound the old tape ... … because",
            "We wound the old [reel of] tape back",
            "[w]e wound the old tape back",
            "[B]ecause it wasn't new",
            "We wound the old [sic] tape back",
            "We wound the old tape ... . Then the reel stopped",
            "… wound the old tape back …",
            "we all went home[ward]",
        ],
    );
}

#[test]
fn everything_else_is_altered() {
    verdicts(
        Verdict::Altered,
        &[
            "we wound the old tape back",
            "We wound the old tape back very slowly because it wasn't new",
            "We wound the tape back very slowly",
            "We wound the old tape back quite slowly",
            "Nobody had heard it for 13 years",
            "we all went hom",
            "We wound [the reel] back very slowly",
            "The second record is warmer than the first … and the drums was played",
        ],
    );
}

#[test]
fn parts_in_another_order_are_reordered() {
    verdicts(
        Verdict::Reordered,
        &[
            "Nobody had heard it for 12 years … We wound the old tape back",
            "the reel stopped and we all went home. We wound the old tape back very slowly",
        ],
    );
}

#[test]
fn parts_from_several_documents_are_spliced() {
    verdicts(
        Verdict::Spliced,
        &[
            "We wound the old tape back … the drums were played in a cold stairwell",
            "We wound the old tape back very slowly and the drums were played in a cold stairwell",
        ],
    );
    let found =
        finding("We wound the old tape back … the drums were played in a cold stairwell").found;
    assert_eq!(found.iter().map(|it| it.candidate).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn what_is_nowhere_is_absent() {
    verdicts(Verdict::Absent, &["Music is the space between the notes", "音楽史の本を読んだ"]);
    let none = judge(&quotation("We wound the old tape", None), &[], &Rules::default());
    assert_eq!(none.verdict, Verdict::Absent);
}

#[test]
fn too_few_words_cannot_be_checked() {
    verdicts(Verdict::Unchecked, &["the old tape", "", "…", "the … tape [and more words here]"]);
    let rules = Rules { min_words: 3, ..Rules::default() };
    let found = judge(&quotation("the old tape", None), &candidates(), &rules);
    assert_eq!(found.verdict, Verdict::Exact);
}

#[test]
fn how_many_words_are_checked_changes_no_verdict() {
    for (text, verdict) in [
        ("the reel stopped and we all went … tape", Verdict::Altered),
        (
            "the reel stopped and we all went home. We wound the old tape back very slowly",
            Verdict::Reordered,
        ),
    ] {
        for min_words in [1, 3, 4, 8] {
            let rules = Rules { min_words, ..Rules::default() };
            let found = judge(&quotation(text, None), &candidates(), &rules);
            assert_eq!(found.verdict, verdict, "{text}, from {min_words} words on");
        }
    }
}

#[test]
fn parts_far_apart_in_one_document_pass_in_order_alone() {
    let first = Candidate::passage(TALK, None, 0, 3);
    let second = Candidate::passage(REVIEW, None, 0, 9);
    let text = "We wound the old tape … the drums were played";
    for candidates in [vec![first.clone(), second.clone()], vec![second, first]] {
        let judged = |text| judge(&quotation(text, None), &candidates, &Rules::default()).verdict;
        assert_eq!(judged(text), Verdict::Marked);
        assert_eq!(judged("the drums were played … We wound the old tape"), Verdict::Reordered);
    }
}
