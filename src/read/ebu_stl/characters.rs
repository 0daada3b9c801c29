//! The code tables of EBU Tech 3264: Latin (ISO 6937), Cyrillic, Arabic, Greek and Hebrew (parts of
//! ISO 8859).

use encoding_rs::{Encoding, ISO_8859_5, ISO_8859_6, ISO_8859_7, ISO_8859_8};
use unicode_normalization::char::compose;

/// What the bytes of a text stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// ISO 6937, in which accents stand before their letters.
    Latin,
    /// A part of ISO 8859.
    Other(&'static Encoding),
}

impl Table {
    /// The table of a number in two digits.
    pub fn of(digits: &[u8]) -> Option<Self> {
        match digits {
            b"00" => Some(Self::Latin),
            b"01" => Some(Self::Other(ISO_8859_5)),
            b"02" => Some(Self::Other(ISO_8859_6)),
            b"03" => Some(Self::Other(ISO_8859_7)),
            b"04" => Some(Self::Other(ISO_8859_8)),
            _ => None,
        }
    }

    /// The text of some bytes that are no control codes.
    pub fn decode(self, bytes: &[u8]) -> String {
        match self {
            Self::Latin => latin(bytes),
            Self::Other(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
        }
    }
}

fn latin(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 4);
    let mut accent = None;
    for byte in bytes {
        if let Some(mark) = ACCENTS.iter().find(|(code, _)| code == byte) {
            accent = Some(mark.1);
            continue;
        }
        let character = match byte {
            0x24 => '¤',
            0xA0.. => UPPER.chars().nth(usize::from(byte - 0xA0)).unwrap_or('\u{FFFD}'),
            _ => char::from(*byte),
        };
        match accent.take() {
            None => text.push(character),
            Some(mark) => match compose(character, mark) {
                Some(composed) => text.push(composed),
                None => text.extend([character, mark]),
            },
        }
    }
    text
}

/// Codes of accents, and the marks that combine with the letter before them.
const ACCENTS: &[(u8, char)] = &[
    (0xC1, '\u{300}'),
    (0xC2, '\u{301}'),
    (0xC3, '\u{302}'),
    (0xC4, '\u{303}'),
    (0xC5, '\u{304}'),
    (0xC6, '\u{306}'),
    (0xC7, '\u{307}'),
    (0xC8, '\u{308}'),
    (0xC9, '\u{308}'),
    (0xCA, '\u{30A}'),
    (0xCB, '\u{327}'),
    (0xCD, '\u{30B}'),
    (0xCE, '\u{328}'),
    (0xCF, '\u{30C}'),
];

/// The characters from 0xA0 on; `�` where there is none.
const UPPER: &str = "\u{A0}¡¢£$¥#§¤‘“«←↑→↓°±²³×µ¶·÷’”»¼½¾¿\
    ����������������―¹®©™♪¬¦����⅛⅜⅝⅞ΩÆĐªĦ�ĲĿŁØŒºÞŦŊŉĸæđðħıĳŀłøœßþŧŋ\u{AD}";

/// A field of the first block, in one of the code pages of DOS. Those that the standard names share
/// their letters from 0x80 to 0x9A.
pub fn title(bytes: &[u8]) -> String {
    const DOS: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ";
    let character = |byte: &u8| match byte {
        0..=0x7F => char::from(*byte),
        _ => DOS.chars().nth(usize::from(byte - 0x80)).unwrap_or('\u{FFFD}'),
    };
    bytes.iter().map(character).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_stand_before_their_letters() {
        assert_eq!(
            Table::Latin.decode(b"caf\xC2e na\xC8ive \xCBca \xF1 \xFB"),
            "café naïve ça æ ß"
        );
        // The last one is a letter that has no such accent.
        assert_eq!(Table::Latin.decode(b"\xAAok\xBA \xD5 \xC1x"), "“ok” ♪ x\u{300}");
        assert_eq!(UPPER.chars().count(), 96);
    }

    #[test]
    fn every_table_is_read() {
        let read = |digits: &[u8], bytes: &[u8]| Table::of(digits).map(|it| it.decode(bytes));
        assert_eq!(read(b"01", b"\xBC\xD8\xE0"), Some("Мир".into()));
        assert_eq!(read(b"02", b"\xE3\xE6"), Some("كن".into()));
        assert_eq!(read(b"03", b"\xC3\xE7"), Some("Γη".into()));
        assert_eq!(read(b"04", b"\xF9\xEC"), Some("של".into()));
        assert_eq!(read(b"09", b""), None);
    }
}
