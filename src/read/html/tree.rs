//! The elements and the text of a page, in one list.
//!
//! html5gum tells tags and text apart as the HTML Living Standard does. What is made of them here is
//! simpler than its tree: elements that close each other, and end tags that were forgotten or
//! misplaced, so that text stays in the elements it belongs to. A node is followed by what it holds,
//! so every walk is a loop, however deep a page is.

use std::{collections::HashMap, convert::Infallible, ops::Range};

use html5gum::{
    Span, Tokenizer,
    emitters::callback::{CallbackEmitter, CallbackEvent},
};

use crate::read::{
    html::element::{bounds, closes, is_block, is_of_head, is_void, known},
    xml::{self, Piece, Source},
};

/// How deep elements are told apart; what is deeper belongs to the last one, as in browsers.
const DEEPEST: usize = 500;

/// An element or a stretch of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The name of an element; empty for text.
    pub name: &'static str,
    /// One past the last node that it holds.
    pub end: usize,
    /// The bytes of a text.
    pub text: Range<usize>,
    attributes: Range<usize>,
}

/// A page.
#[derive(Debug)]
pub struct Tree<'a> {
    /// The decoded file.
    pub source: Source<'a>,
    /// Elements and text in the order of the file.
    pub nodes: Vec<Node>,
    attributes: Vec<(&'static str, String)>,
}

/// Attributes that are looked at.
const ATTRIBUTES: &[&str] = &[
    "aria-hidden",
    "class",
    "content",
    "datetime",
    "hidden",
    "href",
    "id",
    "itemprop",
    "lang",
    "name",
    "open",
    "property",
    "rel",
    "role",
    "style",
    "type",
];

impl<'a> Tree<'a> {
    /// Reads a page: as XML where it says that it is XML, as HTML otherwise.
    #[must_use]
    pub fn read(text: &'a str) -> Self {
        if text.trim_start().starts_with("<?xml") { Self::xml(text) } else { Self::html(text) }
    }

    /// Reads a page of XML, in which every element that is opened is closed.
    #[must_use]
    pub fn xml(text: &'a str) -> Self {
        let mut builder = Builder::default();
        for piece in xml::pieces(text) {
            match piece {
                Piece::Start(tag) => {
                    let Some(name) = known(tag.name.as_bytes()) else { continue };
                    let start = builder.attributes.len();
                    for attribute in ATTRIBUTES {
                        // Namespaced attributes have other meanings, but for the type of EPUB.
                        if let Some(value) = tag.attribute(attribute) {
                            builder.attributes.push((attribute, value.into_owned()));
                        }
                    }
                    builder.push(name, start);
                }
                Piece::End(name) => builder.close(known(name.as_bytes()).unwrap_or_default()),
                Piece::Text(bytes) => builder.text(text, bytes),
            }
        }
        builder.finish(text)
    }

