//! Which characters make words, and which scripts are written without spaces.

use unicode_normalization::char::is_combining_mark;

/// Whether a character can be part of a word, wherever it stands.
///
/// The apostrophe `ʼ` is a letter by Unicode; here it is one only between letters, as others are.
pub(super) fn is_word(c: char) -> bool {
    (c.is_alphanumeric() && c != 'ʼ') || (!c.is_ascii() && is_combining_mark(c))
}

/// Whether a character is an apostrophe when it stands between letters.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '＇' | '‛' | '´' | '`')
}

/// Whether a script shows no word borders, so that words are found by pairs of characters.
///
/// Chinese, Japanese, Thai, Lao, Khmer, Burmese and Tibetan have no spaces between words; Korean
/// has, but glues particles to them, so that pairs find more there too.
pub(super) fn is_unspaced(c: char) -> bool {
    if (c as u32) < 0x0E00 {
        return false;
    }
    matches!(c as u32,
        0x0E00..=0x0EFF      // Thai, Lao
        | 0x0F00..=0x0FFF    // Tibetan
        | 0x1000..=0x109F    // Myanmar
        | 0x1100..=0x11FF    // Hangul Jamo
        | 0x1780..=0x17FF    // Khmer
        | 0x3005..=0x3007    // ideographic marks
        | 0x3040..=0x30FF    // Hiragana, Katakana
        | 0x3130..=0x318F    // Hangul compatibility Jamo
        | 0x31F0..=0x31FF    // Katakana extensions
        | 0x3400..=0x4DBF    // Han, extension A
        | 0x4E00..=0x9FFF    // Han
        | 0xA960..=0xA97F    // Hangul Jamo, extended
        | 0xAC00..=0xD7FF    // Hangul syllables
        | 0xF900..=0xFAFF    // Han, compatibility
        | 0xFF66..=0xFF9F    // half-width Katakana
        | 0x1B000..=0x1B16F  // Kana supplement
        | 0x20000..=0x3FFFF  // Han, further extensions
    )
}
