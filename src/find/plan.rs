//! A query with its words looked up: what both the index and the matcher work from.

use std::collections::HashMap;

use super::{Reading, spelling::Spelling, stretch::Stretch};
use crate::{
    query::{Near, Node, Query, Term, filter::Filter, pattern::Pattern},
    words::Counting,
};

/// Knows the words of a corpus.
pub trait Lexicon {
    /// The folded words of the corpus that a pattern stands for.
    fn forms(&self, pattern: &Pattern) -> Vec<String>;
}

/// A query whose words were looked up.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The words that are asked for. A [`Stretch`] names them by their number here.
    pub leaves: Vec<Leaf>,
    /// What must hold.
    pub root: Condition,
    /// For each folded word, the leaves it stands for.
    leaves_of: HashMap<String, Vec<usize>>,
    /// By leaf, how it was typed. Empty when case and accents do not count.
    spellings: Vec<Spelling>,
}

/// A word of a query, and what it stands for in the corpus.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// The word as it was asked for.
    pub term: Term,
    /// The folded words it stands for, sorted. None when the corpus has no such word.
    pub forms: Vec<String>,
}

/// What must hold for a passage.
#[derive(Clone, Debug)]
pub enum Condition {
    /// These words stand in it.
    Words(Stretch),
    /// Something about it or its document.
    Filter(Filter),
    /// All of these hold.
    All(Vec<Condition>),
    /// One of these holds.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
}

/// Looks up the words of a query. A query that asks for nothing holds for nothing.
#[must_use]
pub fn plan(query: &Query, lexicon: &dyn Lexicon) -> Plan {
    let mut leaves = Vec::new();
    let root = match &query.root {
        Some(node) => condition(node, lexicon, &mut leaves),
        None => Condition::Any(Vec::new()),
    };
    let mut leaves_of: HashMap<String, Vec<usize>> = HashMap::new();
    for (number, leaf) in leaves.iter().enumerate() {
        for form in &leaf.forms {
            leaves_of.entry(form.clone()).or_default().push(number);
        }
    }
    Plan { leaves, root, leaves_of, spellings: Vec::new() }
}

impl Plan {
    /// The same plan with words compared by more than their letters. What an index proposes by
    /// folded words ([`Plan::proposing`]) must then be read and put to [`super::matches`].
    #[must_use]
    pub fn counting(self, counting: Counting, query: &Query) -> Self {
        if counting == Counting::default() {
            return self;
        }
        let spelling = |leaf: &Leaf| Spelling::of(&leaf.term, &query.text, counting);
        Self { spellings: self.leaves.iter().map(spelling).collect(), ..self }
    }

    /// Whether case or accents count.
    #[must_use]
    pub fn is_spelled(&self) -> bool {
        !self.spellings.is_empty()
    }

    /// A condition on folded words that holds for every passage that answers: the plan's own, unless
    /// case or accents count. A word may then be excluded in one spelling and stand there in
    /// another; and of words near each other, folded ones may stand closer than those that count, in
    /// the next passage: any of the words is proposed then.
    #[must_use]
    pub fn proposing(&self) -> Condition {
        if self.is_spelled() { self.root.proposing() } else { self.root.clone() }
    }

    /// For each leaf, the positions at which it stands among the words, counted from 0.
    #[must_use]
    pub fn positions(&self, reading: &Reading<'_>) -> Vec<Vec<u32>> {
        let mut positions = vec![Vec::new(); self.leaves.len()];
        for (at, word) in reading.words.iter().enumerate() {
            for leaf in self.leaves_of.get(word).into_iter().flatten() {
                let written = &reading.text[reading.words.span(at).range()];
                if self.spellings.get(*leaf).is_none_or(|spelling| spelling.accepts(written)) {
                    positions[*leaf].push(u32::try_from(at).unwrap_or(u32::MAX));
                }
            }
        }
        positions
    }

