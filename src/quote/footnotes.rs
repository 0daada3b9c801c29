//! Notes inside a quotation: `^[…]` with its text, or `[^1]` with its name.
//!
//! They are the author's, set by the manuscript's markup, and no part of what is quoted.

use crate::text::TextSpan;

/// A wording without the notes in it and the space in front of each.
pub(super) fn without_notes(wording: String) -> String {
    let mut kept = String::new();
    let mut at = 0;
    while let Some(note) = next(&wording, at) {
        kept.push_str(wording[at..note.start].trim_end());
        at = note.end;
    }
    if at == 0 {
        return wording;
    }
    kept.push_str(&wording[at..]);
    kept.trim().to_owned()
}

/// The first note from a byte on.
fn next(text: &str, from: usize) -> Option<TextSpan> {
    text[from..].match_indices('^').find_map(|(at, _)| {
        let at = from + at;
        let behind = &text[at + 1..];
        if behind.starts_with('[') {
            return closing(behind).map(|length| TextSpan::new(at, at + 1 + length));
        }
        let end = behind.find(|it: char| it.is_whitespace() || matches!(it, '[' | ']' | '^'))?;
        let is_name = text[from..at].ends_with('[') && end > 0 && behind[end..].starts_with(']');
        is_name.then(|| TextSpan::new(at - 1, at + 1 + end + 1))
    })
}

/// Bytes of the brackets at the start of a text, with those inside them.
fn closing(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    text.bytes()
        .position(|byte| {
            match byte {
                b'[' => open += 1,
                b']' => open -= 1,
                _ => {}
            }
            open == 0
        })
        .map(|last| last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_no_part_of_a_wording() {
        for (wording, expected) in [
            ("the tape is the witness^[see p. 3]", "the tape is the witness"),
            ("the tape ^[see [1], [2]], is^[a] the", "the tape, is the"),
            ("the tape[^1] is [^über-2] the", "the tape is the"),
        ] {
            assert_eq!(without_notes(wording.to_owned()), expected, "{wording}");
        }
    }

    #[test]
    fn what_only_looks_like_a_note_stays() {
        for wording in ["2^8 and ^[open", "[^] [^a b] [^a", "a [T]he [sic] x^ [y]", "^", "[^"] {
            assert_eq!(without_notes(wording.to_owned()), wording);
        }
    }
}
