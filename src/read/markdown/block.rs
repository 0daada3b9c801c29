//! The blocks of Markdown: which lines make a paragraph, and what is no text at all.

use std::collections::HashSet;

use crate::read::{
    lines::Line,
    pieces::Gap,
    prose::{Kind, Paragraph},
};

/// The lines that hold text, without the marks of their blocks, and the paragraphs they make.
#[derive(Debug, Default)]
pub struct Blocks<'a> {
    pub lines: Vec<Line<'a>>,
    pub paragraphs: Vec<Paragraph>,
    /// The labels of link definitions (`[label]: address`), in lower case.
    pub definitions: HashSet<String>,
    /// The line of the first heading of the first level.
    pub title: Option<usize>,
}

/// Finds the blocks.
pub fn blocks<'a>(source: &'a str, lines: impl Iterator<Item = Line<'a>>) -> Blocks<'a> {
    let has_comments = memchr::memmem::find(source.as_bytes(), b"<!--").is_some();
    let last_comment_end = if has_comments { source.rfind("-->").unwrap_or(0) } else { 0 };
    let mut reader = BlockReader {
        last_comment_end,
        blocks: Blocks::default(),
        open: false,
        fence: None,
        in_comment: false,
        bullets: 0,
    };
    for line in lines {
        if has_comments && reader.fence.is_none() {
            reader.outside_comments(line);
        } else {
            reader.line(line);
        }
    }
    reader.blocks
}

/// More bullets than this on one line are text.
const DEEPEST: usize = 8;

struct BlockReader<'a> {
    /// A comment that starts after this byte is never closed, and so none.
    last_comment_end: usize,
    blocks: Blocks<'a>,
    /// Whether the next line goes on with the last paragraph.
    open: bool,
    /// The character and length of the fence that code is inside of.
    fence: Option<(u8, usize)>,
    in_comment: bool,
    /// How many bullets the line at hand had.
    bullets: usize,
}

impl<'a> BlockReader<'a> {
    /// Cuts off what belongs to a comment of several lines.
    fn outside_comments(&mut self, mut line: Line<'a>) {
        if self.in_comment {
            let Some(end) = line.text.find("-->") else {
                return;
            };
            self.in_comment = false;
            line = line.after(end + 3);
            if line.is_blank() {
                return;
            }
        }
        if let Some(start) = line.text.rfind("<!--")
            && !line.text[start..].contains("-->")
            && line.start + start < self.last_comment_end
        {
            self.in_comment = true;
            line = line.before(start);
            if line.is_blank() {
                return;
            }
        }
        self.line(line);
    }

    fn line(&mut self, raw: Line<'a>) {
        if let Some((mark, length)) = self.fence {
            if fence(raw.text.trim())
                .is_some_and(|(it, count, info)| it == mark && count >= length && info.is_empty())
            {
                self.fence = None;
                self.open = false;
            } else if raw.is_blank() {
                self.open = false;
            } else {
                self.add(raw, Kind::Verbatim);
            }
            return;
        }
        let line = without_quote_marks(raw.trim());
        let Some(first) = line.text.bytes().next() else {
            self.open = false;
            return;
        };
        match first {
            b'`' | b'~' if self.opens_fence(line.text) => {}
            b'#' if self.heading(line) => {}
            b'=' if self.underlines(line.text, '=') => {}
            b'-' if self.underlines(line.text, '-') => {}
            b'-' | b'*' | b'_' if is_rule(line.text) => self.open = false,
            b'-' | b'*' | b'+' if self.is_bullet(line.text) => {
                self.open = false;
                self.bullets += 1;
                self.line(line.after(2).trim());
                self.bullets -= 1;
            }
            b'0'..=b'9' => {
                self.open &= !opens_numbered_item(line.text);
                self.add(line, Kind::Prose);
            }
            b'|' => self.row(line),
            b'[' if self.defines(line.text) => {}
            _ => self.add(line, Kind::Prose),
        }
    }

    fn is_bullet(&self, text: &str) -> bool {
        self.bullets < DEEPEST && text[1..].starts_with([' ', '\t'])
    }