    /// How many words, behind its first one, a match may take up: as many words of the passages that
    /// follow are to be looked at.
    #[must_use]
    pub fn reach(&self) -> usize {
        fn widest(condition: &Condition) -> u32 {
            match condition {
                Condition::Words(stretch) => stretch.widest(),
                Condition::Filter(_) => 0,
                Condition::All(inner) | Condition::Any(inner) => {
                    inner.iter().map(widest).max().unwrap_or(0)
                }
                Condition::Not(inner) => widest(inner),
            }
        }
        widest(&self.root).saturating_sub(1) as usize
    }

    /// The words that are wanted, not excluded.
    pub fn wanted(&self) -> impl Iterator<Item = &Leaf> {
        let mut wanted = Vec::new();
        self.root.each_wanted_leaf(&mut |leaf| wanted.push(leaf));
        wanted.into_iter().map(|leaf| &self.leaves[leaf])
    }
}

impl Condition {
    /// See [`Plan::proposing`].
    fn proposing(&self) -> Self {
        let each = |inner: &[Self]| inner.iter().map(Self::proposing).collect();
        match self {
            Self::All(inner) => Self::All(each(inner)),
            Self::Any(inner) => Self::Any(each(inner)),
            Self::Not(inner) if inner.has_words() => Self::All(Vec::new()),
            Self::Words(stretch @ (Stretch::Near { .. } | Stretch::Any(_)))
                if stretch.phrase().is_none() =>
            {
                let mut words = Vec::new();
                stretch.each_leaf(&mut |leaf| words.push(Self::Words(Stretch::Word(leaf))));
                Self::Any(words)
            }
            Self::Words(_) | Self::Filter(_) | Self::Not(_) => self.clone(),
        }
    }

    fn has_words(&self) -> bool {
        match self {
            Self::Words(_) => true,
            Self::Filter(_) => false,
            Self::All(inner) | Self::Any(inner) => inner.iter().any(Self::has_words),
            Self::Not(inner) => inner.has_words(),
        }
    }

    /// Calls `visit` with each leaf that is not excluded.
    pub fn each_wanted_leaf(&self, visit: &mut impl FnMut(usize)) {
        match self {
            Self::Words(stretch) => stretch.each_leaf(visit),
            Self::All(inner) | Self::Any(inner) => {
                for condition in inner {
                    condition.each_wanted_leaf(visit);
                }
            }
            Self::Filter(_) | Self::Not(_) => {}
        }
    }
}

fn condition(node: &Node, lexicon: &dyn Lexicon, leaves: &mut Vec<Leaf>) -> Condition {
    let mut all = |nodes: &[Node]| -> Vec<Condition> {
        nodes.iter().map(|node| condition(node, lexicon, leaves)).collect()
    };
    match node {
        Node::Word(_) | Node::Near(_) => Condition::Words(stretch(node, lexicon, leaves)),
        Node::Filter(filter) => Condition::Filter(filter.clone()),
        Node::And(nodes) => Condition::All(all(nodes)),
        Node::Or(nodes) => Condition::Any(all(nodes)),
        Node::Not(node) => Condition::Not(Box::new(condition(node, lexicon, leaves))),
    }
}

fn stretch(node: &Node, lexicon: &dyn Lexicon, leaves: &mut Vec<Leaf>) -> Stretch {
    let mut each = |nodes: &[Node]| -> Vec<Stretch> {
        nodes.iter().map(|node| stretch(node, lexicon, leaves)).collect()
    };
    match node {
        Node::Word(term) => {
            let mut forms = lexicon.forms(&term.pattern);
            forms.sort_unstable();
            forms.dedup();
            leaves.push(Leaf { term: term.clone(), forms });
            Stretch::Word(leaves.len() - 1)
        }
        Node::Near(Near { operands, distance, order, .. }) => {
            Stretch::Near { operands: each(operands), distance: *distance, order: *order }
        }
        Node::Or(nodes) => Stretch::Any(each(nodes)),
        // The parser lets nothing else stand near something: it has no place in a text.
        Node::And(_) | Node::Not(_) | Node::Filter(_) => Stretch::Any(Vec::new()),
    }
}
