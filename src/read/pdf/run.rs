//! From glyphs to runs: stretches of one line that were set without a gap.
//!
//! Spaces are often no characters of a file but gaps between glyphs. A gap of more than a seventh of
//! the type size is a space; where letters are spaced out, one that is that much wider than the
//! others. A gap as wide as a letter ends the run: it may be the gutter between two columns.

use std::collections::BTreeMap;

use hayro_font::kurbo::Point;

use crate::read::pdf::glyph::{Direction, Ink};

/// A stretch of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Its text, in the order of the eye: from left to right.
    pub text: String,
    /// Where it starts.
    pub start: f64,
    /// Where it ends.
    pub end: f64,
    /// Its base line.
    pub y: f64,
    /// Height of the type.
    pub size: f64,
}

/// A gap that is a space, as a share of the type size.
pub const SPACE: f64 = 0.15;
/// A gap between two ideographs that is a space.
const IDEOGRAPHIC_SPACE: f64 = 0.5;
/// A gap that ends a run.
const BREAK: f64 = 0.7;
/// How far a glyph may stand back before the end of the last one.
const OVERLAP: f64 = 0.3;
/// How far a glyph may stand above or below the last one.
const WOBBLE: f64 = 0.15;

/// The runs of a page for each direction of reading, the one with the most text first.
#[must_use]
pub fn runs(ink: &Ink) -> Vec<Vec<Run>> {
    let mut open: BTreeMap<Direction, (Vec<Run>, Option<Builder<'_>>)> = BTreeMap::new();
    for (glyph, text) in ink.glyphs() {
        let (done, builder) = open.entry(glyph.direction).or_default();
        let direction = glyph.direction;
        let piece = Piece {
            text,
            start: direction.upright(glyph.origin).x,
            end: direction.upright(glyph.end).x,
        };
        let Point { y, .. } = direction.upright(glyph.origin);
        if let Some(builder) = builder.as_mut().filter(|it| it.takes(&piece, y, glyph.size)) {
            builder.push(piece);
        } else {
            done.extend(builder.take().and_then(Builder::finish));
            *builder = Some(Builder { pieces: vec![piece], y, size: glyph.size });
        }
    }
    let mut directions: Vec<Vec<Run>> = Vec::new();
    for (mut done, last) in open.into_values() {
        done.extend(last.and_then(Builder::finish));
        directions.push(done);
    }
    let length = |runs: &Vec<Run>| runs.iter().map(|run| run.text.len()).sum::<usize>();
    directions.sort_by_key(|runs| std::cmp::Reverse(length(runs)));
    directions.retain(|runs| !runs.is_empty());
    directions
}

/// A glyph in the frame of its direction.
#[derive(Clone, Copy)]
struct Piece<'a> {
    text: &'a str,
    start: f64,
    end: f64,
}

/// A run in the making.
struct Builder<'a> {
    pieces: Vec<Piece<'a>>,
    y: f64,
    size: f64,
}

impl<'a> Builder<'a> {
    fn takes(&self, next: &Piece<'_>, y: f64, size: f64) -> bool {
        let Some(last) = self.pieces.last() else { return false };
        let gap = next.start - last.end.max(last.start);
        let type_size = self.size.max(size);
        (y - self.y).abs() <= WOBBLE * type_size
            && ((-OVERLAP * type_size..=BREAK * type_size).contains(&gap) || self.has(next))
    }

    fn push(&mut self, next: Piece<'a>) {
        if !self.has(&next) {
            self.pieces.push(next);
        }
    }

    /// Whether a glyph is the last one once more: bold made by drawing twice.
    fn has(&self, next: &Piece<'_>) -> bool {
        self.pieces.last().is_some_and(|last| {
            last.text == next.text
                && (next.start - last.start).abs() < 0.1 * self.size
                && last.end - last.start > 0.15 * self.size
        })
    }

