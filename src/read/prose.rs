//! From paragraphs to turns: shared by all formats that are running text.
//!
//! A reader finds the paragraphs and says, by [`Edit`]s, which bytes are markup. Here the labels of
//! speakers are found and judged, time marks are taken out of the text and become its times, and
//! everything else is copied.
//!
//! A paragraph without a label goes on with the last speaker. A heading ends that, and so does a
//! bold label that names nobody (`**Clip from last week:**`): to name nobody is better than to name
//! the wrong one.

use std::ops::Range;

use crate::{
    place::TimeSpan,
    read::{
        clock::Clock,
        dialogue::Dialogue,
        lines::Line,
        name::Name,
        pieces::Gap,
        speaker::{Form, Label, Strength, label, label_of_hearing},
        timestamp,
        turns::Turns,
    },
    transcript::Turn,
};

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Running text, which may open with a label.
    Prose,
    /// An item of a list. A label in it is weak, however it is written: lists explain terms.
    Item,
    /// A heading, which nobody says.
    Heading,
    /// Text in which no markup is meant, such as code.
    Verbatim,
    /// A row of a table.
    Row,
    /// What somebody says, or a part of it: the number of the [`Utterance`].
    Said(usize),
}

/// Who says something and when, where the document states both beside the words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Utterance {
    /// Who says it.
    pub speaker: Option<String>,
    /// When.
    pub time: Option<TimeSpan>,
}

/// A paragraph: some of the lines of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Which lines, counted from 0.
    pub lines: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// What parts it from the one before.
    pub gap: Gap,
}

/// Bytes of the decoded file that are not copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What stands in their place.
    pub instead: Instead,
}

/// What stands in the text in place of some bytes of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// The very bytes: what looked like markup is none.
    Itself,
    /// Nothing.
    Nothing,
    /// A character.
    Character(char),
}

