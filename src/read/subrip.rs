//! SubRip (`.srt`): numbered cues, a timing line, text, an empty line.
//!
//! There is no specification; files break every habit. What counts is the timing line: everything
//! up to the next one is the text of its cue, a number right above a timing line apart. So empty
//! lines inside a cue, missing numbers and captions that are only a number are read as they were
//! meant. A file without a single timing line is read as plain text, with a warning.

use crate::{
    read::{
        Read, Reader,
        caption::{Timing, is_invisible, read_coloured_cue, time, timing, warn_of_text_before},
        cues::turns,
        lines::{Line, lines},
        plain,
    },
    transcript::{Metadata, Transcript, Turn},
};

/// SubRip captions.
pub const READER: Reader = Reader {
    format: "subrip",
    extensions: &["srt"],
    version: 4,
    recognises,
    read: Read::Text(read),
};

fn recognises(head: &str) -> bool {
    let mut lines = head.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_timing = |line: &str| timing(line).is_some_and(|it| it != Timing::Broken);
    let Some(first) = lines.next() else {
        return false;
    };
    is_timing(first) || (is_number(first) && lines.next().is_some_and(is_timing))
}

fn read(source: &str) -> Transcript {
    let lines: Vec<_> = lines(source).map(|line| line.trim()).collect();
    let timings: Vec<_> = (0..lines.len())
        .filter_map(|at| timing(lines[at].text).map(|timing| (at, timing)))
        .collect();
    if timings.is_empty() {
        return plain::without_cues(source);
    }
    let mut warnings = Vec::new();
    let mut cues = Vec::new();
    let mut number = None;
    let mut headers = Vec::with_capacity(timings.len());
    for (at, _) in &timings {
        let above = at.checked_sub(1).filter(|above| is_cue_number(&lines, *above, number));
        number = above.map_or(number, |above| number_of(lines[above].text));
        headers.push(above.unwrap_or(*at));
    }
    let before = &lines[..headers[0]];
    warn_of_text_before(before, &mut warnings);
    read_coloured_cue(source, None, before, &mut cues);
    for (index, (at, timing)) in timings.iter().enumerate() {
        let end = headers.get(index + 1).copied().unwrap_or(lines.len()).max(at + 1);
        let time = time(*timing, lines[*at].at.line, &mut warnings);
        read_coloured_cue(source, time, &lines[at + 1..end], &mut cues);
    }
    Transcript { metadata: Metadata::default(), turns: turns(source, cues), warnings }
}

/// The turns of captions that stand in a document of another kind, from its first line on; `None`
/// where there are none, or a single time without the number of a cue, which may be an example.
///
/// Its lines are not those of a file, so that trouble with a time has no line to tell.
#[must_use]
pub fn inside(text: &str) -> Option<Vec<Turn>> {
    let is_cue = |line: &str| timing(line).is_some_and(|it| it != Timing::Broken);
    let is_numbered = || text.lines().next().is_some_and(is_number);
    let are_several = || text.lines().filter(|line| is_cue(line)).nth(1).is_some();
    (recognises(text) && (is_numbered() || are_several())).then(|| read(text).turns)
}

fn is_number(line: &str) -> bool {
    let line = line.trim_matches(is_invisible);
    !line.is_empty() && line.len() < 10 && line.bytes().all(|byte| byte.is_ascii_digit())
}

fn number_of(line: &str) -> Option<u64> {
    line.trim_matches(is_invisible).parse().ok()
}

