//! Names and titles that are asked for, compared word by word.

use super::{pattern::wildcard_accepts, terms::wildcard_shape};
use crate::words::Words;

/// A name or title as typed: its words must stand next to each other in what is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Folded words. No word has a `*` or `?` in it: one that has is a shape of words.
    words: Vec<String>,
    whole: bool,
}

impl Name {
    /// A name of which a part is enough: `speaker:santo` finds Jerod Santo, and so does
    /// `speaker:san*`.
    #[must_use]
    pub fn part(text: &str) -> Self {
        let mut words = Vec::new();
        for piece in text.split_whitespace() {
            match wildcard_shape(piece) {
                Some(shape) => words.push(shape),
                None => words.extend(folded_words(piece)),
            }
        }
        Self { words, whole: false }
    }

    /// A name that must be the whole: `speaker:"Jerod Santo"`.
    #[must_use]
    pub fn whole(text: &str) -> Self {
        Self { words: folded_words(text), whole: true }
    }

    /// Names of which a part is enough, parted by `|`: `santo|stac*`.
    ///
    /// # Errors
    /// When there is none, or a `*` in it can stand for nothing; the message says so.
    pub fn alternatives(text: &str) -> Result<Vec<Self>, String> {
        let mut names = Vec::new();
        for part in text.split('|') {
            let name = Self::part(part);
            let stars = |text: &str| text.matches('*').count();
            if stars(part) != stars(&name.words.concat()) {
                return Err(format!("`{part}` is no name: `*` stands for letters of one word"));
            }
            if !name.words.is_empty() {
                names.push(name);
            }
        }
        if names.is_empty() { Err(format!("`{text}` is no name")) } else { Ok(names) }
    }

    /// Its folded words, and shapes of words.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Several names, as one would type them.
    pub(super) fn list(names: &[Self]) -> String {
        let name = |name: &Self| match name.words.join(" ") {
            words if name.whole || words.contains(' ') => format!("\"{words}\""),
            words => words,
        };
        names.iter().map(name).collect::<Vec<_>>().join("|")
    }

    /// Whether a text is this name or, unless the whole is asked for, holds it.
    #[must_use]
    pub fn accepts(&self, text: &str) -> bool {
        let words = folded_words(text);
        if self.whole {
            return words == self.words;
        }
        let fits = |run: &[String]| {
            run.iter().zip(&self.words).all(|(word, shape)| wildcard_accepts(shape, word))
        };
        !self.words.is_empty() && words.windows(self.words.len()).any(fits)
    }
}

fn folded_words(text: &str) -> Vec<String> {
    Words::of(text).iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_name_is_enough_unless_the_whole_is_asked_for() {
        assert!(Name::part("santo").accepts("Jerod Santo"));
        assert!(Name::part("jerod santo").accepts("Jerod Santo"));
        assert!(!Name::part("sant").accepts("Jerod Santo"));
        assert!(Name::whole("jérod santo").accepts("Jerod Santo"));
        assert!(!Name::whole("santo").accepts("Jerod Santo"));
    }

    #[test]
    fn a_word_of_a_name_may_be_a_shape() {
        assert!(Name::part("sant*").accepts("Jerod Santo"));
        assert!(Name::part("J* s?nto").accepts("Jerod Santo"));
        assert!(!Name::part("j*o").accepts("Jerod Santo"));
        assert!(Name::part("who?").accepts("The Who"));
        assert!(!Name::whole("sant*").accepts("Santo"));
        assert_eq!(Name::list(&Name::alternatives("H*|cook").unwrap()), "h*|cook");
    }

    #[test]
    fn a_star_that_stands_for_nothing_is_an_error() {
        for wrong in ["*", "|", "", "**host**", "jean-l*", "host|*"] {
            assert!(Name::alternatives(wrong).is_err(), "{wrong}");
        }
        assert_eq!(Name::alternatives("host|").unwrap(), [Name::part("host")]);
    }
}
