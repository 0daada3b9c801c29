//! The language of a text, as an ISO 639-1 code.

use whatlang::{Detector, Lang};

/// Shortest text, in bytes, that tells its language.
const SHORTEST: usize = 60;
/// How many bytes are looked at: enough for most texts.
const SAMPLE: usize = 1024;
/// How many where these do not tell.
const LONG_SAMPLE: usize = 4096;

/// Languages with a code of their own here: those that have a stemmer, and the large ones beside.
const CODES: &[(Lang, &str)] = &[
    (Lang::Ara, "ar"),
    (Lang::Cmn, "zh"),
    (Lang::Dan, "da"),
    (Lang::Deu, "de"),
    (Lang::Ell, "el"),
    (Lang::Eng, "en"),
    (Lang::Fin, "fi"),
    (Lang::Fra, "fr"),
    (Lang::Heb, "he"),
    (Lang::Hin, "hi"),
    (Lang::Hun, "hu"),
    (Lang::Ita, "it"),
    (Lang::Jpn, "ja"),
    (Lang::Kor, "ko"),
    (Lang::Nld, "nl"),
    (Lang::Nob, "no"),
    (Lang::Pol, "pl"),
    (Lang::Por, "pt"),
    (Lang::Ron, "ro"),
    (Lang::Rus, "ru"),
    (Lang::Spa, "es"),
    (Lang::Swe, "sv"),
    (Lang::Tam, "ta"),
    (Lang::Tha, "th"),
    (Lang::Tur, "tr"),
    (Lang::Ukr, "uk"),
    (Lang::Vie, "vi"),
    (Lang::Ces, "cs"),
];

/// Guesses the language of a text, or tells that it cannot.
///
/// Gives an ISO 639-1 code such as `en`.
#[must_use]
pub fn detect(text: &str) -> Option<&'static str> {
    let first = |size| &text[..text.floor_char_boundary(size)];
    let told = detect_in(first(SAMPLE));
    if told.is_none() && text.len() > SAMPLE { detect_in(first(LONG_SAMPLE)) } else { told }
}

fn detect_in(sample: &str) -> Option<&'static str> {
    if sample.len() < SHORTEST {
        return None;
    }
    let known = CODES.iter().map(|(lang, _)| *lang).collect();
    let info = Detector::with_allowlist(known).detect(sample)?;
    let code = CODES.iter().find(|(lang, _)| *lang == info.lang()).map(|(_, code)| *code)?;
    info.is_reliable().then_some(code)
}

#[cfg(test)]
mod tests {
    use super::detect;

    #[test]
    fn a_paragraph_tells_its_language() {
        let english = "We recorded the whole drum kit with two microphones, and nobody noticed the \
                       difference until the band heard it again in the car on the way home.";
        let german = "Wir haben das ganze Schlagzeug mit zwei Mikrofonen aufgenommen, und niemand \
                      hat den Unterschied bemerkt, bis die Band es im Auto wieder hörte.";
        assert_eq!(detect(english), Some("en"));
        assert_eq!(detect(german), Some("de"));
    }

    #[test]
    fn a_text_that_begins_with_numbers_tells_its_language_further_on() {
        let numbers = "1 2 3 4 5 6 7 8 9 ".repeat(60);
        assert!(numbers.len() > super::SAMPLE);
        assert_eq!(detect(&numbers), None);
        let paragraph = "Nobody noticed the difference until the band heard it again in the car.";
        assert_eq!(detect(&format!("{numbers}{}", paragraph.repeat(4))), Some("en"));
    }

    #[test]
    fn a_few_words_do_not() {
        assert_eq!(detect("OK, go."), None);
    }
}
