//! The query language: what a person types, and what it means.
//!
//! [`parse`] turns a line of text into a [`Query`], a tree whose leaves know where they stand in the
//! line ([`QuerySpan`]). Pasted prose is always a valid query: what cannot be an operator is a word.
//! What a word of the query stands for in an index is worked out elsewhere; nothing here reads one.
//! The grammar, with an example for each line of it, is in `docs/query.md`.

mod error;
pub mod filter;
mod lexer;
mod parser;
pub mod pattern;

pub use error::QueryError;
pub use parser::parse;

use filter::Filter;
use pattern::Pattern;

/// Bytes of the query as it was typed; never of a text or a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuerySpan {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl QuerySpan {
    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A query as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// What was typed.
    pub text: String,
    /// What it means; `None` when it holds nothing to look for.
    pub root: Option<Node>,
}

/// A part of a query.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A word of the passage.
    Word(Term),
    /// Several words that stand near each other.
    Near(Near),
    /// Something about the passage or its document, not about its words.
    Filter(Filter),
    /// All must hold.
    And(Vec<Node>),
    /// One must hold.
    Or(Vec<Node>),
    /// It must not hold.
    Not(Box<Node>),
}

/// A word to look for, and where it stands in the query.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Which words of a passage it stands for.
    pub pattern: Pattern,
    /// Where it was typed.
    pub span: QuerySpan,
}

/// Words that stand near each other: a phrase is the strictest kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    /// What must stand there: words, other groups that stand near, and alternatives of these.
    /// Each takes up words of its own.
    pub operands: Vec<Node>,
    /// How many other words may stand among them, in all.
    pub distance: u32,
    /// Whether they must come in this order.
    pub order: Order,
    /// Where it was typed.
    pub span: QuerySpan,
}

/// Whether words must come in the order in which they were asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// As typed.
    Kept,
    /// In any order.
    Free,
}

impl Near {
    /// Whether it is a phrase: these words, in this order, with nothing between them.
    #[must_use]
    pub fn is_phrase(&self) -> bool {
        self.distance == 0 && self.order == Order::Kept
    }
}

impl Node {
    /// Calls `visit` with each word to look for that the query does not exclude, in order.
    pub fn each_wanted_term<'a>(&'a self, visit: &mut impl FnMut(&'a Term)) {
        match self {
            Self::Word(term) => visit(term),
            Self::Near(Near { operands, .. }) | Self::And(operands) | Self::Or(operands) => {
                for operand in operands {
                    operand.each_wanted_term(visit);
                }
            }
            Self::Filter(_) | Self::Not(_) => {}
        }
    }
}

impl Query {
    /// The same query with every word optional, as far as it asks for words: the passages that have
    /// most of them come first. Filters and exclusions stay.
    #[must_use]
    pub fn with_any_word(&self) -> Self {
        Self { text: self.text.clone(), root: self.root.clone().map(any_word) }
    }
}

fn any_word(node: Node) -> Node {
    let Node::And(operands) = node else { return node };
    let (wanted, fixed): (Vec<_>, Vec<_>) =
        operands.into_iter().partition(|node| !matches!(node, Node::Filter(_) | Node::Not(_)));
    if wanted.is_empty() {
        return Node::And(fixed);
    }
    let any = Node::Or(wanted);
    if fixed.is_empty() { any } else { Node::And(std::iter::once(any).chain(fixed).collect()) }
}
