//! The one definition of a word, used by the indexer, the query parser and the matcher.
//!
//! Words follow the word borders of Unicode (UAX #29) with changes that serve speech and reviews:
//!
//! - letters and digits make a word; an apostrophe between them belongs to it (`don't`, `O'Brien`);
//! - single letters parted by dots are one word without the dots (`N.W.A.` is `nwa`), but a dot
//!   between longer words parts them (`changelog.com` is `changelog`, `com`);
//! - a dot or comma between digits belongs to the number (`3.14`); the comma is folded away
//!   (`1,000` is `1000`); a colon is not (`10:30` is two words);
//! - `++` and `#` right after a Latin letter belong to it (`C++`, `F#`);
//! - scripts written without spaces, and Korean, become overlapping pairs of characters, each at a
//!   position of its own, the last character alone: any substring is a run of adjacent words. In
//!   Chinese and Japanese a run goes on over the end of a line.
//!
//! A word is compared in its *folded* form: see [`fold`]. There are no stop words and no word is
//! too long.

mod boundary;
pub mod fold;
pub mod language;
mod mistakes;
mod script;
pub mod sentences;
mod sound;
pub mod stem;

pub use boundary::each_word;
pub use mistakes::mistakes;
pub use sound::Sound;

use crate::text::TextSpan;

/// What counts of the spelling of words, beside their letters. Nothing, unless it is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counting {
    /// Upper and lower case are two.
    pub case: bool,
    /// Letters with and without their accents are two.
    pub accents: bool,
}

/// The words of a text: where they stand and their folded forms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The folded forms, one after the other.
    folded: String,
    /// Where each word stands, and where its folded form ends in `folded`.
    words: Vec<(TextSpan, usize)>,
}

impl Words {
    /// Finds the words of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut words = Self::default();
        each_word(text, |span, form| {
            words.folded.push_str(form);
            words.words.push((span, words.folded.len()));
        });
        words
    }

    /// How many words there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Where a word stands in the text, counted from 0.
    ///
    /// # Panics
    /// When there is no such word.
    #[must_use]
    pub fn span(&self, at: usize) -> TextSpan {
        self.words[at].0
    }

    /// The folded form of a word, counted from 0.
    ///
    /// # Panics
    /// When there is no such word.
    #[must_use]
    pub fn folded(&self, at: usize) -> &str {
        let start = if at == 0 { 0 } else { self.words[at - 1].1 };
        &self.folded[start..self.words[at].1]
    }

    /// The folded forms, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.folded(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> Vec<String> {
        Words::of(text).iter().map(str::to_owned).collect()
    }

    #[test]
    fn apostrophes_of_any_shape_belong_to_the_word() {
        assert_eq!(folded("Don't don’t donʼt O'Brien"), ["don't", "don't", "don't", "o'brien"]);
        assert_eq!(folded("the artists' ‘best’ 'em"), ["the", "artists", "best", "em"]);
        assert_eq!(folded("ʼ ʼ} aʼ ʼa ʼʼ"), ["a", "a"]);
    }

    #[test]
    fn single_letters_with_dots_are_one_word() {
        assert_eq!(
            folded("N.W.A. and The D.O.C., e.g. J.Smith"),
            ["nwa", "and", "the", "doc", "eg", "j", "smith"]
        );
        assert_eq!(folded("a.é音 a.b.cd"), ["ae", "音", "ab", "cd"]);
    }

    #[test]
    fn dots_part_words_but_not_numbers() {
        assert_eq!(
            folded("changelog.com 3.14 1,000 10:30 v1.2."),
            ["changelog", "com", "3.14", "1000", "10", "30", "v1.2"]
        );
    }

    #[test]
    fn names_of_programming_languages_are_words() {
        assert_eq!(
            folded("C++, C# and C; issue #5, a+b"),
            ["c++", "c#", "and", "c", "issue", "5", "a", "b"]
        );
        assert_eq!(folded("C++と"), ["c++", "と"]);
    }

    #[test]
    fn hyphens_dashes_and_slashes_part_words() {
        assert_eq!(
            folded("hip-hop—and/or snake_case"),
            ["hip", "hop", "and", "or", "snake", "case"]
        );
    }

    #[test]
    fn scripts_without_spaces_become_pairs_of_characters() {
        assert_eq!(folded("音楽史 ok"), ["音楽", "楽史", "史", "ok"]);
        assert_eq!(folded("2017年"), ["2017", "年"]);
        assert_eq!(folded("한국의"), ["한국", "국의", "의"]);
    }

    #[test]
    fn chinese_and_japanese_run_on_over_the_end_of_a_line() {
        let text = "音\n楽史";
        assert_eq!(folded(text), folded("音楽史"));
        assert_eq!(Words::of(text).span(0), TextSpan::new(0, 7));
        assert_eq!(Words::of(text).span(1), TextSpan::new(4, 10));
        assert_eq!(fold::fold_counting("ガ\nス", Counting { case: true, accents: true }), "ガス");
        assert_eq!(folded("音\n\n楽"), ["音", "楽"]);
        assert_eq!(folded("한\n국"), ["한", "국"]);
        assert_eq!(folded("音\nok"), ["音", "ok"]);
    }

    #[test]
    fn a_pair_covers_both_its_characters() {
        let words = Words::of("音楽史");
        assert_eq!(words.span(0), TextSpan::new(0, 6));
        assert_eq!(words.span(2), TextSpan::new(6, 9));
    }

    #[test]
    fn a_very_long_word_is_kept_and_told_from_others() {
        let (a, b) = ("x".repeat(5000) + "a", "x".repeat(5000) + "b");
        assert_ne!(folded(&a), folded(&b));
        assert_eq!(folded(&a), folded(&a.to_uppercase()));
        assert!(folded(&a)[0].len() < 256);
    }

    proptest! {
        #[test]
        fn words_stand_in_order_on_character_borders(text in "\\PC{0,60}") {
            let words = Words::of(&text);
            for at in 0..words.len() {
                let span = words.span(at);
                prop_assert!(span.start < span.end && text.get(span.range()).is_some());
                prop_assert!(!words.folded(at).is_empty());
                prop_assert!(at == 0 || words.span(at - 1).start < span.start);
            }
        }

        #[test]
        fn folding_a_folded_word_changes_nothing(text in "[a-zA-Z'éÉßŒøİıçñй٣ﬁĳ. ]{0,40}") {
            for word in folded(&text) {
                prop_assert_eq!(folded(&word), [word.clone()]);
            }
        }

        #[test]
        fn text_around_a_word_does_not_change_it(word in "[a-zé音]{1,6}", before in "[ ,;!]", after in "[ ,;!?]") {
            prop_assert_eq!(folded(&format!("{before}{word}{after}")), folded(&word));
        }
    }
}
