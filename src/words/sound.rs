//! How words sound: what someone heard and spelled by ear.

use rphonetic::DoubleMetaphone;

use super::mistakes;

/// Codes of any length: with the usual four letters, long words that begin alike would be alike.
const WHOLE: Option<usize> = None;

/// The sound of a word, to compare others with (Double Metaphone, Philips 2000).
///
/// Made for English and for the names that English speakers have. It hears Latin letters alone: a
/// word with anything else in it sounds like itself and like nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    word: String,
    /// The code of the word and that of its other pronunciation. None for what is not heard.
    codes: Option<[String; 2]>,
}

impl Sound {
    /// The sound of a folded word.
    #[must_use]
    pub fn of(word: impl Into<String>) -> Self {
        let word = word.into();
        Self { codes: codes(&word), word }
    }

    /// The folded word itself.
    #[must_use]
    pub fn word(&self) -> &str {
        &self.word
    }

    /// Whether another folded word sounds like this one.
    ///
    /// One of their codes is the same, and no more than half of the letters differ: vowels have no
    /// code, and without this `even` would sound like `iovine`.
    #[must_use]
    pub fn is_like(&self, other: &str) -> bool {
        if other == self.word {
            return true;
        }
        let Some(codes) = &self.codes else { return false };
        let half = self.word.len().max(other.len()).div_ceil(2);
        // Counting mistakes costs less than finding a code.
        mistakes(&self.word, other, half).is_some()
            && self::codes(other).is_some_and(|other| other.iter().any(|it| codes.contains(it)))
    }
}

impl Sound {
    /// How near the spelling of another word is: 1 for the word itself, 0 when every letter differs.
    #[must_use]
    pub fn nearness(&self, other: &str) -> f32 {
        let longest = self.word.len().max(other.len()).max(1);
        let differing = mistakes(&self.word, other, longest).unwrap_or(longest);
        let number = |count: usize| f32::from(u16::try_from(count).unwrap_or(u16::MAX));
        1.0 - number(differing) / number(longest)
    }
}

fn codes(word: &str) -> Option<[String; 2]> {
    // The crate slices by bytes, and leaves out what it does not know.
    if !word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'\'') {
        return None;
    }
    let codes = DoubleMetaphone::new(WHOLE).double_metaphone(word);
    let codes = [codes.primary(), codes.alternate()];
    (!codes[0].is_empty()).then_some(codes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_sound_are_alike() {
        for (word, other) in [
            ("iovine", "iovene"),
            ("knight", "night"),
            ("philip", "fillip"),
            ("smith", "schmidt"),
            ("catherine", "kathryn"),
        ] {
            assert!(Sound::of(word).is_like(other), "{word} {other}");
            assert!(Sound::of(other).is_like(word), "{other} {word}");
        }
    }

    #[test]
    fn words_of_another_sound_or_spelling_are_not() {
        for (word, other) in [("drum", "guitar"), ("transcript", "transport"), ("iovine", "even")] {
            assert!(!Sound::of(word).is_like(other), "{word} {other}");
        }
    }

    #[test]
    fn what_is_not_heard_sounds_like_itself_alone() {
        for (word, other) in [("mp3", "mp4"), ("музыка", "музика"), ("2017", "2018")] {
            assert!(Sound::of(word).is_like(word));
            assert!(!Sound::of(word).is_like(other), "{word} {other}");
        }
    }

    proptest! {
        #[test]
        fn no_word_panics_and_every_word_is_like_itself(word in "\\PC{0,12}", other in "[a-z'é]{0,9}") {
            let sound = Sound::of(&word[..]);
            prop_assert!(sound.is_like(&word));
            prop_assert_eq!(sound.is_like(&other), Sound::of(&other[..]).is_like(&word));
        }
    }
}
