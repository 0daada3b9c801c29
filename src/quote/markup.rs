//! What a manuscript's markup says that its text no longer shows: block quotes and code.
//!
//! Readers keep words and drop markup. Where the words came from is known to the byte, so the
//! source is looked at once more for the two things that matter to quotations.

mod tags;

use std::ops::Range;

use crate::read::latex;

/// The stretches of a decoded file that are block quotes, and those that are code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup {
    /// Block quotes, in order, each with all of its lines.
    pub blocks: Vec<Range<usize>>,
    /// Code, in which no quotation mark means anything; in order.
    pub code: Vec<Range<usize>>,
    /// Elements of HTML that name where a quotation is from; in order.
    pub citations: Vec<Range<usize>>,
    /// Raised numbers of notes; in order.
    pub numbers: Vec<Range<usize>>,
}

impl Markup {
    /// Looks for the markup of a format, by its reader's name. Formats other than `markdown`,
    /// `latex` and `text` have none that is seen here.
    #[must_use]
    pub fn of(format: &str, source: &str) -> Self {
        match format {
            "markdown" => markdown(source),
            "text" => plain(source),
            "latex" => {
                let (blocks, code) = latex::blocks_and_verbatim(source);
                Self { blocks, code, ..Self::default() }
            }
            _ => Self::default(),
        }
    }

    /// The number of the block quote that a byte of the file belongs to.
    pub(super) fn block_at(&self, at: usize) -> Option<usize> {
        containing(&self.blocks, at)
    }

    /// Whether a byte of the file is code.
    pub(super) fn is_code(&self, at: usize) -> bool {
        containing(&self.code, at).is_some()
    }
}

fn containing(ranges: &[Range<usize>], at: usize) -> Option<usize> {
    let found = ranges.partition_point(|range| range.start <= at).checked_sub(1)?;
    ranges[found].contains(&at).then_some(found)
}

/// Lines that start with `> `. A `>>` is how captions mark that the speaker changes.
fn plain(source: &str) -> Markup {
    let mut markup = Markup::default();
    let mut open = false;
    for (line, range) in lines(source) {
        let line = line.trim();
        let quoted = line == ">" || line.starts_with("> ");
        extend(&mut markup.blocks, &mut open, quoted.then_some(range));
    }
    markup
}

/// Block quotes with the lines that continue them lazily, code in fences, in backticks and by its
/// indentation, and what tags of HTML say.
fn markdown(source: &str) -> Markup {
    let mut markup = Markup::default();
    let mut open = false;
    let mut continues = false;
    let mut fence: Option<(char, usize)> = None;
    let mut indented = Indentation::default();
    for (raw, range) in lines(source) {
        let item = without_bullet(raw);
        let quoted = item.starts_with('>');
        // Each item of a list quotes on its own.
        open &= !(quoted && item.len() < raw.trim_start().len());
        let line = raw.trim_start_matches(['>', ' ', '\t']).trim_end();
        let opening = fence_of(line);
        if fence.is_some() || opening.is_some() {
            markup.code.push(range.clone());
            fence = match (fence, opening) {
                (None, opening) => opening,
                (Some(open), Some(close)) if open.0 == close.0 && close.1 >= open.1 => None,
                (open, _) => open,
            };
            continues = false;
        } else if indented.is_code(raw) && !continues {
            markup.code.push(range.clone());
        } else {
            inline_code(raw, range.start, &mut markup.code);
            continues = if quoted { !line.is_empty() } else { continues && is_running(line) };
        }
        let inside = quoted || continues;
        extend(&mut markup.blocks, &mut open, inside.then_some(range));
    }
    // `> [!NOTE]` opens a box of the author's own words.
    markup.blocks.retain(|block| {
        !without_bullet(&source[block.clone()])
            .trim_start_matches(['>', ' ', '\t'])
            .starts_with("[!")
    });
    tags::add(source, &mut markup);
    markup
}

/// A line without the bullet or number of a list in front.
fn without_bullet(line: &str) -> &str {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mark = if (1..=9).contains(&digits) {
        line[digits..].strip_prefix(['.', ')'])
    } else {
        line.strip_prefix(['-', '*', '+'])
    };
    mark.filter(|rest| rest.starts_with([' ', '\t'])).map_or(line, str::trim_start)
}

/// Tells code by its indentation: four spaces or a tab behind an empty line, outside of lists.
struct Indentation {
    /// Whether the line before was empty or such code.
    may_begin: bool,
    in_list: bool,
}

impl Default for Indentation {
    fn default() -> Self {
        Self { may_begin: true, in_list: false }
    }
}

impl Indentation {
    fn is_code(&mut self, line: &str) -> bool {
        if line.trim().is_empty() {
            self.may_begin = true;
            return false;
        }
        if line.starts_with("    ") || line.starts_with('\t') {
            return self.may_begin && !self.in_list;
        }
        let is_item = without_bullet(line).len() < line.trim_start().len();
        let goes_on = self.in_list && (line.starts_with(' ') || !self.may_begin);
        self.in_list = is_item || goes_on;
        self.may_begin = false;
        false
    }
}

