//! Text that is safe to show on a terminal.

use std::borrow::Cow;

/// Replaces control characters, so that no text from a file can move the cursor, change colours or
/// worse: ASCII controls become their pictures (`␛`), others the replacement character. White space
/// of any kind stays white space.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(picture).collect())
}

fn is_unsafe(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t' | '\r')
}

fn picture(c: char) -> char {
    match c {
        '\t' | '\r' => ' ',
        '\n' => '\n',
        '\u{0}'..='\u{1F}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{FFFD}'),
        '\u{7F}' => '\u{2421}',
        _ if c.is_control() => '\u{FFFD}',
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
        assert_eq!(clean("plain, café\n"), "plain, café\n");
    }

    proptest! {
        #[test]
        fn no_control_character_is_left(text in any::<String>()) {
            let is_bad = |c: char| c.is_control() && !c.is_whitespace();
            prop_assert!(!clean(&text).contains(is_bad));
        }
    }
}
