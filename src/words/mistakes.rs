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
    let is_plain = word.is_ascii() && other.is_ascii() && (1..=LONGEST).contains(&word.len());
    let distance = if is_plain {
        plain_mistakes(word.as_bytes(), other.as_bytes())
    } else {
        strsim::osa_distance(word, other)
    };
    Some(distance).filter(|distance| *distance <= most)
}

/// How long a word may be whose letters fit the bits of a number.
const LONGEST: usize = 64;

/// The same for ASCII, all rows of a column at once: each bit tells how two cells that are neighbours
/// differ (Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances",
/// 2003). A tenth of the work of filling a table, for those who go through a dictionary.
fn plain_mistakes(word: &[u8], other: &[u8]) -> usize {
    let mut places = [0_u64; 128];
    for (at, byte) in word.iter().enumerate() {
        places[usize::from(*byte & 127)] |= 1 << at;
    }
    let last = 1_u64 << (word.len() - 1);
    let (mut more_below, mut less_below) = (u64::MAX, 0_u64);
    let (mut diagonal, mut before) = (0_u64, 0_u64);
    let mut distance = word.len();
    for byte in other {
        let here = places[usize::from(*byte & 127)];
        let swapped = ((!diagonal & here) << 1) & before;
        diagonal = ((here & more_below).wrapping_add(more_below) ^ more_below)
            | here
            | less_below
            | swapped;
        let more_right = less_below | !(diagonal | more_below);
        let less_right = diagonal & more_below;
        distance += usize::from(more_right & last != 0);
        distance -= usize::from(less_right & last != 0);
        let more_right = more_right << 1 | 1;
        more_below = less_right << 1 | !(diagonal | more_right);
        less_below = more_right & diagonal;
        before = here;
    }
    distance
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
        fn mistakes_are_those_of_a_table(
            word in "[a-cé音]{0,6}|[a-d]{0,70}", other in "[a-cé音]{0,6}|[a-d]{0,70}", most in 0_usize..70
        ) {
            let distance = strsim::osa_distance(&word, &other);
            prop_assert_eq!(mistakes(&word, &other, most), Some(distance).filter(|it| *it <= most));
        }
    }
}
