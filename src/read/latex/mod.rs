//! LaTeX, as manuscripts are written in it.
//!
//! What a reader of the printed page would see stays: text, headings, items, captions, notes (in
//! their place, as `^[…]`), mathematics as typed. Commands, comments, options, labels, references
//! and the preamble go. Quotation marks, dashes, accents and symbols become the characters that
//! they stand for. No macro is expanded: a command of the author's own loses its name and keeps its
//! arguments. The sources are `LaTeX2e: An unofficial reference manual` and the
//! manual of csquotes.

mod brackets;
mod command;
mod preamble;
mod scan;

use std::ops::Range;

use crate::{
    place::LineColumn,
    read::{
        Read, Reader, authors,
        clock::Clock,
        lines::{Line, lines},
        pieces::Gap,
        prose::{self, Edit, Instead, Kind, Paragraph},
        single_line::single_line,
        turns::Turns,
    },
    transcript::{Metadata, Transcript, Warning},
};

use brackets::matching;
use preamble::find_command;
use scan::{Scan, scan};

/// LaTeX.
pub const READER: Reader = Reader {
    format: "latex",
    extensions: &["tex", "latex", "ltx"],
    version: 5,
    recognises,
    read: Read::Text(read),
};

fn recognises(head: &str) -> bool {
    memchr::memchr_iter(b'\\', head.as_bytes()).any(|at| {
        let command = &head[at..];
        command.starts_with(r"\documentclass") || command.starts_with(r"\begin{document}")
    })
}

fn read(source: &str) -> Transcript {
    let found = scan(source);
    let lines: Vec<Line<'_>> = lines(source).collect();
    let (lines, paragraphs) = paragraphs(lines, &found);
    let turns = prose::turns(source, lines, &paragraphs, |lines, _, edits| {
        edits_of(&found.edits, lines, edits);
    });
    let argument = |name: &str| argument(source, name);
    let metadata = Metadata {
        title: argument(r"\title{").or_else(|| argument(r"\title[")),
        authors: authors_of(source),
        date: argument(r"\date{").and_then(|date| date.parse().ok()),
        ..Metadata::default()
    };
    let mut reached = (0, LineColumn::START);
    let mut warnings = Vec::with_capacity(found.unclosed.len());
    for (at, message) in &found.unclosed {
        reached = (*at, reached.1.after(&source[reached.0..*at]));
        warnings.push(Warning::at(reached.1.line, message.clone()));
    }
    Transcript { metadata, turns, warnings }
}

/// Stretches of a file that are quotations set as a block, and those that are typed as they stand;
/// each in order.
#[must_use]
pub fn blocks_and_verbatim(source: &str) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let Scan { mut blocks, mut verbatim, .. } = scan(source);
    blocks.dedup_by(|next, last| last.contains(&next.start));
    verbatim.sort_by_key(|range| range.start);
    (blocks, verbatim)
}

/// The lines, parted where a paragraph begins within one, and the paragraphs that they make.
fn paragraphs<'a>(whole: Vec<Line<'a>>, found: &Scan) -> (Vec<Line<'a>>, Vec<Paragraph>) {
    let mut lines: Vec<Line<'a>> = Vec::with_capacity(whole.len());
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut open = false;
    let mut breaks = found.breaks.clone();
    breaks.sort_unstable();
    for line in whole {
        if line.is_blank() {
            open = false;
            continue;
        }
        let first = breaks.partition_point(|at| *at < line.start);
        let inside = breaks[first..].iter().take_while(|at| **at <= line.end());
        let mut cuts: Vec<usize> = inside.map(|at| at - line.start).collect();
        cuts.dedup();
        cuts.push(line.text.len());
        let mut from = 0;
        for cut in cuts {
            let part = line.before(cut).after(from);
            if cut > from && is_visible(part, &found.edits) {
                let kind = kind(part, found);
                match paragraphs.last_mut().filter(|last| open && last.kind == kind) {
                    Some(last) => last.lines.end = lines.len() + 1,
                    None => paragraphs.push(Paragraph {
                        lines: lines.len()..lines.len() + 1,
                        kind,
                        gap: if kind == Kind::Item { Gap::Line } else { Gap::Paragraph },
                    }),
                }
                lines.push(part);
                open = true;
            }
            if cut < line.text.len() || breaks.binary_search(&line.end()).is_ok() {
                open = false;
            }
            from = cut;
        }
    }
    (lines, paragraphs)
}