    fn add(&mut self, line: Line<'a>, kind: Kind) {
        let at = self.blocks.lines.len();
        self.blocks.lines.push(line);
        let kind = if self.bullets > 0 && kind == Kind::Prose { Kind::Item } else { kind };
        let last = self.blocks.paragraphs.last_mut().filter(|_| self.open);
        let goes_on = |last: Kind| last == kind || (last == Kind::Item && kind == Kind::Prose);
        if let Some(last) = last.filter(|last| goes_on(last.kind)) {
            last.lines.end = at + 1;
        } else {
            let gap = Gap::Paragraph;
            self.blocks.paragraphs.push(Paragraph { lines: at..at + 1, kind, gap });
        }
        self.open = true;
    }

    fn opens_fence(&mut self, text: &str) -> bool {
        let Some((mark, length, info)) = fence(text) else {
            return false;
        };
        if mark == b'`' && info.contains('`') {
            return false;
        }
        self.fence = Some((mark, length));
        self.open = false;
        true
    }

    fn heading(&mut self, line: Line<'a>) -> bool {
        let level = line.text.bytes().take_while(|byte| *byte == b'#').count();
        let rest = line.after(level);
        if level > 6 || !(rest.text.is_empty() || rest.text.starts_with([' ', '\t'])) {
            return false;
        }
        self.open = false;
        let words = rest.text.trim_end_matches('#');
        let closed = words.len() < rest.text.len() && words.ends_with([' ', '\t']);
        let rest = if closed { rest.before(words.len()) } else { rest }.trim();
        if !rest.text.is_empty() {
            self.add(rest, Kind::Heading);
            self.open = false;
            if level == 1 {
                self.blocks.title.get_or_insert(self.blocks.lines.len() - 1);
            }
        }
        true
    }

    /// A line of `=` or `-` under a line of text makes that a heading.
    fn underlines(&mut self, text: &str, mark: char) -> bool {
        let wanted = text.len() >= 2 && text.chars().all(|it| it == mark);
        let last = self.blocks.paragraphs.last_mut().filter(|_| self.open && wanted);
        let Some(last) = last.filter(|it| it.kind == Kind::Prose && it.lines.len() == 1) else {
            return false;
        };
        let is_label =
            crate::read::speaker::label(self.blocks.lines[last.lines.start].text).is_some();
        if self.blocks.lines[last.lines.start].text.len() > 100 || is_label {
            return false;
        }
        last.kind = Kind::Heading;
        if mark == '=' {
            self.blocks.title.get_or_insert(last.lines.start);
        }
        self.open = false;
        true
    }

    fn row(&mut self, line: Line<'a>) {
        let is_ruler =
            line.text.contains('-') && line.text.bytes().all(|it| b"|:- \t".contains(&it));
        if is_ruler {
            return;
        }
        let follows =
            self.open && self.blocks.paragraphs.last().is_some_and(|it| it.kind == Kind::Row);
        self.open = false;
        self.add(line, Kind::Row);
        if let Some(last) = self.blocks.paragraphs.last_mut().filter(|_| follows) {
            last.gap = Gap::Line;
        }
    }

    /// `[label]: address "title"`.
    fn defines(&mut self, text: &str) -> bool {
        let Some((label, address)) = text[1..].split_once("]:") else {
            return false;
        };
        let (address, title) =
            address.trim().split_once([' ', '\t']).unwrap_or((address.trim(), ""));
        let is_address = address.contains(['/', '#', '.']) && !label.starts_with('^');
        let is_title = title.is_empty() || title.trim_start().starts_with(['"', '\'', '(']);
        if !is_address || !is_title || self.open {
            return false;
        }
        self.blocks.definitions.insert(label.to_lowercase());
        true
    }
}

fn without_quote_marks(mut line: Line<'_>) -> Line<'_> {
    while line.text.starts_with('>') {
        line = line.after(1).trim();
    }
    line
}

/// The character, length and info string of a code fence.
fn fence(text: &str) -> Option<(u8, usize, &str)> {
    let mark = *text.as_bytes().first().filter(|byte| matches!(byte, b'`' | b'~'))?;
    let length = text.bytes().take_while(|byte| *byte == mark).count();
    (length >= 3).then(|| (mark, length, text[length..].trim()))
}

fn is_rule(text: &str) -> bool {
    let mark = text.as_bytes()[0];
    let marks = text.bytes().filter(|byte| *byte == mark).count();
    marks >= 3 && text.bytes().all(|byte| byte == mark || byte == b' ')
}

/// `1. text`, `12) text`.
fn opens_numbered_item(text: &str) -> bool {
    let rest = text.trim_start_matches(|it: char| it.is_ascii_digit());
    text.len() - rest.len() <= 3 && (rest.starts_with(". ") || rest.starts_with(") "))
}
