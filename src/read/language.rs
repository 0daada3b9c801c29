//! Codes of languages: research formats have three letters where the rest of the program has two.

use crate::read::front_matter;

/// The ISO 639-1 code of a language by its code of two or three letters (ISO 639-1, 639-2 or
/// 639-3), with a region or not. `None` where there is none.
#[must_use]
pub fn code(written: &str) -> Option<String> {
    let first = written.trim().split(['-', '_']).next().unwrap_or_default();
    let of_three = || {
        let found = THREE.iter().find(|(three, _)| three.eq_ignore_ascii_case(first));
        found.map(|(_, two)| (*two).to_owned())
    };
    front_matter::language(first).or_else(of_three)
}

/// The languages that corpora of speech are mostly in.
const THREE: &[(&str, &str)] = &[
    ("afr", "af"),
    ("ara", "ar"),
    ("arb", "ar"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("chi", "zh"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("cze", "cs"),
    ("dan", "da"),
    ("deu", "de"),
    ("dut", "nl"),
    ("ell", "el"),
    ("eng", "en"),
    ("est", "et"),
    ("eus", "eu"),
    ("fas", "fa"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("ger", "de"),
    ("gle", "ga"),
    ("glg", "gl"),
    ("gre", "el"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("ind", "id"),
    ("isl", "is"),
    ("ita", "it"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("nor", "no"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rum", "ro"),
    ("rus", "ru"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("spa", "es"),
    ("sqi", "sq"),
    ("srp", "sr"),
    ("swa", "sw"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tha", "th"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("vie", "vi"),
    ("wel", "cy"),
    ("yue", "zh"),
    ("zho", "zh"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_two_and_three_letters_are_read() {
        for (written, two) in [("en", "en"), ("eng", "en"), ("de-AT", "de"), ("ZHO", "zh")] {
            assert_eq!(code(written), Some(two.to_owned()), "{written}");
        }
        for written in ["", "und", "English", "x"] {
            assert_eq!(code(written), None, "{written}");
        }
    }
}
