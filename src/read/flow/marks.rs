//! Marks of labels and times: what a document shows by its type or its style gets the marks that text
//! files have for it.

use crate::read::{
    flow::{Flow, Position, line::BoldStart},
    lines::Line,
    prose::Edit,
    timestamp,
};

/// The longest name of a speaker, in bytes.
pub const LONGEST_NAME: usize = 80;

impl Flow {
    /// What was written since is the name of whoever speaks, if it opens a line and has the length
    /// of a name.
    pub fn mark_name(&mut self, since: Position) {
        let Some(name) = self.written(since).filter(|it| it.len() <= LONGEST_NAME) else {
            return;
        };
        let opens = self.line.text.as_str()[..since.byte].trim().is_empty();
        let has_colon = name.ends_with(':');
        let is_name = name.contains(char::is_alphabetic) && !name.contains("**");
        if opens && is_name && self.line.marks.is_empty() {
            self.line.bold = BoldStart::None;
            self.line.marks.push((since.byte, "**"));
            let end = if has_colon { "**" } else { ":**" };
            self.line.marks.push((self.line.text.len(), end));
        }
    }

    /// What was written since is a term that a text is about to follow: a speaker, if the document
    /// is a conversation.
    pub fn mark_term(&mut self, since: Position) {
        let term = self.written(since).filter(|it| it.len() <= LONGEST_NAME);
        if term.is_some_and(|it| !it.ends_with(':')) {
            self.line.marks.push((self.line.text.len(), ":"));
        }
    }

    /// What was written since is the time of what follows, if it is one.
    pub fn mark_time(&mut self, since: Position) {
        let is_time = self
            .written(since)
            .is_some_and(|it| timestamp::clock(it).is_some_and(|(_, length)| length == it.len()));
        if is_time {
            self.line.marks.push((since.byte, "["));
            self.line.marks.push((self.line.text.len(), "]"));
        }
    }
}

/// Adds the marks of some lines to their edits, in order and without overlaps.
pub fn add_marks(lines: &[Line<'_>], marks: &[Edit], edits: &mut Vec<Edit>) {
    for line in lines {
        let first = marks.partition_point(|mark| mark.start < line.start);
        let of_line = marks[first..].iter().take_while(|mark| mark.end <= line.end());
        edits.extend(of_line);
    }
    edits.sort_by_key(|edit| (edit.start, std::cmp::Reverse(edit.end)));
    let mut reached = 0;
    edits.retain(|edit| {
        let apart = edit.start >= reached;
        reached = reached.max(edit.end);
        apart
    });
}
