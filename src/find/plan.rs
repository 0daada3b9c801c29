//! A query with its words looked up: what both the index and the matcher work from.

use std::collections::HashMap;

use super::stretch::Stretch;
use crate::{
    query::{Near, Node, Query, Term, filter::Filter, pattern::Pattern},
    words::Words,
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
    Plan { leaves, root, leaves_of }
}

impl Plan {
    /// For each leaf, the positions at which it stands among the words, counted from 0.
    #[must_use]
    pub fn positions(&self, words: &Words) -> Vec<Vec<u32>> {
        let mut positions = vec![Vec::new(); self.leaves.len()];
        for (at, word) in words.iter().enumerate() {
            for leaf in self.leaves_of.get(word).into_iter().flatten() {
                positions[*leaf].push(u32::try_from(at).unwrap_or(u32::MAX));
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

    /// The words that are wanted, not excluded, and of which the corpus has no form.
    #[must_use]
    pub fn unknown(&self) -> Vec<&Term> {
        let mut wanted = Vec::new();
        self.root.each_wanted_leaf(&mut |leaf| wanted.push(leaf));
        let leaves = wanted.into_iter().map(|leaf| &self.leaves[leaf]);
        leaves.filter(|leaf| leaf.forms.is_empty()).map(|leaf| &leaf.term).collect()
    }
}

impl Condition {
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
