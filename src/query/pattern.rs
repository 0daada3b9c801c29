//! What a word of a query stands for: which folded words of a text.

use std::{fmt, str::Chars};

use regex::Regex;

use crate::words::{Sound, mistakes, stem::stem_in};

/// Which folded words a word of a query stands for.
#[derive(Clone, Debug)]
pub enum Pattern {
    /// This word and no other form of it.
    Exact(String),
    /// This word and those that share its stem in a language of the corpus.
    Stem(String),
    /// This word and those that share its stem by the rules of one language, whatever the language
    /// of their documents.
    StemIn {
        /// The folded word.
        word: String,
        /// The language (ISO 639-1).
        language: String,
        /// The stem of the word.
        stem: String,
    },
    /// Words that sound like this one.
    Sound(Sound),
    /// Words of this shape: `*` stands for any run of characters, `?` for one character.
    Wildcard(String),
    /// Words that are at most `edits` typing mistakes away: a character dropped, added, replaced, or
    /// two neighbours swapped (optimal string alignment).
    Fuzzy {
        /// The folded word.
        word: String,
        /// How many mistakes, 1 or 2.
        edits: u8,
    },
    /// Words that a regular expression matches as a whole.
    Regex {
        /// As typed, between the slashes.
        source: String,
        /// The same, anchored at both ends.
        regex: Regex,
    },
}

impl Pattern {
    /// A folded word and those that share its stem in a language (ISO 639-1).
    #[must_use]
    pub fn stem_in(language: &str, word: String) -> Self {
        let stem = stem_in(language, &word).into_owned();
        Self::StemIn { word, language: language.to_owned(), stem }
    }

    /// The word itself where the pattern is one: what counts as its exact form.
    #[must_use]
    pub fn word(&self) -> Option<&str> {
        match self {
            Self::Exact(word)
            | Self::Stem(word)
            | Self::StemIn { word, .. }
            | Self::Fuzzy { word, .. } => Some(word),
            Self::Sound(sound) => Some(sound.word()),
            Self::Wildcard(_) | Self::Regex { .. } => None,
        }
    }

    /// The characters with which every word of this pattern starts.
    #[must_use]
    pub fn prefix(&self) -> &str {
        match self {
            Self::Exact(word) => word,
            Self::Wildcard(shape) => shape.split(['*', '?']).next().unwrap_or_default(),
            Self::Regex { source, .. } => literal_prefix(source),
            Self::Stem(_) | Self::StemIn { .. } | Self::Sound(_) | Self::Fuzzy { .. } => "",
        }
    }

    /// Whether a folded word is of this pattern, as far as its letters tell: for a stem, whether it
    /// is the very word (which others share its stem depends on the language).
    #[must_use]
    pub fn accepts(&self, candidate: &str) -> bool {
        match self {
            Self::Exact(word) | Self::Stem(word) => candidate == word,
            Self::StemIn { word, language, stem } => {
                candidate == word || stem_in(language, candidate) == stem.as_str()
            }
            Self::Sound(sound) => sound.is_like(candidate),
            Self::Wildcard(shape) => wildcard_accepts(shape, candidate),
            Self::Fuzzy { word, edits } => mistakes(word, candidate, usize::from(*edits)).is_some(),
            Self::Regex { regex, .. } => regex.is_match(candidate),
        }
    }
}

/// The letters and digits with which all that a regular expression matches starts.
fn literal_prefix(source: &str) -> &str {
    if source.contains('|') {
        return "";
    }
    let end = source.find(|c: char| !c.is_alphanumeric()).unwrap_or(source.len());
    // What may be left out is no part of it.
    let is_optional = source[end..].starts_with(['?', '*', '{']);
    let last = source[..end].char_indices().next_back();
    match last {
        Some((before_last, _)) if is_optional => &source[..before_last],
        _ => &source[..end],
    }
}

