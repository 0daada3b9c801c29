//! Formats of NIST's scoring tools for speech recognition:
//! <https://github.com/usnistgov/SCTK/blob/master/doc/infmts.htm>.
//!
//! Lines of fields parted by white space; `;;` starts a comment. [`stm`] has a segment on each line,
//! [`ctm`] a word, [`rttm`] what happens when: who speaks, and sometimes words.

pub mod ctm;
mod mark;
pub mod rttm;
pub mod stm;

use std::collections::HashMap;

use crate::read::{
    cues::{self, Cue},
    lines::{Line, lines},
};

/// The lines of a file that are no comments, each with the fields it starts with.
fn records(text: &str) -> impl Iterator<Item = (Line<'_>, Vec<Line<'_>>)> {
    lines(text)
        .filter(|line| !line.is_blank() && !line.text.trim_start().starts_with(";;"))
        .map(|line| (line, fields(&line)))
}

/// No format has more fields before its text.
const MOST_FIELDS: usize = 12;

fn fields<'a>(line: &Line<'a>) -> Vec<Line<'a>> {
    let mut found = Vec::with_capacity(8);
    let mut rest = line.trim();
    while !rest.text.is_empty() && found.len() < MOST_FIELDS {
        let end = rest.text.find(char::is_whitespace).unwrap_or(rest.text.len());
        found.push(rest.before(end));
        rest = rest.after(end).trim();
    }
    found
}

/// What belongs to each recording of a file, in the order in which the recordings first appear:
/// their times have nothing to do with each other.
fn by_recording<'a, T>(found: impl IntoIterator<Item = (&'a str, T)>) -> Vec<Vec<T>> {
    let mut recordings: Vec<Vec<T>> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (recording, item) in found {
        let at = *known.entry(recording).or_insert(recordings.len());
        if at == recordings.len() {
            recordings.push(Vec::new());
        }
        recordings[at].push(item);
    }
    recordings
}

/// The cues of all recordings, those of each in the order of their times.
fn in_order(recordings: Vec<Vec<Cue>>) -> Vec<Cue> {
    let sorted = recordings.into_iter().flat_map(|mut of_one| {
        cues::sort(&mut of_one);
        of_one
    });
    sorted.collect()
}
