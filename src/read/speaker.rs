//! What counts as the label of a speaker.
//!
//! A label opens a line. What stands before the colon must have the shape of a name: one to six
//! words, capitalised or all in capitals, particles (`van`, `de`), initials, titles and numbers
//! included; no verb, no pronoun, none of the words that open notes and reviews (`Note`, `Slides`,
//! `Pros`; see [`name`](crate::read::name)). `Q`, `A`, `Host`, `Interviewer` and `Speaker 1` do
//! speak; `Question` and `Q&A` are headings.
//!
//! *Strong* labels count at once: `**Name:** text`, `**Name**: text`, `[00:12] Name: text`,
//! `Name (00:48): text`, `>> Name: text`, and on a line of their own `Name (00:48)`, `Name  0:01`,
//! `[Name] 00:48`.
//! *Weak* labels are `Name: text`, and `Name:` above the text: prose has these as well
//! (`Remember: …`), so the whole document must look like a conversation (see
//! [`dialogue`](crate::read::dialogue)).
//!
//! What stands in brackets after a name (`Name (Guest):`) is kept out of it, so that the same
//! person has one name; so are a time, the marks and the colon. The name is kept as it is written
//! otherwise, capitals and titles included. `Break`, `Jingle` and their like end a turn without
//! beginning one: the words after them are nobody's.

use crate::{
    place::Time,
    read::{
        name::{Name, judge},
        timestamp,
    },
};

/// How sure a label is by its form alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// It needs a document that looks like a conversation.
    Weak,
    /// It counts at once.
    Strong,
}

/// How a label is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// As most are.
    #[default]
    Usual,
    /// At the start of an item of a list: lists explain terms.
    Item,
    /// `Q.` or `A.`, which open other things in most documents.
    Hearing,
}

/// Someone's label at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label<'a> {
    /// The name as written.
    pub name: &'a str,
    /// What kind of name it is; never [`Name::Other`].
    pub kind: Name,
    /// How sure it is by its form.
    pub strength: Strength,
    /// Bytes of the line that it takes, with the white space after it.
    pub length: usize,
    /// A time that it states, and where that stands in the line.
    pub time: Option<(usize, Time)>,
    /// How it is written, where that asks for more proof.
    pub form: Form,
}

/// The longest line head in which a label is looked for, in bytes.
const LONGEST: usize = 120;

/// How bold type begins in LaTeX, and what may stand before it.
const BOLD: &str = r"\textbf{";
const NO_INDENT: &str = r"\noindent";

/// The label that opens a line, if one does.
#[must_use]
pub fn label(line: &str) -> Option<Label<'_>> {
    // Nearly every line is ruled out here: a label has a colon, or a time, near the start.
    let head = &line.as_bytes()[..line.len().min(LONGEST)];
    if !head.contains(&b':') && !line.contains('：') {
        return None;
    }
    let mut at = spaces(line, 0);
    let mut time = None;
    let mut strength = Strength::Weak;
    let chevrons = line[at..].bytes().take_while(|byte| *byte == b'>').count();
    if chevrons >= 2 {
        strength = Strength::Strong;
        at = spaces(line, at + chevrons);
    }
    let written = timestamp::mark(&line[at..]).or_else(|| timestamp::clock(&line[at..]));
    if let Some((stated, length)) = written {
        time = Some((at, stated));
        strength = Strength::Strong;
        at = spaces(line, at + length);
        let dash = line[at..].chars().next().filter(|it| "-–—".contains(*it));
        at = spaces(line, at + dash.map_or(0, char::len_utf8));
    }
    let found = if let Some(bold) =
        line[at..].strip_prefix(NO_INDENT).map_or(&line[at..], str::trim_start).strip_prefix(BOLD)
    {
        bold_command(&line[at..], bold)
    } else if line[at..].starts_with("**") || line[at..].starts_with("__") {
        bold(&line[at..])
    } else if line[at..].starts_with('[') {
        name_in_brackets(&line[at..])
    } else {
        plain(&line[at..])
    }?;
    let kind = judge(found.name);
    let is_url = line[at + found.length..].trim_start().starts_with("http");
    if kind == Name::Other || (is_url && found.strength == Strength::Weak) {
        return None;
    }
    Some(Label {
        name: found.name,
        kind,
        strength: strength.max(found.strength),
        length: spaces(line, at + found.length),
        time: time.or(found.time.map(|(start, stated)| (at + start, stated))),
        form: Form::Usual,
    })
}

