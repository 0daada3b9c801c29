//! A few bytes of each passage that tell which may say nearly the same.
//!
//! To compare passages by their text, the text has to be read: of forty passages, that costs more
//! than finding them. Their sketches lie in a column; only where these are alike is the text read.
//!
//! A sketch is a byte of each of four minima over the hashes of all runs of three words (Broder, "On
//! the resemblance and containment of documents", 1997; Li and König, "b-Bit minwise hashing", 2010).
//! Each byte is the same with the probability of the Jaccard index of the two sets: of passages that
//! share four fifths of their runs, 3 in 100 are overlooked; of passages that share nothing, 1 in
//! 10,000 is read in vain. The hashes are part of the index's layout.

/// How many words in a row are compared at a time.
pub(crate) const SHINGLE: usize = 3;
/// Shorter passages have no sketch: two people may well say `thank you` alike.
pub(crate) const SHORTEST: usize = 8;
/// How many bytes of two sketches must be the same.
const SAME: usize = 2;
/// Odd numbers without a pattern, one for each minimum: the fractional digits of square roots.
const FACTORS: [u64; 4] =
    [0x6A09_E667_F3BC_C909, 0xBB67_AE85_84CA_A73B, 0x3C6E_F372_FE94_F82B, 0xA54F_F53A_5F1D_36F1];

/// What is known of the text of a passage without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sketch([u8; FACTORS.len()]);

impl Sketch {
    /// Whether two passages may be near duplicates.
    #[must_use]
    pub fn is_like(self, other: Self) -> bool {
        let same = self.0.iter().zip(other.0).filter(|(one, other)| *one == other);
        same.count() >= SAME
    }

    /// The sketch in a column.
    pub(super) fn from_number(number: u64) -> Option<Self> {
        u32::try_from(number).ok().map(|number| Self(number.to_le_bytes()))
    }

    /// The sketch for a column.
    pub(super) fn number(self) -> u64 {
        u64::from(u32::from_le_bytes(self.0))
    }
}

/// Takes the words of a passage in and makes its sketch.
pub(super) struct Sketching {
    words: usize,
    /// The hashes of the last words but one, and of the last.
    before: [u64; 2],
    minima: [u32; FACTORS.len()],
}

impl Sketching {
    pub(super) fn new() -> Self {
        Self { words: 0, before: [0; 2], minima: [u32::MAX; FACTORS.len()] }
    }

    /// Takes in the next folded word.
    pub(super) fn add(&mut self, word: &str) {
        let [first, second] = self.before;
        let third = hash(word.as_bytes());
        self.before = [second, third];
        self.words += 1;
        if self.words < SHINGLE {
            return;
        }
        let run = mixed(first.rotate_left(25) ^ second.rotate_left(11) ^ third);
        for (minimum, factor) in self.minima.iter_mut().zip(FACTORS) {
            *minimum = upper(run.wrapping_mul(factor)).min(*minimum);
        }
    }

    /// The sketch; none of a passage that is too short for one.
    pub(super) fn finish(self) -> Option<Sketch> {
        // The lowest bits of a minimum are by chance what they are; the highest are mostly 0.
        (self.words >= SHORTEST).then(|| Sketch(self.minima.map(|it| it.to_le_bytes()[0])))
    }
}

/// A hash of a word, eight bytes at a time.
fn hash(word: &[u8]) -> u64 {
    word.chunks(8).fold(FACTORS[0], |hash, chunk| {
        let mut bytes = [0; 8];
        bytes[..chunk.len()].copy_from_slice(chunk);
        mixed(hash ^ u64::from_le_bytes(bytes))
    })
}

/// Spreads what differs in any bit over all (the finalizer of `MurmurHash3`, Appleby 2011, halved).
fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    hash ^ (hash >> 33)
}

fn upper(number: u64) -> u32 {
    (number >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(words: impl IntoIterator<Item = String>) -> Option<Sketch> {
        let mut sketching = Sketching::new();
        words.into_iter().for_each(|word| sketching.add(&word));
        sketching.finish()
    }

    /// A passage of our own making: words that are numbers, from a seed.
    fn passage(seed: u64, length: u64) -> Vec<String> {
        (0..length).map(|at| format!("w{}", mixed(seed * 1000 + at) % 5000)).collect()
    }

    #[test]
    fn the_same_words_have_the_same_sketch_on_every_machine() {
        let words = "the tape ran out before the singer did".split(' ').map(str::to_owned);
        assert_eq!(sketch(words).map(Sketch::number), Some(2_732_795_491));
    }

    #[test]
    fn a_sketch_is_a_number_again() {
        let sketch = sketch(passage(1, 40)).unwrap();
        assert_eq!(Sketch::from_number(sketch.number()), Some(sketch));
    }

    #[test]
    fn what_is_short_has_none() {
        assert_eq!(sketch(passage(1, 7)), None);
        assert!(sketch(passage(1, 8)).is_some());
    }

    #[test]
    fn passages_with_a_word_changed_are_nearly_always_alike() {
        let alike = (0..500).filter(|seed| {
            let words = passage(*seed, 60);
            let mut other = words.clone();
            other[30] = "changed".to_owned();
            sketch(words).unwrap().is_like(sketch(other).unwrap())
        });
        assert!(alike.count() > 490);
    }

    #[test]
    fn passages_of_other_words_are_nearly_never_alike() {
        let alike = (0..500).filter(|seed| {
            let (one, other) = (passage(*seed, 60), passage(*seed + 500, 60));
            sketch(one).unwrap().is_like(sketch(other).unwrap())
        });
        assert!(alike.count() < 3);
    }
}
