//! Time marks in running text: `[04:14]` says when the words after it were said.
//!
//! What stands between two marks was said between their times. Where the last mark ends nobody
//! knows, and nothing is estimated: the paragraph directly under it was said at its time, and what
//! comes after that paragraph has no time. So a search by time never finds a place that is minutes
//! away from what was asked for.

use crate::{
    place::{Time, TimeSpan},
    read::timestamp,
};

/// The time marks of a document. What follows a mark has its time, up to the next mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    marks: Vec<(usize, Time)>,
    next: usize,
    /// Where the words under the last mark end.
    end: Option<usize>,
}

impl Clock {
    /// The marks of a decoded file: times in square brackets, which may be escaped.
    #[must_use]
    pub fn of(source: &str) -> Self {
        let bytes = source.as_bytes();
        let mut marks = Vec::new();
        for open in memchr::memchr_iter(b'[', bytes) {
            let next = bytes.get(open + 1);
            if !next.is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'\\')) {
                continue;
            }
            let start = open - usize::from(open > 0 && bytes[open - 1] == b'\\');
            if let Some((time, _)) = timestamp::mark(&source[start..]) {
                marks.push((start, time));
            }
        }
        Self { marks, next: 0, end: None }
    }

    /// A clock by which everything was said between two times.
    #[must_use]
    pub fn during(time: TimeSpan) -> Self {
        Self { marks: vec![(0, time.start), (usize::MAX, time.end)], next: 0, end: None }
    }

    /// Adds marks that are written in another way, such as beside a name.
    pub fn add(&mut self, marks: impl IntoIterator<Item = (usize, Time)>) {
        self.marks.extend(marks);
        self.marks.sort_by_key(|(start, _)| *start);
        self.marks.dedup_by_key(|(start, _)| *start);
    }

    /// Drops the marks at bytes that are not to count.
    pub fn retain(&mut self, counts: impl Fn(usize) -> bool) {
        self.marks.retain(|(start, _)| counts(*start));
    }

    /// The byte at which the last mark stands.
    #[must_use]
    pub fn last_mark(&self) -> Option<usize> {
        self.marks.last().map(|(start, _)| *start)
    }

    /// From this byte on nothing has the time of the last mark.
    pub fn stop(&mut self, end: usize) {
        self.end = Some(end);
    }

    /// The time of what stands at a byte of the file. Ask in rising order.
    pub fn at(&mut self, byte: usize) -> Option<TimeSpan> {
        while self.marks.get(self.next).is_some_and(|(start, _)| *start <= byte) {
            self.next += 1;
        }
        let (_, start) = self.marks[self.next.checked_sub(1)?];
        if self.next == self.marks.len() && self.end.is_some_and(|end| byte >= end) {
            return None;
        }
        let end = self.marks.get(self.next).map_or(start, |(_, end)| *end);
        Some(TimeSpan { start, end: end.max(start) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_the_time_of_the_mark_before_them() {
        let mut clock = Clock::of("a [0:02] b \\[0:05\\] c");
        let span = |start, end| Some(TimeSpan { start: Time(start), end: Time(end) });
        assert_eq!(clock.at(0), None);
        assert_eq!(clock.at(9), span(2000, 5000));
        assert_eq!(clock.at(20), span(5000, 5000));
    }

    #[test]
    fn after_the_words_under_the_last_mark_there_is_no_time() {
        let mut clock = Clock::of("[0:02] b [0:05] c d");
        clock.stop(17);
        let span = |start, end| Some(TimeSpan { start: Time(start), end: Time(end) });
        assert_eq!(clock.last_mark(), Some(9));
        assert_eq!(clock.at(7), span(2000, 5000));
        assert_eq!(clock.at(16), span(5000, 5000));
        assert_eq!(clock.at(18), None);
    }

    #[test]
    fn other_brackets_are_no_marks() {
        assert_eq!(
            Clock::of("[1] [laughter] [unintelligible 00:12] [10.5] array[0:x]"),
            Clock::default()
        );
    }
}