/// `Q.` or `A.` at the start of a line, bold or not, as in the records of hearings. It counts only
/// where the document has several of both in turn.
#[must_use]
pub fn label_of_hearing(line: &str) -> Option<Label<'_>> {
    let start = spaces(line, 0);
    let marks = if line[start..].starts_with("**") { 2 } else { 0 };
    let at = start + marks;
    let name = line.get(at..at + 1).filter(|it| matches!(*it, "Q" | "A"))?;
    let rest = line[at + 1..].strip_prefix('.')?;
    let rest = if marks > 0 { rest.strip_prefix("**")? } else { rest };
    ends_line_or_word(rest).then(|| Label {
        name,
        kind: Name::Role,
        strength: Strength::Weak,
        length: spaces(line, line.len() - rest.len()),
        time: None,
        form: Form::Hearing,
    })
}

/// A label by its shape; positions count from where it starts.
struct Found<'a> {
    name: &'a str,
    strength: Strength,
    length: usize,
    time: Option<(usize, Time)>,
}

/// `**Name:**`, `**Name**:`, `**Name** (00:48):`.
fn bold(text: &str) -> Option<Found<'_>> {
    let marks = &text[..2];
    let close = 2 + text.get(2..)?.find(marks).filter(|length| *length <= LONGEST)?;
    let inner = text[2..close].trim();
    let end = close + 2;
    let inner_colon = inner.strip_suffix(':').or_else(|| inner.strip_suffix('：'));
    if let Some(name) = inner_colon {
        let (name, time) = split_brackets(name.trim_end(), text)?;
        return Some(Found { name, strength: Strength::Strong, length: end, time });
    }
    let mut at = spaces(text, end);
    let (name, mut time) = split_brackets(inner, text)?;
    if let Some((stated, length)) = timestamp::mark(&text[at..]) {
        time = Some((at, stated));
        at = spaces(text, at + length);
    }
    let colon = text[at..].chars().next().filter(|it| matches!(it, ':' | '：'));
    let alone = time.is_some() && at == text.len();
    if colon.is_none() && !alone {
        return None;
    }
    let length = at + colon.map_or(0, char::len_utf8);
    Some(Found { name, strength: Strength::Strong, length, time })
}

/// `\textbf{Name:}`, `\textbf{Name}:` in LaTeX; `inner` is what follows the opening brace.
fn bold_command<'a>(text: &'a str, inner: &'a str) -> Option<Found<'a>> {
    let close = inner.find(['{', '}', '\\']).filter(|close| *close <= LONGEST)?;
    let after = inner[close..].strip_prefix('}')?;
    let name = inner[..close].trim_end();
    let inside = name.strip_suffix(':');
    let after = if inside.is_some() { after } else { after.trim_start().strip_prefix(':')? };
    let (name, time) = split_brackets(inside.unwrap_or(name).trim_end(), text)?;
    let length = text.len() - after.len();
    ends_line_or_word(after).then_some(Found { name, strength: Strength::Strong, length, time })
}

/// `Name (Guest)` and `Name [00:48]` without what is in brackets.
fn split_brackets<'a>(name: &'a str, text: &str) -> Option<(&'a str, Option<(usize, Time)>)> {
    // `[Name](address)`: the name is a link.
    if let Some((linked, _)) = name.strip_prefix('[').and_then(|rest| rest.split_once("](")) {
        return Some((linked.trim(), None));
    }
    let Some(open) = name.find(['(', '[', '\\']) else {
        return Some((name, None));
    };
    let offset = name.as_ptr() as usize - text.as_ptr() as usize;
    let time = timestamp::mark(&name[open..]).map(|(time, _)| (offset + open, time));
    if name.ends_with(char::is_alphanumeric) {
        // `Name (Nickname) Surname`.
        return Some((name, time));
    }
    let bare = name[..open].trim_end();
    (!bare.is_empty()).then_some((bare, time))
}

