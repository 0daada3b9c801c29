//! One walk over a LaTeX file: which bytes are no text, and what the text is.

mod taken;

use std::ops::Range;

use unicode_normalization::char::compose;

use super::{
    command::{Environment, Meaning, environment, meaning},
    preamble::body,
};
use crate::read::prose::{Edit, Instead};

/// What was found in a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Scan {
    /// What is not copied, in order; none runs over the end of a line.
    pub(super) edits: Vec<Edit>,
    /// Bytes at which a paragraph begins.
    pub(super) breaks: Vec<usize>,
    /// Bytes at which a heading begins.
    pub(super) headings: Vec<usize>,
    /// Bytes at which an item of a list begins.
    pub(super) items: Vec<usize>,
    /// Quotations that are set as a block.
    pub(super) blocks: Vec<Range<usize>>,
    /// Text as it stands, in which nothing means anything.
    pub(super) verbatim: Vec<Range<usize>>,
    /// Where something begins that never ends, and what.
    pub(super) unclosed: Vec<(usize, String)>,
}

/// What a closing brace stands for.
enum Closing {
    Nothing,
    Mark(char),
    Block(usize),
    Heading,
}

struct Walk<'a> {
    source: &'a str,
    at: usize,
    end: usize,
    /// Whether `"` is a command, as babel makes it for German.
    german: bool,
    braces: Vec<(usize, Closing)>,
    quotes: Vec<usize>,
    found: Scan,
}

/// Where babel would be loaded in a file without a preamble of its own, in bytes.
const PREAMBLE: usize = 2_000;

/// Walks over the text between `\begin{document}` and `\end{document}`, or over all of a file that
/// has neither.
pub(super) fn scan(source: &str) -> Scan {
    let body = body(source);
    let mut walk = Walk {
        source,
        at: body.start,
        end: body.end,
        german: source[..body.start.max(source.floor_char_boundary(PREAMBLE))].contains("german"),
        braces: Vec::new(),
        quotes: Vec::new(),
        found: Scan::default(),
    };
    walk.drop(0..body.start);
    while walk.at < walk.end {
        walk.step();
    }
    walk.drop(body.end..source.len());
    let Walk { braces, quotes, mut found, .. } = walk;
    let brace = |(at, _): &(usize, Closing)| (*at, "this brace is never closed".to_owned());
    found.unclosed.extend(braces.iter().map(brace));
    let quote = |at: &usize| (*at, "this quotation is never ended".to_owned());
    found.unclosed.extend(quotes.iter().map(quote));
    found.unclosed.sort();
    found.blocks.sort_by_key(|block| block.start);
    found.edits.sort_by_key(|edit| (edit.start, edit.end));
    found
}

