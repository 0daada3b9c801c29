//! What a word of a query stands for: which folded words of a text.

use std::fmt;

use regex::Regex;

/// Which folded words a word of a query stands for.
#[derive(Clone, Debug)]
pub enum Pattern {
    /// This word and no other form of it.
    Exact(String),
    /// This word and those that share its stem in a language of the corpus.
    Stem(String),
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
    /// The word itself where the pattern is one: what counts as its exact form.
    #[must_use]
    pub fn word(&self) -> Option<&str> {
        match self {
            Self::Exact(word) | Self::Stem(word) | Self::Fuzzy { word, .. } => Some(word),
            Self::Wildcard(_) | Self::Regex { .. } => None,
        }
    }

    /// The characters with which every word of this pattern starts.
    #[must_use]
    pub fn prefix(&self) -> &str {
        match self {
            Self::Exact(word) => word,
            Self::Wildcard(shape) => shape.split(['*', '?']).next().unwrap_or_default(),
            Self::Stem(_) | Self::Fuzzy { .. } | Self::Regex { .. } => "",
        }
    }

    /// Whether a folded word is of this pattern, as far as its letters tell: for a stem, whether it
    /// is the very word (which others share its stem depends on the language).
    #[must_use]
    pub fn accepts(&self, candidate: &str) -> bool {
        match self {
            Self::Exact(word) | Self::Stem(word) => candidate == word,
            Self::Wildcard(shape) => wildcard_accepts(shape, candidate),
            Self::Fuzzy { word, edits } => {
                let lengths = word.chars().count().abs_diff(candidate.chars().count());
                lengths <= usize::from(*edits)
                    && strsim::osa_distance(word, candidate) <= usize::from(*edits)
            }
            Self::Regex { regex, .. } => regex.is_match(candidate),
        }
    }
}

/// Whether `*` and `?` of a shape can be filled so that it is the candidate.
fn wildcard_accepts(shape: &str, candidate: &str) -> bool {
    let shape: Vec<char> = shape.chars().collect();
    let word: Vec<char> = candidate.chars().collect();
    let (mut at, mut in_word) = (0, 0);
    // Where to go back to when what follows the last `*` does not fit.
    let mut last_star: Option<(usize, usize)> = None;
    while in_word < word.len() {
        match shape.get(at) {
            Some('*') => {
                last_star = Some((at, in_word));
                at += 1;
            }
            Some(c) if *c == '?' || *c == word[in_word] => {
                at += 1;
                in_word += 1;
            }
            _ => match last_star {
                Some((star, taken)) => {
                    last_star = Some((star, taken + 1));
                    at = star + 1;
                    in_word = taken + 1;
                }
                None => return false,
            },
        }
    }
    shape[at..].iter().all(|c| *c == '*')
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Exact(a), Self::Exact(b))
            | (Self::Stem(a), Self::Stem(b))
            | (Self::Wildcard(a), Self::Wildcard(b))
            | (Self::Regex { source: a, .. }, Self::Regex { source: b, .. }) => a == b,
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
            Self::Stem(word) => formatter.write_str(word),
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

    proptest! {
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
