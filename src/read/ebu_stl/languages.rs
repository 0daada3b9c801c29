//! The languages of EBU Tech 3264, by their numbers.

/// The ISO 639-1 code of a number in two hexadecimal digits, where the language has one.
pub fn language(digits: &[u8]) -> Option<&'static str> {
    let digits = std::str::from_utf8(digits).ok()?;
    let number = u8::from_str_radix(digits, 16).ok()?;
    CODES.iter().find(|(known, _)| *known == number).map(|(_, code)| *code)
}

#[rustfmt::skip]
const CODES: &[(u8, &str)] = &[
    (0x01, "sq"), (0x02, "br"), (0x03, "ca"), (0x04, "hr"), (0x05, "cy"), (0x06, "cs"),
    (0x07, "da"), (0x08, "de"), (0x09, "en"), (0x0A, "es"), (0x0B, "eo"), (0x0C, "et"),
    (0x0D, "eu"), (0x0E, "fo"), (0x0F, "fr"), (0x10, "fy"), (0x11, "ga"), (0x12, "gd"),
    (0x13, "gl"), (0x14, "is"), (0x15, "it"), (0x17, "la"), (0x18, "lv"), (0x19, "lb"),
    (0x1A, "lt"), (0x1B, "hu"), (0x1C, "mt"), (0x1D, "nl"), (0x1E, "no"), (0x1F, "oc"),
    (0x20, "pl"), (0x21, "pt"), (0x22, "ro"), (0x23, "rm"), (0x24, "sr"), (0x25, "sk"),
    (0x26, "sl"), (0x27, "fi"), (0x28, "sv"), (0x29, "tr"), (0x2A, "nl"), (0x2B, "wa"),
    (0x45, "zu"), (0x46, "vi"), (0x47, "uz"), (0x48, "ur"), (0x49, "uk"), (0x4A, "th"),
    (0x4B, "te"), (0x4C, "tt"), (0x4D, "ta"), (0x4F, "sw"), (0x51, "so"), (0x52, "si"),
    (0x56, "ru"), (0x59, "pa"), (0x5A, "fa"), (0x5D, "ne"), (0x5F, "mr"), (0x61, "ms"),
    (0x63, "mk"), (0x65, "ko"), (0x66, "km"), (0x67, "kk"), (0x68, "kn"), (0x69, "ja"),
    (0x6A, "id"), (0x6B, "hi"), (0x6C, "he"), (0x6D, "ha"), (0x6F, "gu"), (0x70, "el"),
    (0x71, "ka"), (0x75, "zh"), (0x76, "my"), (0x77, "bg"), (0x78, "bn"), (0x79, "be"),
    (0x7B, "az"), (0x7D, "hy"), (0x7E, "ar"), (0x7F, "am"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_hexadecimal_numbers() {
        assert_eq!(language(b"09"), Some("en"));
        assert_eq!(language(b"0f"), Some("fr"));
        assert_eq!(language(b"00"), None);
        assert_eq!(language(b"\xFF "), None);
    }
}