    fn finish(self) -> Option<Run> {
        let is_blank = |piece: &Piece<'_>| piece.text.trim().is_empty();
        let first = self.pieces.iter().position(|piece| !is_blank(piece))?;
        let last = self.pieces.iter().rposition(|piece| !is_blank(piece))?;
        let pieces = &self.pieces[first..=last];
        let wide = self.spacing(pieces) + SPACE * self.size;
        let mut text = String::new();
        let mut before = pieces[0];
        for piece in pieces {
            let gap = piece.start - before.end;
            let dense = text.ends_with(is_ideograph) && piece.text.starts_with(is_ideograph);
            let space = if dense { IDEOGRAPHIC_SPACE * self.size } else { wide };
            if is_blank(piece) || (gap > space && !text.is_empty()) {
                push_space(&mut text);
            }
            text.push_str(piece.text.trim());
            before = *piece;
        }
        let end = pieces.iter().map(|piece| piece.end).fold(pieces[0].start, f64::max);
        Some(Run { text, start: pieces[0].start, end, y: self.y, size: self.size })
    }

    /// The usual gap between letters where they are spaced out.
    fn spacing(&self, pieces: &[Piece<'_>]) -> f64 {
        let is_word = |piece: &Piece<'_>| piece.text.chars().all(char::is_alphabetic);
        let gaps = pieces.windows(2).filter(|it| is_word(&it[0]) && is_word(&it[1]));
        let mut gaps: Vec<f64> = gaps.map(|it| it[1].start - it[0].end).collect();
        gaps.sort_by(f64::total_cmp);
        let usual = gaps.get(gaps.len() / 4).copied().unwrap_or_default();
        if gaps.len() >= 3 && usual > 0.1 * self.size { usual } else { 0.0 }
    }
}

/// Appends a space unless one is there.
pub fn push_space(text: &mut String) {
    if !text.is_empty() && !text.ends_with(' ') {
        text.push(' ');
    }
}

/// Whether a character is of a script that puts no spaces between words.
#[must_use]
pub fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use hayro_font::kurbo::Vec2;

    use super::*;

    /// Glyphs of 5 points each, with a gap before each, all of 10 points.
    fn line(glyphs: &[(&str, f64)]) -> Vec<String> {
        let mut ink = Ink::default();
        let mut x = 0.0;
        for (text, gap) in glyphs {
            x += gap;
            let (origin, end) = (Point::new(x, 50.0), Point::new(x + 5.0, 50.0));
            ink.push(Some(text), origin, end, 10.0, Vec2::new(1.0, 0.0));
            x += 5.0;
        }
        runs(&ink).concat().into_iter().map(|run| run.text).collect()
    }

    #[test]
    fn a_gap_is_a_space_and_a_wide_one_ends_the_run() {
        assert_eq!(line(&[("a", 0.0), ("b", 0.3), ("c", 2.5), ("d", 9.0)]), ["ab c", "d"]);
        assert_eq!(line(&[("a", 0.0), (" ", 0.0), ("b", 2.0), (" ", 0.0)]), ["a b"]);
    }

    #[test]
    fn letters_that_are_spaced_out_are_one_word() {
        let spaced = [
            ("T", 0.0),
            ("A", 2.0),
            ("P", 2.0),
            ("E", 2.0),
            ("S", 2.0),
            ("R", 5.0),
            ("O", 2.0),
            ("T", 2.0),
        ];
        assert_eq!(line(&spaced), ["TAPES ROT"]);
    }

    #[test]
    fn ideographs_have_no_spaces_by_small_gaps() {
        assert_eq!(line(&[("磁", 0.0), ("带", 2.0), ("a", 2.0)]), ["磁带 a"]);
    }

    #[test]
    fn a_glyph_that_is_drawn_twice_is_read_once() {
        assert_eq!(line(&[("a", 0.0), ("a", -4.8), ("b", 0.0)]), ["ab"]);
        assert_eq!(line(&[("a", 0.0), ("a", 0.0)]), ["aa"]);
    }
}
