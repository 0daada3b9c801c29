//! Finding where words begin and end.

use super::{
    fold::fold_into,
    script::{is_apostrophe, is_unspaced, is_word},
};
use crate::text::{TextSpan, runs_on};

/// Calls `emit` with the span and the folded form of each word, in order.
///
/// Nothing is allocated for a word that is lower-case ASCII already; other words share one buffer.
pub fn each_word(text: &str, mut emit: impl FnMut(TextSpan, &str)) {
    let bytes = text.as_bytes();
    let mut buffer = String::new();
    let mut at = 0;
    while at < bytes.len() {
        let (c, next) = character(text, at);
        if !is_word(c) {
            at = next;
        } else if is_unspaced(c) {
            at = each_pair(text, at, &mut buffer, &mut emit);
        } else {
            let word = word_from(text, at);
            let span = TextSpan { start: at, end: word.end };
            if word.folds_to_itself && word.end - at <= 128 {
                emit(span, &text[span.range()]);
            } else {
                buffer.clear();
                fold_into(&text[span.range()], &mut buffer);
                if !buffer.is_empty() {
                    emit(span, &buffer);
                }
            }
            // A word has a character at least: whatever `word_from` makes of it, this ends.
            at = word.end.max(next);
        }
    }
}

struct Word {
    end: usize,
    /// Lower-case ASCII letters, digits and straight apostrophes alone.
    folds_to_itself: bool,
}

/// Follows a word that starts at `start`, where a word character stands.
fn word_from(text: &str, start: usize) -> Word {
    let bytes = text.as_bytes();
    let mut at = start;
    let mut folds_to_itself = true;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() {
            folds_to_itself &= !byte.is_ascii_uppercase();
            at += 1;
        } else if byte.is_ascii() && !matches!(byte, b'\'' | b'`' | b'.' | b',' | b'+' | b'#') {
            break;
        } else {
            match joined(text, start, at) {
                Some(end) => {
                    folds_to_itself &= byte == b'\'';
                    at = end;
                }
                None => break,
            }
        }
    }
    Word { end: at, folds_to_itself }
}

/// Where the word goes on behind a character that is not an ASCII letter or digit, if it does.
fn joined(text: &str, start: usize, at: usize) -> Option<usize> {
    let (c, next) = character(text, at);
    match c {
        '.' | ',' if digit_before(text, at) && digit_at(text, next) => Some(next),
        '.' if is_initial(text, start, at) && letter_alone_at(text, next) => Some(next),
        '+' if is_latin_letter(text, start, at) => {
            let end = text[next..].starts_with('+').then_some(next + 1)?;
            (!goes_on_at(text, end)).then_some(end)
        }
        '#' if is_latin_letter(text, start, at) => (!goes_on_at(text, next)).then_some(next),
        _ if is_apostrophe(c) => goes_on_at(text, next).then_some(next),
        '\u{200C}' | '\u{200D}' | '\u{AD}' => goes_on_at(text, next).then_some(next),
        _ => (is_word(c) && !is_unspaced(c)).then_some(next),
    }
}

/// Emits the overlapping pairs of a run of characters without spaces; gives the end of the run.
/// Chinese and Japanese run on over the end of a line.
fn each_pair(
    text: &str,
    start: usize,
    buffer: &mut String,
    emit: &mut impl FnMut(TextSpan, &str),
) -> usize {
    let mut first = TextSpan { start, end: cluster_end(text, start) };
    loop {
        let next = next_in_run(text, first);
        let end = next.map_or(first.end, |start| cluster_end(text, start));
        let span = TextSpan { start: first.start, end };
        buffer.clear();
        fold_into(&text[span.range()], buffer);
        if !buffer.is_empty() {
            emit(span, buffer);
        }
        let Some(start) = next else { return end };
        first = TextSpan { start, end };
    }
}

/// Where the character after another of a run starts, if there is one.
fn next_in_run(text: &str, last: TextSpan) -> Option<usize> {
    let is_unspaced_word = |at: usize| {
        let (c, _) = character(text, at);
        at < text.len() && is_word(c) && is_unspaced(c)
    };
    if is_unspaced_word(last.end) {
        return Some(last.end);
    }
    let below = last.end + 1;
    if text.as_bytes().get(last.end) != Some(&b'\n') || !is_unspaced_word(below) {
        return None;
    }
    runs_on((character(text, last.start).0, character(text, below).0)).then_some(below)
}

/// The end of a character with the marks that follow it.
fn cluster_end(text: &str, start: usize) -> usize {
    let (_, mut end) = character(text, start);
    while end < text.len() {
        let (c, next) = character(text, end);
        if c.is_alphanumeric() || !is_word(c) {
            break;
        }
        end = next;
    }
    end
}

/// The character at a byte and where the next one starts; NUL at the end.
fn character(text: &str, at: usize) -> (char, usize) {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => (char::from(*byte), at + 1),
        _ => text[at..].chars().next().map_or(('\0', at), |c| (c, at + c.len_utf8())),
    }
}

fn digit_before(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(char::is_numeric)
}

fn digit_at(text: &str, at: usize) -> bool {
    text[at..].starts_with(char::is_numeric)
}

/// Whether just one letter stands before a dot: since the word's start or since the last dot.
fn is_initial(text: &str, start: usize, dot: usize) -> bool {
    let mut letters = text[start..dot].chars().rev();
    letters.next().is_some_and(char::is_alphabetic) && matches!(letters.next(), None | Some('.'))
}

fn letter_alone_at(text: &str, at: usize) -> bool {
    let (letter, next) = character(text, at);
    letter.is_alphabetic() && !is_unspaced(letter) && !goes_on_at(text, next)
}

/// Whether a word goes on at a byte. A character of a script without spaces starts another.
fn goes_on_at(text: &str, at: usize) -> bool {
    text[at..].starts_with(|c| is_word(c) && !is_unspaced(c))
}

fn is_latin_letter(text: &str, start: usize, at: usize) -> bool {
    at == start + 1 && text.as_bytes()[start].is_ascii_alphabetic()
}
