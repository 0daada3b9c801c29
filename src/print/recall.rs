//! Quotations found from memory: the true wording beside what was remembered.

use std::io::{self, Write};

use anstyle::Style;
use serde::Serialize;

use super::{
    citation, clean, json,
    line_ends::LineEnds,
    style::Styles,
    text::{self, Layout},
    wrap::{Piece, wrap},
};
use crate::{
    cite::{Processor, Wording},
    search::recall::{Difference, Kind, Nearest, Recalled},
};

const INDENT: usize = 4;

/// Writes what was found for a person: for each passage who said it and where, then the true
/// wording. Words that were remembered and are not there stand in `[-…-]`, words that are there and
/// were not remembered in `{+…+}`.
///
/// # Errors
/// When it cannot be written.
pub fn text(out: &mut dyn Write, recalled: &Recalled, layout: Layout<'_>) -> io::Result<()> {
    for (at, nearest) in recalled.hits.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        text::header(out, &nearest.hit, layout)?;
        let pieces = pieces(nearest, layout.styles);
        let pieces: Vec<Piece<'_>> =
            pieces.iter().map(|(text, style)| Piece { text, style: *style }).collect();
        wrap(out, &pieces, INDENT, layout.width)?;
        if let Some(processor) = layout.processor {
            citation::below(out, processor, &nearest.hit, Wording::Matched)?;
        }
    }
    Ok(())
}

fn pieces(nearest: &Nearest, styles: Styles) -> Vec<(String, Style)> {
    let text = nearest.hit.passage.text.as_str();
    let line_ends = LineEnds::of(&nearest.hit.passage.text);
    let percent = (nearest.similarity * 100.0).floor();
    let mut pieces = vec![(format!("{percent:.0} % "), styles.faint)];
    let mut end: Option<usize> = None;
    for Difference { kind, remembered, span } in &nearest.diff {
        let is_there = span.start < span.end;
        match end {
            Some(end) if is_there && end <= span.start => {
                pieces.push((
                    line_ends.shown(&text[end..span.start], end).into_owned(),
                    Style::new(),
                ));
            }
            Some(_) if !is_there => pieces.push((" ".to_owned(), Style::new())),
            _ => {}
        }
        if matches!(kind, Kind::Changed | Kind::Missing) {
            pieces.push((format!("[-{}-]", clean(remembered)), styles.removed));
            if !is_there && end.is_none() {
                pieces.push((" ".to_owned(), Style::new()));
            }
        }
        if is_there {
            let true_words = line_ends.shown(&text[span.range()], span.start);
            match kind {
                Kind::Same | Kind::Missing => pieces.push((true_words.into_owned(), Style::new())),
                Kind::Changed | Kind::Added => {
                    pieces.push((format!("{{+{true_words}+}}"), styles.added));
                }
            }
            end = Some(span.end);
        }
    }
    pieces
}

#[derive(Serialize)]
struct NearestLine<'a> {
    #[serde(flatten)]
    hit: json::HitLine<'a>,
    similarity: f32,
    diff: Vec<DifferenceObject<'a>>,
}

#[derive(Serialize)]
struct DifferenceObject<'a> {
    kind: Kind,
    remembered: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct RecalledLine<'a> {
    query: &'a str,
    hits: Vec<NearestLine<'a>>,
}

/// Writes what was found as JSON Lines: `begin`, `hit` …, `end`; with citations, where there is what
/// makes them.
///
/// # Errors
/// When it cannot be written.
pub fn json(
    out: &mut dyn Write,
    recalled: &Recalled,
    processor: Option<&Processor>,
) -> io::Result<()> {
    json::begin(out, &recalled.quotation)?;
    for nearest in &recalled.hits {
        let hit = &nearest.hit;
        let line = json::typed_hit_line(hit).cited(processor, hit, Wording::Matched);
        json::line(out, &nearest_line(nearest, line))?;
    }
    let count = recalled.hits.len();
    json::end(
        out,
        &json::End {
            r#type: "end",
            hits: count,
            total: count,
            closest: false,
            unknown: Vec::new(),
            suggestions: Vec::new(),
            elapsed_ms: recalled.elapsed_ms,
        },
    )
}

/// Writes what was found as one line, for many quotations at once.
///
/// # Errors
/// When it cannot be written.
pub fn json_line(out: &mut dyn Write, recalled: &Recalled) -> io::Result<()> {
    let hit = |nearest| nearest_line(nearest, json::hit_line(&nearest.hit));
    let hits = recalled.hits.iter().map(hit).collect();
    json::line(out, &RecalledLine { query: &recalled.quotation, hits })
}

fn nearest_line<'a>(nearest: &'a Nearest, hit: json::HitLine<'a>) -> NearestLine<'a> {
    let text = nearest.hit.passage.text.as_str();
    let difference = |difference: &'a Difference| DifferenceObject {
        kind: difference.kind,
        remembered: &difference.remembered,
        text: &text[difference.span.range()],
    };
    NearestLine {
        hit,
        similarity: nearest.similarity,
        diff: nearest.diff.iter().map(difference).collect(),
    }
}