    fn html(text: &'a str) -> Self {
        let mut builder = Builder::default();
        let mut reached = 0;
        let mut open = None;
        let mut attribute = None;
        let mut emitter = CallbackEmitter::new(
            |event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
                match event {
                    CallbackEvent::OpenStartTag { name } => {
                        builder.text(text, reached..span.start);
                        reached = span.start;
                        open = Some((known(name), builder.attributes.len()));
                        attribute = None;
                    }
                    CallbackEvent::AttributeName { name } => {
                        let found = ATTRIBUTES.iter().find(|it| it.as_bytes() == name);
                        attribute = found.filter(|_| open.is_some_and(|(name, _)| name.is_some()));
                        if let Some(name) = attribute {
                            builder.attributes.push((name, String::new()));
                        }
                    }
                    CallbackEvent::AttributeValue { value } => {
                        if attribute.is_some()
                            && let Some((_, written)) = builder.attributes.last_mut()
                        {
                            written.push_str(&String::from_utf8_lossy(value));
                        }
                    }
                    CallbackEvent::CloseStartTag { .. } => {
                        reached = span.end;
                        if let Some((Some(name), attributes)) = open.take() {
                            builder.open(name, attributes);
                        }
                    }
                    CallbackEvent::EndTag { name } => {
                        builder.text(text, reached..span.start);
                        reached = span.end;
                        open = None;
                        match known(name) {
                            // As browsers do, who have it from each other.
                            Some("br") => builder.open("br", builder.attributes.len()),
                            name => builder.close(name.unwrap_or_default()),
                        }
                    }
                    CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } => {
                        builder.text(text, reached..span.start);
                        reached = span.end;
                    }
                    CallbackEvent::String { .. } | CallbackEvent::Error(_) => {}
                }
                None
            },
        );
        emitter.naively_switch_states(true);
        let Ok(()) = Tokenizer::new_with_emitter(text, emitter).finish();
        // A tag that the end of the file cuts off is no text.
        let rest = text.get(reached..).unwrap_or_default();
        let cut = rest.rfind('<').filter(|at| is_cut_off(&rest[*at..])).unwrap_or(rest.len());
        builder.text(text, reached..reached + cut);
        builder.finish(text)
    }

    /// The value of an attribute of a node.
    #[must_use]
    pub fn attribute(&self, node: &Node, name: &str) -> Option<&str> {
        let of_node = &self.attributes[node.attributes.clone()];
        of_node.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// Whether a node has one of some words in an attribute such as `role` or `rel`.
    #[must_use]
    pub fn has(&self, node: &Node, attribute: &str, words: &[&str]) -> bool {
        self.attribute(node, attribute).is_some_and(|value| {
            value
                .split_ascii_whitespace()
                .any(|it| words.iter().any(|w| w.eq_ignore_ascii_case(it)))
        })
    }
}

fn is_cut_off(rest: &str) -> bool {
    let second = rest.as_bytes().get(1);
    !rest.contains('>')
        && second.is_none_or(|it| it.is_ascii_alphabetic() || matches!(it, b'/' | b'!' | b'?'))
}

#[derive(Default)]
struct Builder {
    nodes: Vec<Node>,
    attributes: Vec<(&'static str, String)>,
    open: Vec<usize>,
    /// How many of each name are open: most searches among them are for nothing.
    count: HashMap<&'static str, usize>,
    /// Whether there was an `html`, a `head`, a `body`.
    seen: [bool; 3],
}

impl Builder {
    fn text(&mut self, source: &str, bytes: Range<usize>) {
        let written = source.get(bytes.clone()).filter(|it| !it.is_empty());
        let Some(written) = written else { return };
        let in_head = self.open.last().is_some_and(|at| self.nodes[*at].name == "head");
        if in_head && !written.trim().is_empty() {
            self.close_down_to(self.open.len() - 1);
        }
        let (at, none) = (self.nodes.len(), self.attributes.len()..self.attributes.len());
        self.nodes.push(Node { name: "", end: at + 1, text: bytes, attributes: none });
    }

    /// Opens an element of HTML, which may close others.
    fn open(&mut self, name: &'static str, attributes: usize) {
        if let Some(once) = ["html", "head", "body"].iter().position(|it| *it == name)
            && std::mem::replace(&mut self.seen[once], true)
        {
            return;
        }
        if !is_of_head(name) {
            self.close("head");
        }
        let (closed, beyond) = closes(name);
        if !closed.iter().any(|name| self.is_open(name)) {
            return self.push(name, attributes);
        }
        for depth in (0..self.open.len()).rev() {
            let open = self.nodes[self.open[depth]].name;
            if closed.contains(&open) {
                if name == "a" {
                    self.close("a");
                } else {
                    self.close_down_to(depth);
                }
                break;
            }
            if beyond.contains(&open) {
                break;
            }
        }
        self.push(name, attributes);
    }

    fn push(&mut self, name: &'static str, attributes: usize) {
        let at = self.nodes.len();
        let attributes = attributes..self.attributes.len();
        self.nodes.push(Node { name, end: at + 1, text: 0..0, attributes });
        if !is_void(name) && self.open.len() < DEEPEST {
            self.open.push(at);
            *self.count.entry(name).or_default() += 1;
        }
    }

