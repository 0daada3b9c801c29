use proptest::prelude::*;

use super::*;
use crate::{
    place::{LineColumn, Place, SourceSpan, Time, TimeSpan},
    words::Words,
};

fn said(from: u64, to: u64) -> Place {
    let time = TimeSpan { start: Time(from), end: Time(to) };
    Place { time: Some(time), ..Place::default() }
}

fn copied(start: usize, end: usize) -> Place {
    let source = SourceSpan { start, end, at: LineColumn { line: 3, column: 4 } };
    Place { source: Some(source), ..Place::default() }
}

fn turn(speaker: &str, text: &str) -> Turn {
    let speaker = Some(Speaker(speaker.to_owned())).filter(|name| !name.0.is_empty());
    let mut turn = Turn { speaker, ..Turn::default() };
    turn.text.push(text, copied(10, 10 + text.len()));
    turn
}

/// A sentence of so many words.
fn sentence(words: usize) -> String {
    format!("Then{}.", " we".repeat(words - 1))
}

/// Sentences of so many words each.
fn prose(lengths: &[usize]) -> String {
    lengths.iter().map(|length| sentence(*length)).collect::<Vec<_>>().join(" ")
}

/// How many words the passages of one turn have.
fn counts(turn: Turn) -> Vec<usize> {
    let passages = split(&[turn]);
    passages.iter().map(|passage| Words::of(passage.text.as_str()).len()).collect()
}

fn strings(passages: &[Passage]) -> Vec<&str> {
    passages.iter().map(|passage| passage.text.as_str()).collect()
}

#[test]
fn a_turn_never_shares_a_passage_with_another() {
    let turns = [turn("Ana", " Hello.\n"), turn("Ben", "Hi there."), turn("", "(They sit.)")];
    let passages = split(&turns);
    assert_eq!(strings(&passages), ["Hello.", "Hi there.", "(They sit.)"]);
    let speakers: Vec<_> = passages.iter().map(|passage| passage.speaker.clone()).collect();
    assert_eq!(speakers, [Some(Speaker("Ana".into())), Some(Speaker("Ben".into())), None]);
    assert_eq!(passages.iter().map(|passage| passage.number).collect::<Vec<_>>(), [0, 1, 2]);
}

#[test]
fn a_turn_without_words_is_a_passage_and_white_space_is_none() {
    let turns = [turn("", "***"), turn("", " \n\n "), turn("", ""), turn("Ana", "…")];
    let passages = split(&turns);
    assert_eq!(strings(&passages), ["***", "…"]);
    assert_eq!(passages[1].number, 1);
}

#[test]
fn a_turn_that_is_not_too_long_stays_whole() {
    assert_eq!(counts(turn("Ana", &prose(&[20; 11]))), [220]);
}

#[test]
fn a_long_turn_is_split_at_sentence_ends_near_the_aim() {
    assert_eq!(counts(turn("Ana", &prose(&[20; 30]))), [140, 140, 140, 180]);
    assert_eq!(counts(turn("Ana", &prose(&[30; 12]))), [150, 210]);
}

#[test]
fn a_short_rest_stays_with_the_passage_before() {
    assert_eq!(counts(turn("Ana", &prose(&[130, 80, 20]))), [130, 100]);
    assert_eq!(counts(turn("Ana", &prose(&[190, 35]))), [225]);
}

#[test]
fn short_paragraphs_share_a_passage() {
    assert_eq!(split(&[turn("", "One.\n\nTwo.\n\nThree.")]).len(), 1);
    let paragraphs = vec![prose(&[10, 20, 20]); 8].join("\n\n");
    assert_eq!(counts(turn("", &paragraphs)), [150, 150, 100]);
}

#[test]
fn the_end_of_a_paragraph_comes_before_the_end_of_a_sentence() {
    let text = format!("{}\n\n{}", prose(&[20; 4]), prose(&[20; 8]));
    assert_eq!(counts(turn("", &text)), [80, 160]);
    let text = format!("{}\n\n{}", prose(&[15, 15]), prose(&[20; 12]));
    assert_eq!(counts(turn("", &text)), [150, 120]);
}

#[test]
fn a_few_words_before_a_very_long_sentence_are_a_passage() {
    assert_eq!(counts(turn("", &prose(&[30, 215, 215]))), [30, 215, 215]);
}

