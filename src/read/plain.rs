//! Plain text.
//!
//! Paragraphs are parted by empty lines. Where a quarter of the lines is longer than a screen is
//! wide, nobody wrapped them, and each line is a paragraph. The first line is the title when it
//! stands alone, is short and ends without punctuation; it stays in the text.

use crate::{
    read::{
        Read, Reader,
        lines::{Line, lines},
        pieces::Gap,
        prose::{self, Kind, Paragraph},
        single_line::single_line,
        speaker,
    },
    transcript::{Metadata, Transcript, Warning},
};

/// Plain text. It recognises nothing by content: whatever is text can be read as plain text.
pub const READER: Reader = Reader {
    format: "text",
    extensions: &["txt", "text"],
    version: 5,
    recognises: |_| false,
    read: Read::Text(read),
};

/// A line longer than this, in bytes, was not wrapped by hand.
const WRAPPED: usize = 120;
/// The longest title, in characters.
const LONGEST_TITLE: usize = 80;

fn read(source: &str) -> Transcript {
    let lines: Vec<_> = lines(source).map(|line| line.trim()).collect();
    let paragraphs = paragraphs(&lines);
    let metadata = Metadata { title: title(&lines, &paragraphs), ..Metadata::default() };
    let turns = prose::turns(source, lines, &paragraphs, |lines, _, edits| {
        prose::edit_marks(lines, edits);
    });
    Transcript { metadata, turns, warnings: Vec::new() }
}

/// Reads a file that was meant to hold captions and has no cue.
#[must_use]
pub fn without_cues(source: &str) -> Transcript {
    let mut transcript = read(source);
    transcript.warnings.push(Warning::whole("holds no cue; it was read as plain text"));
    transcript
}

