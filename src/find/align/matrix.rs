//! The alignment itself: the cheapest way to turn a run of a text's words into a quotation.
//!
//! Dynamic programming after Smith and Waterman (1981) with the affine gaps of Gotoh (1982): the
//! text is free at both ends, the quotation is not. On top of their moves, neighbours may be swapped
//! and two words stand for one.

use super::{
    relation::{Class, Relations, cost_of, parted},
    resemblance::SPELLING,
};

/// Most cells of a matrix: a longer quotation is compared word for word only.
const LARGEST: usize = 8 << 20;
/// Longest quotation, in words, that is aligned, so that no cost overflows.
const LONGEST: usize = 1 << 16;
const NEVER: u32 = u32::MAX / 2;
/// What swapped neighbours cost.
const SWAP: u32 = 150;

/// What a text's word costs that the quotation lacks: as the first in a row, and further ones.
fn added(class: &Class) -> (u32, u32) {
    if class.function { (100, 60) } else { (400, 200) }
}

/// One step of an alignment, and how many words it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Same,
    Changed { quotation: usize, text: usize },
    Missing,
    Added,
}

impl Step {
    /// How many words of the quotation and of the text it takes.
    pub(super) fn lengths(self) -> (usize, usize) {
        match self {
            Self::Same => (1, 1),
            Self::Changed { quotation, text } => (quotation, text),
            Self::Missing => (1, 0),
            Self::Added => (0, 1),
        }
    }
}

/// The costs of aligning each beginning of a quotation with a text up to each of its words.
///
/// Rows are words of the text, columns words of the quotation; row and column 0 stand before the
/// first one.
#[derive(Default)]
pub(super) struct Matrix {
    width: usize,
    best: Vec<u32>,
    /// The costs when the last step added a word of the text.
    gap: Vec<u32>,
}

impl Matrix {
    /// Works out all costs. Tells whether it did: it does not when there are too many of them.
    pub(super) fn fill(&mut self, relations: &Relations, text: &[u32]) -> bool {
        let weights = &relations.weights;
        self.width = weights.len() + 1;
        let size = self.width * (text.len() + 1);
        if weights.len() > LONGEST || size > LARGEST {
            return false;
        }
        // What is there already is written over.
        if self.best.len() < size {
            self.best.resize(size, 0);
            self.gap.resize(size, 0);
        }
        self.best[0] = 0;
        for (at, weight) in weights.iter().enumerate() {
            self.best[at + 1] = self.best[at] + weight;
        }
        self.gap[..self.width].fill(NEVER);
        for at in 1..=text.len() {
            let class = relations.class(text[at - 1]);
            self.substitute_or_add(at, relations.row(class), added(class));
            let before = (at >= 2).then(|| relations.class(text[at - 2]));
            self.try_pairs(at, relations, class, before);
            self.leave_out(at, weights);
        }
        true
    }

    fn substitute_or_add(&mut self, at: usize, row: &[u32], (open, extend): (u32, u32)) {
        let width = self.width;
        let start = at * width;
        let (above, best) = self.best[start - width..start + width].split_at_mut(width);
        let (gap_above, gap) = self.gap[start - width..start + width].split_at_mut(width);
        best[0] = 0;
        gap[0] = NEVER;
        let costs = row.iter().zip(&*above).zip(&above[1..]).zip(&gap_above[1..]);
        for (((((cost, diagonal), up), wide), best), gap) in
            costs.zip(&mut best[1..]).zip(&mut gap[1..])
        {
            *gap = (up + open).min(wide + extend);
            *best = (diagonal + cost).min(*gap);
        }
    }

    fn try_pairs(
        &mut self,
        at: usize,
        relations: &Relations,
        class: &Class,
        before: Option<&Class>,
    ) {
        each_pair(relations, class, before, |pair| {
            let cost = self.before(at, pair.last + 1, pair.step) + pair.cost;
            let cell = at * self.width + pair.last + 1;
            self.best[cell] = self.best[cell].min(cost);
        });
    }

    fn leave_out(&mut self, at: usize, weights: &[u32]) {
        let row = &mut self.best[at * self.width..][..self.width];
        let mut left = 0;
        for (best, weight) in row[1..].iter_mut().zip(weights) {
            *best = (*best).min(left + weight);
            left = *best;
        }
    }

