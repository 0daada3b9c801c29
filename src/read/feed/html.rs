//! The HTML inside a feed as text: in a CDATA section, or with its brackets escaped.
//!
//! Tags are taken out, and those of blocks part paragraphs. Scripts and styles are no text.

use std::ops::Range;

use crate::read::{
    pieces::{Gap, Pieces},
    xml::Source,
};

/// Elements that stand on their own.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "dl",
    "blockquote",
    "table",
    "pre",
    "section",
    "article",
    "figure",
    "figcaption",
    "hr",
    "header",
    "footer",
    "main",
    "aside",
];
/// Elements that start a line.
const LINES: &[&str] = &["br", "li", "tr", "dt", "dd"];
/// Elements whose content is no text.
const HIDDEN: &[&str] = &["script", "style"];

/// How the brackets of tags are written.
#[derive(Clone, Copy, Debug)]
struct Brackets {
    open: &'static str,
    close: &'static str,
    escaped: bool,
}

const PLAIN: Brackets = Brackets { open: "<", close: ">", escaped: false };
const ESCAPED: Brackets = Brackets { open: "&lt;", close: "&gt;", escaped: true };

/// Writes pieces of a feed as text.
pub fn write<'a>(source: &Source<'a>, parts: &[Range<usize>], pieces: &mut Pieces<'a>) {
    let mut last: Option<&Range<usize>> = None;
    for bytes in parts {
        // What parts pieces of XHTML are tags of the file itself.
        let between = last.map_or(bytes.start..bytes.start, |last| last.end..bytes.start);
        last = Some(bytes);
        if !source.text[between.clone()].contains("]]>") {
            write_part(source, between, PLAIN, pieces);
        }
        let in_cdata = source.text[..bytes.start].ends_with("<![CDATA[");
        write_part(source, bytes.clone(), if in_cdata { PLAIN } else { ESCAPED }, pieces);
    }
}

fn write_part<'a>(
    source: &Source<'a>,
    bytes: Range<usize>,
    brackets: Brackets,
    pieces: &mut Pieces<'a>,
) {
    let text = &source.text[bytes.clone()];
    let put = |from: usize, to: usize, pieces: &mut Pieces<'a>| {
        let bytes = bytes.start + from..bytes.start + to;
        if brackets.escaped {
            source.write_escaped_twice(bytes, None, pieces);
        } else {
            source.write(bytes, None, pieces);
        }
    };
    let (mut done, mut at) = (0, 0);
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(brackets.open)) {
        let start = at + found;
        let inner = start + brackets.open.len();
        at = inner;
        let Some(name) = tag_name(&text[inner..]) else {
            continue;
        };
        let close = if name == "!--" {
            if brackets.escaped { "--&gt;" } else { "-->" }
        } else {
            brackets.close
        };
        let Some(length) = text[inner..].find(close) else {
            // No tag ends any more: what is left is text.
            break;
        };
        put(done, start, pieces);
        done = inner + length + close.len();
        let is_one_of = |names: &[&str]| names.iter().any(|it| it.eq_ignore_ascii_case(name));
        if is_one_of(BLOCKS) {
            pieces.part(Gap::Paragraph);
        } else if is_one_of(LINES) {
            pieces.part(Gap::Line);
        } else if is_one_of(HIDDEN) && !text[inner..].starts_with('/') {
            let end = format!("{}/{name}", brackets.open);
            done += text[done..].find(&end).unwrap_or(text.len() - done);
        }
        at = done;
    }
    put(done, text.len(), pieces);
}

/// The name of the tag whose content starts here; `None` where a bracket is text.
fn tag_name(rest: &str) -> Option<&str> {
    if rest.starts_with("!--") {
        return Some("!--");
    }
    let name = rest.strip_prefix('/').unwrap_or(rest);
    let length = name.find(|it: char| !it.is_ascii_alphanumeric()).unwrap_or(name.len());
    name.starts_with(|it: char| it.is_ascii_alphabetic()).then(|| &name[..length])
}
