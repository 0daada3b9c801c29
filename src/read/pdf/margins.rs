//! What stands in the margins of pages and is no part of the text: running heads and feet, and numbers
//! of pages.
//!
//! A row at the top or the bottom of a page is left out when a page near it, at most two away, has one
//! at the same height that
//!
//! - opens or closes with the number of its page: both count on as the pages do; or
//! - says the same, digits aside, and stands apart from the text or comes back on four pages.
//!
//! At most three rows are left out at each end of a page. A document of one page has no neighbours:
//! there a `1` alone at either end is its number, and so is a number of up to three digits alone at the
//! foot that stands apart from the text.

use std::collections::{HashMap, HashSet};

use crate::read::pdf::row::Row;

/// The most rows that are left out at each end of a page.
const MOST: usize = 3;
/// How many pages away a neighbour may be: left and right pages often differ.
const NEAR: usize = 2;
/// How far the heights of two rows may differ, in points.
const LEVEL: f64 = 3.0;
/// How far a running head stands apart from the text, in type sizes and in usual steps from row to
/// row.
const APART: f64 = 1.4;
/// On how many pages the same row is a running head wherever it stands.
const OFTEN: usize = 4;

/// Leaves out running heads and feet, and numbers of pages.
pub fn drop_running_rows(pages: &mut [Vec<Row>]) {
    for is_top in [true, false] {
        let edges: Vec<Vec<Edge>> = pages.iter().map(|page| edges(page, is_top)).collect();
        let often = repeated(&edges);
        for (at, page) in pages.iter_mut().enumerate() {
            let near = at.saturating_sub(NEAR)..(at + NEAR + 1).min(edges.len());
            let others: Vec<(usize, &Edge)> = near
                .filter(|other| *other != at)
                .flat_map(|other| edges[other].iter().map(move |edge| (other, edge)))
                .collect();
            let alone = edges.len() == 1;
            let running = edges[at].iter().take_while(|edge| {
                let known = often.get(edge.words.as_str()).copied().unwrap_or_default();
                others.iter().any(|(other, it)| edge.runs_on(at, it, *other, known))
                    || (alone && edge.is_number_of_only_page(is_top))
            });
            let count = running.count();
            let left = page.len() - count;
            if is_top {
                page.drain(..count);
            } else {
                page.truncate(left);
            }
        }
    }
}

/// A row near the edge of a page.
struct Edge {
    text: String,
    /// The text without digits.
    words: String,
    y: f64,
    is_apart: bool,
}

/// The outermost rows of a page, from the edge inwards.
fn edges(page: &[Row], is_top: bool) -> Vec<Edge> {
    let row =
        |at: usize| if is_top { page.get(at) } else { page.get(page.len().checked_sub(at + 1)?) };
    let mut steps: Vec<f64> = page.windows(2).map(|pair| pair[1].y - pair[0].y).collect();
    steps.sort_by(f64::total_cmp);
    let step = steps.get(steps.len() / 2).copied().unwrap_or_default();
    let edge = |at: usize| {
        let text = row(at)?.text();
        let gap = row(at + 1)
            .map_or(f64::INFINITY, |next| (next.y - row(at).map_or(0.0, |it| it.y)).abs());
        let words = text.chars().filter(|it| !it.is_ascii_digit()).collect();
        Some(Edge { words, y: row(at)?.y, is_apart: gap > APART * step.max(row(at)?.size), text })
    };
    (0..MOST).map_while(edge).collect()
}

/// On how many pages each row stands.
fn repeated(edges: &[Vec<Edge>]) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    for page in edges {
        let words: HashSet<&str> = page.iter().map(|it| it.words.as_str()).collect();
        for words in words {
            *counts.entry(words).or_default() += 1;
        }
    }
    counts
}

impl Edge {
    fn is_number_of_only_page(&self, is_top: bool) -> bool {
        let is_number = self.text.len() <= 3 && self.text.bytes().all(|it| it.is_ascii_digit());
        self.text == "1" || (!is_top && self.is_apart && is_number)
    }

