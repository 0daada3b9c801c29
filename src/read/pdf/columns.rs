//! The order in which the parts of a page are read: columns one after the other.
//!
//! A gutter is an empty stripe between two stretches of text over several rows. Where rows have one,
//! what stands left of it is read before what stands right of it. What crosses the stripe, such as a
//! title over both columns, ends it. A stripe between short texts is none: labels of speakers,
//! numbers of lines and the cells of a table are read along the row.

use crate::read::pdf::{
    row::{Row, rows},
    run::Run,
};

/// The narrowest gutter, in type sizes of most rows.
const GUTTER: f64 = 0.7;
/// The fewest rows that a column has.
const ROWS: usize = 4;
/// The narrowest column, as a share of both.
const NARROWEST: f64 = 0.2;
/// The usual length of a row in a column is at least this many characters.
const SHORTEST: usize = 12;
/// How much of a column is filled by its rows, at least.
const FILLED: f64 = 0.45;
/// With more rows or runs than these a page is read row by row: no page of text has as many.
const MOST_ROWS: usize = 600;
/// See [`MOST_ROWS`].
const MOST_RUNS: usize = 20_000;
/// How many columns may lie inside of each other.
const DEEPEST: usize = 8;

/// The parts of a page in the order of reading, each as its rows.
#[must_use]
pub fn in_order(page: Vec<Row>) -> Vec<Vec<Row>> {
    let mut parts = Vec::new();
    split(page, DEEPEST, &mut parts);
    parts
}

fn split(mut page: Vec<Row>, depth: usize, parts: &mut Vec<Vec<Row>>) {
    let runs = page.iter().map(|row| row.runs.len()).sum::<usize>();
    let is_text = depth > 0 && page.len() <= MOST_ROWS && runs <= MOST_RUNS;
    let found = if is_text { longest_gutter(&page) } else { None };
    let Some(gutter) = found else {
        if !page.is_empty() {
            parts.push(page);
        }
        return;
    };
    let below = page.split_off(gutter.end);
    let between = page.split_off(gutter.first);
    split(page, depth - 1, parts);
    let runs = between.into_iter().flat_map(|row| row.runs);
    let (left, right): (Vec<Run>, Vec<Run>) = runs.partition(|run| run.end <= gutter.left);
    split(rows(left), depth - 1, parts);
    split(rows(right), depth - 1, parts);
    split(below, depth - 1, parts);
}

/// A gutter and the rows it parts.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Gutter {
    first: usize,
    /// One past the last row.
    end: usize,
    left: f64,
    right: f64,
}

/// The gutter over the most rows, the widest of several.
fn longest_gutter(page: &[Row]) -> Option<Gutter> {
    let mut sizes: Vec<f64> = page.iter().map(|row| row.size).collect();
    sizes.sort_by(f64::total_cmp);
    let narrowest = GUTTER * sizes.get(sizes.len() / 2)?;
    let mut best: Option<Gutter> = None;
    for first in 0..page.len() {
        if best.is_some_and(|best| page.len() - first <= best.end - best.first) {
            break;
        }
        let mut free = vec![(f64::NEG_INFINITY, f64::INFINITY)];
        for at in first..page.len() {
            let narrowed = without(&free, &page[at], narrowest);
            let next = page.get(at + 1).map(|row| without(&narrowed, row, narrowest));
            let ends = |stripe: &(f64, f64)| {
                next.as_ref()
                    .is_none_or(|next| !next.iter().any(|it| it.0 < stripe.1 && stripe.0 < it.1))
            };
            // A stripe that goes on is judged where it ends.
            for stripe in narrowed.iter().filter(|it| ends(it)) {
                let gutter = Gutter { first, end: at + 1, left: stripe.0, right: stripe.1 };
                if is_better(&gutter, best.as_ref()) && parts_columns(&gutter, page) {
                    best = Some(gutter);
                }
            }
            free = narrowed;
            if free.len() <= 2 && free.iter().all(|it| it.0.is_infinite() || it.1.is_infinite()) {
                break;
            }
        }
    }
    best
}

fn is_better(gutter: &Gutter, best: Option<&Gutter>) -> bool {
    let key = |it: &Gutter| (it.end - it.first, it.right - it.left);
    best.is_none_or(|best| key(gutter) > key(best))
}

