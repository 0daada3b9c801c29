//! `SubStation` Alpha (`.ass`, `.ssa`): <http://www.tcax.org/docs/ass-specs.htm>.
//!
//! A file of sections. In `[Events]` a `Format:` line names the columns of the `Dialogue:` lines;
//! the last one is the text, commas included. Real files have other numbers of columns than their
//! format line says, so a line whose times do not stand where they should is read in the usual
//! order. The column `Name` (or `Actor`) is the speaker; where some
//! events have one, the others are nobody's; where none has one, styles may be named after those who
//! speak (`styles`). Everything in braces is an instruction and
//! no text; neither are drawings (`{\p1}`), comments and styles. Events stand in any order: they
//! are sorted by their start.

mod styles;

use crate::{
    place::TimeSpan,
    read::{
        Read, Reader,
        caption::{are_two_words, painted},
        cues::{self, Cue},
        lines::{Line, lines},
        pieces::{Gap, Pieces},
        plain,
        single_line::single_line,
        timestamp,
    },
    transcript::{Metadata, Speaker, Transcript, Warning},
};

/// `SubStation` captions.
pub const READER: Reader = Reader {
    format: "substation",
    extensions: &["ass", "ssa"],
    version: 4,
    recognises,
    read: Read::Text(read),
};

fn recognises(head: &str) -> bool {
    let first = head.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with(';'));
    first.is_some_and(|line| line.eq_ignore_ascii_case("[script info]"))
}

/// Where the columns that matter stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Columns {
    start: usize,
    end: usize,
    style: Option<usize>,
    name: Option<usize>,
    /// The last one: the text.
    text: usize,
}

/// The columns of both versions, where no line says otherwise.
const USUAL: Columns = Columns { start: 1, end: 2, style: Some(3), name: Some(4), text: 9 };

/// An event and the name of its style.
#[derive(Debug)]
struct Styled<'a> {
    cue: Cue,
    style: &'a str,
}

fn read(source: &str) -> Transcript {
    let mut columns = USUAL;
    let mut metadata = Metadata::default();
    let (mut styled, mut warnings): (Vec<Styled<'_>>, _) = (Vec::new(), Vec::new());
    let mut in_events = false;
    for line in lines(source) {
        let line = line.trim();
        if line.text.starts_with('[') && line.text.ends_with(']') {
            in_events = line.text.eq_ignore_ascii_case("[events]");
            continue;
        }
        let Some((field, rest)) = field(&line) else {
            continue;
        };
        if !in_events {
            if field.eq_ignore_ascii_case("title") && metadata.title.is_none() {
                metadata.title = title(rest.text);
            }
        } else if field.eq_ignore_ascii_case("format") {
            columns = columns_of(rest.text).unwrap_or(columns);
        } else if field.eq_ignore_ascii_case("dialogue") {
            styled.extend(dialogue(source, &rest, columns, &mut warnings));
        }
    }
    if styled.is_empty() && warnings.is_empty() && !recognises(source) {
        return plain::without_cues(source);
    }
    styles::name_speakers(&mut styled);
    let mut cues: Vec<Cue> = styled.into_iter().map(|it| it.cue).collect();
    cues::sort(&mut cues);
    Transcript { metadata, turns: cues::turns_of_named(source, cues), warnings }
}

/// `Name: rest` of a line.
fn field<'a>(line: &Line<'a>) -> Option<(&'a str, Line<'a>)> {
    let colon = line.text.find(':')?;
    Some((line.text[..colon].trim(), line.after(colon + 1).trim()))
}

/// The title, unless it is what editors write into every file.
fn title(written: &str) -> Option<String> {
    let usual = ["default aegisub file", "<untitled>", "untitled", "default file"];
    let is_usual = usual.iter().any(|it| written.eq_ignore_ascii_case(it));
    Some(single_line(written)).filter(|title| !title.is_empty() && !is_usual)
}

fn columns_of(format: &str) -> Option<Columns> {
    let names: Vec<_> = format.split(',').map(|name| name.trim().to_ascii_lowercase()).collect();
    let find = |wanted: &[&str]| names.iter().position(|name| wanted.contains(&name.as_str()));
    Some(Columns {
        start: find(&["start"])?,
        end: find(&["end"])?,
        style: find(&["style"]),
        name: find(&["name", "actor"]),
        text: find(&["text"])?,
    })
}

