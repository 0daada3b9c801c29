//! Block quotes: their lines, their words, and the name under them.

use super::{Markup, attribution, marks::Mark, origin::Origin, pairs};
use crate::{
    text::TextSpan,
    transcript::{Set, Turn},
};

/// A block quote of a turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// All of it, in the turn's text.
    pub(super) lines: TextSpan,
    /// What is quoted: without the name under it and marks around the whole.
    pub(super) span: TextSpan,
    /// Marks that open the quotation again, one a paragraph.
    reopened: Vec<TextSpan>,
    /// The line under it that names someone, without its dash.
    pub(super) signature: Option<String>,
}

impl Block {
    /// What is quoted, without `>` at the start of lines.
    pub(super) fn wording(&self, text: &str) -> String {
        let wording = super::without(text, self.span, &self.reopened);
        let lines: Vec<_> = wording.split('\n').map(without_mark).collect();
        lines.join("\n").trim().to_owned()
    }
}

/// What limits the sentence around a span: the ends of the text or the nearest block quotes.
pub(super) fn between(blocks: &[Block], span: TextSpan, length: usize) -> TextSpan {
    let next = blocks.partition_point(|block| block.lines.start < span.start);
    let start = next.checked_sub(1).map_or(0, |before| blocks[before].lines.end);
    let end = blocks.get(next).map_or(length, |block| block.lines.start);
    TextSpan::new(start.min(span.start), end.max(span.end))
}

/// Finds the block quotes of a turn: lines that came from one in the file, or that the reader says
/// are one.
pub(super) fn blocks(turn: &Turn, origin: &Origin<'_>, markup: &Markup) -> Vec<Block> {
    let of_turn: Vec<TextSpan> =
        turn.stretches.iter().filter(|it| it.set == Set::BlockQuote).map(|it| it.span).collect();
    if markup.blocks.is_empty() && of_turn.is_empty() {
        return Vec::new();
    }
    let block_at = |at: usize| {
        let in_turn = of_turn.partition_point(|it| it.start <= at).checked_sub(1);
        let in_turn = in_turn.filter(|block| at < of_turn[*block].end);
        let in_file = || origin.byte(at).and_then(|at| markup.block_at(at));
        in_turn.map(|block| markup.blocks.len() + block).or_else(in_file)
    };
    let string = turn.text.as_str();
    let mut found: Vec<(usize, TextSpan)> = Vec::new();
    let mut start = 0;
    for line in string.split('\n') {
        let span = TextSpan::new(start, start + line.len());
        start = span.end + 1;
        if line.is_empty() {
            continue;
        }
        let Some(number) = block_at(span.start) else { continue };
        match found.last_mut().filter(|(last, _)| *last == number) {
            Some((_, block)) => block.end = span.end,
            None => found.push((number, span)),
        }
    }
    found.into_iter().map(|(_, lines)| block(string, lines)).collect()
}

fn block(text: &str, lines: TextSpan) -> Block {
    let mut span = lines;
    let mut signature = None;
    let last = text[lines.range()].rfind('\n').map(|at| lines.start + at + 1);
    if let Some(last) = last
        && let Some(name) = attribution::signature(without_mark(&text[last..lines.end]))
    {
        signature = Some(name.to_owned());
        span.end = last;
    } else {
        let last = last.unwrap_or(lines.start);
        if let Some((at, name)) = attribution::signature_behind(&text[last..lines.end]) {
            signature = Some(name.to_owned());
            span.end = last + at;
        }
    }
    span.end = span.start + text[span.range()].trim_end().len();
    let mut reopened = Vec::new();
    if let Some(pair) = around_all(text, span) {
        span = TextSpan::new(pair.open.end, pair.close.start);
        reopened = pair.reopened;
    }
    Block { lines, span, reopened, signature }
}

/// The marks around the whole of a block, if it has any.
fn around_all(text: &str, span: TextSpan) -> Option<pairs::Pair> {
    let start = text[span.range()].find(|it: char| !it.is_whitespace() && it != '>')? + span.start;
    Mark::at(&text[start..span.end])?;
    let mut found = Vec::new();
    let mut pending = None;
    let mut at = start;
    while at < span.end {
        let end = text[at..span.end].find("\n\n").map_or(span.end, |it| at + it);
        let paragraph = TextSpan::new(at, end);
        pending = pairs::pair_up(text, paragraph, pending, |_| false, &mut found);
        at = end + 2;
    }
    found.into_iter().find(|pair| pair.open.start == start && pair.close.end == span.end)
}

/// A line of plain text without the `>` in front.
fn without_mark(line: &str) -> &str {
    line.strip_prefix('>').map_or(line, str::trim_start)
}
