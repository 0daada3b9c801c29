//! How a word sounds, roughly: what someone heard and wrote down in another spelling.

/// A key that words of a like sound share: the groups of their consonants, in order.
///
/// A coarse relative of Soundex that looks at the whole word. At most ten consonants count. Only
/// words in Latin letters have a sound here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sound {
    key: u64,
    consonants: u32,
}

impl Sound {
    /// The sound of a folded word.
    pub(super) fn of(word: &str) -> Self {
        let letters = silent_start(word.as_bytes());
        let mut sound = Self::default();
        let mut last = 0;
        for (at, letter) in letters.iter().enumerate() {
            let next = letters.get(at + 1).copied().unwrap_or(0);
            let group = group(*letter, next);
            if !letter.is_ascii_lowercase() && *letter != b'\'' {
                return Self::default();
            }
            if at == 0 && group == 0 {
                sound.push(VOWEL);
            }
            if group != 0 && group != last && sound.consonants < 10 {
                sound.push(group);
                sound.consonants += 1;
            }
            // `h` and `w` do not part two of a kind, vowels do.
            if !matches!(letter, b'h' | b'w') {
                last = group;
            }
        }
        sound
    }

    fn push(&mut self, group: u64) {
        self.key = self.key << 4 | group;
    }

    /// Consonants that two words have in common when they sound alike; `None` when they do not, or
    /// are too short to tell.
    pub(super) fn shared(self, other: Self) -> Option<u32> {
        (self == other && self.consonants >= 2).then_some(self.consonants)
    }
}

const VOWEL: u64 = 15;

fn silent_start(letters: &[u8]) -> &[u8] {
    match letters {
        [b'k' | b'g', b'n', ..] | [b'w', b'r', ..] | [b'p', b's', ..] => &letters[1..],
        _ => letters,
    }
}

/// The group of a consonant; 0 for what is not heard as one.
fn group(letter: u8, next: u8) -> u64 {
    match letter {
        b'p' if next == b'h' => 2,
        b'b' | b'p' => 1,
        b'f' | b'v' => 2,
        b'c' if matches!(next, b'e' | b'i' | b'y') => 4,
        b'g' if next == b'h' => 0,
        b'c' | b'k' | b'q' | b'g' => 3,
        b's' | b'z' | b'x' => 4,
        b'd' | b't' => 5,
        b'l' => 6,
        b'm' | b'n' => 7,
        b'r' => 8,
        b'j' => 9,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::Sound;

    fn alike(a: &str, b: &str) -> bool {
        Sound::of(a).shared(Sound::of(b)).is_some()
    }

    #[test]
    fn spellings_of_one_sound_share_a_key() {
        for (a, b) in
            [("write", "right"), ("night", "knight"), ("philip", "filip"), ("cite", "sight")]
        {
            assert!(alike(a, b), "{a} {b}");
        }
    }

    #[test]
    fn words_of_another_sound_do_not() {
        for (a, b) in [("drum", "guitar"), ("tape", "type2"), ("a", "e"), ("музыка", "музика")]
        {
            assert!(!alike(a, b), "{a} {b}");
        }
    }
}