fn kind(part: Line<'_>, found: &Scan) -> Kind {
    let range = part.start..part.end();
    // All of these are in the order of the file.
    let has = |starts: &[usize]| {
        let first = starts.partition_point(|at| *at < range.start);
        starts.get(first).is_some_and(|at| *at < range.end)
    };
    let before = found.verbatim.partition_point(|it| it.start <= range.start);
    let verbatim = before.checked_sub(1).map(|at| &found.verbatim[at]);
    if has(&found.headings) {
        Kind::Heading
    } else if has(&found.items) {
        Kind::Item
    } else if verbatim.is_some_and(|it| range.end <= it.end) {
        Kind::Verbatim
    } else {
        Kind::Prose
    }
}

/// Whether anything of a line is left when its edits are done.
fn is_visible(line: Line<'_>, edits: &[Edit]) -> bool {
    let mut at = line.start;
    let first = edits.partition_point(|edit| edit.end < line.start);
    for edit in edits[first..].iter().take_while(|edit| edit.start < line.end()) {
        let before = at.max(line.start)..edit.start.clamp(at.max(line.start), line.end());
        let copied = &line.text[before.start - line.start..before.end - line.start];
        let stands_for = matches!(edit.instead, Instead::Character(it) if !it.is_whitespace());
        if !copied.trim().is_empty() || (stands_for && edit.start >= line.start) {
            return true;
        }
        at = at.max(edit.end);
    }
    let left = at.clamp(line.start, line.end()) - line.start;
    !line.text[left..].trim().is_empty()
}

/// The edits of some lines, cut to them.
fn edits_of(all: &[Edit], lines: &[Line<'_>], edits: &mut Vec<Edit>) {
    for line in lines {
        let first = all.partition_point(|edit| edit.start < line.start);
        let mut reached = line.start;
        for edit in all[first..].iter().take_while(|edit| edit.start < line.end()) {
            let start = edit.start.max(reached);
            let end = edit.end.min(line.end());
            if start <= end {
                edits.push(Edit { start, end, ..*edit });
                reached = end;
            }
        }
    }
}

/// The names in `\author`: parted by `\and`, each without what stands below it and without notes.
fn authors_of(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    let inner = raw_argument(source, r"\author{").or_else(|| raw_argument(source, r"\author["));
    for name in inner.unwrap_or_default().split(r"\and") {
        let ends = [r"\\", r"\thanks", r"\footnote"];
        let end = ends.iter().filter_map(|end| name.find(end)).min().unwrap_or(name.len());
        authors::add(&mut names, &typeset(&name[..end]).unwrap_or_default());
    }
    names
}

/// The argument of a command of the preamble, as text on one line.
fn argument(source: &str, opening: &str) -> Option<String> {
    raw_argument(source, opening).and_then(typeset)
}

/// The argument of a command of the preamble, as typed.
fn raw_argument<'a>(source: &'a str, opening: &str) -> Option<&'a str> {
    let at = find_command(source, opening)? + opening.len() - 1;
    let (at, end) = if opening.ends_with('[') {
        let behind = at + matching(&source[at..], b'[', b']')? + 1;
        (behind, behind + matching(source.get(behind..)?, b'{', b'}')?)
    } else {
        (at, at + matching(&source[at..], b'{', b'}')?)
    };
    Some(&source[at + 1..end])
}

/// What is typed as it is printed, on one line.
fn typeset(inner: &str) -> Option<String> {
    let found = scan(inner);
    let mut turns = Turns::new("");
    let lines: Vec<Line<'_>> = lines(inner).collect();
    let mut edits = Vec::new();
    edits_of(&found.edits, &lines, &mut edits);
    prose::write(&lines, &edits, &mut Clock::default(), &mut turns);
    let text = single_line(turns.finish().first()?.text.as_str());
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests;
