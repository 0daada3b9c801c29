//! The words that a run of the indexer meets, by language: what stems are made of in the end.

use std::collections::{BTreeMap, HashSet};

use crate::words::stem::Stems;

/// The words seen so far, by language.
#[derive(Debug, Default)]
pub struct Vocabulary {
    languages: BTreeMap<String, Seen>,
}

impl Vocabulary {
    /// Takes in the words of another.
    pub fn merge(&mut self, other: Self) {
        for (language, seen) in other.languages {
            self.of(&language).words.extend(seen.words);
        }
    }

    /// The words of a language (ISO 639-1).
    pub(super) fn of(&mut self, language: &str) -> &mut Seen {
        if !self.languages.contains_key(language) {
            self.languages.insert(language.to_owned(), Seen::default());
        }
        self.languages.entry(language.to_owned()).or_default()
    }

    /// All words, by language and word, in pieces of some megabytes.
    pub(super) fn forms(self) -> impl Iterator<Item = Forms> {
        let words = self.languages.into_iter().flat_map(|(language, seen)| {
            // The same on every run.
            let mut words: Vec<Box<str>> = seen.words.into_iter().collect();
            words.sort_unstable();
            let mut stems = Stems::of(&language);
            words.into_iter().map(move |word| {
                let stem = stems.stem(&word);
                format!("{language} {stem} {word}")
            })
        });
        let mut words = words.peekable();
        std::iter::from_fn(move || {
            let mut piece = words.next()?;
            while let Some(line) = words.next_if(|_| piece.len() < PIECE) {
                piece.push('\n');
                piece.push_str(&line);
            }
            Some(Forms(piece))
        })
    }
}

/// How long a list of words may be, in bytes. What is packed beside the first is read with it.
const LIST: usize = 1 << 16;

/// Words of a run: one line `language stem form` for each.
#[derive(Debug)]
pub(super) struct Forms(String);

impl Forms {
    /// The terms of the field `forms`, a line each. A word that is its own stem and has no other
    /// form is there too, since a query may use another form.
    pub(super) fn by_stem(&self) -> &str {
        &self.0
    }

    /// The words alone, a line each, in lists that are not too long.
    pub(super) fn lists(&self) -> impl Iterator<Item = String> {
        let mut words = self.0.lines().filter_map(|line| line.rsplit(' ').next()).peekable();
        std::iter::from_fn(move || {
            let mut list = words.next()?.to_owned();
            while let Some(word) = words.next_if(|word| list.len() + word.len() < LIST) {
                list.push('\n');
                list.push_str(word);
            }
            Some(list)
        })
    }
}

/// So many bytes of words are written at once.
const PIECE: usize = 2 << 20;

/// How many places the table of recent words has.
const RECENT: usize = 1 << 13;

/// The words of a language.
#[derive(Debug)]
pub(super) struct Seen {
    words: HashSet<Box<str>, foldhash::fast::FixedState>,
    /// Words met lately, packed: most words of a text are, and need no look at the large set, most
    /// of which is in no cache of the processor.
    recent: Box<[u128]>,
}

impl Default for Seen {
    fn default() -> Self {
        Self { words: HashSet::default(), recent: vec![0; RECENT].into_boxed_slice() }
    }
}

impl Seen {
    /// Notes a word.
    pub(super) fn add(&mut self, word: &str) {
        let Some(packed) = packed(word) else { return self.add_to_all(word) };
        let place = &mut self.recent[place(packed)];
        if *place != packed {
            *place = packed;
            self.add_to_all(word);
        }
    }

    fn add_to_all(&mut self, word: &str) {
        if !self.words.contains(word) {
            self.words.insert(word.into());
        }
    }
}

/// A short word as a number: its bytes and its length. Never 0.
///
/// The first and the last eight or four bytes are read at once, those in the middle twice: to copy as
/// many bytes as a word has would cost a call.
fn packed(word: &str) -> Option<u128> {
    let bytes = word.as_bytes();
    let length = bytes.len();
    if length > 15 {
        return None;
    }
    let (first, middle, last, taken) = if let (Some(first), Some(last)) =
        (bytes.first_chunk::<8>(), bytes.last_chunk::<8>())
    {
        (u64::from_le_bytes(*first), 0, u64::from_le_bytes(*last), 8)
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (u32::from_le_bytes(*first).into(), 0, u32::from_le_bytes(*last).into(), 4)
    } else {
        let (first, last) = (*bytes.first()?, *bytes.last()?);
        let middle = u128::from(bytes[length / 2]) << (8 * (length / 2));
        (first.into(), middle, last.into(), 1)
    };
    let last = u128::from(last) << (8 * (length - taken));
    Some(u128::from(first) | middle | last | (length as u128) << 120)
}

/// Where a packed word is kept (multiplicative hashing, Knuth, volume 3).
#[expect(clippy::cast_possible_truncation, reason = "the halves of the number are meant")]
fn place(packed: u128) -> usize {
    let folded = (packed as u64) ^ ((packed >> 64) as u64).rotate_left(29);
    (folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 51) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_short_word_is_packed_byte_by_byte_with_its_length(word in "[a-zé音]{1,18}") {
            let copied = |word: &str| {
                let mut bytes = [0; 16];
                bytes.get_mut(..word.len()).filter(|it| it.len() < 16)?.copy_from_slice(word.as_bytes());
                bytes[15] = u8::try_from(word.len()).ok()?;
                Some(u128::from_le_bytes(bytes))
            };
            prop_assert_eq!(packed(&word), copied(&word));
        }

        #[test]
        fn every_word_is_noted_once(words in prop::collection::vec("[a-cé音]{1,20}", 0..60)) {
            let mut vocabulary = Vocabulary::default();
            for word in &words {
                vocabulary.of("xx").add(word);
            }
            let mut expected: Vec<String> =
                words.iter().map(|word| format!("xx {word} {word}")).collect();
            expected.sort();
            expected.dedup();
            let forms: Vec<Forms> = vocabulary.forms().collect();
            let lines: Vec<&str> = forms.iter().flat_map(|it| it.by_stem().lines()).collect();
            prop_assert_eq!(lines, expected);
        }

        #[test]
        fn the_lists_hold_every_word_in_order(
            words in prop::collection::vec("[a-cé音]{1,9}", 0..60), long in 0_usize..3
        ) {
            let mut vocabulary = Vocabulary::default();
            let long = (0..long).map(|at| format!("{at}{}", "x".repeat(LIST * at)));
            let mut expected: Vec<String> = words.into_iter().chain(long).collect();
            for word in &expected {
                vocabulary.of("xx").add(word);
            }
            expected.sort();
            expected.dedup();
            let lists: Vec<String> = vocabulary.forms().flat_map(|it| it.lists().collect::<Vec<_>>()).collect();
            let listed: Vec<&str> = lists.iter().flat_map(|list| list.lines()).collect();
            prop_assert_eq!(listed, expected);
        }
    }

    #[test]
    fn many_words_come_in_pieces() {
        let mut vocabulary = Vocabulary::default();
        let words = 300_000_u32;
        (0..words).for_each(|word| vocabulary.of("xx").add(&format!("w{word}")));
        let pieces: Vec<Forms> = vocabulary.forms().collect();
        assert!(pieces.len() > 1 && pieces.iter().all(|it| it.by_stem().len() < PIECE + 100));
        let lines = pieces.iter().map(|piece| piece.by_stem().lines().count()).sum::<usize>();
        assert_eq!(lines, words as usize);
    }
}
