//! How many typing mistakes lie between two words.

/// How many mistakes it takes to type one word for the other, if it is so many at most: a character
/// dropped, added, replaced, or two neighbours swapped (optimal string alignment).
///
/// Most words of a dictionary are told apart by their letters alone, before they are aligned.
#[must_use]
pub fn mistakes(word: &str, other: &str, most: usize) -> Option<usize> {
    let (letters, length) = letters(word);
    let (other_letters, other_length) = self::letters(other);
    // A mistake changes the set of letters by two at most: one goes, one comes.
    let differing = (letters ^ other_letters).count_ones() as usize;
    if length.abs_diff(other_length) > most || differing > 2 * most {
        return None;
    }
    Some(strsim::osa_distance(word, other)).filter(|distance| *distance <= most)
}

/// The set of the letters of a word, by the last six bits of each, and how many characters it has.
fn letters(word: &str) -> (u64, usize) {
    let mut length = 0;
    let mut set = 0;
    for c in word.chars() {
        set |= 1 << (u32::from(c) & 63);
        length += 1;
    }
    (set, length)
}

#[cfg(test)]
mod tests {
    use super::mistakes;
    use proptest::prelude::*;

    #[test]
    fn mistakes_are_counted_up_to_a_number() {
        assert_eq!(mistakes("iovine", "iovne", 1), Some(1));
        assert_eq!(mistakes("iovine", "oivine", 1), Some(1));
        assert_eq!(mistakes("iovine", "iovnes", 1), None);
        assert_eq!(mistakes("музыка", "музика", 2), Some(1));
    }

    proptest! {
        #[test]
        fn the_letters_exclude_no_word(word in "[a-cé音]{0,6}", other in "[a-cé音]{0,6}", most in 0_usize..5) {
            let distance = strsim::osa_distance(&word, &other);
            prop_assert_eq!(mistakes(&word, &other, most), Some(distance).filter(|it| *it <= most));
        }
    }
}
