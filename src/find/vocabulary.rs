//! The words of a handful of texts, for matching without an index.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::Lexicon;
use crate::{
    query::pattern::Pattern,
    words::{each_word, stem::Stems},
};

/// The words of some texts, by language.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    words: BTreeMap<String, BTreeSet<String>>,
}

impl Vocabulary {
    /// Adds the words of a text in a language (ISO 639-1).
    pub fn add(&mut self, text: &str, language: &str) {
        let words = self.words.entry(language.to_owned()).or_default();
        each_word(text, |_, word| {
            if !words.contains(word) {
                words.insert(word.to_owned());
            }
        });
    }
}

impl Lexicon for Vocabulary {
    fn forms(&self, pattern: &Pattern) -> Vec<String> {
        let mut forms = Vec::new();
        for (language, words) in &self.words {
            match pattern {
                Pattern::Stem(word) => {
                    let mut stems = Stems::of(language);
                    let stem = stems.stem(word).to_owned();
                    forms.extend(
                        words.iter().filter(|it| *it == word || stems.stem(it) == stem).cloned(),
                    );
                }
                _ => forms.extend(words.iter().filter(|it| pattern.accepts(it)).cloned()),
            }
        }
        forms
    }
}
