//! A word of a quotation, made ready to be compared with thousands of others.

use super::{
    expansion::expansions,
    function_word::FunctionWords,
    resemblance::{FUNCTION, Traits, WHOLE, head, resemblance},
};
use crate::words::{Words, stem::Stems};

/// Shortest word, in bytes, that may be written as two, and its shortest part.
const SPLIT: (usize, usize) = (5, 2);

/// A word of a quotation.
pub(super) struct Target {
    word: Box<str>,
    traits: Traits,
    stem: Box<str>,
    /// The pairs of words that it may stand for.
    expansions: Vec<(Box<str>, &'static str)>,
    /// It and the word before it written as one, and how that begins.
    joined: Option<(u64, Box<str>)>,
}

/// A word of a text and what is known about it.
pub(super) struct Candidate<'a> {
    pub(super) word: &'a str,
    pub(super) traits: Traits,
    pub(super) expansions: Vec<(&'a str, &'static str)>,
}

impl<'a> Candidate<'a> {
    pub(super) fn new(word: &'a str, function_words: FunctionWords) -> Self {
        Self { word, traits: Traits::of(word, function_words), expansions: expansions(word) }
    }
}

/// Whether a word has these characters with points, commas or colons between them.
fn same_digits(plain: &str, word: &str) -> bool {
    word.len() > plain.len()
        && word.bytes().filter(|byte| !matches!(byte, b'.' | b',' | b':')).eq(plain.bytes())
}

impl Target {
    /// The words of a quotation.
    pub(super) fn all(
        words: &Words,
        function_words: FunctionWords,
        stems: &mut Stems,
    ) -> Vec<Self> {
        let mut before: Option<&str> = None;
        let target = |word| {
            let joined = before.map(|before| format!("{before}{word}"));
            let is_number = |joined: &String| joined.bytes().all(|byte| byte.is_ascii_digit());
            let joined = joined.filter(|joined| joined.len() >= SPLIT.0 || is_number(joined));
            before = Some(word);
            let pairs = expansions(word).into_iter();
            Self {
                word: word.into(),
                traits: Traits::of(word, function_words),
                stem: stems.stem(word).into(),
                expansions: pairs.map(|(first, second)| (first.into(), second)).collect(),
                joined: joined.map(|joined| (head(&joined), joined.into())),
            }
        };
        words.iter().map(target).collect()
    }

    pub(super) fn is_function(&self) -> bool {
        self.traits.function
    }

    /// The share of its weight that the word costs when a text has another there, and whether that
    /// is less than for any such word. `has_stem` tells whether the other word has a stem.
    pub(super) fn share(
        &self,
        other: &Candidate<'_>,
        has_stem: impl FnOnce(&str) -> bool,
    ) -> (u32, bool) {
        let same_stem = || has_stem(&self.stem);
        let share = resemblance((&self.word, &self.traits), (other.word, &other.traits), same_stem);
        let both = self.traits.function && other.traits.function;
        (share, share < if both { FUNCTION } else { WHOLE })
    }

    /// Whether a word of a text stands for this word and the one before it.
    pub(super) fn is_joined(&self, before: Option<&Self>, other: &Candidate<'_>) -> bool {
        let written_as_one = |(head, joined): &(u64, Box<str>)| {
            *head == other.traits.head && **joined == *other.word
        };
        if self.joined.as_ref().is_some_and(written_as_one) {
            return true;
        }
        // `2 0` may be what is left of `2.0`.
        let is_number = other.word.starts_with(|it: char| it.is_ascii_digit());
        if is_number && self.joined.as_ref().is_some_and(|(_, it)| same_digits(it, other.word)) {
            return true;
        }
        let is_pair = |before: &Self| {
            let pair = (&*before.word, &*self.word);
            other.expansions.contains(&pair)
        };
        !other.expansions.is_empty() && before.is_some_and(is_pair)
    }

    /// Calls `first` and `second` with each way of parting the word that leaves a word of a text as
    /// its first or second part.
    pub(super) fn each_part(
        &self,
        part: &str,
        mut first: impl FnMut(usize),
        mut second: impl FnMut(usize),
    ) {
        let whole = &*self.word;
        let long_enough = whole.len() >= SPLIT.0 && part.len() >= SPLIT.1;
        if long_enough && whole.len() >= part.len() + SPLIT.1 {
            let (ends, parts) = (whole.as_bytes(), part.as_bytes());
            if ends[0] == parts[0] && whole.starts_with(part) {
                first(part.len());
            }
            if ends.last() == parts.last() && whole.ends_with(part) {
                second(whole.len() - part.len());
            }
        }
        for (number, (start, end)) in self.expansions.iter().enumerate() {
            // Told apart from lengths in bytes.
            let way = usize::MAX - number;
            if **start == *part {
                first(way);
            }
            if *end == part {
                second(way);
            }
        }
    }
}