/// Whether the line above a timing line is the number of the cue, not the last line of a caption.
fn is_cue_number(lines: &[Line<'_>], at: usize, last: Option<u64>) -> bool {
    let text = lines[at].text;
    let alone = at == 0 || lines[at - 1].text.is_empty() || timing(lines[at - 1].text).is_some();
    is_number(text) && (alone || last.is_some_and(|last| number_of(text) == Some(last + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        place::{Time, TimeSpan},
        transcript::Warning,
    };

    fn text(source: &str) -> String {
        let turns = read(source).turns;
        turns.iter().map(|turn| turn.text.as_str()).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn cues_are_joined_and_keep_their_times() {
        let transcript = read(
            "1\n00:00:01,000 --> 00:00:02,000\nOne\ntwo\n\n2\n00:00:03,000 --> 00:00:04,000\nthree\n",
        );
        let text = &transcript.turns[0].text;
        assert_eq!(text.as_str(), "One\ntwo\nthree");
        let times: Vec<_> = text.parts().iter().map(|part| part.place.time).collect();
        let span = |start, end| Some(TimeSpan { start: Time(start), end: Time(end) });
        assert_eq!(times, [span(1000, 2000), span(3000, 4000)]);
        assert!(transcript.warnings.is_empty());
    }

    #[test]
    fn a_cue_without_a_number_is_read() {
        assert_eq!(text("00:01,000 --> 00:02,000\na\n\n00:03,000 --> 00:04,000\nb"), "a\nb");
    }

    #[test]
    fn empty_lines_inside_a_cue_are_read_over() {
        assert_eq!(
            text("1\n00:01,000 --> 00:02,000\na\n\nb\n\n2\n00:03,000 --> 00:04,000\nc"),
            "a\nb\nc"
        );
    }

    #[test]
    fn a_caption_that_is_only_a_number_is_text() {
        assert_eq!(
            text("1\n00:01,000 --> 00:02,000\n42\n\n2\n00:03,000 --> 00:04,000\n7\n"),
            "42\n7"
        );
        assert_eq!(text("00:01,000 --> 00:02,000\na\n42\n00:03,000 --> 00:04,000\nb"), "a\n42\nb");
    }

    #[test]
    fn a_missing_empty_line_between_cues_does_not_matter() {
        assert_eq!(text("1\n00:01,000 --> 00:02,000\na\n2\n00:03,000 --> 00:04,000\nb"), "a\nb");
    }

    #[test]
    fn captions_that_overlap_keep_their_order_and_their_times() {
        let source = "1\n00:01,000 --> 00:09,000\na\n\n2\n00:02,000 --> 00:03,000\nb\n\n\
            3\n00:01,500 --> 00:02,000\nc\n";
        let transcript = read(source);
        assert_eq!(transcript.turns[0].text.as_str(), "a\nb\nc");
        let parts = transcript.turns[0].text.parts().iter();
        let times: Vec<_> = parts.filter_map(|part| part.place.time).collect();
        let span = |start, end| TimeSpan { start: Time(start), end: Time(end) };
        assert_eq!(times, [span(1000, 9000), span(2000, 3000), span(1500, 2000)]);
        assert_eq!(transcript.warnings, []);
    }

    #[test]
    fn marks_that_are_not_seen_stay_in_the_text_and_nowhere_else() {
        let source = "\u{200E}1\n\u{200E}00:01,000 --> 00:02,000\u{200F}\n\u{202B}a\u{200B}b\u{FFFD}\u{202C}\n\n\
            \u{FEFF}2\n00:02,000 --> 00:03,000\nc\n";
        assert_eq!(text(source), "\u{202B}a\u{200B}b\u{FFFD}\u{202C}\nc");
        assert_eq!(read(source).warnings, []);
    }

    #[test]
    fn captions_of_one_word_each_are_joined() {
        let mut source = String::new();
        for (at, word) in ["It", "rots", ",", " mostly", "."].iter().enumerate() {
            source += &["00:0", &at.to_string(), ",000 --> 00:09,000\n", word, "\n\n"].concat();
        }
        assert_eq!(text(&source), "It\nrots\n,\nmostly\n.");
    }

    #[test]
    fn markup_is_taken_out() {
        let source = "1\n00:01,000 --> 00:02,000\n{\\an8}<font color=\"#fff\"><b>[music]</b></font> x &amp; y <i>\n";
        assert_eq!(text(source), "[music] x & y");
    }

    #[test]
    fn broken_and_backward_times_are_warnings_and_their_text_is_kept() {
        let transcript = read("0\n00:00:01,000 --> x\na\n\n1\n00:00:03,000 --> 00:00:02,000\nb\n");
        assert_eq!(transcript.turns[0].text.as_str(), "a\nb");
        let lines: Vec<_> = transcript.warnings.iter().map(|it| it.line).collect();
        assert_eq!(lines, [Some(2), Some(6)]);
    }

    #[test]
    fn an_odd_arrow_is_a_warning_and_no_text() {
        let transcript = read(
            "1\n00:00:01,000 --> 00:00:02,000\nAna: a\n\n2\n00:00:07,000 -> 00:00:08,000\nb\n\n00:00:09,000 —> 00:00:10,000\nAna: c\n",
        );
        assert_eq!(transcript.turns.len(), 1);
        assert_eq!(transcript.turns[0].text.as_str(), "a\nb\nc");
        let lines: Vec<_> = transcript.warnings.iter().map(|it| it.line).collect();
        assert_eq!(lines, [Some(6), Some(9)]);
    }

    #[test]
    fn text_outside_cues_is_kept_with_a_warning() {
        let transcript = read("some text\n00:00:00,500 --> 00:00:07,000");
        assert_eq!(transcript.turns[0].text.as_str(), "some text");
        let message = "text before the first cue; it is kept without a time";
        assert_eq!(transcript.warnings, [Warning::at(1, message)]);
        let transcript = read("1\nsome text");
        assert_eq!(transcript.turns[0].text.as_str(), "1\nsome text");
        assert_eq!(
            transcript.warnings,
            [Warning::whole("holds no cue; it was read as plain text")]
        );
    }

    #[test]
    fn subrip_is_recognised_by_its_first_timing_line() {
        assert!(recognises("\n1\n00:00:01,000 --> 00:00:02,000\nx"));
        assert!(!recognises("Some prose\n00:00:01,000 --> 00:00:02,000\n"));
        assert!(!recognises("1\n2\n"));
    }
}