    fn is_open(&self, name: &str) -> bool {
        self.count.get(name).is_some_and(|count| *count > 0)
    }

    fn close(&mut self, name: &'static str) {
        if !self.is_open(name) {
            return;
        }
        let mut over_block = false;
        for depth in (0..self.open.len()).rev() {
            let at = self.open[depth];
            let open = &self.nodes[at];
            if open.name == name {
                if over_block && !is_block(name) {
                    // `<b><p>one</b> two</p>`: the paragraph goes on.
                    self.nodes[at].end = self.nodes.len();
                    self.open.remove(depth);
                    self.count.entry(name).and_modify(|count| *count -= 1);
                } else {
                    self.close_down_to(depth);
                }
                return;
            }
            if bounds(open.name, name) {
                return;
            }
            over_block |= is_block(open.name) || matches!(open.name, "td" | "th");
        }
    }

    fn close_down_to(&mut self, depth: usize) {
        for at in self.open.drain(depth..) {
            self.nodes[at].end = self.nodes.len();
            self.count.entry(self.nodes[at].name).and_modify(|count| *count -= 1);
        }
    }

    fn finish(mut self, text: &str) -> Tree<'_> {
        self.close_down_to(0);
        Tree { source: Source::new(text), nodes: self.nodes, attributes: self.attributes }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    /// The tree as it would be written with every element closed in its place.
    fn shown(text: &str) -> String {
        let tree = Tree::read(text);
        let mut shown = String::new();
        let mut open: Vec<&Node> = Vec::new();
        for (at, node) in tree.nodes.iter().enumerate() {
            while let Some(last) = open.pop_if(|last| last.end <= at) {
                write!(shown, "</{}>", last.name).unwrap();
            }
            if node.name.is_empty() {
                shown.push_str(&text[node.text.clone()]);
            } else if is_void(node.name) {
                write!(shown, "<{}>", node.name).unwrap();
            } else {
                write!(shown, "<{}>", node.name).unwrap();
                open.push(node);
            }
        }
        while let Some(last) = open.pop() {
            write!(shown, "</{}>", last.name).unwrap();
        }
        shown
    }

    #[test]
    fn elements_are_closed_where_they_end() {
        for (text, expected) in [
            ("<p>a<p>b<div>c", "<p>a</p><p>b</p><div>c</div>"),
            (
                "<ul><li>a<ul><li>b</ul><li>c</ul>",
                "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
            ),
            ("<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>"),
            (
                "<table><tr><td>a<td>b</div><tr><td>c</table>d",
                "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>d",
            ),
            // The link ends at `b`, inside an element that goes on.
            ("<div><a><div>a</a>b</div>c</div>", "<div><a><div>ab</div></a>c</div>"),
            ("<b>a<i>b</b>", "<b>ab</b>"),
            ("a</div>b</p>c<x-y>d", "abcd"),
            ("<head><title>a</title><p>b", "<head><title>a</title></head><p>b</p>"),
            ("<script>if (a<b) '</p>'</script>c", "<script>if (a<b) '</p>'</script>c"),
            ("<!-- <p> --><!DOCTYPE x>a<br/>b", "a<br>b"),
            ("a < b <3 c <p", "a < b <3 c "),
            ("<?xml version='1.0'?><p>a<span/>b</p>", "<p>a<span></span>b</p>"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn attributes_are_decoded() {
        let tree = Tree::read("<p CLASS='a &amp; b' hidden x=y>");
        let value = |name| tree.attribute(&tree.nodes[0], name);
        assert_eq!((value("class"), value("hidden"), value("x")), (Some("a & b"), Some(""), None));
        assert!(tree.has(&tree.nodes[0], "class", &["b"]));
    }

    #[test]
    fn depth_is_bounded() {
        let page = "<div>".repeat(100_000);
        let tree = Tree::read(&page);
        assert_eq!(tree.nodes.len(), 100_000);
    }
}