/// `Name:`, `Name (00:48):`, `Name (Guest):`, `Name  0:01`.
fn plain(text: &str) -> Option<Found<'_>> {
    let stop = text.char_indices().find(|(at, it)| {
        *at > LONGEST || matches!(it, ':' | '：' | '(' | '[' | '\\' | '.' | '?' | '!' if ends_name(&text[*at..]))
    });
    let (stop, mark) = stop.filter(|(at, _)| *at > 0 && *at <= LONGEST)?;
    let name = text[..stop].trim_end();
    match mark {
        '：' => Some(Found {
            name,
            strength: Strength::Weak,
            length: stop + mark.len_utf8(),
            time: None,
        }),
        ':' if ends_line_or_word(&text[stop + 1..]) => {
            Some(Found { name, strength: Strength::Weak, length: stop + 1, time: None })
        }
        ':' => time_after_name(text),
        _ => brackets_after_name(text, name, stop),
    }
}

/// Whether a name cannot go on here. A full stop is part of an initial or a title.
fn ends_name(rest: &str) -> bool {
    !rest.starts_with('.') || rest.starts_with("...")
}

fn ends_line_or_word(rest: &str) -> bool {
    rest.chars().next().is_none_or(char::is_whitespace)
}

/// A line that is a name and a time, such as `Name  0:01`.
fn time_after_name(text: &str) -> Option<Found<'_>> {
    let line = text.trim_end();
    let (name, time) = line.rsplit_once([' ', '\t'])?;
    let (stated, length) = timestamp::clock(time)?;
    let name = name.trim_end().trim_end_matches(['-', '–', '—', '|', '·']).trim_end();
    let start = line.len() - time.len();
    (length == time.len() && !name.is_empty()).then_some(Found {
        name,
        strength: Strength::Strong,
        length: text.len(),
        time: Some((start, stated)),
    })
}

/// A line that is a name in square brackets and a time, as Zoom writes it: `[Name] 10:00:48`.
fn name_in_brackets(text: &str) -> Option<Found<'_>> {
    let close = text.find(']').filter(|close| *close <= LONGEST)?;
    let start = spaces(text, close + 1);
    let (stated, length) = timestamp::clock(&text[start..])?;
    let alone = text[start + length..].trim_start().is_empty();
    alone.then_some(Found {
        name: text[1..close].trim(),
        strength: Strength::Strong,
        length: text.len(),
        time: Some((start, stated)),
    })
}

fn brackets_after_name<'a>(text: &str, name: &'a str, open: usize) -> Option<Found<'a>> {
    let mut at = open;
    let mut time = None;
    if let Some((stated, length)) = timestamp::mark(&text[at..]) {
        time = Some((at, stated));
        at += length;
    } else {
        let close = if text[at..].starts_with('(') { ')' } else { ']' };
        at += text[at..].find(close).filter(|length| *length <= LONGEST)? + 1;
        let next = spaces(text, at);
        if let Some((stated, length)) = timestamp::mark(&text[next..]) {
            time = Some((next, stated));
            at = next + length;
        }
    }
    at = spaces(text, at);
    let colon = text[at..].starts_with(':') && ends_line_or_word(&text[at + 1..]);
    let alone = time.is_some() && at == text.len();
    let strength = if time.is_some() { Strength::Strong } else { Strength::Weak };
    (colon || alone).then_some(Found { name, strength, length: at + usize::from(colon), time })
}

