//! What a page shows, as it lies there: characters with their places on the paper.
//!
//! The interpreter writes glyphs into [`Ink`]; [`run`](super::run) puts them together. Coordinates
//! are points (1/72 inch) from the upper left corner of the page as it is shown, y downwards.

use hayro_font::kurbo::{Point, Vec2};

/// A character, or a ligature, on a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Where its text starts in [`Ink::string`].
    start: usize,
    /// Where it starts, on the base line.
    pub origin: Point,
    /// Where the next one would start without extra space.
    pub end: Point,
    /// Height of the type, in points.
    pub size: f64,
    /// In which direction it is read.
    pub direction: Direction,
}

/// In which direction text is read: degrees from left to right, clockwise, to the nearest 15.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Direction(u16);

impl Direction {
    /// The direction of an advance; from left to right where it is none.
    #[must_use]
    pub fn of(advance: Vec2) -> Self {
        let degrees = advance.atan2().to_degrees();
        let step = (0..24).find(|step| {
            let away = (degrees - f64::from(*step) * 15.0).rem_euclid(360.0);
            away.min(360.0 - away) <= 7.5
        });
        Self(step.unwrap_or_default() * 15)
    }

    /// A point as seen by someone who reads in this direction: x along the line, y down the page.
    #[must_use]
    pub fn upright(self, point: Point) -> Point {
        if self.0 == 0 {
            return point;
        }
        let (sine, cosine) = f64::from(self.0).to_radians().sin_cos();
        Point::new(point.x * cosine + point.y * sine, point.y * cosine - point.x * sine)
    }
}

/// All glyphs of a page, in the order in which they are drawn.
#[derive(Clone, Debug, Default)]
pub struct Ink {
    /// The text of all glyphs.
    string: String,
    glyphs: Vec<Glyph>,
    /// Characters that the file gives no Unicode value for.
    pub unknown: usize,
    /// Whether a picture is drawn.
    pub has_picture: bool,
    /// Whether a stream could not be unpacked.
    pub has_broken_stream: bool,
    /// Whether forms lie too deep in each other.
    pub is_too_deep: bool,
}

/// Stands for a character without a Unicode value.
const UNKNOWN: &str = "\u{FFFD}";

impl Ink {
    /// Adds a glyph; without a text it is unknown.
    pub fn push(
        &mut self,
        text: Option<&str>,
        origin: Point,
        end: Point,
        size: f64,
        advance: Vec2,
    ) {
        let text = text.unwrap_or_else(|| {
            self.unknown += 1;
            UNKNOWN
        });
        let direction = Direction::of(advance);
        self.glyphs.push(Glyph { start: self.string.len(), origin, end, size, direction });
        self.string.push_str(text);
    }

    /// Puts `text` in the place of all glyphs from number `first` on.
    pub fn replace_from(&mut self, first: usize, text: &str) {
        let Some(glyph) = self.glyphs.get(first).copied() else { return };
        let same_line = |it: &&Glyph| {
            let direction = glyph.direction;
            let away = direction.upright(it.origin).y - direction.upright(glyph.origin).y;
            away.abs() < glyph.size / 2.0
        };
        let end = self.glyphs[first..].iter().rev().find(same_line).map_or(glyph.end, |it| it.end);
        self.string.truncate(glyph.start);
        self.string.push_str(text);
        self.glyphs.truncate(first);
        self.glyphs.push(Glyph { end, ..glyph });
    }

    /// How many glyphs there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.glyphs.len()
    }

    /// The glyphs with their text, in the order in which they are drawn.
    pub fn glyphs(&self) -> impl Iterator<Item = (&Glyph, &str)> {
        self.glyphs.iter().enumerate().map(|(at, glyph)| {
            let end = self.glyphs.get(at + 1).map_or(self.string.len(), |next| next.start);
            (glyph, &self.string[glyph.start..end])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_told_to_the_nearest_fifteen_degrees() {
        for (x, y, degrees) in [(1.0, 0.0, 0), (0.0, 1.0, 90), (-1.0, 0.01, 180), (0.01, -1.0, 270)]
        {
            assert_eq!(Direction::of(Vec2::new(x, y)), Direction(degrees), "{x} {y}");
        }
        assert_eq!(Direction::of(Vec2::new(1.0, -0.1)), Direction(0));
        assert_eq!(Direction::of(Vec2::new(f64::NAN, 0.0)), Direction(0));
    }

    #[test]
    fn text_that_runs_down_the_page_is_read_along_it() {
        let down = Direction::of(Vec2::new(0.0, 1.0));
        let seen = down.upright(Point::new(30.0, 100.0));
        assert!((seen.x - 100.0).abs() < 1e-9 && (seen.y + 30.0).abs() < 1e-9, "{seen:?}");
    }

    #[test]
    fn a_replacement_reaches_from_the_first_glyph_to_the_last() {
        let mut ink = Ink::default();
        for (at, text) in ["a", "f", "f", "i"].iter().enumerate() {
            let x = f64::from(u8::try_from(at).unwrap()) * 5.0;
            let (origin, end) = (Point::new(x, 0.0), Point::new(x + 5.0, 0.0));
            ink.push(Some(text), origin, end, 10.0, Vec2::new(5.0, 0.0));
        }
        ink.replace_from(1, "ﬃ");
        let found: Vec<_> = ink.glyphs().map(|(it, text)| (text, it.origin.x, it.end.x)).collect();
        assert_eq!(found, [("a", 0.0, 5.0), ("ﬃ", 5.0, 20.0)]);
    }
}