/// Lengthens the last block by a line, opens one, or closes it.
fn extend(blocks: &mut Vec<Range<usize>>, open: &mut bool, line: Option<Range<usize>>) {
    match (line, blocks.last_mut().filter(|_| *open)) {
        (Some(line), Some(last)) => last.end = line.end,
        (Some(line), None) => {
            blocks.push(line);
            *open = true;
        }
        (None, _) => *open = false,
    }
}

/// The lines of a file and where they stand, without what ends them.
fn lines(source: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut start = 0;
    source.split('\n').map(move |line| {
        let written = line.strip_suffix('\r').unwrap_or(line);
        let range = start..start + written.len();
        start += line.len() + 1;
        (written, range)
    })
}

fn fence_of(line: &str) -> Option<(char, usize)> {
    let mark = line.chars().next().filter(|it| matches!(it, '`' | '~'))?;
    let length = line.chars().take_while(|it| *it == mark).count();
    let info = &line[length..];
    (length >= 3 && !(mark == '`' && info.contains('`'))).then_some((mark, length))
}

/// Whether a line without `>` goes on with the paragraph above it.
fn is_running(line: &str) -> bool {
    !line.is_empty() && !line.starts_with(['#', '-', '*', '+', '|', '<', '['])
}

fn inline_code(line: &str, start: usize, code: &mut Vec<Range<usize>>) {
    let bytes = line.as_bytes();
    let run = |from: usize| bytes[from..].iter().take_while(|byte| **byte == b'`').count();
    let mut at = 0;
    // Lengths of runs that have no partner further on: looked for once.
    let mut alone = Vec::new();
    while let Some(found) = memchr::memchr(b'`', &bytes[at..]) {
        let open = at + found;
        let length = run(open);
        at = open + length;
        if alone.contains(&length) {
            continue;
        }
        let mut search = at;
        let close = loop {
            let Some(found) = memchr::memchr(b'`', &bytes[search..]) else { break None };
            let close = search + found;
            search = close + run(close);
            if search - close == length {
                break Some(search);
            }
        };
        match close {
            Some(end) => {
                code.push(start + open..start + end);
                at = end;
            }
            None => alone.push(length),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slices(source: &str, ranges: &[Range<usize>]) -> Vec<String> {
        ranges.iter().map(|range| source[range.clone()].to_owned()).collect()
    }

    #[test]
    fn a_block_quote_has_all_its_lines_and_ends_at_an_empty_one() {
        let source = "a\n\n> b\n>\n> c\nd\n\n> e\n# f\n";
        let markup = Markup::of("markdown", source);
        assert_eq!(slices(source, &markup.blocks), ["> b\n>\n> c\nd", "> e"]);
    }

    #[test]
    fn boxes_of_the_author_are_no_block_quotes() {
        assert!(Markup::of("markdown", "> [!NOTE]\n> Wind it back.\n").blocks.is_empty());
    }

    #[test]
    fn fences_and_backticks_are_code() {
        let source = "`a` b ``c`d`` e `f\n```\ng\n\n```\nh";
        let markup = Markup::of("markdown", source);
        assert_eq!(slices(source, &markup.code), ["`a`", "``c`d``", "```", "g", "", "```"]);
    }

    #[test]
    fn lines_that_are_indented_are_code_outside_of_lists() {
        let source = "a\n    b\n\n    c\n\n\td\ne\n\n- f\n\n    g\n\nh\n\n    i\n";
        let markup = Markup::of("markdown", source);
        assert_eq!(slices(source, &markup.code), ["    c", "\td", "    i"]);
    }

    #[test]
    fn block_quotes_in_lists_are_one_an_item() {
        let source = "- > a\n  > b\n- > c\n- d\n\n1. > e\n";
        let markup = Markup::of("markdown", source);
        assert_eq!(slices(source, &markup.blocks), ["- > a\n  > b", "- > c", "1. > e"]);
    }

    #[test]
    fn tags_of_html_are_markup_too() {
        let source = "<blockquote>word<sup>1</sup> m<sup>2</sup> 10<sup>th</sup>\n\n\
            <footer>b <cite>c</cite></footer></blockquote>\n\n`<blockquote>`d</blockquote>\n\n\
            > <Cite class=\"x\">e</cite> <blockquote>f</blockquote>\n\n<blockquote>g\n";
        let markup = Markup::of("markdown", source);
        let block = source[12..].split("</blockquote>").next().unwrap();
        let quoted = "> <Cite class=\"x\">e</cite> <blockquote>f</blockquote>";
        assert_eq!(slices(source, &markup.blocks), [block, quoted]);
        assert_eq!(slices(source, &markup.citations), ["b <cite>c</cite>", "e"]);
        assert_eq!(slices(source, &markup.numbers), ["1"]);
    }

    #[test]
    fn plain_text_has_block_quotes_but_no_code() {
        let source = ">> Hi\n> a\n> b\nc `d`";
        let markup = Markup::of("text", source);
        assert_eq!(slices(source, &markup.blocks), ["> a\n> b"]);
        assert!(markup.code.is_empty());
        assert_eq!(Markup::of("webvtt", source), Markup::default());
    }
}