/// Whether `*` and `?` of a shape can be filled so that it is the candidate.
pub(super) fn wildcard_accepts(shape: &str, candidate: &str) -> bool {
    let (mut shape, mut word) = (shape.chars(), candidate.chars());
    // Where to go back to when what follows the last `*` does not fit.
    let mut last_star: Option<(Chars<'_>, Chars<'_>)> = None;
    loop {
        let (mut rest_of_shape, mut rest_of_word) = (shape.clone(), word.clone());
        match (rest_of_shape.next(), rest_of_word.next()) {
            (None, None) => return true,
            (Some('*'), _) => {
                shape = rest_of_shape;
                last_star = Some((shape.clone(), word.clone()));
            }
            (Some(wanted), Some(c)) if wanted == '?' || wanted == c => {
                (shape, word) = (rest_of_shape, rest_of_word);
            }
            _ => {
                // The last star takes one character more.
                let Some((after, taken)) = &mut last_star else { return false };
                if taken.next().is_none() {
                    return false;
                }
                (shape, word) = (after.clone(), taken.clone());
            }
        }
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Exact(a), Self::Exact(b))
            | (Self::Stem(a), Self::Stem(b))
            | (Self::Wildcard(a), Self::Wildcard(b))
            | (Self::Regex { source: a, .. }, Self::Regex { source: b, .. }) => a == b,
            (Self::Sound(a), Self::Sound(b)) => a == b,
            (
                Self::StemIn { word: a, language: m, .. },
                Self::StemIn { word: b, language: n, .. },
            ) => (a, m) == (b, n),
            (Self::Fuzzy { word: a, edits: m }, Self::Fuzzy { word: b, edits: n }) => {
                (a, m) == (b, n)
            }
            _ => false,
        }
    }
}

impl fmt::Display for Pattern {
    /// Writes the pattern as one would type it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(word) => write!(formatter, "={word}"),
            Self::Stem(word) | Self::StemIn { word, .. } => formatter.write_str(word),
            Self::Sound(sound) => write!(formatter, "sounds:{}", sound.word()),
            Self::Wildcard(shape) => formatter.write_str(shape),
            Self::Fuzzy { word, edits } => write!(formatter, "{word}~{edits}"),
            Self::Regex { source, .. } => write!(formatter, "/{source}/"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wildcard(shape: &str) -> Pattern {
        Pattern::Wildcard(shape.to_owned())
    }

    #[test]
    fn a_star_stands_for_any_characters_and_a_question_mark_for_one() {
        for (shape, word, accepted) in [
            ("rec*", "record", true),
            ("rec*", "rec", true),
            ("*ophone", "microphone", true),
            ("wo?d", "word", true),
            ("wo?d", "woold", false),
            ("m*ph*e", "microphone", true),
            ("rec*", "direct", false),
            ("*é", "café", true),
        ] {
            assert_eq!(wildcard(shape).accepts(word), accepted, "{shape} {word}");
        }
    }

    #[test]
    fn a_fuzzy_word_allows_so_many_mistakes() {
        let fuzzy = |edits| Pattern::Fuzzy { word: "iovine".into(), edits };
        assert!(fuzzy(1).accepts("iovne") && fuzzy(1).accepts("oivine"));
        assert!(!fuzzy(1).accepts("iovnes") && fuzzy(2).accepts("iovnes"));
    }

    #[test]
    fn words_of_a_pattern_start_with_its_prefix() {
        for (source, prefix) in [
            ("kube.*", "kube"),
            ("colou?r", "colo"),
            ("ab+", "ab"),
            ("a|b", ""),
            ("(?i)ab", ""),
            ("é{2}", ""),
        ] {
            assert_eq!(literal_prefix(source), prefix, "{source}");
        }
    }

    proptest! {
        #[test]
        fn what_a_regular_expression_matches_starts_with_its_prefix(
            source in "[ab]{0,3}[?*+{.|(]{0,1}[ab2})]{0,2}", word in "[ab2]{0,5}"
        ) {
            if let Ok(regex) = Regex::new(&format!("^(?:{source})$")) {
                prop_assert!(!regex.is_match(&word) || word.starts_with(literal_prefix(&source)));
            }
        }

        #[test]
        fn wildcards_mean_what_the_same_regular_expression_means(
            shape in "[ab?*]{0,6}", word in "[ab]{0,8}"
        ) {
            let source = shape.replace('*', ".*").replace('?', ".");
            let regex = Regex::new(&format!("^{source}$")).unwrap();
            prop_assert_eq!(wildcard(&shape).accepts(&word), regex.is_match(&word));
        }
    }
}
