//! Builds the leaves of a query: words with or without operators on them, and words that stand
//! together.

use super::{Near, Node, Order, QueryError, QuerySpan, Term, pattern::Pattern};
use crate::words::{Sound, Words};

/// A run of characters without white space: a word with or without operators on it, or several
/// words that stand together, such as `hip-hop` and `10:30`.
///
/// # Errors
/// When a word is to have more typing mistakes than are looked for.
pub(super) fn text_node(text: &str, span: QuerySpan) -> Result<Option<Node>, QueryError> {
    if let Some(pattern) = marked_word(text, span)? {
        return Ok(Some(Node::Word(Term { pattern, span })));
    }
    if let Some(exact) = text.strip_prefix('=') {
        return Ok(phrase(exact, span.start + 1, Pattern::Exact));
    }
    Ok(plain_node(text, span))
}

/// Words without operators on them.
pub(super) fn plain_node(text: &str, span: QuerySpan) -> Option<Node> {
    phrase(text, span.start, Pattern::Stem)
}

/// A word with an operator on it: `=word`, `wrod~2`, `wo?d`, `word*`.
fn marked_word(text: &str, span: QuerySpan) -> Result<Option<Pattern>, QueryError> {
    let text = text.trim_matches([',', '.', ';', ':', '!']);
    if let Some(exact) = text.strip_prefix('=') {
        check_is_plain(exact, "=", |plain| format!("={plain}"), span)?;
        return Ok(one_word(exact).map(Pattern::Exact));
    }
    if let Some((word, edits)) = text.rsplit_once('~') {
        return misspelt(word, edits, span);
    }
    Ok(wildcard_shape(text).map(Pattern::Wildcard))
}

/// Refuses a word with an operator on it where another operator wants the plain word: what `with_other`
/// makes of it.
fn check_is_plain(
    word: &str,
    other: &str,
    with_other: impl Fn(&str) -> String,
    span: QuerySpan,
) -> Result<(), QueryError> {
    let (before, edits) = word.rsplit_once('~').unwrap_or((word, "x"));
    let is_misspelt = edits.bytes().all(|it| it.is_ascii_digit());
    let mark = match wildcard_shape(before) {
        Some(_) if before.contains('*') => "*",
        Some(_) => "?",
        None if is_misspelt && other != "~" => "~",
        None => return Ok(()),
    };
    // `=5*3` and `10~15` are sums and spans.
    if !before.contains(char::is_alphabetic) {
        return Ok(());
    }
    let plain = before.replace(['*', '?'], "");
    let message = format!("`{mark}` and `{other}` do not go together on a word");
    Err(QueryError::new(span, message).hint(format!("write `{word}` or `{}`", with_other(&plain))))
}

/// `wrod~`, `wrod~2`: what stands before the `~` and behind it. Where no letter stands before, as in
/// `10~15`, and where no number stands behind, it is prose.
fn misspelt(word: &str, edits: &str, span: QuerySpan) -> Result<Option<Pattern>, QueryError> {
    let fuzzy = |edits| Ok(one_word(word).map(|word| Pattern::Fuzzy { word, edits }));
    match edits {
        "" => {
            check_is_plain(word, "~", |plain| format!("{plain}~"), span)?;
            return fuzzy(1);
        }
        _ if !edits.bytes().all(|it| it.is_ascii_digit()) => return Ok(None),
        _ if !word.contains(char::is_alphabetic) => return Ok(None),
        _ => check_is_plain(word, "~", |plain| format!("{plain}~{edits}"), span)?,
    }
    let words = Words::of(word);
    if words.len() > 1 {
        let each: Vec<String> = words.iter().map(|word| format!("`{word}~`")).collect();
        let message = format!("`~{edits}` counts the typing mistakes of one word");
        return Err(QueryError::new(span, message).hint(format!("write {}", each.join(" and "))));
    }
    match edits {
        "1" => fuzzy(1),
        "2" => fuzzy(2),
        _ => Err(QueryError::new(
            span,
            format!("a word is looked for with 1 or 2 typing mistakes, not {edits}"),
        )
        .hint(format!("write `{word}~1` or `{word}~2`"))),
    }
}

fn one_word(text: &str) -> Option<String> {
    let words = Words::of(text);
    (words.len() == 1).then(|| words.folded(0).to_owned())
}

/// `wo?d`, `word*`, `*ophone`: a `*` anywhere beside letters, a `?` only between them, since `who?`
/// is a question.
pub(super) fn wildcard_shape(text: &str) -> Option<String> {
    if !text.contains(['*', '?']) || text.contains("**") {
        return None;
    }
    let inner = text.trim_end_matches('?');
    let mut shape = String::new();
    for (at, piece) in inner.split_inclusive(['*', '?']).enumerate() {
        let literal = piece.trim_end_matches(['*', '?']);
        if literal.is_empty() && piece == "?" && at == 0 {
            return None;
        }
        if !literal.is_empty() {
            let words = Words::of(literal);
            let whole =
                words.len() == 1 && words.span(0).end - words.span(0).start == literal.len();
            if !whole {
                return None;
            }
            shape.push_str(words.folded(0));
        }
        shape.push_str(&piece[literal.len()..]);
    }
    let has_letters = shape.contains(|c| !matches!(c, '*' | '?'));
    (has_letters && shape.contains(['*', '?'])).then_some(shape)
}

