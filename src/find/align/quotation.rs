//! A quotation as it was asked for, made ready to be aligned with many texts.

use super::{function_word::FunctionWords, matrix::Matrix, relation::Relations};
use crate::words::{Words, stem::Stems};

/// The mean weight of a word, in the unit in which costs are counted.
pub(super) const MEAN: u32 = 1000;
/// What a function word weighs where the caller gives no weights.
const FUNCTION_WORD: f32 = 0.35;
/// The least and the most that a word may weigh.
const RANGE: (f32, f32) = (0.05, 50.0);

/// A quotation as someone remembers it.
///
/// Remembers each word of a text that it was compared with: use one for all the texts.
pub struct Quotation {
    pub(super) words: Words,
    /// What the quotation costs when the text lacks all of it.
    pub(super) total: u64,
    pub(super) relations: Relations,
    pub(super) matrix: Matrix,
}

impl Quotation {
    /// Prepares a quotation in a language, by its ISO 639-1 code: function words count little, all
    /// others alike.
    #[must_use]
    pub fn new(text: &str, language: &str) -> Self {
        let function_words = FunctionWords::of(language);
        let weigh = |word: &str| if function_words.contains(word) { FUNCTION_WORD } else { 1.0 };
        Self::weighted(text, language, weigh)
    }

    /// Prepares a quotation whose words count as much as `weigh` says for each folded word, such as
    /// by how rare it is. Only the proportions between the weights matter.
    #[must_use]
    pub fn weighted(text: &str, language: &str, weigh: impl Fn(&str) -> f32) -> Self {
        let words = Words::of(text);
        let function_words = FunctionWords::of(language);
        let weights = scaled(words.iter().map(weigh).collect());
        let total = weights.iter().copied().map(u64::from).sum();
        let relations = Relations::new(&words, weights, function_words, Stems::of(language));
        Self { words, total, relations, matrix: Matrix::default() }
    }

    /// The words of the quotation.
    #[must_use]
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The classes of a text's words, appended to `classes`.
    pub(super) fn classify(&mut self, text: &Words, classes: &mut Vec<u32>) {
        for word in text.iter() {
            classes.push(self.relations.class_of(word));
        }
    }
}

/// Weights in whole numbers, their mean at [`MEAN`] or near it.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
#[expect(clippy::cast_precision_loss, reason = "a mean of weights needs no more")]
fn scaled(weights: Vec<f32>) -> Vec<u32> {
    let sound = |weight: f32| if weight.is_finite() { weight.max(0.0) } else { 1.0 };
    let sum: f32 = weights.iter().copied().map(sound).sum();
    let mean = sum / weights.len().max(1) as f32;
    let mean = if mean.is_normal() { mean } else { 1.0 };
    let scale = |weight| (sound(weight) / mean).clamp(RANGE.0, RANGE.1) * MEAN as f32;
    weights.into_iter().map(|weight| scale(weight) as u32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_weigh_little() {
        let quotation = Quotation::new("the drummer of a band", "en");
        assert_eq!(quotation.relations.weights, [573, 1639, 573, 573, 1639]);
        assert_eq!(quotation.total, 4997);
    }

    #[test]
    fn weights_that_are_no_numbers_are_put_right() {
        let weigh = |word: &str| match word {
            "a" => f32::NAN,
            "b" => -1.0,
            _ => f32::INFINITY,
        };
        assert_eq!(Quotation::weighted("a b c", "en", weigh).relations.weights, [1500, 50, 1500]);
        assert_eq!(Quotation::weighted("x y", "en", |_| 0.0).relations.weights, [50, 50]);
    }
}
