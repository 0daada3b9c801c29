//! WebVTT (`.vtt`): <https://www.w3.org/TR/webvtt1/>, read as forgivingly as browsers do.
//!
//! The header, comments (`NOTE`), `STYLE` and `REGION` blocks, cue identifiers and settings are no
//! text; what the header says behind `WEBVTT` is the title. Voices (`<v Name>`) are speakers, times inside cues are those of single words. Text that
//! belongs to no cue is kept without a time, with a warning.

use crate::{
    place::TimeSpan,
    read::{
        Read, Reader,
        caption::{Timing, read_coloured_cue, time, timing},
        colours::Coloured,
        cues::turns,
        front_matter::language,
        lines::{Line, lines},
        plain,
        single_line::single_line,
    },
    transcript::{Metadata, Transcript, Warning},
};

/// WebVTT captions.
pub const READER: Reader = Reader {
    format: "webvtt",
    extensions: &["vtt", "webvtt"],
    version: 4,
    recognises,
    read: Read::Text(read),
};

fn recognises(head: &str) -> bool {
    let rest = head.trim_start().strip_prefix("WEBVTT");
    rest.is_some_and(|rest| rest.chars().next().is_none_or(char::is_whitespace))
}

fn read(source: &str) -> Transcript {
    let lines: Vec<_> = lines(source).map(|line| line.trim()).collect();
    let mut reader = VttReader { source, cues: Vec::new(), warnings: Vec::new(), loose: None };
    let mut metadata = Metadata::default();
    let mut at = 0;
    if recognises(source) {
        at = header(&lines, &mut metadata);
    } else if lines.iter().any(|line| timing(line.text).is_some()) {
        reader.warnings.push(Warning::at(1, "the file does not start with `WEBVTT`"));
    } else {
        return plain::without_cues(source);
    }
    while at < lines.len() {
        at = reader.block(&lines, at);
    }
    Transcript { metadata, turns: turns(source, reader.cues), warnings: reader.warnings }
}

/// Reads the header; gives the first line after it.
fn header(lines: &[Line<'_>], metadata: &mut Metadata) -> usize {
    let first = lines.iter().position(|line| !line.text.is_empty()).unwrap_or_default();
    let is_end = |line: &Line<'_>| line.text.is_empty() || timing(line.text).is_some();
    let length = lines[first + 1..].iter().position(is_end).unwrap_or(lines.len() - first - 1);
    let end = first + 1 + length;
    metadata.title = lines.get(first).and_then(|line| title(line.text));
    for line in &lines[first + 1..end] {
        if let Some(code) = line.text.strip_prefix("Language:") {
            metadata.language = language(code);
        }
    }
    end
}

/// What stands behind `WEBVTT`, unless it is another header or what programs write there.
fn title(first: &str) -> Option<String> {
    let written = first.trim_start_matches('\u{FEFF}').strip_prefix("WEBVTT")?.trim_start();
    let title = written.trim_start_matches(['-', '–', '—']).trim_start();
    let is_text = title.len() < written.len() || !title.contains([':', '=']);
    let is_usual = title.eq_ignore_ascii_case("file") || title.starts_with("Kind:");
    Some(single_line(title)).filter(|title| is_text && !is_usual && !title.is_empty())
}

/// A cue whose text stands apart from its timing line.
#[derive(Clone, Copy)]
struct LooseCue {
    time: Option<TimeSpan>,
}

struct VttReader<'a> {
    source: &'a str,
    cues: Vec<Coloured>,
    warnings: Vec<Warning>,
    /// A cue whose timing line was followed by an empty line: its text is still to come.
    loose: Option<LooseCue>,
}