/// A turn of cues of so many words each, every cue a sentence, with a pause before each.
fn cues(cues: &[(usize, u64)]) -> Turn {
    let mut turn = Turn::default();
    let mut time = 0;
    for (words, pause) in cues {
        time += pause;
        turn.text.push(&(sentence(*words) + "\n"), said(time, time + 1000));
        time += 1000;
    }
    turn
}

#[test]
fn a_long_pause_parts_when_there_are_enough_words_on_both_sides() {
    assert_eq!(counts(cues(&[(50, 0), (50, 4001), (50, 4000)])), [50, 100]);
    assert_eq!(counts(cues(&[(30, 0), (30, 9000), (50, 9000)])), [60, 50]);
    assert_eq!(counts(cues(&[(50, 0), (39, 9000)])), [89]);
}

#[test]
fn a_pause_inside_a_sentence_does_not_part() {
    let mut turn = Turn::default();
    turn.text.push(&"and so ".repeat(40), said(0, 1000));
    turn.text.push(&"and so ".repeat(40), said(9000, 10_000));
    assert_eq!(counts(turn), [160]);
}

#[test]
fn a_white_separator_without_a_time_does_not_hide_a_pause() {
    let mut turn = Turn::default();
    turn.text.push(&sentence(50), said(0, 1000));
    turn.text.push("\n", Place::default());
    turn.text.push(&sentence(50), said(9000, 10_000));
    assert_eq!(counts(turn), [50, 50]);
}

/// Words without any punctuation, each with a time; a pause stands before those named.
fn recognised(words: usize, pauses: &[(usize, u64)]) -> Turn {
    let mut turn = Turn::default();
    let mut time = 0;
    for word in 0..words {
        time += pauses.iter().find(|pause| pause.0 == word).map_or(0, |pause| pause.1);
        turn.text.push(" word", said(time, time + 100));
        time += 100;
    }
    turn
}

#[test]
fn speech_without_punctuation_is_cut_at_its_longest_pause_near_the_aim() {
    assert_eq!(counts(recognised(300, &[(90, 5000), (120, 300), (170, 800)])), [170, 130]);
    assert_eq!(counts(recognised(400, &[])), [150, 150, 100]);
}

#[test]
fn a_timed_part_inside_a_word_does_not_cut_it() {
    let mut turn = recognised(160, &[]);
    turn.text.push("smith", said(90_000, 90_100));
    turn.text.append(&recognised(100, &[]).text);
    let passages = split(&[turn]);
    assert!(passages.iter().any(|passage| passage.text.as_str().contains("wordsmith")));
}

#[test]
fn a_long_sentence_without_times_is_cut_between_words_best_behind_a_comma() {
    let plain = "on and on ".repeat(100);
    assert_eq!(counts(turn("", &plain)), [150, 150]);
    let clause = format!("{}gone, {}", "on ".repeat(119), "and “on” ".repeat(70));
    let passages = split(&[turn("", &clause)]);
    assert!(passages[0].text.as_str().ends_with("on gone,"));
    assert!(passages[1].text.as_str().starts_with("and “on”"));
}

#[test]
fn a_cut_leaves_quotes_and_brackets_with_their_word() {
    let passages = split(&[turn("", &"(“on”) ".repeat(300))]);
    let half = "(“on”) ".repeat(150);
    assert_eq!(strings(&passages), [half.trim(), half.trim()]);
}

#[test]
fn text_without_spaces_is_split_by_its_sentences() {
    let text = "音楽史を学ぶ人々。".repeat(50);
    assert_eq!(counts(turn("", &text)), [152, 152, 96]);
    assert_eq!(counts(turn("", &"音楽、".repeat(150))), [150, 150]);
    assert_eq!(counts(turn("", &"音".repeat(300))), [150, 150]);
    // The end of a line is no white space.
    let line = "音".repeat(20) + "\n";
    let text =
        format!("{}{}、{}{}", line.repeat(6), "音".repeat(10), "音".repeat(9), line.repeat(7));
    assert_eq!(counts(turn("", &text)), [130, 149]);
}