fn dialogue<'a>(
    source: &'a str,
    line: &Line<'a>,
    columns: Columns,
    warnings: &mut Vec<Warning>,
) -> Option<Styled<'a>> {
    let as_usual = || event(line, USUAL).map(|event| (event, USUAL));
    let found = event(line, columns).map(|event| (event, columns)).or_else(as_usual);
    let Some(((fields, time), columns)) = found else {
        let message = "the times of the event cannot be read; it is kept without a time";
        warnings.push(Warning::at(line.at.line, message));
        let fields = fields(line, columns.text);
        let text = fields.last().map(|text| plain_text(source, text, None))?;
        let cue = Cue { time: None, speaker: None, text };
        return (!cue.text.is_empty()).then_some(Styled { cue, style: "" });
    };
    let time = match time {
        Ok(time) => time,
        Err(time) => {
            let message = "the event ends before it starts; only its start is used";
            warnings.push(Warning::at(line.at.line, message));
            time
        }
    };
    let name = columns.name.and_then(|at| fields.get(at)).map(|it| single_line(it.text));
    let text = plain_text(source, fields.last()?, Some(time));
    let speaker = name.filter(|name| !name.is_empty()).map(Speaker);
    let style = columns.style.and_then(|at| fields.get(at)).map_or("", |it| it.text);
    let cue = Cue { time: Some(time), speaker, text };
    (!cue.text.is_empty()).then_some(Styled { cue, style })
}

/// The fields of an event; the last one takes what is left.
fn fields<'a>(line: &Line<'a>, text: usize) -> Vec<Line<'a>> {
    let mut fields = Vec::with_capacity(text + 1);
    let mut rest = *line;
    while fields.len() < text
        && let Some(comma) = rest.text.find(',')
    {
        fields.push(rest.before(comma).trim());
        rest = rest.after(comma + 1);
    }
    fields.push(rest);
    fields
}

/// The fields of an event and its time; the time is an error when it ends before it starts.
type Event<'a> = (Vec<Line<'a>>, Result<TimeSpan, TimeSpan>);

fn event<'a>(line: &Line<'a>, columns: Columns) -> Option<Event<'a>> {
    let fields = fields(line, columns.text);
    let whole = |at: usize| {
        let written = fields.get(at)?.text;
        timestamp::clock(written).filter(|(_, length)| *length == written.len())
    };
    let ((start, _), (end, _)) = (whole(columns.start)?, whole(columns.end)?);
    let time = TimeSpan { start, end: end.max(start) };
    (fields.len() == columns.text + 1)
        .then_some((fields, if end < start { Err(time) } else { Ok(time) }))
}

/// What an event says, without its instructions.
fn plain_text<'a>(source: &'a str, line: &Line<'a>, time: Option<TimeSpan>) -> crate::text::Text {
    let mut pieces = Pieces::new(source);
    let (mut start, mut at) = (0, 0);
    let mut draws = false;
    let bytes = line.text.as_bytes();
    let last_close = memchr::memrchr(b'}', bytes).unwrap_or(0);
    while at < bytes.len() {
        let length = match bytes[at] {
            b'{' if at < last_close => memchr::memchr(b'}', &bytes[at..]).map(|length| length + 1),
            b'\\' if matches!(bytes.get(at + 1), Some(b'N' | b'n' | b'h')) => Some(2),
            _ => None,
        };
        let Some(length) = length else {
            at += 1;
            continue;
        };
        if !draws {
            pieces.copy(&line.text[start..at], line.span(start..at), time);
        }
        match &bytes[at..at + length] {
            [b'\\', b'h'] => pieces.decoded('\u{A0}', line.span(at..at + length), time),
            [b'\\', _] => pieces.part(Gap::Line),
            _ => {
                let code = &line.text[at..at + length];
                draws = draws_after(code).unwrap_or(draws);
                let (before, after) = (&line.text[start..at], &line.text[at + length..]);
                if !draws && painted(&code[1..]).is_some() && are_two_words(before, after) {
                    // The colour stands where a space should.
                    pieces.decoded(' ', line.span(at..at + length), time);
                }
            }
        }
        at += length;
        start = at;
    }
    if !draws {
        pieces.copy(&line.text[start..], line.span(start..line.text.len()), time);
    }
    pieces.take()
}