fn paragraphs(lines: &[Line<'_>]) -> Vec<Paragraph> {
    let written = lines.iter().filter(|line| !line.text.is_empty());
    let long = written.clone().filter(|line| line.text.len() > WRAPPED).count();
    let each_line = long * 4 >= written.count();
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut open = false;
    for (at, line) in lines.iter().enumerate() {
        if line.text.is_empty() {
            open = false;
            continue;
        }
        match paragraphs.last_mut().filter(|_| open) {
            Some(last) => last.lines.end = at + 1,
            None => paragraphs.push(Paragraph {
                lines: at..at + 1,
                kind: Kind::Prose,
                gap: Gap::Paragraph,
            }),
        }
        open = !each_line;
    }
    paragraphs
}

fn title(lines: &[Line<'_>], paragraphs: &[Paragraph]) -> Option<String> {
    let [first, second, ..] = paragraphs else {
        return None;
    };
    let line = lines[first.lines.start].text;
    let alone = first.lines.len() == 1 && second.lines.start > first.lines.end;
    let short = line.chars().count() <= LONGEST_TITLE;
    let ends_open = line.ends_with(|it: char| it.is_alphanumeric() || ")\"”’'".contains(it));
    let begins = line.starts_with(|it: char| {
        !it.is_lowercase() && (it.is_alphanumeric() || "\"“‘'¿¡".contains(it))
    });
    let is_title = alone && short && ends_open && begins && speaker::label(line).is_none();
    is_title.then(|| single_line(line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        place::Time,
        read::said::{Said, said_in, turn},
        text::TextSpan,
    };

    fn said(source: &str) -> Vec<Said> {
        said_in(read(source).turns)
    }

    #[test]
    fn paragraphs_are_parted_by_empty_lines() {
        assert_eq!(said("one\ntwo\r\n\r\n\r\nthree\n"), [turn("", "one\ntwo\n\nthree")]);
    }

    #[test]
    fn unwrapped_lines_are_paragraphs() {
        let long = "word ".repeat(40);
        let source = format!("{long}\n{long}");
        assert_eq!(said(&source)[0].1, format!("{0}\n\n{0}", long.trim()));
    }

    #[test]
    fn questions_and_answers_of_a_hearing_have_speakers() {
        let hearing = "The witness was sworn.\n\nBY THE ENGINEER:\n\n    Q.  Is it old?\n    A.  Very. It\n\
                       rots.\n    Q.  Since when?\n    A.  Long ago.\n";
        let expected = [
            turn("", "The witness was sworn.\n\nBY THE ENGINEER:"),
            turn("Q", "Is it old?"),
            turn("A", "Very. It\nrots."),
            turn("Q", "Since when?"),
            turn("A", "Long ago."),
        ];
        assert_eq!(said(hearing), expected);
        let colons = "Q: Is it old?\nA: Very.\nQ: Since when?\nA: Long ago.";
        assert_eq!(said(colons).len(), 4);
        for list in ["A. One.\n\nB. Two.\n\nA. Three.", "Q. One?\n\nA. Keeper said so."] {
            assert_eq!(said(list), [turn("", list)]);
        }
    }

    #[test]
    fn a_conversation_has_speakers() {
        assert_eq!(
            said("Host: Is it old?\n\nArchivist: Very.\nAlmost gone.\n\nTruly.\n\nHost: Oh."),
            [
                turn("Host", "Is it old?"),
                turn("Archivist", "Very.\nAlmost gone.\n\nTruly."),
                turn("Host", "Oh."),
            ]
        );
    }

    #[test]
    fn speakers_may_follow_line_by_line() {
        assert_eq!(
            said("[0:01] Ana: One.\n[0:04] Ben: Two.\n[0:08] Ben: Three."),
            [turn("Ana", "One."), turn("Ben", "Two.\n\nThree."),]
        );
    }

    #[test]
    fn a_name_with_a_time_may_stand_above_its_words() {
        let source = "Ana King  0:01\nRight, let us\nbegin.\n\nBen Moss  0:09\nTwelve?\n";
        assert_eq!(
            said(source),
            [turn("Ana King", "Right, let us\nbegin."), turn("Ben Moss", "Twelve?")]
        );
        let turns = read(source).turns;
        assert_eq!(
            turns[1].text.place(TextSpan::new(0, 1)).time.map(|it| it.start),
            Some(Time(9000))
        );
    }

    #[test]
    fn marks_become_times_and_leave_the_text() {
        let transcript = read("one [0:05] two");
        let text = &transcript.turns[0].text;
        assert_eq!(text.as_str(), "one two");
        assert_eq!(text.place(TextSpan::new(0, 3)).time, None);
        assert_eq!(text.place(TextSpan::new(4, 7)).time.map(|it| it.start), Some(Time(5000)));
    }

    /// The start and the end of each paragraph, in seconds.
    fn times(source: &str) -> Vec<Option<(u64, u64)>> {
        let turns = read(source).turns;
        let mut found = Vec::new();
        for turn in &turns {
            let mut at = 0;
            for paragraph in turn.text.as_str().split("\n\n") {
                let time = turn.text.place(TextSpan::new(at, at + paragraph.len())).time;
                found.push(time.map(|time| (time.start.0 / 1000, time.end.0 / 1000)));
                at += paragraph.len() + 2;
            }
        }
        found
    }

    #[test]
    fn a_mark_reaches_to_the_next_one_and_the_last_one_over_a_paragraph() {
        assert_eq!(
            times("zero\n\n[0:05] one\n\ntwo\n\n[0:09] three\n\nfour"),
            [None, Some((5, 9)), Some((5, 9)), Some((9, 9)), None]
        );
        assert_eq!(
            times("Ana (0:05): one\n\ntwo\n\nBen (0:09):\n\nthree\nmore\n\nfour\n\nfive"),
            [Some((5, 9)), Some((5, 9)), Some((9, 9)), None, None]
        );
        assert_eq!(times("[0:05] Ana:\n\none\n\ntwo"), [Some((5, 5)), None]);
        assert_eq!(times("one [0:05]"), [None]);
    }

    #[test]
    fn prose_with_a_colon_stays_prose() {
        let source = "The tape came late.\n\nRemember: it rots.\n\nThe end: silence.";
        assert_eq!(said(source).len(), 1);
    }

    #[test]
    fn a_short_first_line_that_stands_alone_is_the_title() {
        let title = |source| read(source).metadata.title;
        assert_eq!(title("On Old Tapes\n\nThey rot."), Some("On Old Tapes".into()));
        for source in
            ["On Old Tapes\nthey rot.\n\nSo.", "They rot.\n\nSo.", "Host: Hi\n\nGuest: Hi", "Tapes"]
        {
            assert_eq!(title(source), None, "{source}");
        }
    }
}
