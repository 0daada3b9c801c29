//! Folding: the form in which words are compared.
//!
//! Case, diacritics, the shape of apostrophes and compatibility forms (full width, ligatures) do
//! not count; a few letters that decompose to nothing are spelled out (`ß` is `ss`, `ø` is `o`).
//! Marks that are letters of their own stay: Japanese voicing, Indic vowel signs, the Russian `й`.

use std::fmt::Write;

use unicode_normalization::UnicodeNormalization;

use super::{Counting, script::is_apostrophe};

/// Longest folded word in bytes; what is longer is cut and told apart by a hash of the whole.
const LONGEST: usize = 200;

/// Appends the folded form of a word to `out`.
///
/// The word is one that [`super::each_word`] found: its dots and commas stand between letters or
/// digits. Dots between letters and commas are dropped.
pub(super) fn fold_into(word: &str, out: &mut String) {
    fold_as(word, Counting::default(), out);
}

/// The folded form of one word, such as [`super::each_word`] gives it.
#[must_use]
pub fn fold(word: &str) -> String {
    fold_counting(word, Counting::default())
}

/// The form of one word in which it is compared when case or accents count.
#[must_use]
pub fn fold_counting(word: &str, counting: Counting) -> String {
    let mut folded = String::with_capacity(word.len());
    fold_as(word, counting, &mut folded);
    folded
}

fn fold_as(word: &str, counting: Counting, out: &mut String) {
    let start = out.len();
    if word.is_ascii() {
        fold_ascii(word, counting, out);
    } else {
        fold_unicode(word, counting, out);
    }
    if out.len() - start > LONGEST {
        shorten(out, start);
    }
}

fn fold_ascii(word: &str, counting: Counting, out: &mut String) {
    let mut before = b' ';
    for byte in word.bytes() {
        match byte {
            b',' => {}
            b'.' if !before.is_ascii_digit() => {}
            b'`' => out.push('\''),
            _ if counting.case => out.push(char::from(byte)),
            _ => out.push(char::from(byte.to_ascii_lowercase())),
        }
        before = byte;
    }
}

fn fold_unicode(word: &str, counting: Counting, out: &mut String) {
    let is_dropped = |c: char| !counting.accents && is_diacritic(c);
    let mut base = '\0';
    let mut before = '\0';
    for c in word.nfkd() {
        match c {
            // A pair of characters may stand on two lines.
            ',' | '\n' => {}
            '.' if !before.is_numeric() => {}
            _ if is_apostrophe(c) => out.push('\''),
            '\u{306}' if matches!(base, 'и' | 'И') => {
                out.pop();
                out.push(if base == 'и' { 'й' } else { 'Й' });
            }
            _ if is_dropped(c) => {}
            '\u{640}' | '\u{200C}' | '\u{200D}' | '\u{AD}' => {}
            _ => {
                if let Some(plain) = spelled_out(c, counting) {
                    out.push_str(plain);
                } else if counting.case {
                    out.push(c);
                    base = c;
                } else {
                    for lower in c.to_lowercase().filter(|lower| !is_dropped(*lower)) {
                        out.push(lower);
                        base = lower;
                    }
                }
            }
        }
        before = c;
    }
    if counting.accents {
        *out = out.nfc().collect();
    } else {
        recompose(out, word);
    }
}

/// What is written for a letter that decomposes to nothing. A stroke through a letter is an accent.
fn spelled_out(c: char, counting: Counting) -> Option<&'static str> {
    let is_kept = counting.case && c.is_uppercase();
    Some(match c {
        'ß' => "ss",
        'ẞ' => {
            if is_kept {
                "SS"
            } else {
                "ss"
            }
        }
        'æ' => "ae",
        'Æ' => {
            if is_kept {
                "AE"
            } else {
                "ae"
            }
        }
        'œ' => "oe",
        'Œ' => {
            if is_kept {
                "OE"
            } else {
                "oe"
            }
        }
        'þ' => "th",
        'Þ' => {
            if is_kept {
                "TH"
            } else {
                "th"
            }
        }
        'ς' => "σ",
        _ if counting.accents => return None,
        'ø' => "o",
        'Ø' => {
            if is_kept {
                "O"
            } else {
                "o"
            }
        }
        'ł' => "l",
        'Ł' => {
            if is_kept {
                "L"
            } else {
                "l"
            }
        }
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => {
            if is_kept {
                "D"
            } else {
                "d"
            }
        }
        'ħ' => "h",
        'Ħ' => {
            if is_kept {
                "H"
            } else {
                "h"
            }
        }
        'ı' => "i",
        _ => return None,
    })
}

/// Puts letters whose marks stayed together again: Korean syllables, voiced Kana.
fn recompose(out: &mut String, word: &str) {
    if word.chars().any(|c| (c as u32) >= 0x0900) {
        let composed: String = out.nfc().collect();
        *out = composed;
    }
}

/// Whether a mark only decorates its letter: Latin, Greek and Cyrillic accents, Hebrew points,
/// Arabic vowel signs.
fn is_diacritic(c: char) -> bool {
    matches!(c as u32,
        0x0300..=0x036F | 0x0483..=0x0487 | 0x0591..=0x05BD | 0x05BF | 0x05C1..=0x05C2
        | 0x05C4..=0x05C5 | 0x05C7 | 0x0610..=0x061A | 0x064B..=0x065F | 0x0670
        | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F)
}

fn shorten(out: &mut String, start: usize) {
    let hash = fnv_1a(&out.as_bytes()[start..]);
    let mut end = start + LONGEST;
    while !out.is_char_boundary(end) {
        end -= 1;
    }
    out.truncate(end);
    // Writing to a string cannot fail.
    let _ = write!(out, "{hash:016x}");
}

/// FNV-1a, 64 bits: small, and the same for ever on every machine, as stored words need.
fn fnv_1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn case_and_accents_do_not_count() {
        for (word, folded) in [("Café", "cafe"), ("cafe\u{301}", "cafe"), ("ÅNGSTRÖM", "angstrom")]
        {
            assert_eq!(fold(word), folded);
        }
    }

    #[test]
    fn letters_that_do_not_decompose_are_spelled_out() {
        for (word, folded) in [("Straße", "strasse"), ("Œuvre", "oeuvre"), ("Łódź", "lodz")] {
            assert_eq!(fold(word), folded);
        }
    }

    #[test]
    fn compatibility_forms_are_one() {
        assert_eq!(fold("ｆｉｌｍ"), "film");
        assert_eq!(fold("ﬁlm"), "film");
    }

    #[test]
    fn marks_that_are_letters_stay() {
        assert_eq!(fold("мой"), "мой");
        assert_eq!(fold("ёлка"), "елка");
        assert_eq!(fold("が"), "が");
        assert_ne!(fold("が"), fold("か"));
        assert_eq!(fold("한국"), "한국");
    }

    #[test]
    fn final_sigma_and_turkish_i_are_folded() {
        assert_eq!(fold("ΛΌΓΟΣ"), fold("λόγος"));
        assert_eq!(fold("İSTANBUL"), "istanbul");
    }
}
