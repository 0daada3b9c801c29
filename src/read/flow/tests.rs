use super::*;
use crate::{
    place::{LineColumn, Time},
    read::said::{Said, said_in, turn},
    text::TextSpan,
};

fn shown(flow: Flow) -> Vec<Said> {
    said_in(flow.turns(&mut Vec::new()))
}

#[test]
fn captions_in_a_document_are_captions() {
    let mut flow = Flow::new(Places::Nowhere);
    for line in
        ["1", "00:00:01,000 --> 00:00:02,000", "Is it", "old?", "2", "0:00:03 -> 0:00:04", "It is."]
    {
        flow.paragraph(Kind::Prose);
        flow.text(line);
    }
    let turns = flow.turns(&mut Vec::new());
    let text = &turns[0].text;
    assert_eq!(text.as_str(), "Is it\nold?\nIt is.");
    let start = text.as_str().find("It is").unwrap();
    let place = text.place(TextSpan::new(start, start + 2));
    assert_eq!(place.time.map(|time| time.start), Some(Time(3000)));
    assert_eq!(place.source, None);
}

#[test]
fn a_single_time_in_a_document_is_prose() {
    let mut flow = Flow::new(Places::Nowhere);
    for line in ["00:00:01,000 --> 00:00:02,000", "is how SubRip writes a time."] {
        flow.paragraph(Kind::Prose);
        flow.text(line);
    }
    let prose = "00:00:01,000 --> 00:00:02,000\n\nis how SubRip writes a time.";
    assert_eq!(shown(flow), [turn("", prose)]);
}

#[test]
fn words_lines_and_paragraphs_are_put_together() {
    let mut flow = Flow::new(Places::Nowhere);
    flow.text(" one ");
    flow.text("\n two");
    flow.line();
    flow.line();
    flow.text("three");
    flow.paragraph(Kind::Row);
    flow.text("four");
    flow.space();
    flow.text("five");
    flow.paragraph(Kind::Row);
    flow.text("six");
    assert_eq!(shown(flow), [turn("", "one two\nthree\n\nfour five\nsix")]);
}

#[test]
fn a_bold_label_is_a_speaker_and_other_bold_words_are_text() {
    let mut flow = Flow::new(Places::Nowhere);
    for (bold, rest) in [("Host:", " one"), ("Keeper", ": two"), ("Very", " old")] {
        flow.paragraph(Kind::Prose);
        flow.set_bold(true);
        flow.text(bold);
        flow.set_bold(false);
        flow.text(rest);
    }
    assert_eq!(shown(flow), [turn("Host", "one"), turn("Keeper", "two\n\nVery old")]);
}

#[test]
fn a_marked_name_is_a_speaker_and_a_marked_time_is_its_time() {
    let mut flow = Flow::new(Places::Nowhere);
    for (name, time, words) in [("Ana", "0:01", "one"), ("Ben", "0:05", "two")] {
        flow.paragraph(Kind::Prose);
        let start = flow.here();
        flow.text(name);
        flow.mark_name(start);
        flow.space();
        let start = flow.here();
        flow.text(time);
        flow.mark_time(start);
        flow.paragraph(Kind::Prose);
        flow.text(words);
    }
    let turns = flow.turns(&mut Vec::new());
    let times: Vec<_> = turns.iter().map(|it| it.text.parts()[0].place.time).collect();
    assert_eq!(
        times.iter().map(|it| it.map(|it| it.start)).collect::<Vec<_>>(),
        [Some(Time(1000)), Some(Time(5000))]
    );
    assert_eq!(turns[1].speaker.as_ref().map(|it| it.0.as_str()), Some("Ben"));
    assert_eq!(turns[1].text.as_str(), "two");
}

#[test]
fn what_is_marked_and_no_name_stays_in_the_text() {
    let mut flow = Flow::new(Places::Nowhere);
    let start = flow.here();
    flow.text("which nobody knows");
    flow.mark_name(start);
    flow.text(" at 12");
    flow.mark_time(start);
    assert_eq!(shown(flow), [turn("", "which nobody knows at 12")]);
}

#[test]
fn words_keep_their_place_in_the_file() {
    let source = "<p>  Ana:\r\n  one two</p>";
    let mut flow = Flow::new(Places::InFile);
    for line in lines(source) {
        let cut = if line.at.line == 1 { line.after(3) } else { line.before(9) };
        flow.copy(&cut);
        flow.space();
    }
    let turns = flow.turns(&mut Vec::new());
    assert_eq!(turns[0].text.as_str(), "Ana: one two");
    let two = turns[0].text.place(TextSpan::new(9, 12)).source;
    let at = LineColumn { line: 2, column: 7 };
    assert_eq!(two, Some(SourceSpan { start: 17, end: 20, at }));
}
