//! Text that is safe to show on a terminal.

use std::borrow::Cow;

use crate::paths::is_byte;

/// Replaces control characters, so that no text from a file can move the cursor, change colours or
/// worse: ASCII controls become their pictures (`␛`), others, the marks that turn the direction of text
/// around, and bytes of a path that are no UTF-8 the replacement character. Line ends and tabs become spaces: breaking lines is the
/// printer's business.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(is_replaced) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(picture).collect())
}

/// Whether a character is shown as another one.
fn is_replaced(c: char) -> bool {
    is_unsafe(c) || is_byte(c)
}

/// Whether a terminal may obey a character instead of showing it.
pub(super) fn is_unsafe(c: char) -> bool {
    c.is_control() || turns_direction(c)
}

/// Embeddings, overrides and isolates, with which text can be made to look like another.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn picture(c: char) -> char {
    match c {
        '\t' | '\r' | '\n' => ' ',
        '\u{0}'..='\u{1F}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{FFFD}'),
        '\u{7F}' => '\u{2421}',
        _ if is_replaced(c) => '\u{FFFD}',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::clean;
    use proptest::prelude::*;

    #[test]
    fn escape_codes_are_shown_and_not_obeyed() {
        assert_eq!(clean("\u{1b}[31mred\u{9b}0m"), "␛[31mred\u{FFFD}0m");
        assert_eq!(clean("plain, café"), "plain, café");
        assert_eq!(clean("a\r\nb\tc"), "a  b c");
        assert_eq!(clean("user\u{202e}txt"), "user\u{FFFD}txt");
    }

    proptest! {
        #[test]
        fn no_control_character_is_left(text in any::<String>()) {
            prop_assert!(!clean(&text).contains(char::is_control));
        }
    }
}