/// Whether what follows some instructions is a drawing: `\p1` begins one, `\p0` ends it.
fn draws_after(instructions: &str) -> Option<bool> {
    let mut codes = instructions.split('\\').skip(1);
    let mut last = None;
    for code in codes.by_ref() {
        let number = code.strip_prefix('p').map(|rest| rest.trim_end_matches('}').trim());
        if let Some(Ok(scale)) = number.map(str::parse::<u8>) {
            last = Some(scale > 0);
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        place::Time,
        read::said::{Said, said_in, turn},
    };

    fn said(events: &str) -> (Vec<Said>, Vec<Option<u32>>) {
        let transcript = read(&format!("[Script Info]\nTitle: A\n\n[Events]\n{events}"));
        let turns = said_in(transcript.turns);
        (turns, transcript.warnings.iter().map(|it| it.line).collect())
    }

    #[test]
    fn events_are_read_by_the_columns_of_their_format_line() {
        let events = "Format: Start, End, Style, Name, Text\n\
            Comment: 0:00:00.00,0:00:01.00,S,Ana,no\n\
            Dialogue: 0:00:05.00,0:00:06.00,S,Ben,three, four\n\
            Dialogue: 0:00:01.00,0:00:02.50,S,Ana,{\\i1}one{\\i0}\\Ntwo {note} <b>\n";
        let (turns, warnings) = said(events);
        assert_eq!(turns, [turn("Ana", "one\ntwo <b>"), turn("Ben", "three, four")]);
        assert_eq!(warnings, []);
    }

    #[test]
    fn a_format_line_that_is_wrong_does_not_lose_the_event() {
        let events = "Format: Start, End, Text\n\
            Dialogue: 0,0:00:01.00,0:00:02.50,Default,Ana,0,0,0,,one, two\n";
        assert_eq!(said(events).0, [turn("Ana", "one, two")]);
    }

    #[test]
    fn an_event_without_a_name_is_nobodys_where_others_have_one() {
        let events = "Format: Start, End, Name, Text\n\
            Dialogue: 0:00:01.00,0:00:02.00,Ana,one\n\
            Dialogue: 0:00:02.00,0:00:03.00,,CLOSED\n";
        assert_eq!(said(events).0, [turn("Ana", "one"), turn("", "CLOSED")]);
    }

    #[test]
    fn styles_that_are_names_are_speakers_where_no_event_has_a_name() {
        let event = |start: u8, style: &str, name: &str, text: &str| {
            format!("Dialogue: 0,0:00:0{start}.00,0:00:09.00,{style},{name},0,0,0,,{text}\n")
        };
        let talk = [
            event(1, "Host", "", "one"),
            event(2, "*Keeper", "", "two"),
            event(3, "Host", "", "three"),
            event(4, "Sign-top", "", "CLOSED"),
            event(5, "Keeper", "", "four"),
        ];
        let expected = [
            turn("Host", "one"),
            turn("Keeper", "two"),
            turn("Host", "three"),
            turn("", "CLOSED"),
            turn("Keeper", "four"),
        ];
        assert_eq!(said(&talk.concat()).0, expected);
        let named = talk.concat() + &event(6, "Host", "Ana", "five");
        assert_eq!(
            said(&named).0,
            [turn("", "one\ntwo\nthree\nCLOSED\nfour"), turn("Ana", "five")]
        );
        for styles in [
            ["Default", "Italics", "Default", "Italics"],
            ["Host", "Host", "Host", "Host"],
            ["Host", "Keeper", "Host", "Visitor"],
            ["Host", "OP", "Host", "ED 2"],
            ["Main", "top", "Default - Flashback", "Main"],
        ] {
            let events = styles.map(|style| event(1, style, "", "one")).concat();
            assert_eq!(said(&events).0, [turn("", "one\none\none\none")], "{styles:?}");
        }
    }

    #[test]
    fn a_colour_never_glues_words_together() {
        let events = "Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,yes{\\c&H00FFFF&}no {\\c&HFF&}O{\\c}nce {\\k20}syl{\\k30}la\n";
        assert_eq!(said(events).0, [turn("", "yes no Once sylla")]);
    }

    #[test]
    fn drawings_are_no_text() {
        let events = "Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,{\\p1}m 0 0 l 9 9{\\p0}a{\\pos(1,2)}b\n";
        assert_eq!(said(events).0, [turn("", "ab")]);
    }

    #[test]
    fn a_file_without_events_has_no_text() {
        assert_eq!(read("[Script Info]\n[Graphics]\nfilename: a.jpg\nM'5A\n").turns, []);
        assert_eq!(read("some text").turns.len(), 1);
    }

    #[test]
    fn broken_and_backward_times_are_warnings_and_their_text_is_kept() {
        let events = "Dialogue: 0,0:00:0x.00,0:00:02.50,Default,,0,0,0,,a\n\
            Dialogue: 0,0:00:03.00,0:00:02.00,Default,,0,0,0,,b\n";
        assert_eq!(said(events), (vec![turn("", "a\nb")], vec![Some(5), Some(6)]));
    }

    #[test]
    fn words_have_the_place_of_their_event() {
        let source =
            "[Script Info]\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.50,D,,0,0,0,,one\\Ntwo";
        let turns = read(source).turns;
        let parts = turns[0].text.parts();
        let place = parts[parts.len() - 1].place;
        assert_eq!(place.source.map(|it| &source[it.start..it.end]), Some("two"));
        assert_eq!(place.time, Some(TimeSpan { start: Time(1000), end: Time(2500) }));
    }
}