    fn runs_on(&self, page: usize, other: &Self, other_page: usize, known: usize) -> bool {
        if (self.y - other.y).abs() > LEVEL {
            return false;
        }
        let counts_on = [first_number, last_number].iter().any(|number| {
            let (Some(here), Some(there)) = (number(&self.text), number(&other.text)) else {
                return false;
            };
            // Modulo the size of the type: pages count on in both directions.
            here.wrapping_sub(there) == page.wrapping_sub(other_page)
        });
        let is_number = !self.words.contains(char::is_alphabetic);
        let says_the_same =
            !is_number && self.words == other.words && (self.is_apart || known >= OFTEN);
        says_the_same || (counts_on_is_sure(self, other) && counts_on)
    }
}

/// Whether a number in both may be that of the page: text that begins with a number has other words.
fn counts_on_is_sure(a: &Edge, b: &Edge) -> bool {
    a.is_apart || b.is_apart || !a.words.contains(char::is_alphabetic)
}

fn first_number(text: &str) -> Option<usize> {
    number(text.split_whitespace().find(|word| word.contains(char::is_alphanumeric))?)
}

fn last_number(text: &str) -> Option<usize> {
    number(text.split_whitespace().rfind(|word| word.contains(char::is_alphanumeric))?)
}

/// The number of a page: `12`, `xii`, `[12]`, `12/40`.
fn number(word: &str) -> Option<usize> {
    let word = word.trim_matches(|it: char| !it.is_alphanumeric());
    let word = word.split('/').next().unwrap_or(word);
    if word.is_empty() || word.len() > 9 {
        return None;
    }
    word.parse().ok().or_else(|| roman(&word.to_ascii_lowercase()))
}

fn roman(word: &str) -> Option<usize> {
    let mut sum = 0;
    let mut last = 0;
    for letter in word.bytes().rev() {
        let value = match letter {
            b'i' => 1,
            b'v' => 5,
            b'x' => 10,
            b'l' => 50,
            b'c' => 100,
            _ => return None,
        };
        if value < last {
            sum -= value.min(sum);
        } else {
            sum += value;
            last = value;
        }
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::{
        row::{rows, tests::run},
        run::Run,
    };

    fn texts(page: &[Row]) -> Vec<String> {
        page.iter().map(Row::text).collect()
    }

    fn page(head: &str, foot: &str) -> Vec<Row> {
        let body = |row: u8| {
            let text = format!("what is said below {head} and above {foot}");
            run(&text, 50.0, 100.0 + 12.0 * f64::from(row))
        };
        let mut runs: Vec<Run> = (0..5).map(body).collect();
        runs.extend([run(head, 50.0, 60.0), run(foot, 200.0, 300.0)]);
        rows(runs)
    }

    #[test]
    fn running_heads_and_page_numbers_are_left_out() {
        let mut pages = vec![
            page("Tapes and Glue", "12"),
            page("The Slow Bread", "13"),
            page("Tapes and Glue", "14"),
        ];
        drop_running_rows(&mut pages);
        assert_eq!(texts(&pages[0]), ["what is said below Tapes and Glue and above 12"; 5]);
        assert_eq!(texts(&pages[1])[0], "The Slow Bread");
        assert_eq!(pages[1].len(), 6);
        assert_eq!(texts(&pages[2]), ["what is said below Tapes and Glue and above 14"; 5]);
    }

    #[test]
    fn heads_that_carry_the_page_number_are_left_out_whatever_they_say() {
        let mut pages = vec![
            page("i Glue", "a"),
            page("Water ii", "b"),
            page("iii Paper", "c"),
            page("Sound iv", "d"),
        ];
        drop_running_rows(&mut pages);
        for page in pages {
            assert!(page[0].text().starts_with("what is said below"), "{page:?}");
            assert_eq!(page.len(), 6);
        }
    }

    #[test]
    fn the_number_at_the_foot_of_a_single_page_is_left_out() {
        let left = |head: &str, foot: &str| {
            let mut pages = vec![page(head, foot)];
            drop_running_rows(&mut pages);
            pages[0].len()
        };
        assert_eq!(left("Glue", "2"), 6);
        for (head, foot) in [("Glue", "1961"), ("2", "Glue"), ("Glue", "2 tapes")] {
            assert_eq!(left(head, foot), 7, "{head} {foot}");
        }
    }

    #[test]
    fn rows_that_differ_stay() {
        let mut pages = vec![page("Glue", "1961"), page("Water", "1970")];
        let before = pages.clone();
        drop_running_rows(&mut pages);
        assert_eq!(pages, before);
    }
}
