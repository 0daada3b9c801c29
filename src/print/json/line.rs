//! Any value as one line of JSON.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Serializer, ser::Formatter};

use crate::print::clean::is_unsafe;

/// Writes any value as one line. It holds no character that a terminal would obey, and is read as
/// what it was: JSON has escapes for all of them.
///
/// # Errors
/// When it cannot be written.
pub fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Escaped))?;
    writeln!(out)
}

/// Compact JSON with escapes also for the control characters that it allows as they are.
struct Escaped;

impl Formatter for Escaped {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut plain = 0;
        for (at, c) in fragment.char_indices().filter(|(_, c)| is_unsafe(*c)) {
            writer.write_all(&fragment.as_bytes()[plain..at])?;
            write!(writer, "\\u{:04x}", u32::from(c))?;
            plain = at + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[plain..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(value: &str) -> String {
        let mut out = Vec::new();
        line(&mut out, &value).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn control_characters_are_escapes() {
        assert_eq!(
            written("a\u{1b}\u{7f}\u{9b}\u{202e}é\n"),
            "\"a\\u001b\\u007f\\u009b\\u202eé\\n\"\n"
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_as_it_was(text in any::<String>()) {
            let written = written(&text);
            prop_assert!(!written.trim_end_matches('\n').contains(is_unsafe));
            prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        }
    }
}