impl Walk<'_> {
    fn rest(&self) -> &str {
        &self.source[self.at..self.end]
    }

    fn step(&mut self) {
        let rest = self.rest();
        let Some(found) =
            rest.find(['\\', '%', '{', '}', '~', '$', '`', '\'', '-', ',', '<', '>', '&', '"'])
        else {
            self.at = self.end;
            return;
        };
        self.at += found;
        let rest = self.rest();
        let pairs: &[(&str, char)] = &[
            ("---", '—'),
            ("--", '–'),
            ("``", '“'),
            ("''", '”'),
            (",,", '„'),
            ("<<", '«'),
            (">>", '»'),
            ("\"`", '„'),
            ("\"'", '“'),
            ("`", '‘'),
            ("~", ' '),
            ("&", ' '),
        ];
        let means = |(written, _): &&(&str, char)| {
            rest.starts_with(written) && (self.german || !written.starts_with('"'))
        };
        if let Some((written, character)) = pairs.iter().find(means) {
            let length = written.len();
            self.replace(length, *character);
            return;
        }
        match rest.as_bytes()[0] {
            b'\\' => self.command(),
            b'%' => {
                let line = rest.find('\n').unwrap_or(rest.len());
                self.take(line);
            }
            b'{' => {
                self.braces.push((self.at, Closing::Nothing));
                self.take(1);
            }
            b'}' => self.close(),
            b'$' => {
                let length = if rest.starts_with("$$") { 2 } else { 1 };
                self.take(length);
            }
            _ => self.at += 1,
        }
    }

    fn close(&mut self) {
        match self.braces.pop().map(|(_, closing)| closing) {
            Some(Closing::Mark(mark)) => self.replace(1, mark),
            Some(Closing::Block(start)) => {
                self.found.blocks.push(start..self.at);
                self.take(1);
                self.found.breaks.push(self.at);
            }
            Some(Closing::Heading) => {
                self.take(1);
                self.found.breaks.push(self.at);
            }
            Some(Closing::Nothing) | None => self.take(1),
        }
    }

    fn command(&mut self) {
        let start = self.at;
        let name = self.name();
        let length = 1 + name.len();
        let name = name.to_owned();
        let is_word = name.starts_with(|it: char| it.is_ascii_alphabetic());
        match meaning(&name) {
            Meaning::Character(character) => {
                self.replace(length, character);
                if name == "\\" {
                    self.options();
                } else if is_word {
                    self.spaces();
                }
            }
            Meaning::Accent(mark) => self.accent(length, mark),
            Meaning::Verbatim => self.verbatim_word(length),
            Meaning::Environment { begins } => self.environment(length, begins),
            other => {
                self.take(length);
                self.star();
                self.options();
                self.argument(start, other);
            }
        }
    }

    /// What follows the name of a command.
    fn argument(&mut self, start: usize, meaning: Meaning) {
        match meaning {
            Meaning::Drop(count) => self.arguments(count),
            Meaning::Link => self.address(),
            Meaning::Quote(before, open, close) => {
                self.arguments(before);
                self.open(Some(open), Closing::Mark(close));
            }
            Meaning::BlockQuote(before) => {
                self.arguments(before);
                self.found.breaks.push(start);
                self.open(None, Closing::Block(start));
            }
            Meaning::Heading => {
                self.found.breaks.push(start);
                self.found.headings.push(start);
                self.open(None, Closing::Heading);
            }
            // As Pandoc's Markdown writes a note in its place.
            Meaning::Footnote => {
                self.spaces();
                if self.rest().starts_with('{') {
                    self.found.edits.push(Edit {
                        start,
                        end: start,
                        instead: Instead::Character('^'),
                    });
                    self.open(Some('['), Closing::Mark(']'));
                }
            }
            Meaning::Paragraph => self.found.breaks.push(start),
            Meaning::Item => {
                self.found.breaks.push(start);
                self.found.items.push(start);
                self.spaces();
            }
            _ => {
                if !self.rest().starts_with('{') {
                    self.spaces();
                }
            }
        }
    }

    /// Takes an opening brace for which a mark may stand, and for whose partner another may.
    fn open(&mut self, mark: Option<char>, closing: Closing) {
        self.spaces();
        if !self.rest().starts_with('{') {
            return;
        }
        self.braces.push((self.at, closing));
        match mark {
            Some(mark) => self.replace(1, mark),
            None => self.take(1),
        }
    }

    /// The name of the command at a backslash: letters, or one character.
    fn name(&self) -> &str {
        let rest = &self.rest()[1..];
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let length =
            if letters > 0 { letters } else { rest.chars().next().map_or(0, char::len_utf8) };
        &rest[..length]
    }

    fn accent(&mut self, length: usize, mark: char) {
        let rest = &self.rest()[length..];
        let lead = rest.len() - rest.trim_start_matches([' ', '{']).len();
        let inner = &rest[lead..];
        let dotless = inner.starts_with(r"\i") || inner.starts_with(r"\j");
        let skipped = usize::from(dotless);
        let base = inner[skipped..].chars().next().filter(|it| it.is_alphabetic());
        let braces = rest[..lead].matches('{').count();
        let Some(base) = base else {
            self.take(length);
            return;
        };
        let whole = length + lead + skipped + base.len_utf8();
        let closing =
            self.rest()[whole..].bytes().take(braces).take_while(|it| *it == b'}').count();
        let line = self.rest()[..whole].contains('\n');
        match compose(base, mark).filter(|_| closing == braces && !line) {
            Some(character) => self.replace(whole + closing, character),
            None => self.take(length),
        }
    }

    fn verbatim_word(&mut self, length: usize) {
        self.take(length);
        self.star();
        self.options();
        let rest = self.rest();
        let Some(fence) = rest.chars().next() else { return };
        let close = if fence == '{' { '}' } else { fence };
        let inner = fence.len_utf8();
        let Some(end) = rest[inner..].find([close, '\n']).map(|at| at + inner) else { return };
        let start = self.at + inner;
        let closes = rest[end..].starts_with(close);
        self.found.verbatim.push(start..self.at + end);
        self.take(inner);
        self.at = start + (end - inner);
        if closes {
            self.take(close.len_utf8());
        }
    }

    fn environment(&mut self, length: usize, begins: bool) {
        let start = self.at;
        let name = self.rest()[length..].strip_prefix('{').and_then(|it| it.split_once('}'));
        let Some((name, _)) = name.filter(|(name, _)| !name.contains(['\n', '{'])) else {
            self.take(length);
            return;
        };
        let whole = length + name.len() + 2;
        let name = name.trim_end_matches('*').to_owned();
        let (holds, arguments) = environment(&name);
        self.take(whole);
        self.found.breaks.push(if begins { self.at } else { start });
        if !begins {
            self.found.breaks.push(self.at);
            if holds == Environment::Quote
                && let Some(from) = self.quotes.pop()
            {
                self.found.blocks.push(from..start);
            }
            return;
        }
        self.options();
        self.arguments(arguments);
        match holds {
            Environment::Text => {}
            Environment::Quote => self.quotes.push(self.at),
            Environment::Verbatim | Environment::Comment => {
                let end = format!(r"\end{{{name}");
                let close = self.rest().find(&end);
                if close.is_none() {
                    self.found.unclosed.push((start, format!("`{name}` is never ended")));
                }
                let inner = self.at..close.map_or(self.end, |at| self.at + at);
                self.at = inner.end;
                if holds == Environment::Verbatim {
                    self.found.verbatim.push(inner);
                } else {
                    self.drop(inner);
                }
            }
        }
    }
}
