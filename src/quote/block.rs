//! Block quotes: their lines, their words, and the name under them.

use super::{
    Markup, attribution,
    marks::{Mark, is_dash},
    origin::Origin,
    pairs,
};
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
    /// Marks that open the quotation again, one a paragraph, and numbers of notes; in order.
    dropped: Vec<TextSpan>,
    /// What names someone under it, without its dash or brackets.
    pub(super) signature: Option<String>,
}

impl Block {
    /// What is quoted, without `>` at the start of lines.
    pub(super) fn wording(&self, text: &str) -> String {
        let wording = super::without(text, self.span, &self.dropped);
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
pub(super) fn blocks(
    turn: &Turn,
    origin: &Origin<'_>,
    markup: &Markup,
    known: attribution::Known<'_>,
) -> Vec<Block> {
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
    let aside = Aside {
        citations: origin.spans_of(&markup.citations),
        numbers: origin.spans_of(&markup.numbers),
    };
    found.into_iter().map(|(_, lines)| block(string, lines, &aside, known)).collect()
}

/// What of a turn is no words of a quotation by the markup of the file.
struct Aside {
    /// Where quotations are from.
    citations: Vec<TextSpan>,
    /// Numbers of notes.
    numbers: Vec<TextSpan>,
}

fn block(text: &str, lines: TextSpan, aside: &Aside, known: attribution::Known<'_>) -> Block {
    let mut span = lines;
    span.start += bullet(&text[lines.range()]);
    let trimmed = |span: TextSpan| span.start + text[span.range()].trim_end().len();
    let is_part = |it: &&TextSpan| span.start <= it.start && it.end <= lines.end;
    let mut signature = None;
    if let Some((at, name)) = cited(text, span, &aside.citations) {
        span.end = at;
        signature = attribution::names_known(name, known).then(|| name.to_owned());
    } else if let Some((at, name)) = signed(text, span, known) {
        span.end = at;
        signature = Some(name.to_owned());
    }
    span.end = trimmed(span);
    let mut dropped: Vec<TextSpan> = Vec::new();
    for number in aside.numbers.iter().filter(is_part).rev() {
        if number.end == span.end {
            span.end = number.start;
            span.end = trimmed(span);
        } else if number.end < span.end {
            dropped.push(*number);
        }
    }
    if let Some(pair) = around_all(text, span) {
        span = TextSpan::new(pair.open.end, pair.close.start);
        dropped.extend(pair.reopened);
    }
    dropped.sort_unstable();
    Block { lines, span, dropped, signature }
}

/// Where the last element of a block starts that names its source, and what it says, when nothing
/// follows it.
fn cited<'a>(text: &'a str, span: TextSpan, citations: &[TextSpan]) -> Option<(usize, &'a str)> {
    let mut inside = citations.iter().filter(|it| span.start < it.start && it.end <= span.end);
    let first = *inside.next()?;
    let end = inside.next_back().unwrap_or(&first).end;
    if !text[end..span.end].trim().is_empty() {
        return None;
    }
    let is_aside = |it: char| it.is_whitespace() || it == '>' || is_dash(it);
    let quoted = text[span.start..first.start].trim_end_matches(is_aside);
    Some((span.start + quoted.len(), text[first.start..end].trim_matches(is_aside)))
}

/// Where the name stands that a block ends with, and what it says: as its last line, or behind its
/// last sentence.
fn signed<'a>(
    text: &'a str,
    span: TextSpan,
    known: attribution::Known<'_>,
) -> Option<(usize, &'a str)> {
    let last = text[span.range()].rfind('\n').map(|at| span.start + at + 1);
    if let Some(last) = last {
        let line = without_mark(&text[last..span.end]);
        let above = text[span.start..last].trim_end_matches(['\n', ' ', '>']);
        let alone = || attribution::name_alone(line, above, known);
        if let Some(name) = attribution::signature(line).or_else(alone) {
            return Some((last, name));
        }
    }
    let last = last.unwrap_or(span.start);
    let (at, name) = attribution::signature_behind(&text[last..span.end])?;
    Some((last + at, name))
}

/// Bytes of the number of a list that is in front of a block, with the mark behind it: `1. > `.
fn bullet(block: &str) -> usize {
    let rest = block.trim_start_matches(|it: char| it.is_ascii_digit());
    let rest = rest.strip_prefix(['.', ')']).map(str::trim_start);
    let rest = rest.and_then(|it| it.strip_prefix('>')).map(str::trim_start);
    rest.map_or(0, |it| block.len() - it.len())
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
