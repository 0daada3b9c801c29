//! How the words of a text are related to those of a quotation.
//!
//! A text's word is compared with the quotation once and remembered as a *class*: the words that
//! cost the same everywhere. Most words are related to no word of the quotation and share one of two
//! classes.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::{
    function_word::FunctionWords,
    resemblance::{FUNCTION, SPELLING, WHOLE},
    target::{Candidate, Target},
};
use crate::words::{Words, stem::Stems};

/// The class of words that have nothing to do with the quotation.
const UNRELATED: u32 = 0;
/// The class of function words that have nothing to do with the quotation.
const UNRELATED_FUNCTION: u32 = 1;
/// How many different words are expected in the candidates of a query.
const EXPECTED: usize = 3000;

/// A part of a word of the quotation that stands as a word of its own in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Part {
    /// Number of the quotation's word.
    word: usize,
    /// Tells apart the ways of parting that word.
    way: usize,
}

/// Two neighbours of the quotation that the text has as one word.
#[derive(Clone, Copy)]
pub(super) struct Joined {
    /// Number of the second of the two words.
    pub(super) last: usize,
    pub(super) cost: u32,
}

/// What there is to know about a word of a text.
#[derive(Default)]
pub(super) struct Class {
    row: usize,
    pub(super) function: bool,
    /// Words of the quotation that are this word or near it.
    pub(super) related: Vec<usize>,
    /// Neighbours of the quotation that are this word when put together.
    pub(super) joined: Vec<Joined>,
    /// Words of the quotation of which it is the first part.
    first_parts: Vec<Part>,
    /// Words of the quotation of which it is the second part.
    second_parts: Vec<Part>,
}

/// The words of the quotation that two neighbours of a text are when put together.
pub(super) fn parted<'a>(first: &'a Class, second: &'a Class) -> impl Iterator<Item = usize> + 'a {
    let both = |part: &&Part| second.second_parts.contains(part);
    first.first_parts.iter().filter(both).map(|part| part.word)
}

/// The words of a quotation and all words that they were compared with.
pub(super) struct Relations {
    targets: Vec<Target>,
    /// What each word of the quotation costs when a text lacks it.
    pub(super) weights: Vec<u32>,
    /// What each word of the quotation costs at least where no word of a text is related to it.
    pub(super) unrelated: Vec<u32>,
    /// The class of each word of the quotation.
    pub(super) own: Vec<u32>,
    classes: Vec<Class>,
    by_word: HashMap<Box<str>, u32, RandomState>,
    /// For each row the cost of each word of the quotation, a row after the other.
    rows: Vec<u32>,
    function_words: FunctionWords,
    stems: Stems,
}

impl Relations {
    pub(super) fn new(
        words: &Words,
        weights: Vec<u32>,
        function_words: FunctionWords,
        mut stems: Stems,
    ) -> Self {
        let targets = Target::all(words, function_words, &mut stems);
        let for_function = |(target, weight): (&Target, &u32)| {
            if target.is_function() { cost_of(*weight, FUNCTION) } else { *weight }
        };
        let unrelated: Vec<u32> = targets.iter().zip(&weights).map(for_function).collect();
        let mut relations = Self {
            targets,
            rows: weights.iter().chain(&unrelated).copied().collect(),
            weights,
            unrelated,
            own: Vec::new(),
            classes: vec![Class::default(), Class { row: 1, function: true, ..Class::default() }],
            by_word: HashMap::with_capacity_and_hasher(EXPECTED, RandomState::default()),
            function_words,
            stems,
        };
        relations.own = words.iter().map(|word| relations.class_of(word)).collect();
        relations
    }

    /// The class of a folded word.
    pub(super) fn class_of(&mut self, word: &str) -> u32 {
        if let Some(class) = self.by_word.get(word) {
            return *class;
        }
        let class = self.compare(word);
        self.by_word.insert(word.into(), class);
        class
    }

    pub(super) fn class(&self, class: u32) -> &Class {
        &self.classes[class as usize]
    }

    /// What each word of the quotation costs against a word of a class.
    pub(super) fn row(&self, class: &Class) -> &[u32] {
        let width = self.weights.len();
        &self.rows[class.row * width..(class.row + 1) * width]
    }

    fn compare(&mut self, word: &str) -> u32 {
        let Self { targets, weights, rows, function_words, stems, .. } = self;
        let candidate = Candidate::new(word, *function_words);
        let mut class = Class { function: candidate.traits.function, ..Class::default() };
        let start = rows.len();
        for (at, target) in targets.iter().enumerate() {
            let (share, is_related) = target.share(&candidate, |stem| stems.stem(word) == stem);
            rows.push(cost_of(weights[at], share));
            if is_related {
                class.related.push(at);
            }
            let before = at.checked_sub(1).map(|before| &targets[before]);
            if target.is_joined(before, &candidate) {
                let cost = cost_of(weights[at - 1] + weights[at], SPELLING);
                class.joined.push(Joined { last: at, cost });
            }
            let Class { first_parts, second_parts, .. } = &mut class;
            target.each_part(
                word,
                |way| first_parts.push(Part { word: at, way }),
                |way| second_parts.push(Part { word: at, way }),
            );
        }
        if class.related.is_empty() {
            rows.truncate(start);
            class.row = usize::from(class.function);
            if class.joined.is_empty()
                && class.first_parts.is_empty()
                && class.second_parts.is_empty()
            {
                return if class.function { UNRELATED_FUNCTION } else { UNRELATED };
            }
        } else {
            class.row = start / weights.len().max(1);
        }
        self.classes.push(class);
        u32::try_from(self.classes.len() - 1).unwrap_or(UNRELATED)
    }
}

/// The cost of a share of a weight: nothing only for the same word.
pub(super) fn cost_of(weight: u32, share: u32) -> u32 {
    match share {
        0 => 0,
        WHOLE => weight,
        _ => (weight * share / WHOLE).max(1),
    }
}
