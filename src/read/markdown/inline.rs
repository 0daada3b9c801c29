//! The markup inside a paragraph of Markdown, found as [`Edit`]s.
//!
//! One pass over the bytes that can be markup. An opening mark is noted as text and turned into
//! markup when its closing mark is found, so that what is never closed stays.

use std::collections::HashSet;

use crate::read::{
    entity::entity,
    lines::Line,
    prose::{Edit, Instead, Kind},
    timestamp,
};

/// The longest tag or address, in bytes, and the most marks of emphasis that are open at once: so the
/// work grows with the length of a line, not with its square.
const LONGEST: usize = 4096;
const DEEPEST: usize = 64;

/// Finds markup; keeps its memory from one paragraph to the next.
#[derive(Debug)]
pub struct Inline<'a> {
    definitions: &'a HashSet<String>,
    /// The edits of `[` and `![` that are not closed yet.
    brackets: Vec<usize>,
    runs: Vec<Run>,
}

/// Marks of emphasis that may open: one edit for each, from `edit` on.
#[derive(Debug)]
struct Run {
    mark: u8,
    edit: usize,
    length: usize,
}

impl<'a> Inline<'a> {
    /// Knows the labels of the document's link definitions.
    pub fn new(definitions: &'a HashSet<String>) -> Self {
        Self { definitions, brackets: Vec::new(), runs: Vec::new() }
    }

    /// Appends the edits of a paragraph, in order.
    pub fn edit(&mut self, lines: &[Line<'_>], kind: Kind, edits: &mut Vec<Edit>) {
        if kind == Kind::Verbatim {
            return;
        }
        self.brackets.clear();
        self.runs.clear();
        for line in lines {
            let bytes = line.text.as_bytes();
            let mut at = 0;
            while let Some(next) = bytes[at..].iter().position(|byte| SPECIAL[usize::from(*byte)]) {
                at += next;
                at += match bytes[at] {
                    b'\\' => backslash(*line, at, edits),
                    b'!' if bytes.get(at + 1) == Some(&b'[') => self.open(*line, at, 2, edits),
                    b'[' => self.open(*line, at, 1, edits),
                    b']' => self.close(*line, at, edits),
                    b'`' => code(*line, at, edits),
                    b'<' => tag(*line, at, edits),
                    b'&' => reference(*line, at, edits),
                    b'|' if kind == Kind::Row => {
                        edits.push(edit(*line, at, at + 1, Instead::Character(' ')));
                        1
                    }
                    b'*' | b'_' | b'~' => self.emphasis(*line, at, edits),
                    _ => 1,
                };
            }
        }
    }

    fn open(&mut self, line: Line<'_>, at: usize, length: usize, edits: &mut Vec<Edit>) -> usize {
        if let Some((_, mark)) = timestamp::mark(&line.text[at..]) {
            let address = address(&line.text[at + mark..]).unwrap_or(0);
            edits.push(edit(line, at, at + mark + address, Instead::Nothing));
            return mark + address;
        }
        self.brackets.push(edits.len());
        edits.push(edit(line, at, at + length, Instead::Itself));
        length
    }

    fn close(&mut self, line: Line<'_>, at: usize, edits: &mut Vec<Edit>) -> usize {
        let Some(open) = self.brackets.pop() else {
            return 1;
        };
        let rest = &line.text[at + 1..];
        let Some(length) = address(rest).or_else(|| self.defined(rest)) else {
            return 1;
        };
        edits[open].instead = Instead::Nothing;
        edits.push(edit(line, at, at + 1 + length, Instead::Nothing));
        length + 1
    }

    /// The bytes of `[label]` after a link's text, where the label is defined.
    fn defined(&self, rest: &str) -> Option<usize> {
        let label = rest.strip_prefix('[')?;
        let end = label.find(']')?;
        let known = self.definitions.contains(&label[..end].to_lowercase());
        known.then_some(end + 2)
    }

    fn emphasis(&mut self, line: Line<'_>, at: usize, edits: &mut Vec<Edit>) -> usize {
        let mark = line.text.as_bytes()[at];
        let length = line.text[at..].bytes().take_while(|byte| *byte == mark).count();
        if length > 3 || (mark == b'~' && length != 2) {
            return length;
        }
        let before = line.text[..at].chars().next_back();
        let after = line.text[at + length..].chars().next();
        let closes = before.is_some_and(|it| !it.is_whitespace())
            && (mark != b'_' || !after.is_some_and(char::is_alphanumeric));
        let opens = after.is_some_and(|it| !it.is_whitespace())
            && !before.is_some_and(char::is_alphanumeric);
        let first = edits.len();
        for start in at..at + length {
            edits.push(edit(line, start, start + 1, Instead::Itself));
        }
        let mut left = length;
        while closes && left > 0 {
            let Some(found) = self.runs.iter().rposition(|run| run.mark == mark) else {
                break;
            };
            self.runs.truncate(found + 1);
            let Some(run) = self.runs.last_mut() else {
                break;
            };
            let both = run.length.min(left);
            for step in 0..both {
                edits[run.edit + run.length - 1 - step].instead = Instead::Nothing;
                edits[first + length - left + step].instead = Instead::Nothing;
            }
            run.length -= both;
            left -= both;
            if run.length == 0 {
                self.runs.pop();
            }
        }
        if opens && left > 0 {
            self.runs.truncate(DEEPEST);
            self.runs.push(Run { mark, edit: first + length - left, length: left });
        }
        length
    }
}

/// The bytes that can be markup.
const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let bytes = b"\\![]`<&|*_~";
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] = true;
        at += 1;
    }
    table
};

