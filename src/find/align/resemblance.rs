//! How far one word is from another: the cost of having said one for the other.

use super::{
    expansion::{expansions, number},
    function_word::FunctionWords,
    sound::Sound,
};

/// Shares of a word's weight are counted in thousandths: 0 is the same word, 1000 another one.
pub(super) const WHOLE: u32 = 1000;

/// The same thing in another spelling: `10` for `ten`, `cannot` for `can't`.
pub(super) const SPELLING: u32 = 30;
/// Another form of the same word.
const INFLECTION: u32 = 150;
/// One function word for another.
pub(super) const FUNCTION: u32 = 600;
/// A misspelling costs this and, on top, its share of wrong letters.
const MISSPELLING: u32 = 100;
/// Words that sound alike, with two consonants and with more.
const SOUND: (u32, u32) = (600, 400);

/// No script without spaces has characters before this one.
const UNSPACED: char = '\u{E00}';

/// What is worked out once for a word, so that most pairs are told apart without looking closer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Traits {
    pub(super) function: bool,
    /// The first eight bytes.
    pub(super) head: u64,
    /// Which letters it has; letters share bits.
    letters: u32,
    /// How many letters it has.
    length: u32,
    alphabetic: bool,
    /// A single character of a script without spaces: the end of a run of pairs. In a longer run
    /// the same character begins a pair.
    alone: bool,
    sound: Sound,
    number: Option<u32>,
}

impl Traits {
    pub(super) fn of(word: &str, function_words: FunctionWords) -> Self {
        let mut traits = Self {
            function: function_words.contains(word),
            head: head(word),
            letters: 0,
            length: 0,
            alphabetic: true,
            alone: false,
            sound: Sound::of(word),
            number: number(word),
        };
        for c in word.chars() {
            traits.letters |= 1 << (c as u32 % 32);
            traits.length += 1;
            traits.alone = traits.length == 1 && c >= UNSPACED;
            traits.alphabetic &= c.is_alphabetic() || c == '\'';
        }
        traits
    }

    /// Wrong letters at which two words may still be one misspelt; 0 for those too short to tell.
    fn typing_mistakes(&self, other: &Self) -> u32 {
        let longest = self.length.max(other.length);
        if !self.alphabetic || !other.alphabetic || longest > 64 {
            return 0;
        }
        match self.length.min(other.length) {
            0..=2 => 0,
            3..=5 => 1,
            6..=8 => 2,
            _ => 3,
        }
    }

    /// Whether the letters allow for so few mistakes; wrongly yes at times, never wrongly no.
    fn within(&self, other: &Self, mistakes: u32) -> bool {
        self.length.abs_diff(other.length) <= mistakes
            && (self.letters & !other.letters).count_ones() <= mistakes
            && (other.letters & !self.letters).count_ones() <= mistakes
    }
}

/// The first eight bytes of a word as a number, its first byte the lowest.
pub(super) fn head(word: &str) -> u64 {
    let mut head = [0; 8];
    let length = word.len().min(8);
    head[..length].copy_from_slice(&word.as_bytes()[..length]);
    u64::from_le_bytes(head)
}

/// The share of its weight that a word of the quotation costs when the text has another one there.
///
/// `same_stem` is asked only when the words begin alike.
pub(super) fn resemblance(
    (word, traits): (&str, &Traits),
    (other, other_traits): (&str, &Traits),
    same_stem: impl FnOnce() -> bool,
) -> u32 {
    let same_head = traits.head == other_traits.head;
    if (same_head && word == other) || (traits.alone && other.starts_with(word)) {
        return 0;
    }
    if other_traits.alone && word.starts_with(other) {
        return SPELLING;
    }
    if traits.number.is_some() && traits.number == other_traits.number {
        return SPELLING;
    }
    let mut share = WHOLE;
    if traits.function && other_traits.function {
        share = FUNCTION;
    }
    if begin_alike(traits, other_traits) {
        if same_expansion(word, other) {
            return SPELLING;
        }
        if same_stem() {
            return INFLECTION;
        }
    }
    if let Some(consonants) = traits.sound.shared(other_traits.sound) {
        share = share.min(if consonants == 2 { SOUND.0 } else { SOUND.1 });
    }
    let mistakes = traits.typing_mistakes(other_traits);
    if mistakes > 0 && traits.within(other_traits, mistakes) {
        let wrong = u32::try_from(strsim::osa_distance(word, other)).unwrap_or(u32::MAX);
        if wrong <= mistakes {
            let longest = traits.length.max(other_traits.length);
            share = share.min(MISSPELLING + 1200 * wrong / longest);
        }
    }
    share
}

/// Whether both have the same first two bytes.
fn begin_alike(traits: &Traits, other: &Traits) -> bool {
    const TWO_BYTES: u64 = 0xFFFF;
    (traits.head ^ other.head) & TWO_BYTES == 0
}

/// Whether both are short for the same, or differ by an apostrophe alone.
fn same_expansion(word: &str, other: &str) -> bool {
    if !word.contains('\'') && !other.contains('\'') {
        return false;
    }
    let letters = |byte: &u8| *byte != b'\'';
    if word.bytes().filter(letters).eq(other.bytes().filter(letters)) {
        return true;
    }
    let others = expansions(other);
    expansions(word).iter().any(|pair| others.contains(pair))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(word: &str, other: &str) -> u32 {
        let english = FunctionWords::of("en");
        let (a, b) = (Traits::of(word, english), Traits::of(other, english));
        resemblance((word, &a), (other, &b), || false)
    }

    #[test]
    fn the_nearer_two_words_are_the_less_it_costs() {
        let pairs = [
            ("drummer", "drummer"),
            ("ten", "10"),
            ("microphone", "micropohne"),
            ("the", "this"),
            ("drummer", "guitar"),
        ];
        let shares = pairs.map(|(a, b)| share(a, b));
        assert!(shares.is_sorted(), "{shares:?}");
        assert_eq!((shares[0], shares[4]), (0, WHOLE));
    }

    #[test]
    fn other_spellings_of_a_contraction_are_nearly_the_same() {
        assert_eq!(share("can't", "cannot"), SPELLING);
        assert_eq!(share("dont", "don't"), SPELLING);
    }

    #[test]
    fn a_character_at_the_end_of_a_run_begins_a_pair_of_a_longer_run() {
        assert_eq!(share("楽", "楽史"), 0);
        assert_eq!(share("楽史", "楽"), SPELLING);
        assert_eq!(share("楽", "音楽"), WHOLE);
    }

    #[test]
    fn one_number_is_never_a_misspelling_of_another() {
        assert_eq!(share("2016", "2017"), WHOLE);
    }
}
