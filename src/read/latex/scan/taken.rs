//! What a walk over LaTeX takes out or replaces, and the arguments that it passes.

use std::ops::Range;

use super::Walk;
use crate::read::{
    latex::brackets::matching,
    prose::{Edit, Instead},
};

impl Walk<'_> {
    pub(super) fn spaces(&mut self) {
        let rest = self.rest();
        let length = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        self.take(length);
    }

    pub(super) fn star(&mut self) {
        if self.rest().starts_with('*') {
            self.take(1);
        }
    }

    /// Takes an address in braces, in which `%` begins no comment.
    pub(super) fn address(&mut self) {
        self.spaces();
        let rest = self.rest();
        if let Some(end) = rest.find(['}', '\n']).filter(|_| rest.starts_with('{')) {
            self.take(end + usize::from(rest[end..].starts_with('}')));
        }
    }

    /// Takes arguments in square brackets.
    pub(super) fn options(&mut self) {
        while self.rest().starts_with('[') {
            let Some(end) = matching(self.rest(), b'[', b']') else { return };
            self.take(end + 1);
        }
    }

    /// Takes so many arguments in braces, with those in square brackets between.
    pub(super) fn arguments(&mut self, count: usize) {
        for _ in 0..count {
            self.options();
            let rest = self.rest();
            let lead = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            if !rest[lead..].starts_with('{') {
                return;
            }
            let Some(end) = matching(&rest[lead..], b'{', b'}') else { return };
            self.take(lead + end + 1);
        }
    }

    /// Drops so many bytes from here, and goes on behind them.
    pub(super) fn take(&mut self, length: usize) {
        let start = self.at;
        self.at += length;
        self.drop(start..self.at);
    }

    pub(super) fn replace(&mut self, length: usize, character: char) {
        let (start, end) = (self.at, self.at + length);
        let line_ends = self.source[start..end].find('\n');
        let end_of_edit = line_ends.map_or(end, |at| start + at);
        self.found.edits.push(Edit {
            start,
            end: end_of_edit,
            instead: Instead::Character(character),
        });
        self.at = end;
    }

    /// Drops some bytes, line by line.
    pub(super) fn drop(&mut self, bytes: Range<usize>) {
        let mut start = bytes.start;
        for line in self.source[bytes].split_inclusive('\n') {
            let end = start + line.trim_end_matches(['\n', '\r']).len();
            if start < end {
                self.found.edits.push(Edit { start, end, instead: Instead::Nothing });
            }
            start += line.len();
        }
    }
}
