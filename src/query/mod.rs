//! The query language: what a person types, and what it means.
//!
//! [`parse`] turns a line of text into a [`Query`], a tree whose leaves know where they stand in the
//! line ([`QuerySpan`]). Pasted prose is always a valid query: what cannot be an operator is a word.
//! What a word of the query stands for in an index is worked out elsewhere; nothing here reads one.
//! The grammar, with an example for each line of it, is in `docs/query.md`.

mod error;
pub mod filter;
mod lexer;
mod misread;
mod name;
mod parser;
pub mod pattern;
mod terms;

pub use error::QueryError;
pub use misread::{Misread, misread};
pub use parser::parse;
pub use terms::word_nodes;

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
    /// The filters that the query does not exclude, in order.
    #[must_use]
    pub fn wanted_filters(&self) -> Vec<&Filter> {
        fn add<'a>(node: &'a Node, filters: &mut Vec<&'a Filter>) {
            match node {
                Node::Filter(filter) => filters.push(filter),
                Node::And(nodes) | Node::Or(nodes) => {
                    for node in nodes {
                        add(node, filters);
                    }
                }
                Node::Word(_) | Node::Near(_) | Node::Not(_) => {}
            }
        }
        let mut filters = Vec::new();
        if let Some(root) = &self.root {
            add(root, &mut filters);
        }
        filters
    }

    /// The same query with every word optional, also those in parentheses: the passages that have
    /// most of them come first. Filters and exclusions stay, and so does what they are grouped with.
    #[must_use]
    pub fn with_any_word(&self) -> Self {
        Self { text: self.text.clone(), root: self.root.clone().map(any_word) }
    }
}

fn any_word(node: Node) -> Node {
    match node {
        Node::And(operands) => {
            let is_fixed = |node: &Node| matches!(node, Node::Filter(_) | Node::Not(_));
            let (fixed, wanted): (Vec<_>, Vec<_>) = operands.into_iter().partition(is_fixed);
            if wanted.is_empty() {
                return Node::And(fixed);
            }
            let any = any_of(wanted);
            if fixed.is_empty() {
                return any;
            }
            Node::And(std::iter::once(any).chain(fixed).collect())
        }
        Node::Or(operands) => any_of(operands),
        node @ (Node::Word(_) | Node::Near(_) | Node::Filter(_) | Node::Not(_)) => node,
    }
}

/// One of several, without alternatives that are alternatives themselves.
fn any_of(nodes: Vec<Node>) -> Node {
    let mut any = Vec::new();
    for node in nodes {
        match any_word(node) {
            Node::Or(inner) => any.extend(inner),
            node => any.push(node),
        }
    }
    Node::Or(any)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_becomes_optional_however_deep_it_stands() {
        for (query, same) in [
            ("a b", "a OR b"),
            ("a (b c)", "a OR b OR c"),
            ("(a b) OR (c \"d e\")", "a OR b OR c OR \"d e\""),
            ("speaker:x (a b)", "(a OR b) speaker:x"),
            ("a (b -c)", "a OR ((b OR b) -c)"),
            ("a", "a"),
            ("-a", "-a"),
        ] {
            let any = shown(&parse(query).unwrap().with_any_word());
            let same = shown(&parse(same).unwrap()).replace("b b", "b");
            assert_eq!(any, same, "{query}");
        }
    }

    /// The tree without where its parts were typed.
    fn shown(query: &Query) -> String {
        fn show(node: &Node) -> String {
            let list = |nodes: &[Node]| nodes.iter().map(show).collect::<Vec<_>>().join(" ");
            match node {
                Node::Word(term) => term.pattern.to_string(),
                Node::Near(near) => format!("\"{}\"", list(&near.operands)),
                Node::Filter(_) => "filter".to_owned(),
                Node::And(nodes) => format!("({})", list(nodes)),
                Node::Or(nodes) => format!("<{}>", list(nodes)),
                Node::Not(node) => format!("-{}", show(node)),
            }
        }
        query.root.as_ref().map(show).unwrap_or_default()
    }
}
