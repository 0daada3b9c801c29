//! Rows: runs that stand on one line.

use crate::read::pdf::{
    right_to_left::in_order_of_reading,
    run::{Run, SPACE, is_ideograph, push_space},
};

/// Runs side by side, from left to right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The base line of its largest run.
    pub y: f64,
    /// The type size of its largest run.
    pub size: f64,
    /// Its runs.
    pub runs: Vec<Run>,
}

/// How far a run may stand above or below the row it belongs to, as a share of the type size: so far
/// are raised the marks of footnotes.
const RAISED: f64 = 0.45;

/// How many rows back a run is looked for its own.
const BACK: usize = 4;

/// The rows of runs, from top to bottom.
#[must_use]
pub fn rows(mut runs: Vec<Run>) -> Vec<Row> {
    runs.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.start.total_cmp(&b.start)));
    let mut rows: Vec<Row> = Vec::new();
    for run in runs {
        let near = |row: &&mut Row| (run.y - row.y).abs() <= RAISED * run.size.max(row.size);
        match rows.iter_mut().rev().take(BACK).find(near) {
            Some(row) => {
                if run.size > row.size {
                    (row.y, row.size) = (run.y, run.size);
                }
                row.runs.push(run);
            }
            None => rows.push(Row { y: run.y, size: run.size, runs: vec![run] }),
        }
    }
    for row in &mut rows {
        row.runs.sort_by(|a, b| a.start.total_cmp(&b.start));
        row.runs.dedup_by(|b, a| {
            a.text == b.text
                && (a.start - b.start).abs() < 0.3 * a.size
                && (a.y - b.y).abs() < 0.3 * a.size
        });
    }
    rows.sort_by(|a, b| a.y.total_cmp(&b.y));
    rows
}

impl Row {
    /// Where its first run starts.
    #[must_use]
    pub fn start(&self) -> f64 {
        self.runs.first().map_or(0.0, |run| run.start)
    }

    /// Where its last run ends.
    #[must_use]
    pub fn end(&self) -> f64 {
        self.runs.iter().map(|run| run.end).fold(self.start(), f64::max)
    }

    /// Its text in the order of reading.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut end = f64::INFINITY;
        for run in &self.runs {
            let dense = text.ends_with(is_ideograph) && run.text.starts_with(is_ideograph);
            let space = if dense { 0.5 } else { SPACE };
            if run.start - end > space * run.size.min(self.size) {
                push_space(&mut text);
            }
            if self.is_raised_number(run) {
                // Else the mark of a footnote would become part of the word.
                let at_start = text.is_empty();
                text.extend(run.text.chars().map(raised));
                if at_start {
                    push_space(&mut text);
                }
            } else {
                text.push_str(&run.text);
            }
            end = run.end;
        }
        in_order_of_reading(text.trim_end()).into_owned()
    }

    fn is_raised_number(&self, run: &Run) -> bool {
        run.size < 0.85 * self.size
            && run.y < self.y - 0.15 * self.size
            && run.text.bytes().all(|byte| byte.is_ascii_digit())
    }
}

fn raised(digit: char) -> char {
    match digit {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' => '⁰',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        _ => '⁹',
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A run of 10 points whose characters are 5 points wide.
    pub fn run(text: &str, start: f64, y: f64) -> Run {
        let length = f64::from(u16::try_from(text.chars().count()).unwrap());
        Run { text: text.to_owned(), start, end: start + 5.0 * length, y, size: 10.0 }
    }

    #[test]
    fn a_raised_mark_belongs_to_its_row() {
        let mark = Run { size: 7.0, ..run("1", 25.0, 96.5) };
        let rows = rows(vec![run("tapes", 0.0, 100.0), run("next", 0.0, 112.0), mark]);
        let texts: Vec<_> = rows.iter().map(Row::text).collect();
        assert_eq!(texts, ["tapes¹", "next"]);
    }

    #[test]
    fn runs_that_are_drawn_twice_are_read_once() {
        let rows = rows(vec![run("bold", 0.0, 100.0), run("bold", 0.4, 100.2)]);
        assert_eq!(rows[0].text(), "bold");
    }
}
