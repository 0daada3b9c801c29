//! HTML in Markdown: block quotes, who is named under them, and numbers of notes.

use std::ops::Range;

use super::Markup;

/// More elements than this are never open at once; those inside them are text.
const DEEPEST: usize = 32;

/// What an element means to quotations.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    /// `<blockquote>`
    Block,
    /// `<cite>`, `<footer>`
    Citation,
    /// `<sup>`
    Raised,
}

/// A tag: what it opens or closes, and how many bytes it has.
struct Tag {
    element: Element,
    closes: bool,
    length: usize,
}

/// Adds what the tags of a Markdown file say. Code must be known already.
pub(super) fn add(source: &str, markup: &mut Markup) {
    let mut open: Vec<(Element, Range<usize>)> = Vec::new();
    for at in memchr::memchr_iter(b'<', source.as_bytes()) {
        let Some(tag) = tag(&source[at..]).filter(|_| !markup.is_code(at)) else { continue };
        if !tag.closes {
            if open.len() < DEEPEST {
                open.push((tag.element, at..at + tag.length));
            }
            continue;
        }
        let Some(which) = open.iter().rposition(|it| it.0 == tag.element) else { continue };
        open.truncate(which + 1);
        let Some((element, opening)) = open.pop() else { continue };
        let inside = opening.end..at;
        let outermost = !open.iter().any(|it| it.0 == element);
        match element {
            Element::Block if outermost => markup.blocks.push(inside),
            Element::Citation if outermost => markup.citations.push(inside),
            Element::Raised if is_note(source, &opening, &inside) => markup.numbers.push(inside),
            _ => {}
        }
    }
    // A block quote in another one belongs to it.
    markup.blocks.sort_unstable_by_key(|it| (it.start, std::cmp::Reverse(it.end)));
    let mut reached = 0;
    markup.blocks.retain(|it| {
        let apart = it.start >= reached;
        reached = reached.max(it.end);
        apart
    });
    markup.citations.sort_unstable_by_key(|it| it.start);
}

/// The tag at the start of a string, if it is one that matters.
fn tag(rest: &str) -> Option<Tag> {
    let (inner, _) = rest.strip_prefix('<')?.split_once('>')?;
    let name = inner.trim_start_matches('/');
    let closes = name.len() < inner.len();
    let name = name.split(|it: char| it.is_whitespace() || it == '/').next()?;
    let is = |other: &str| name.eq_ignore_ascii_case(other);
    let element = match name.len() {
        10 if is("blockquote") => Element::Block,
        4 if is("cite") => Element::Citation,
        6 if is("footer") => Element::Citation,
        3 if is("sup") => Element::Raised,
        _ => return None,
    };
    Some(Tag { element, closes, length: inner.len() + 2 })
}

/// Whether what is raised is the number of a note, and no part of a word or a unit: `10th`, `m2`.
fn is_note(source: &str, opening: &Range<usize>, inside: &Range<usize>) -> bool {
    let text = source[inside.clone()].trim_matches(['[', ']', '(', ')']);
    let is_number =
        !text.is_empty() && text.len() <= 3 && text.bytes().all(|it| it.is_ascii_digit());
    let is_sign = !text.is_empty() && text.chars().all(|it| matches!(it, '*' | '†' | '‡' | '§'));
    let before = &source[..opening.start];
    let word = before.trim_end_matches(char::is_alphabetic);
    let follows_unit = (1..=2).contains(&(before.len() - word.len()));
    let follows_number = before.ends_with(|it: char| it.is_ascii_digit());
    is_sign || (is_number && !follows_unit && !follows_number)
}