/// The length of the first character, such as a quotation mark.
pub(super) fn first_length(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// What stands between quotation marks: words as they stand, and words with an operator on them.
///
/// # Errors
/// As [`text_node`].
pub(super) fn quoted(inside: &str, start: usize) -> Result<Option<Node>, QueryError> {
    let mut terms = Terms::default();
    let mut at = start;
    for piece in inside.split_inclusive(char::is_whitespace) {
        let start = at;
        at += piece.len();
        let piece = piece.trim_end();
        let span = QuerySpan { start, end: start + piece.len() };
        if let Some(heard) = piece.strip_prefix("sounds:").filter(|it| !Words::of(it).is_empty()) {
            check_is_heard(heard, span)?;
            terms.add(heard, start + "sounds:".len(), sounding);
        } else if let Some(pattern) = marked_word(piece, span)? {
            terms.push(Term { pattern, span });
        } else {
            terms.add(piece, start, Pattern::Exact);
        }
    }
    Ok(terms.finish(QuerySpan { start, end: start + inside.len() }))
}

/// The words of a text that is no query, such as a quotation, each as a word to look for.
#[must_use]
pub fn word_nodes(words: &Words, pattern: fn(String) -> Pattern) -> Vec<Node> {
    let node = |at: usize| {
        let within = words.span(at);
        let span = QuerySpan { start: within.start, end: within.end };
        Node::Word(Term { pattern: pattern(words.folded(at).to_owned()), span })
    };
    (0..words.len()).map(node).collect()
}

/// Words that sound like those of a value of `sounds:`, which starts at `start`.
///
/// # Errors
/// When an operator is on one of them, or none has a sound; `span` is the whole of it.
pub(super) fn sounds(
    value: &str,
    start: usize,
    span: QuerySpan,
) -> Result<Option<Node>, QueryError> {
    for word in value.split_whitespace() {
        check_is_heard(word, span)?;
    }
    match phrase(value, start, sounding) {
        None => Err(QueryError::new(span, format!("`{value}` has no sound"))
            .hint("write a word as it sounds: `sounds:iovine`")),
        node => Ok(node),
    }
}

fn check_is_heard(word: &str, span: QuerySpan) -> Result<(), QueryError> {
    let word = word.trim_matches([',', '.', ';', ':', '!']);
    check_is_plain(word, "sounds:", |plain| format!("sounds:{plain}"), span)
}

fn sounding(word: String) -> Pattern {
    Pattern::Sound(Sound::of(word))
}

/// Words that stand together, each made into a pattern: one word alone, or a phrase.
pub(super) fn phrase(text: &str, start: usize, pattern: fn(String) -> Pattern) -> Option<Node> {
    let mut terms = Terms::default();
    terms.add(text, start, pattern);
    terms.finish(QuerySpan { start, end: start + text.len() })
}

/// The words of a phrase, one after the other.
#[derive(Default)]
struct Terms {
    operands: Vec<Node>,
    /// Whether the last one is in the one before it already.
    ends_in_a_pair: bool,
}

impl Terms {
    fn push(&mut self, term: Term) {
        self.operands.push(Node::Word(term));
        self.ends_in_a_pair = false;
    }

    fn add(&mut self, text: &str, start: usize, pattern: fn(String) -> Pattern) {
        let words = Words::of(text);
        for at in 0..words.len() {
            let within = words.span(at);
            let folded = words.folded(at).to_owned();
            // One character of a script without spaces is found at the start of a pair.
            let is_half = is_half_a_pair(&text[within.range()]);
            self.push(Term {
                pattern: if is_half { Pattern::Wildcard(folded + "*") } else { pattern(folded) },
                span: QuerySpan { start: start + within.start, end: start + within.end },
            });
        }
        // The last character of a run without spaces is in the pair before it already.
        if let Some(last) = words.len().checked_sub(1).filter(|last| *last > 0) {
            self.ends_in_a_pair = words.span(last - 1).end == words.span(last).end;
        }
    }

    fn finish(mut self, span: QuerySpan) -> Option<Node> {
        if self.ends_in_a_pair {
            self.operands.pop();
        }
        if self.operands.len() < 2 {
            return self.operands.pop();
        }
        Some(Node::Near(Near { operands: self.operands, distance: 0, order: Order::Kept, span }))
    }
}

/// Whether a word is one character that makes words together with its neighbours.
fn is_half_a_pair(word: &str) -> bool {
    !word.is_ascii() && Words::of(&word.repeat(2)).len() == 2
}