/// What stays free when a row is laid over the stripes, as far as it is wide enough.
fn without(free: &[(f64, f64)], row: &Row, narrowest: f64) -> Vec<(f64, f64)> {
    let mut left = free.to_vec();
    for run in &row.runs {
        let mut next = Vec::with_capacity(left.len() + 1);
        for (start, end) in left {
            if run.end <= start || run.start >= end {
                next.push((start, end));
                continue;
            }
            next.extend(
                [(start, run.start), (run.end, end)].iter().filter(|it| it.1 - it.0 >= narrowest),
            );
        }
        left = next;
    }
    left
}

/// Whether what stands on both sides of a stripe looks like columns of text.
fn parts_columns(gutter: &Gutter, page: &[Row]) -> bool {
    if !gutter.left.is_finite() || !gutter.right.is_finite() {
        return false;
    }
    let rows = &page[gutter.first..gutter.end];
    let left = Side::of(rows, |run| run.end <= gutter.left);
    let right = Side::of(rows, |run| run.start >= gutter.right);
    let (Some(left), Some(right)) = (left, right) else {
        return false;
    };
    let whole = right.end - left.start;
    [left, right].iter().all(|side| side.is_column(whole))
}

/// What stands on one side of a stripe.
struct Side {
    start: f64,
    end: f64,
    /// Width and number of characters of each row.
    rows: Vec<(f64, usize)>,
}

impl Side {
    fn of(rows: &[Row], is_inside: impl Fn(&Run) -> bool) -> Option<Self> {
        let mut side = Self { start: f64::INFINITY, end: f64::NEG_INFINITY, rows: Vec::new() };
        for row in rows {
            let runs = row.runs.iter().filter(|run| is_inside(run));
            let (mut start, mut end, mut length) = (f64::INFINITY, f64::NEG_INFINITY, 0);
            for run in runs {
                (start, end) = (start.min(run.start), end.max(run.end));
                length += run.text.chars().map(weight).sum::<usize>();
            }
            if length > 0 {
                side.rows.push((end - start, length));
                (side.start, side.end) = (side.start.min(start), side.end.max(end));
            }
        }
        (!side.rows.is_empty()).then_some(side)
    }

    fn is_column(&self, whole: f64) -> bool {
        let width = self.end - self.start;
        let mut lengths: Vec<usize> = self.rows.iter().map(|row| row.1).collect();
        lengths.sort_unstable();
        let filled: f64 = self.rows.iter().map(|row| row.0).sum::<f64>();
        let count = f64::from(u32::try_from(self.rows.len()).unwrap_or(u32::MAX));
        self.rows.len() >= ROWS
            && width >= NARROWEST * whole
            && lengths[lengths.len() / 2] >= SHORTEST
            && filled / count >= FILLED * width
    }
}

/// An ideograph says as much as two letters.
fn weight(character: char) -> usize {
    if crate::read::pdf::run::is_ideograph(character) { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::row::tests::run;

    fn read(runs: Vec<Run>) -> Vec<Vec<String>> {
        let parts = in_order(rows(runs));
        parts.iter().map(|part| part.iter().map(Row::text).collect()).collect()
    }

    fn y(row: u8) -> f64 {
        100.0 + 12.0 * f64::from(row)
    }

    #[test]
    fn two_columns_under_a_title_are_read_one_after_the_other() {
        let mut runs = vec![run("A title over both of the two columns of it", 40.0, 80.0)];
        for row in 0..5 {
            runs.push(run("left side of the page", 0.0, y(row)));
            runs.push(run("right side of the page", 120.0, y(row) + 3.0));
        }
        runs.push(run("What is written under both of the columns", 10.0, 200.0));
        assert_eq!(
            read(runs),
            [
                vec!["A title over both of the two columns of it"],
                vec!["left side of the page"; 5],
                vec!["right side of the page"; 5],
                vec!["What is written under both of the columns"],
            ]
        );
    }

    #[test]
    fn labels_beside_their_words_are_read_along_the_row() {
        let mut runs = Vec::new();
        for row in 0..6 {
            runs.push(run("Host:", 0.0, y(row)));
            runs.push(run("is it old enough to be baked", 60.0, y(row)));
        }
        assert_eq!(read(runs), [vec!["Host: is it old enough to be baked"; 6]]);
    }

    #[test]
    fn three_columns_are_read_from_left_to_right() {
        let mut runs = Vec::new();
        for row in 0..4 {
            for (text, start) in [
                ("the first column", 0.0),
                ("the second column", 100.0),
                ("the third column", 200.0),
            ] {
                runs.push(run(text, start, y(row)));
            }
        }
        let parts: Vec<_> = read(runs).into_iter().map(|part| part[0].clone()).collect();
        assert_eq!(parts, ["the first column", "the second column", "the third column"]);
    }
}