    /// The cost before a step that leads to a cell.
    fn before(&self, at: usize, column: usize, step: Step) -> u32 {
        let (quotation, text) = step.lengths();
        self.best[(at - text) * self.width + column - quotation]
    }

    fn cost(&self, at: usize, column: usize) -> u32 {
        self.best[at * self.width + column]
    }

    /// The least cost of the whole quotation, and the first row in which it is reached.
    pub(super) fn least(&self, rows: usize) -> (u32, usize) {
        let column = self.width - 1;
        let costs = (0..=rows).map(|at| (self.cost(at, column), at));
        costs.min().unwrap_or((NEVER, 0))
    }

    /// The steps of the cheapest alignment, from its last to its first, and the row of its end.
    pub(super) fn trace(&self, relations: &Relations, text: &[u32]) -> (Vec<Step>, usize) {
        let end = self.end(&relations.weights, text.len());
        let (mut at, mut column) = (end, self.width - 1);
        let mut steps = Vec::with_capacity(self.width + 8);
        let mut in_gap = false;
        while column > 0 {
            let step = if in_gap { Step::Added } else { self.step(at, column, relations, text) };
            if step == Step::Added {
                let (_, extend) = added(relations.class(text[at - 1]));
                let cell = at * self.width + column;
                in_gap = self.gap[cell] == self.gap[cell - self.width] + extend;
            }
            steps.push(step);
            let (quotation, text) = step.lengths();
            at -= text;
            column -= quotation;
        }
        (steps, end)
    }

    /// The row at which the alignment ends: words at the quotation's end that the text lacks are
    /// taken for a changed wording of the words that follow.
    fn end(&self, weights: &[u32], rows: usize) -> usize {
        let (least, mut end) = self.least(rows);
        let mut column = self.width - 1;
        while column > 0
            && end < rows
            && self.cost(end, column) == self.cost(end, column - 1) + weights[column - 1]
            && self.cost(end + 1, self.width - 1) == least
        {
            end += 1;
            column -= 1;
        }
        end
    }

    /// The step that led to a cell.
    fn step(&self, at: usize, column: usize, relations: &Relations, text: &[u32]) -> Step {
        let here = self.cost(at, column);
        if at > 0 {
            let class = relations.class(text[at - 1]);
            let cost = relations.row(class)[column - 1];
            let step = Step::Changed { quotation: 1, text: 1 };
            if here == self.before(at, column, step) + cost {
                return if cost == 0 { Step::Same } else { step };
            }
            let before = (at >= 2).then(|| relations.class(text[at - 2]));
            let mut found = None;
            each_pair(relations, class, before, |pair| {
                let leads_here = pair.last + 1 == column
                    && here == self.before(at, column, pair.step) + pair.cost;
                found = found.or(leads_here.then_some(pair.step));
            });
            if let Some(step) = found {
                return step;
            }
            if here == self.gap[at * self.width + column] {
                return Step::Added;
            }
        }
        Step::Missing
    }
}

/// A step over more than one word of the quotation or the text.
#[derive(Clone, Copy)]
struct Pair {
    /// Number of the last word of the quotation that it takes.
    last: usize,
    step: Step,
    cost: u32,
}

/// Calls `visit` with each step over more than a word that ends at a word of the text.
fn each_pair(
    relations: &Relations,
    class: &Class,
    before: Option<&Class>,
    mut visit: impl FnMut(Pair),
) {
    for joined in &class.joined {
        let step = Step::Changed { quotation: 2, text: 1 };
        visit(Pair { last: joined.last, step, cost: joined.cost });
    }
    let Some(before) = before else { return };
    for word in parted(before, class) {
        let step = Step::Changed { quotation: 1, text: 2 };
        visit(Pair { last: word, step, cost: cost_of(relations.weights[word], SPELLING) });
    }
    for first in &class.related {
        let last = first + 1;
        if before.related.contains(&last) {
            let step = Step::Changed { quotation: 2, text: 2 };
            let cost = relations.row(class)[*first] + relations.row(before)[last] + SWAP;
            visit(Pair { last, step, cost });
        }
    }
}