#[test]
fn passages_know_their_place_in_the_file() {
    let text = format!("{}\n\n{}", sentence(130), sentence(130));
    let passages = split(&[turn("", &text)]);
    let place = passages[1].text.place(TextSpan { start: 0, end: 4 });
    let start = 10 + sentence(130).len() + 2;
    let at = LineColumn { line: 5, column: 1 };
    assert_eq!(place.source, Some(SourceSpan { start, end: start + 4, at }));
}

/// A piece of a turn: its text, and how its place is made.
fn piece() -> impl Strategy<Value = (String, u8)> {
    let words = "([a-zA-Zé]{1,5}[ ,\n]|[.!?…] |[.] ?[A-Z]|\n\n|音楽。?|\\PC){0,30}";
    let prose = (1..90usize).prop_map(|words| sentence(words) + " ");
    let run = (1..400usize).prop_map(|words| "so on ".repeat(words));
    let text = prop_oneof![4 => words, 4 => prose, 1 => run, 1 => any::<String>()];
    (text, 0..5u8)
}

fn assembled(pieces: &[(String, u8)]) -> Text {
    let mut text = Text::default();
    let mut time = 0;
    let mut byte = 0;
    for (string, kind) in pieces {
        let place = match kind {
            0 => Place::default(),
            1 => said(time, time + 900),
            2 => said(time + 6000, time + 7000),
            3 => copied(byte, byte + string.len()),
            _ => copied(byte, byte + string.len() + 3),
        };
        time += 7000;
        byte += string.len();
        text.push(string, place);
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn passages_put_together_are_the_turns_again(
        turns in prop::collection::vec(prop::collection::vec(piece(), 0..12), 0..4),
    ) {
        let turns: Vec<Turn> = turns
            .iter()
            .enumerate()
            .map(|(at, pieces)| Turn {
                speaker: (at % 2 == 0).then(|| Speaker(at.to_string())),
                text: assembled(pieces),
                ..Turn::default()
            })
            .collect();
        let passages = split(&turns);
        let mut rest = passages.iter();
        for turn in &turns {
            let string = turn.text.as_str();
            let mut end = 0;
            for span in spans(&turn.text) {
                let passage = rest.next().unwrap();
                prop_assert_eq!(&passage.text, &turn.text.slice(span));
                prop_assert_eq!(&passage.speaker, &turn.speaker);
                prop_assert!(string[end..span.start].trim().is_empty());
                let text = passage.text.as_str();
                prop_assert!(!text.is_empty() && text.trim() == text);
                prop_assert!(Words::of(text).len() < LONGEST + SHORTEST);
                end = span.end;
            }
            prop_assert!(string[end..].trim().is_empty());
        }
        prop_assert!(rest.next().is_none());
        for (at, passage) in passages.iter().enumerate() {
            prop_assert_eq!(passage.number as usize, at);
        }
    }

    #[test]
    fn no_word_is_lost_or_cut(pieces in prop::collection::vec(piece(), 0..12)) {
        // Scripts without spaces have no words that a cut could leave whole.
        let is_spaced = |c: char| (c as u32) < 0x0E00 || c.is_whitespace() || "。…！".contains(c);
        let text: String = pieces
            .iter()
            .flat_map(|piece| piece.0.chars())
            .map(|c| if is_spaced(c) { c } else { 'x' })
            .collect();
        let mut found = Vec::new();
        for passage in split(&[turn("", &text)]) {
            found.extend(Words::of(passage.text.as_str()).iter().map(str::to_owned));
        }
        prop_assert_eq!(found, Words::of(&text).iter().map(str::to_owned).collect::<Vec<_>>());
    }

    #[test]
    fn sentences_stay_whole(
        lengths in prop::collection::vec((1..=LONGEST, "( |\n|\n\n)"), 1..20),
    ) {
        let text: String =
            lengths.iter().map(|(length, white)| sentence(*length) + white).collect();
        let passages = split(&[turn("", &text)]);
        for passage in &passages {
            let text = passage.text.as_str();
            prop_assert!(text.starts_with("Then") && text.ends_with('.'));
        }
        let last = passages.last().map(|passage| Words::of(passage.text.as_str()).len());
        prop_assert!(passages.len() == 1 || last.is_some_and(|words| words >= SHORTEST));
    }
}
