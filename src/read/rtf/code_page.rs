//! The encodings of RTF: code pages by their number, and character sets of fonts.

use encoding_rs::Encoding;

/// The encoding of a code page of Windows; `None` for one that is not known.
pub fn code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        866 => "ibm866",
        874 => "windows-874",
        932 => "shift_jis",
        936 => "gbk",
        949 => "euc-kr",
        950 => "big5",
        1250 => "windows-1250",
        1251 => "windows-1251",
        1252 => "windows-1252",
        1253 => "windows-1253",
        1254 => "windows-1254",
        1255 => "windows-1255",
        1256 => "windows-1256",
        1257 => "windows-1257",
        1258 => "windows-1258",
        10000 => "macintosh",
        10007 => "x-mac-cyrillic",
        65001 => "utf-8",
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// The encoding of a character set of a font (`\fcharset`); `None` for that of the file.
pub fn character_set(number: i32) -> Option<&'static Encoding> {
    code_page(match number {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 | 130 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_its_encoding() {
        for number in [866, 874, 932, 936, 949, 950, 1250, 1258, 10000, 10007, 65001] {
            assert!(code_page(number).is_some(), "{number}");
        }
        assert_eq!(code_page(437), None);
        assert_eq!(character_set(204).map(Encoding::name), Some("windows-1251"));
        assert_eq!(character_set(2), None);
    }
}
