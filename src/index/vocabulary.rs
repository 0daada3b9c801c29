//! The words that a run of the indexer meets, by language: what stems are made of in the end.

use std::collections::{BTreeMap, HashSet};

use crate::words::stem::stem_in;

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

    /// One line `language stem form` a word, by language and word: the terms of the field `forms`, in
    /// pieces of some megabytes. A word that is its own stem and has no other form is there too,
    /// since a query may use another form.
    pub(super) fn forms(self) -> impl Iterator<Item = String> {
        let words = self.languages.into_iter().flat_map(|(language, seen)| {
            // The same on every run.
            let mut words: Vec<Box<str>> = seen.words.into_iter().collect();
            words.sort_unstable();
            words.into_iter().map(move |word| {
                let stem = stem_in(&language, &word);
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
            Some(piece)
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
fn packed(word: &str) -> Option<u128> {
    let length = u8::try_from(word.len()).ok().filter(|length| (1..16).contains(length))?;
    let mut bytes = [0; 16];
    bytes[..word.len()].copy_from_slice(word.as_bytes());
    bytes[15] = length;
    Some(u128::from_le_bytes(bytes))
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
        fn every_word_is_noted_once(words in prop::collection::vec("[a-cé音]{1,20}", 0..60)) {
            let mut vocabulary = Vocabulary::default();
            for word in &words {
                vocabulary.of("xx").add(word);
            }
            let mut expected: Vec<String> =
                words.iter().map(|word| format!("xx {word} {word}")).collect();
            expected.sort();
            expected.dedup();
            let forms: Vec<String> = vocabulary.forms().collect();
            prop_assert_eq!(forms.join("\n"), expected.join("\n"));
        }
    }

    #[test]
    fn many_words_come_in_pieces() {
        let mut vocabulary = Vocabulary::default();
        let words = 300_000_u32;
        (0..words).for_each(|word| vocabulary.of("xx").add(&format!("w{word}")));
        let pieces: Vec<String> = vocabulary.forms().collect();
        assert!(pieces.len() > 1 && pieces.iter().all(|it| it.len() < PIECE + 100));
        let lines = pieces.iter().map(|piece| piece.lines().count()).sum::<usize>();
        assert_eq!(lines, words as usize);
    }
}
