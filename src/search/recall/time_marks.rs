//! Time marks in a quotation: `[12:04]`, `01:12:04.5`, and `12 04` where the marks were lost.
//!
//! Published transcripts are full of them, and no speaker says them. Readers take them out of the
//! text; here they are taken out of what was copied from it.

use crate::words::Words;

/// A quotation without what may be time marks; `None` where there is none in it, or nothing else.
pub(super) fn without(quotation: &str) -> Option<String> {
    let words = Words::of(quotation);
    let mut kept = String::new();
    let mut at = 0;
    let mut run = 0;
    let mut dropped = false;
    while at < words.len() {
        run = if run > at { run } else { end_of_mark(&words, at) };
        if run > at {
            dropped = true;
            at = run;
            continue;
        }
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(words.folded(at));
        at += 1;
    }
    (dropped && !kept.is_empty()).then_some(kept)
}

/// One past the last word of a mark that begins with a word; that word's own number where none does.
fn end_of_mark(words: &Words, start: usize) -> usize {
    let numbers = |at: usize| {
        let mut parts = words.folded(at).split([':', '.']);
        parts.clone().all(is_number).then(|| parts.by_ref().count())
    };
    let mut count = 0;
    let mut end = start;
    while let Some(more) = (end < words.len()).then(|| numbers(end)).flatten() {
        count += more;
        end += 1;
    }
    // Minutes and seconds, with hours before and fractions behind.
    if (2..=4).contains(&count) { end } else { start }
}

/// Whether a part of a mark is one: at most two digits, below a hundred for the fractions.
fn is_number(part: &str) -> bool {
    (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn time_marks_are_taken_out() {
        for (quotation, expected) in [
            ("basic that way [20:10] Do you", "basic that way do you"),
            ("basic that way 20 10 do you", "basic that way do you"),
            ("as well 01:01:57.28 all the", "as well all the"),
            ("as well 01 01 57 28 all the", "as well all the"),
        ] {
            assert_eq!(without(quotation).as_deref(), Some(expected), "{quotation}");
        }
    }

    #[test]
    fn other_numbers_stay() {
        for quotation in ["we used take 3", "in 1998 we had 1140 reels", "12:04", "48,000 a second"]
        {
            assert_eq!(without(quotation), None, "{quotation}");
        }
    }
}