fn edit(line: Line<'_>, start: usize, end: usize, instead: Instead) -> Edit {
    Edit { start: line.start + start, end: line.start + end, instead }
}

/// An escaped character, an escaped time mark, or a hard line break.
fn backslash(line: Line<'_>, at: usize, edits: &mut Vec<Edit>) -> usize {
    if let Some((_, length)) = timestamp::mark(&line.text[at..]) {
        edits.push(edit(line, at, at + length, Instead::Nothing));
        return length;
    }
    match line.text.as_bytes().get(at + 1) {
        None => edits.push(edit(line, at, at + 1, Instead::Nothing)),
        Some(byte) if byte.is_ascii_punctuation() => {
            edits.push(edit(line, at, at + 1, Instead::Nothing));
            return 2;
        }
        Some(_) => {}
    }
    1
}

/// Code between equal runs of backticks on one line: the backticks go, what is inside stays.
fn code(line: Line<'_>, at: usize, edits: &mut Vec<Edit>) -> usize {
    let run = |from: usize| line.text[from..].bytes().take_while(|byte| *byte == b'`').count();
    let length = run(at);
    let mut search = at + length;
    while let Some(found) = memchr::memchr(b'`', &line.text.as_bytes()[search..]) {
        let close = search + found;
        let closing = run(close);
        if closing == length {
            edits.push(edit(line, at, at + length, Instead::Nothing));
            edits.push(edit(line, close, close + length, Instead::Nothing));
            return close + length - at;
        }
        search = close + closing;
    }
    length
}

/// A comment, a known HTML tag, or an address in angle brackets.
fn tag(line: Line<'_>, at: usize, edits: &mut Vec<Edit>) -> usize {
    let rest = &line.text[at..];
    let rest = &rest[..rest.floor_char_boundary(LONGEST)];
    if rest.starts_with("<!--")
        && let Some(end) = rest.find("-->")
    {
        edits.push(edit(line, at, at + end + 3, Instead::Nothing));
        return end + 3;
    }
    let Some(end) = memchr::memchr(b'>', rest.as_bytes()) else {
        return 1;
    };
    let inner = &rest[1..end];
    let is_address = !inner.contains(char::is_whitespace)
        && (inner.contains("://") || (inner.contains('@') && inner.contains('.')));
    if is_address {
        edits.push(edit(line, at, at + 1, Instead::Nothing));
        edits.push(edit(line, at + end, at + end + 1, Instead::Nothing));
        return end + 1;
    }
    let name = inner.trim_start_matches('/').split([' ', '\t', '/']).next().unwrap_or_default();
    if !TAGS.iter().any(|tag| tag.eq_ignore_ascii_case(name)) {
        return 1;
    }
    let space = matches!(name, "br" | "BR" | "td" | "th" | "p" | "div" | "li");
    let instead = match name {
        "q" | "Q" if inner.starts_with('/') => Instead::Character('”'),
        "q" | "Q" => Instead::Character('“'),
        _ if space => Instead::Character(' '),
        _ => Instead::Nothing,
    };
    edits.push(edit(line, at, at + end + 1, instead));
    end + 1
}

fn reference(line: Line<'_>, at: usize, edits: &mut Vec<Edit>) -> usize {
    let Some((character, length)) = entity(&line.text[at..]) else {
        return 1;
    };
    edits.push(edit(line, at, at + length, Instead::Character(character)));
    length
}

/// The bytes of `(address "title")` at the start of a string.
fn address(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('(')?;
    let inner = &inner[..inner.floor_char_boundary(LONGEST)];
    let mut depth = 1;
    let end = inner.bytes().position(|byte| {
        depth += match byte {
            b'(' => 1,
            b')' => -1,
            _ => 0,
        };
        depth == 0
    })?;
    let (_, title) = inner[..end].trim().split_once([' ', '\t']).unwrap_or_default();
    (title.is_empty() || title.trim_start().starts_with(['"', '\''])).then_some(end + 2)
}

/// HTML tags that stand in Markdown. Others, such as the `<T>` of a type, are text.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "article",
    "audio",
    "b",
    "blockquote",
    "br",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "iframe",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "section",
    "small",
    "source",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "video",
];