/// The turns of paragraphs. `edit` finds the markup of one, in order, and may see its lines cut.
pub fn turns<'a>(
    source: &'a str,
    lines: Vec<Line<'a>>,
    paragraphs: &[Paragraph],
    edit: impl FnMut(&[Line<'a>], Kind, &mut Vec<Edit>),
) -> Vec<Turn> {
    turns_among(source, lines, paragraphs, &[], edit)
}

/// Like [`turns`], with the utterances that paragraphs of the kind [`Kind::Said`] belong to. Nobody
/// goes on behind them.
pub fn turns_among<'a>(
    source: &'a str,
    mut lines: Vec<Line<'a>>,
    paragraphs: &[Paragraph],
    utterances: &'a [Utterance],
    mut edit: impl FnMut(&[Line<'a>], Kind, &mut Vec<Edit>),
) -> Vec<Turn> {
    let labelled = split_at_labels(&lines, paragraphs);
    let mut clock = Clock::of(source);
    if !utterances.is_empty() {
        // Times that stand beside an utterance are known.
        let end = |it: &Paragraph| it.lines.end.checked_sub(1).map_or(0, |last| lines[last].end());
        let said = |at: usize| {
            let next = paragraphs.partition_point(|it| end(it) <= at);
            paragraphs.get(next).is_some_and(|it| lines[it.lines.start].start <= at)
        };
        clock.retain(said);
    }
    let mut beside_names = Vec::new();
    let mut dialogue = Dialogue::default();
    for (paragraph, label) in &labelled {
        let first = lines[paragraph.lines.start];
        match label {
            _ if matches!(paragraph.kind, Kind::Said(_)) => {}
            Some(label) => dialogue.labelled(label),
            None => match bold_heading(first.text) {
                Some(heading) => dialogue.heading(heading),
                None => dialogue.unlabelled(),
            },
        }
        if let Some((at, time)) = label.and_then(|label| label.time) {
            beside_names.push((first.start + at, time));
        }
    }
    clock.add(beside_names);
    if let Some(end) = end_of_last_stretch(&clock, source, &lines, &labelled) {
        clock.stop(end);
    }
    let verdict = dialogue.verdict();
    let mut turns = Turns::new(source);
    let mut speaker: Option<&str> = None;
    let mut was_said = false;
    let mut edits = Vec::new();
    for (paragraph, label) in &labelled {
        turns.part(paragraph.gap);
        let said = match paragraph.kind {
            Kind::Said(number) => utterances.get(number),
            _ => None,
        };
        if was_said || said.is_some() {
            speaker = said.and_then(|it| it.speaker.as_deref());
        }
        was_said = said.is_some();
        if let Some(label) = label.filter(|label| verdict.accepts(label)) {
            turns.part(Gap::Paragraph);
            speaker = (label.kind != Name::Section).then_some(label.name);
            let is_break = speaker.is_none() && is_bare(&label, &lines[paragraph.lines.clone()]);
            if is_break {
                turns.end();
            }
            if speaker.is_some() || is_break {
                let first = &mut lines[paragraph.lines.start];
                *first = first.after(label.length);
            }
        } else if paragraph.kind == Kind::Heading || is_someone_else(paragraph, &lines, speaker) {
            speaker = None;
        }
        turns.begin(speaker);
        edits.clear();
        let lines = &lines[paragraph.lines.clone()];
        edit(lines, paragraph.kind, &mut edits);
        match said.and_then(|it| it.time) {
            Some(time) => write(lines, &edits, &mut Clock::during(time), &mut turns),
            None => write(lines, &edits, &mut clock, &mut turns),
        }
    }
    turns.finish()
}

/// Whether a paragraph says nothing behind its label, a time aside: `**Break:** [23:48]`.
fn is_bare(label: &Label<'_>, lines: &[Line<'_>]) -> bool {
    let [first, below @ ..] = lines else { return false };
    let behind = first.text.get(label.length..).unwrap_or_default();
    let time = timestamp::mark(behind).map_or(0, |(_, length)| length);
    let has_words = |text: &str| text.contains(char::is_alphanumeric);
    !has_words(&behind[time..]) && !below.iter().any(|line| has_words(line.text))
}

/// Where the words directly under the last time mark end: with its paragraph, or with the next one
/// where no word stands behind the mark.
fn end_of_last_stretch(
    clock: &Clock,
    source: &str,
    lines: &[Line<'_>],
    paragraphs: &[(Paragraph, Option<Label<'_>>)],
) -> Option<usize> {
    let mark = clock.last_mark()?;
    let end = |at: usize| {
        let last = paragraphs.get(at)?.0.lines.end.checked_sub(1)?;
        lines.get(last).map(Line::end)
    };
    let of_mark = paragraphs.partition_point(|(paragraph, _)| {
        paragraph.lines.end.checked_sub(1).is_some_and(|last| lines[last].end() <= mark)
    });
    let behind = source.get(mark..end(of_mark)?)?;
    let written = timestamp::mark(behind).or_else(|| timestamp::clock(behind));
    let behind = &behind[written.map_or(0, |(_, length)| length)..];
    // The name may stand between the mark and the words: `[0:12] Ada:`.
    let words = label(behind.trim_start()).map_or(behind, |label| {
        let behind = behind.trim_start();
        &behind[label.length.min(behind.len())..]
    });
    if words.contains(char::is_alphanumeric) {
        end(of_mark)
    } else {
        end(of_mark + 1).or(Some(mark))
    }
}

/// Writes lines with their edits done.
pub fn write<'a>(lines: &[Line<'a>], edits: &[Edit], clock: &mut Clock, turns: &mut Turns<'a>) {
    let mut edits = edits.iter().filter(|edit| edit.instead != Instead::Itself).peekable();
    for line in lines {
        turns.part(Gap::Line);
        let mut at = 0;
        while let Some(edit) = edits.next_if(|edit| edit.start < line.end()) {
            let (start, end) = (edit.start - line.start, edit.end - line.start);
            turns.copy(&line.text[at..start], line.span(at..start), clock.at(line.start + at));
            if let Instead::Character(character) = edit.instead {
                turns.decoded(character, line.span(start..end), clock.at(edit.start));
            }
            at = end;
        }
        let rest = at..line.text.len();
        turns.copy(&line.text[at..], line.span(rest), clock.at(line.start + at));
    }
}

/// The edits that take time marks out of plain lines.
pub fn edit_marks(lines: &[Line<'_>], edits: &mut Vec<Edit>) {
    for line in lines {
        let mut done = 0;
        for open in memchr::memchr_iter(b'[', line.text.as_bytes()) {
            let escaped = open > done && line.text.as_bytes()[open - 1] == b'\\';
            let start = open - usize::from(escaped);
            if open < done {
                continue;
            }
            if let Some((_, length)) = timestamp::mark(&line.text[start..]) {
                done = start + length;
                let (start, end) = (line.start + start, line.start + done);
                edits.push(Edit { start, end, instead: Instead::Nothing });
            }
        }
    }
}

/// Paragraphs with their labels, parted where a label stands at the start of a later line.
fn split_at_labels<'a>(
    lines: &[Line<'a>],
    paragraphs: &[Paragraph],
) -> Vec<(Paragraph, Option<Label<'a>>)> {
    let mut found = Vec::with_capacity(paragraphs.len());
    for paragraph in paragraphs {
        if !matches!(paragraph.kind, Kind::Prose | Kind::Item) {
            found.push((paragraph.clone(), None));
            continue;
        }
        let mut open = paragraph.clone();
        let mut open_label = label_of(lines[open.lines.start].text);
        if let Some(label) = open_label.as_mut().filter(|_| open.kind == Kind::Item) {
            label.strength = Strength::Weak;
            if label.form == Form::Usual {
                label.form = Form::Item;
            }
        }
        for at in paragraph.lines.start + 1..paragraph.lines.end {
            let next = label_of(lines[at].text)
                .filter(|it| it.strength == Strength::Strong || ends_sentence(lines[at - 1].text));
            if next.is_some() {
                let rest = Paragraph { lines: at..open.lines.end, kind: open.kind, gap: Gap::Line };
                open.lines.end = at;
                found.push((std::mem::replace(&mut open, rest), open_label));
                open_label = next;
            }
        }
        found.push((open, open_label));
    }
    found
}

fn label_of(line: &str) -> Option<Label<'_>> {
    label(line).or_else(|| label_of_hearing(line))
}

fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(|it: char| it.is_whitespace() || "\"'”’»)]*_".contains(it));
    line.ends_with(['.', '!', '?', '…', '-', '–', '—', '。', '！', '？'])
}

/// Whether a paragraph opens with a bold label that is no name, where others have names: whoever
/// says it, it is not the last one.
fn is_someone_else(paragraph: &Paragraph, lines: &[Line<'_>], speaker: Option<&str>) -> bool {
    speaker.is_some()
        && paragraph.kind == Kind::Prose
        && bold_heading(lines[paragraph.lines.start].text).is_some()
}

/// `**Pros:**` or `\textbf{Pros:}`: bold, with a colon, and no label of a person.
fn bold_heading(line: &str) -> Option<&str> {
    let of_latex = || Some((line.strip_prefix(r"\textbf{")?, "}"));
    let (rest, close) = line.strip_prefix("**").map(|rest| (rest, "**")).or_else(of_latex)?;
    let end = rest.find(close)?;
    let (inner, after) = (&rest[..end], &rest[end + close.len()..]);
    (inner.ends_with(':') || after.starts_with(':')).then(|| inner.trim_end_matches(':'))
}
