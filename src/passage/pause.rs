//! Silence between the cues or timed words of a turn.

use crate::text::{Text, TextSpan};

/// A pause that is longer than this, in milliseconds, parts passages.
const LONG: u64 = 4000;

/// The time between a timed part of a text and the timed part before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pause {
    /// Byte of the text at which the later part starts.
    pub(super) at: usize,
    /// Milliseconds; 0 when the two touch or overlap.
    pub(super) length: u64,
}

impl Pause {
    /// Whether it parts passages.
    pub(super) fn is_long(self) -> bool {
        self.length > LONG
    }
}

/// The pauses of a text, in order. A text without times has none.
pub(super) fn pauses(text: &Text) -> Vec<Pause> {
    let mut pauses = Vec::new();
    let mut before = None;
    for part in text.parts() {
        let Some(time) = part.place.time else {
            continue;
        };
        if let Some(end) = before {
            pauses.push(Pause { at: part.start, length: time.start.0.saturating_sub(end) });
        }
        before = Some(time.end.0);
    }
    pauses
}

/// The longest pause that lies between two words or sentences, in milliseconds.
///
/// `between` reaches from the end of one to the start of the next. No pause is less than one of
/// 0 milliseconds, which still is a border between cues.
pub(super) fn longest(pauses: &[Pause], between: TextSpan) -> Option<u64> {
    let first = pauses.partition_point(|pause| pause.at < between.start);
    let inside = pauses[first..].iter().take_while(|pause| pause.at <= between.end);
    inside.map(|pause| pause.length).max()
}
