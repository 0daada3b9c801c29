//! Stems: what the forms of a word have in common, by the rules of a language.

use std::{borrow::Cow, collections::HashMap};

use rust_stemmers::{Algorithm, Stemmer};

/// Cuts the folded words of one language to their stems (the Snowball algorithms).
///
/// Each word is worked out once and remembered.
pub struct Stems {
    stemmer: Option<Stemmer>,
    known: HashMap<String, String>,
}

impl Stems {
    /// The stems of a language, by its ISO 639-1 code. A language without a stemmer, or an unknown
    /// one, leaves words as they are.
    #[must_use]
    pub fn of(language: &str) -> Self {
        Self { stemmer: algorithm(language).map(Stemmer::create), known: HashMap::new() }
    }

    /// The stem of a folded word.
    pub fn stem(&mut self, word: &str) -> &str {
        if !self.known.contains_key(word) {
            let stem = match &self.stemmer {
                Some(stemmer) if can_be_stemmed(word) => stemmer.stem(word).into_owned(),
                _ => word.to_owned(),
            };
            self.known.insert(word.to_owned(), stem);
        }
        &self.known[word]
    }
}

/// The stem of one folded word in a language (ISO 639-1).
#[must_use]
pub fn stem_in<'w>(language: &str, word: &'w str) -> Cow<'w, str> {
    match algorithm(language).map(Stemmer::create) {
        Some(stemmer) if can_be_stemmed(word) => stemmer.stem(word),
        _ => Cow::Borrowed(word),
    }
}

/// Numbers and words with signs in them have no other forms.
fn can_be_stemmed(word: &str) -> bool {
    word.chars().all(|c| c.is_alphabetic() || c == '\'')
}

/// The languages whose rules are known (ISO 639-1).
pub const LANGUAGES: [&str; 18] = [
    "ar", "da", "de", "el", "en", "es", "fi", "fr", "hu", "it", "nl", "no", "pt", "ro", "ru", "sv",
    "ta", "tr",
];

fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nl" => Algorithm::Dutch,
        "no" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_a_stem() {
        let mut english = Stems::of("en");
        let stem = english.stem("recording").to_owned();
        for form in ["record", "records", "recorded", "record's"] {
            assert_eq!(english.stem(form), stem, "{form}");
        }
    }

    #[test]
    fn every_language_of_the_list_has_rules() {
        for language in LANGUAGES {
            assert!(algorithm(language).is_some(), "{language}");
        }
    }

    #[test]
    fn words_of_a_language_without_rules_stay_as_they_are() {
        assert_eq!(Stems::of("xx").stem("recordings"), "recordings");
        assert_eq!(Stems::of("en").stem("c++"), "c++");
    }
}