impl<'a> VttReader<'a> {
    /// Reads the block that starts at a line; gives the first line after it.
    fn block(&mut self, lines: &[Line<'a>], start: usize) -> usize {
        if lines[start].text.is_empty() {
            return start + 1;
        }
        let is_end = |line: &Line<'_>| line.text.is_empty();
        let end = lines[start..].iter().position(is_end).map_or(lines.len(), |at| start + at);
        let next_timing = |from: usize| {
            (from..end).find_map(|at| timing(lines[at].text).map(|timing| (at, timing)))
        };
        let Some((at, found)) = next_timing(start) else {
            if lines[start].text == "STYLE" {
                return end_of_style(lines, start, end);
            }
            if !is_comment(lines[start].text) {
                self.outside(&lines[start..end]);
            }
            return end;
        };
        // Above the timing line stands the cue's identifier, or text that lacks a timing line.
        if at > start + 1 {
            self.outside(&lines[start..at - 1]);
        }
        self.loose = None;
        let time = time(found, lines[at].at.line, &mut self.warnings);
        let text_end = next_timing(at + 1).map_or(end, |(next, _)| next);
        if at + 1 == text_end && found != Timing::Broken {
            self.loose = Some(LooseCue { time });
        } else {
            read_coloured_cue(self.source, time, &lines[at + 1..text_end], &mut self.cues);
        }
        text_end
    }

    /// Takes lines that no timing line stands above in their block.
    fn outside(&mut self, lines: &[Line<'a>]) {
        if let Some(cue) = self.loose {
            read_coloured_cue(self.source, cue.time, lines, &mut self.cues);
            return;
        }
        let message = "text outside of any cue; it is kept without a time";
        self.warnings.push(Warning::at(lines[0].at.line, message));
        read_coloured_cue(self.source, None, lines, &mut self.cues);
    }
}

/// The most lines of a style sheet after an empty one.
const LONGEST_STYLE: usize = 200;

/// The first line after a style sheet, which may have empty lines inside its braces.
fn end_of_style(lines: &[Line<'_>], start: usize, end: usize) -> usize {
    let count = |mark: char, until: usize| -> usize {
        lines[start..until].iter().map(|line| line.text.matches(mark).count()).sum()
    };
    let is_open = |until: usize| count('{', until) > count('}', until);
    if !is_open(end) {
        return end;
    }
    let rest = lines[end..]
        .iter()
        .take(LONGEST_STYLE)
        .take_while(|line| timing(line.text).is_none())
        .count();
    let close = (end..end + rest).find(|at| lines[*at].text == "}");
    close.map_or(end, |at| at + 1)
}

/// Whether a block of this first line is a comment, a style sheet or a region, drafts of the
/// standard included.
fn is_comment(line: &str) -> bool {
    matches!(line, "NOTE" | "STYLE" | "REGION")
        || line.starts_with("NOTE ")
        || line.starts_with("NOTE\t")
        || line.starts_with("Region: id=")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{place::Time, transcript::Speaker};

    fn text(source: &str) -> String {
        let turns = read(source).turns;
        turns.iter().map(|turn| turn.text.as_str()).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn only_the_text_of_cues_is_text() {
        let source = "WEBVTT - about\nKind: captions\nLanguage: en-US\n\nNOTE\nno\nno\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\nintro\n00:01.000 --> 00:02.000 align:start\nOne\n\nNOTE no\n\n00:02.000 --> 00:03.000\ntwo &lt;i&gt; <i>three</i>\n";
        let transcript = read(source);
        assert_eq!(transcript.turns[0].text.as_str(), "One\ntwo <i> three");
        assert_eq!(transcript.metadata.language, Some("en".into()));
        assert_eq!(transcript.metadata.title, Some("about".into()));
        assert_eq!(transcript.warnings, []);
    }

    #[test]
    fn what_stands_behind_the_signature_is_the_title() {
        assert_eq!(title("WEBVTT - A talk: on tapes"), Some("A talk: on tapes".into()));
        assert_eq!(title("WEBVTT A talk"), Some("A talk".into()));
        for nothing in ["WEBVTT", "WEBVTT -", "WEBVTT FILE", "WEBVTT Kind: captions; Language: en"]
        {
            assert_eq!(title(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn colours_that_come_back_part_speakers() {
        let source = "WEBVTT\n\n00:01.000 --> 00:02.000\none\n\n\
            00:02.000 --> 00:03.000\n<c.yellow>two</c>\n\n\
            00:03.000 --> 00:04.000\nthree\n<c.yellow>four</c>\n";
        assert_eq!(text(source), "one\n\ntwo\n\nthree\n\nfour");
    }

    #[test]
    fn voices_are_speakers_even_inside_a_cue() {
        let transcript =
            read("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada King>One</v>\n<v.loud Ben>two\n");
        let turns: Vec<_> =
            transcript.turns.iter().map(|it| (it.speaker.clone(), it.text.as_str())).collect();
        let named = |name: &str| Some(Speaker(name.into()));
        assert_eq!(turns, [(named("Ada King"), "One"), (named("Ben"), "two")]);
    }

    #[test]
    fn words_with_times_have_parts_of_their_own() {
        let source = "WEBVTT\n\n00:01.000 --> 00:04.000\nso<00:00:02.000><c> today</c><00:00:03.000><c> we</c>\n";
        let transcript = read(source);
        let text = &transcript.turns[0].text;
        assert_eq!(text.as_str(), "so today we");
        let times: Vec<_> = text.parts().iter().filter_map(|it| it.place.time).collect();
        let span = |start, end| TimeSpan { start: Time(start), end: Time(end) };
        assert_eq!(times, [span(1000, 2000), span(2000, 3000), span(3000, 4000)]);
    }

    #[test]
    fn empty_lines_between_times_and_text_are_read_over() {
        let source =
            "WEBVTT\n\n\n00:00.000 --> 00:01.000\n\none\n\ntwo\n\n00:02.000 --> 00:03.000\n\nthree";
        assert_eq!(text(source), "one\ntwo\nthree");
        assert_eq!(read(source).warnings, []);
    }

    #[test]
    fn text_outside_cues_is_kept_with_a_warning() {
        let transcript = read(
            "WEBVTT\n\n00:00.500 --> 00:07.000\none\n\ntwo\n\n00:11.890 --> 00:16.320\nthree\n",
        );
        assert_eq!(transcript.turns[0].text.as_str(), "one\ntwo\nthree");
        let message = "text outside of any cue; it is kept without a time";
        assert_eq!(transcript.warnings, [Warning::at(6, message)]);
    }

    #[test]
    fn a_broken_timing_line_is_a_warning_and_its_text_is_kept() {
        let transcript = read("WEBVTT\n\n00:00:07.000 --> 00:00:1d.890\none\n");
        assert_eq!(transcript.turns[0].text.as_str(), "one");
        assert_eq!(transcript.warnings[0].line, Some(3));
    }

    #[test]
    fn an_odd_arrow_is_a_warning_and_no_text() {
        let transcript = read("WEBVTT\n\n00:00:07.000 => 00:00:08.000\none\n");
        assert_eq!(transcript.turns[0].text.as_str(), "one");
        assert_eq!(transcript.warnings[0].line, Some(3));
    }

    #[test]
    fn a_timing_line_needs_no_empty_line_above() {
        assert_eq!(
            text("WEBVTT\n00:01.000 --> 00:02.000\none\n00:02.000 --> 00:03.000\ntwo"),
            "one\ntwo"
        );
    }
}