/// Where the white space at `at` ends.
fn spaces(text: &str, at: usize) -> usize {
    text.get(at..).map_or(text.len(), |rest| text.len() - rest.trim_start().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<(&str, Strength, &str, Option<u64>)> {
        let label = label(line)?;
        let time = label.time.map(|(_, time)| time.0 / 1000);
        Some((label.name, label.strength, &line[label.length..], time))
    }

    #[test]
    fn bold_names_are_strong_labels() {
        for line in [
            "**Ada King:** hello",
            "**Ada King**: hello",
            "**Ada King: ** hello",
            "__Ada King:__ hello",
        ] {
            assert_eq!(read(line), Some(("Ada King", Strength::Strong, "hello", None)), "{line}");
        }
        let linked = read("**[Ada King](https://example.org):** hello");
        assert_eq!(linked, Some(("Ada King", Strength::Strong, "hello", None)));
    }

    #[test]
    fn names_with_times_are_strong_labels() {
        for line in [
            "[00:48] Ada King: hello",
            "\\[00:00:48\\] **Ada King:** hello",
            "(00:48) Ada King: hello",
            "00:00:48 - Ada King: hello",
            "Ada King (00:48): hello",
            "Ada King [00:00:48]: hello",
            "**Ada King** (00:48): hello",
            "**Ada King (00:48):** hello",
        ] {
            assert_eq!(
                read(line),
                Some(("Ada King", Strength::Strong, "hello", Some(48))),
                "{line}"
            );
        }
    }

    #[test]
    fn a_name_and_a_time_may_have_a_line_of_their_own() {
        for line in [
            "Ada King  0:48",
            "Ada King (00:48)",
            "Ada King (00:00:48):",
            "**Ada King** [00:48]",
            "[Ada King] 00:00:48",
        ] {
            assert_eq!(read(line), Some(("Ada King", Strength::Strong, "", Some(48))), "{line}");
        }
    }

    #[test]
    fn a_plain_name_is_a_weak_label() {
        for line in [
            "Ada King: hello",
            "  Ada King : hello",
            "Ada King (Guest): hello",
            "Ada King [by phone]: hello",
        ] {
            assert_eq!(read(line), Some(("Ada King", Strength::Weak, "hello", None)), "{line}");
        }
        assert_eq!(read("Dr. King:"), Some(("Dr. King", Strength::Weak, "", None)));
        assert_eq!(read("主持人：欢迎"), Some(("主持人", Strength::Weak, "欢迎", None)));
    }

    #[test]
    fn chevrons_make_a_label_strong() {
        assert_eq!(read(">> ADA: hello"), Some(("ADA", Strength::Strong, "hello", None)));
    }

    #[test]
    fn bold_names_of_latex_are_strong_labels() {
        for line in [
            r"\textbf{Ada King:} hello",
            r"\textbf{Ada King}: hello",
            r"\noindent\textbf{Ada King: } hello",
            r"\noindent \textbf{Ada King} : hello",
            r"\textbf{Ada King (guest):} hello",
        ] {
            assert_eq!(read(line), Some(("Ada King", Strength::Strong, "hello", None)), "{line}");
        }
        for line in [r"\textbf{Ada} said: no", r"\textbf{Note:} worn", r"\textbf{\emph{Ada}:} no"] {
            assert_eq!(read(line), None, "{line}");
        }
    }

    #[test]
    fn questions_and_answers_of_hearings_are_labels() {
        let read = |line| label_of_hearing(line).map(|it| (it.name, &line[it.length..]));
        assert_eq!(read("  Q.   Is it old?"), Some(("Q", "Is it old?")));
        assert_eq!(read("**A.** Very."), Some(("A", "Very.")));
        assert_eq!(read("A."), Some(("A", "")));
        for line in ["Q.E.D.", "A.M.", "Q", "B. Two", "**A. Very.**", "a. one", ""] {
            assert_eq!(read(line), None, "{line}");
        }
    }

    #[test]
    fn what_is_no_label_stays_text() {
        for line in [
            "Note: the tape is worn",
            "Slides: https://example.org",
            "Talk: https://example.org",
            "https://example.org",
            "10:30 was the time",
            "The thing is this: it rots",
            "Ada said. Then: silence",
            "Std::Vec is a type",
            "**Note:** worn",
            "**bold** words: here",
            "Ada (who was there) said: no",
            "We met at 10:30",
            "(see [1]): x",
            "[Ada King] at 10:30",
            "[see below] 10:30",
            ": x",
            "",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
