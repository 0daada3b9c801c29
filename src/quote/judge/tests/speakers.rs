//! Who is named for a quotation, and who said it.

use super::*;
use crate::quote::Passage;

#[test]
fn words_of_another_are_misattributed() {
    for (named, verdict) in [
        (Some("Ana King"), Verdict::Exact),
        (Some("King"), Verdict::Exact),
        (Some("Host"), Verdict::Exact),
        (None, Verdict::Exact),
        (Some("Ben Moss"), Verdict::Misattributed),
    ] {
        let found =
            judge(&quotation("We wound the old tape", named), &candidates(), &Rules::default());
        assert_eq!(found.verdict, verdict, "{named:?}");
    }
    let review = judge(
        &quotation("played in a cold stairwell", Some("Ben Moss")),
        &candidates(),
        &Rules::default(),
    );
    assert_eq!(review.verdict, Verdict::Exact);
}

#[test]
fn the_named_speaker_is_looked_for_among_all_who_said_it() {
    let candidates = [
        Candidate::passage("So the tape rots here.", Some("Ana King"), 0, 0),
        Candidate::passage("Yes, the tape rots here.", Some("Ben Moss"), 1, 0),
    ];
    let found =
        judge(&quotation("the tape rots here", Some("Ben Moss")), &candidates, &Rules::default());
    assert_eq!((found.verdict, found.candidate()), (Verdict::Exact, Some(1)));
}

#[test]
fn a_neighbour_said_by_another_is_told_apart() {
    let text = "So the tape rots here.\n\nAnd it hisses as well.";
    let passages = vec![
        Passage { start: 0, number: 0, speaker: Some("Ana King") },
        Passage { start: 24, number: 1, speaker: Some("Ben Moss") },
    ];
    let candidates = [Candidate { text, passages, document: 0 }];
    let judged = |text, named| judge(&quotation(text, named), &candidates, &Rules::default());
    assert_eq!(judged("it hisses as well", Some("Ben Moss")).verdict, Verdict::Exact);
    assert_eq!(judged("the tape rots here", Some("Ben Moss")).verdict, Verdict::Misattributed);
    let both = judged("the tape rots here. And it hisses", None);
    assert_eq!((both.verdict, both.notes), (Verdict::Exact, vec![Note::SeveralSpeakers]));
}
