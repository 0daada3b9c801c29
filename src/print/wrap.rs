//! Breaking styled text into lines.

use std::io::{self, Write};

use anstyle::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A stretch of text in one style.
pub(super) struct Piece<'t> {
    pub text: &'t str,
    pub style: Style,
}

/// Writes pieces as lines of at most `width` columns, each with an indent in front.
///
/// A line end starts a line. Any other white space is a place to break at and is written as one space;
/// what is wider than a line is broken where it must be. Wide characters count two columns.
pub(super) fn wrap(
    out: &mut dyn Write,
    pieces: &[Piece<'_>],
    indent: usize,
    width: usize,
) -> io::Result<()> {
    let room = width.saturating_sub(indent).max(10);
    let mut lines = Lines { out, indent, room, column: 0, style: Style::new(), is_ended: false };
    let mut word: Vec<(&str, Style)> = Vec::new();
    let mut space: Option<Style> = None;
    for piece in pieces {
        for part in piece.text.split_word_bounds() {
            if part.chars().all(char::is_whitespace) {
                lines.word(&mut word, &mut space)?;
                space = Some(piece.style);
                lines.is_ended |= part.contains('\n');
            } else {
                word.push((part, piece.style));
            }
        }
    }
    lines.word(&mut word, &mut space)?;
    lines.switch(Style::new())?;
    writeln!(lines.out)
}

struct Lines<'o> {
    out: &'o mut dyn Write,
    indent: usize,
    room: usize,
    column: usize,
    /// The style that is switched on.
    style: Style,
    /// Whether the next word starts a line.
    is_ended: bool,
}

impl Lines<'_> {
    fn word(&mut self, word: &mut Vec<(&str, Style)>, space: &mut Option<Style>) -> io::Result<()> {
        let width: usize = word.iter().map(|(part, _)| part.width()).sum();
        let Some((_, style)) = word.first().copied() else { return Ok(()) };
        if std::mem::take(&mut self.is_ended) && self.column > 0 {
            self.switch(Style::new())?;
            self.column = 0;
            writeln!(self.out)?;
        }
        if self.column == 0 {
            write!(self.out, "{:1$}", "", self.indent)?;
        } else if let Some(space) = space {
            if self.column + 1 + width > self.room {
                self.break_line()?;
            } else {
                // A match over several words is lit up as one, spaces included.
                self.switch(if *space == style { style } else { Style::new() })?;
                self.out.write_all(b" ")?;
                self.column += 1;
            }
        }
        *space = None;
        for (part, style) in word.drain(..) {
            self.part(part, style)?;
        }
        Ok(())
    }

    fn part(&mut self, part: &str, style: Style) -> io::Result<()> {
        self.switch(style)?;
        let width = part.width();
        if self.column + width <= self.room {
            self.column += width;
            return self.out.write_all(part.as_bytes());
        }
        for character in part.graphemes(true) {
            let width = character.width();
            if self.column > 0 && self.column + width > self.room {
                self.break_line()?;
                self.switch(style)?;
            }
            self.column += width;
            self.out.write_all(character.as_bytes())?;
        }
        Ok(())
    }

    fn switch(&mut self, style: Style) -> io::Result<()> {
        if style != self.style {
            write!(self.out, "{:#}{style}", self.style)?;
            self.style = style;
        }
        Ok(())
    }

    fn break_line(&mut self) -> io::Result<()> {
        self.switch(Style::new())?;
        self.column = 0;
        write!(self.out, "\n{:1$}", "", self.indent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wrapped(text: &str, indent: usize, width: usize) -> String {
        let mut out = Vec::new();
        wrap(&mut out, &[Piece { text, style: Style::new() }], indent, width).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("one two  three four", 2, 16), "  one two three\n  four\n");
    }

    #[test]
    fn line_ends_start_lines() {
        assert_eq!(wrapped("\none two \n\n three\n", 2, 16), "  one two\n  three\n");
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(wrapped("音楽 音楽 音楽", 0, 10), "音楽 音楽\n音楽\n");
    }

    #[test]
    fn a_word_wider_than_a_line_is_broken() {
        assert_eq!(wrapped("abcdefghijklmno", 0, 10), "abcdefghij\nklmno\n");
    }

    #[test]
    fn a_match_over_several_words_is_lit_up_as_one() {
        let bold = Style::new().bold();
        let pieces = [
            Piece { text: "a ", style: Style::new() },
            Piece { text: "b c", style: bold },
            Piece { text: ", d", style: Style::new() },
        ];
        let mut out = Vec::new();
        wrap(&mut out, &pieces, 0, 80).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a \u{1b}[1mb c\u{1b}[0m, d\n");
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_word_is_lost(text in "[a-z音é ,.\n-]{0,80}", width in 12_usize..40) {
            let wrapped = wrapped(&text, 2, width);
            prop_assert!(wrapped.lines().all(|line| line.width() <= width), "{wrapped}");
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(letters(&wrapped), letters(&text));
        }
    }
}
