//! Whom a manuscript names for a quotation.
//!
//! Rules for English sentences; what none of them understands is `None`, and so is a pronoun, a
//! group (`Ana and Ben said`) or a description (`the engineer said`). NAME is a run of capitalised
//! words, VERB one of saying (`said`, `writes`, `recalled`, …).
//!
//! Behind a quotation, in the same sentence:
//! - `"…," said NAME` · `"…," NAME says` · `"…," NAME, a drummer, says`
//! - `"…", according to NAME` · `"…", as NAME puts it`
//! - `"…" — NAME` at the end of a paragraph
//! - `"…" (NAME, 2017)`, with a year or a page
//! - `"…"^[NAME, On Tapes, 2017]`, `"…"[^1]` with `[^1]: NAME, On Tapes, 2017`: a note at the foot
//!   of the page that starts with a name of two words or more, and has a year or a page; likewise
//!   the notes of HTML, EPUB and word processors
//!
//! In front of it:
//! - `NAME said: "…"` · `NAME once told me that "…"` · `NAME said in 2017, "…"`
//! - `"…," said NAME, "…"` for the part that follows
//! - `NAME: "…"`, also where the reader took the name for the label of a turn, when the corpus has a
//!   speaker of this name: most labels in front of a quotation are no names (`Rule: "…"`)
//! - `According to NAME, … "…"` · `In the words of NAME, "…"`
//! - `"…," NAME said. "…"`, unless someone is named behind it
//!
//! For a block quote: `— NAME` or `(NAME, 2017)` as its last line, behind its last sentence or as the
//! paragraph behind it; `NAME`, `(NAME)` or `NAME, On Tapes` as its last line and `<cite>NAME</cite>`,
//! when the corpus has a speaker of this name; else the rules for the sentence in front, when it ends in a colon.
//!
//! Two rules that name two people cancel out, but for the sentence that leads on to the next
//! quotation: `"…," said Ana, and Ben replied, "…"`.

mod names;

use names::{Token, ending, starting, tokens};

use super::marks::is_dash;
use crate::{text::TextSpan, words::sentences::sentences};

/// A quotation and what is around it in its turn.
#[derive(Clone, Copy)]
pub(super) struct Near<'a> {
    pub(super) text: &'a str,
    /// The quotation with its marks.
    pub(super) quotation: TextSpan,
    /// Where the quotation in front of it ends.
    pub(super) after: Option<usize>,
    /// Where the next quotation starts.
    pub(super) before: Option<usize>,
    /// Blocks or ends of the text, which no sentence runs over.
    pub(super) limits: TextSpan,
    /// The note right behind it, where its format keeps notes apart from the text.
    pub(super) note: Option<&'a str>,
    /// Whether the corpus has a speaker of a name.
    pub(super) known: Known<'a>,
}

/// Tells whether the corpus has a speaker whom a name fits.
pub type Known<'a> = &'a dyn Fn(&str) -> bool;

/// How much of a sentence is looked at, in bytes.
const WINDOW: usize = 600;

/// Whom the sentence around a quotation names.
pub(super) fn inline(near: &Near<'_>) -> Option<String> {
    let Near { text, quotation, .. } = *near;
    let lower = near.limits.start.max(near.after.unwrap_or(0)).min(quotation.start);
    let front = &text[lower..quotation.start];
    let front = &front[front.ceil_char_boundary(front.len().saturating_sub(WINDOW))..];
    let joined = near.after == Some(lower) && lower > 0 && !front.contains("\n\n");
    let front = front.rsplit("\n\n").next().unwrap_or(front);

    let upper = near.limits.end.min(near.before.unwrap_or(usize::MAX)).max(quotation.end);
    let rest = &text[quotation.end..upper];
    let rest = &rest[..rest.floor_char_boundary(WINDOW)];
    let leads_on = near.before == Some(upper) && !rest.contains("\n\n");
    let rest = rest.split("\n\n").next().unwrap_or(rest);

    let inside = &text[..quotation.end];
    let inside = inside.trim_end_matches(|it| super::marks::is_mark(it) || it == '\'');
    let ended = inside.ends_with('.') && !inside.ends_with("..");
    let behind = behind(rest, ended, leads_on).or_else(|| noted(near));
    match (before(front, joined, near.known), behind) {
        (Some(before), Some(behind)) if before != behind => leads_on.then_some(before),
        (before, behind) => {
            before.or(behind).or_else(|| if joined { continued(front) } else { None })
        }
    }
}

/// Whom the lines around a block quote name. `signature` is the name under it.
pub(super) fn block(
    text: &str,
    lines: TextSpan,
    signature: Option<&str>,
    known: Known<'_>,
) -> Option<String> {
    if let Some(signature) = signature {
        return signed(signature);
    }
    let rest = text[lines.end..].trim_start();
    let next = rest.split('\n').next().unwrap_or_default();
    if let Some(name) = self::signature(next) {
        return signed(name);
    }
    let front = text[..lines.start].trim_end();
    let front = &front[front.ceil_char_boundary(front.len().saturating_sub(WINDOW))..];
    let front = front.rsplit("\n\n").next().unwrap_or(front);
    if front.ends_with([':', ',']) { before(front, false, known) } else { None }
}

/// What a line says behind a dash, or in brackets with a year, when it only names someone.
pub(super) fn signature(line: &str) -> Option<&str> {
    let line = line.trim();
    let name = line.trim_start_matches(is_dash).trim_start();
    let short = name.split_whitespace().count() <= 20;
    if name.len() < line.len() {
        return Some(name).filter(|_| short && signed(name).is_some());
    }
    let inner = line.strip_prefix('(')?.trim_end_matches('.').strip_suffix(')')?;
    (short && in_brackets(line).is_some()).then_some(inner)
}

/// Where the signature stands that a line has behind its last sentence, and what it says: `… left every
/// breath in. — Ana King`, `… left every breath in. (King, 2017)`.
pub(super) fn signature_behind(line: &str) -> Option<(usize, &str)> {
    let begins = |(at, c): &(usize, char)| {
        (is_dash(*c) || *c == '(') && line[..*at].ends_with(char::is_whitespace)
    };
    let (at, mark) = line.char_indices().rev().find(begins)?;
    let sentence = line[..at].trim_end();
    // With a year or a page, brackets may stand inside the sentence: `… in (King, 2017).`
    if mark != '('
        && !sentence.ends_with(|c| matches!(c, '.' | '!' | '?' | '…') || super::marks::is_mark(c))
    {
        return None;
    }
    Some((at, signature(&line[at..])?))
}

/// What a line says that has nothing but the name of someone in the corpus, perhaps in brackets, and
/// perhaps a title behind it: `Ana King`, `(Ana King)`, `Ana King, On Tapes`. What is quoted must
/// have ended `above` it.
pub(super) fn name_alone<'a>(line: &'a str, above: &str, known: Known<'_>) -> Option<&'a str> {
    let ended = |text: &str| text.ends_with(['.', '!', '?', '…']);
    let is_end = |c: char| super::marks::is_mark(c) || c.is_ascii_digit();
    let line = line.trim();
    let inner = line.strip_prefix('(').and_then(|it| it.strip_suffix(')')).unwrap_or(line);
    let short = inner.split_whitespace().count() <= 10;
    let closed = ended(above.trim_end_matches(is_end)) || above.ends_with(super::marks::is_mark);
    (short && closed && !ended(line) && names_known(inner, known)).then_some(inner)
}

/// Whether a signature begins with the name of someone in the corpus.
pub(super) fn names_known(line: &str, known: Known<'_>) -> bool {
    signed(line).is_some_and(|name| known(&name))
}

/// The name at the start of a signature: `Ana King, On Tapes (2017)`.
fn signed(line: &str) -> Option<String> {
    let (_, tokens) = tokens(line);
    let (name, length) = starting(&tokens)?;
    let ends = !tokens[length - 1].behind.is_empty();
    let dated = tokens.get(length).is_none_or(|next| is_year(next.word));
    (ends || dated).then_some(name)
}

/// Whom the note right behind a quotation names.
fn noted(near: &Near<'_>) -> Option<String> {
    let behind = &near.text[near.quotation.end..];
    let rest = behind.trim_start_matches(['.', ',', ';', ':', '!', '?', ' ']);
    let note = if let Some(note) = near.note {
        note.split('\n').next()?
    } else if let Some(inline) = rest.strip_prefix("^[") {
        inline.split(']').next()?
    } else {
        let label = rest.strip_prefix("[^")?.split(']').next()?;
        let (_, note) = behind.split_once(&format!("\n[^{label}]:"))?;
        note.split('\n').next()?
    };
    let (_, tokens) = tokens(note);
    let (name, length) = starting(&tokens)?;
    let parted = tokens[length - 1].behind.starts_with([',', '.', '(']);
    let is_page = |word: &str| matches!(word, "p" | "pp" | "page" | "pages");
    let is_source = tokens[length..].iter().any(|it| is_year(it.word) || is_page(it.word));
    (length > 1 && parted && is_source).then_some(name)
}

fn behind(rest: &str, ended: bool, leads_on: bool) -> Option<String> {
    let rest = rest.trim_start_matches(|it: char| it.is_whitespace() && it != '\n');
    if let Some(name) = in_brackets(rest) {
        return Some(name);
    }
    let dash = rest.trim_start_matches(is_dash);
    if dash.len() < rest.len() && !leads_on {
        return at_end(dash);
    }
    if rest.starts_with(['.', ':', ';', '!', '?']) || (ended && !rest.starts_with(',')) {
        return None;
    }
    let sentence = sentences(rest).first().map_or("", |span| &rest[span.range()]);
    let (_, tokens) = tokens(sentence);
    match tokens.as_slice() {
        [first, ..] if is_verb(first.word) && first.behind.is_empty() => name(&tokens[1..]),
        [to, second, ..] if to.word == "according" && second.word == "to" => name(&tokens[2..]),
        [first, ..] if first.word == "as" => says(&tokens[1..]),
        _ => says(&tokens),
    }
}

fn name(tokens: &[Token<'_>]) -> Option<String> {
    starting(tokens).map(|it| it.0)
}

/// `NAME says`, `NAME, a drummer, says`, `NAME has often said`.
fn says(tokens: &[Token<'_>]) -> Option<String> {
    let (name, length) = starting(tokens)?;
    let mut rest = &tokens[length..];
    if tokens[length - 1].behind == "," {
        let end = rest.iter().take(6).position(|token| token.behind == ",")?;
        rest = &rest[end + 1..];
    } else if !tokens[length - 1].behind.is_empty() {
        return None;
    }
    let adverbs = rest.iter().take_while(|token| is_adverb(token.word)).count();
    is_saying(rest, adverbs).then_some(name)
}

/// `NAME` before the end, `NAME, On Tapes` or `NAME (2017)`.
fn at_end(rest: &str) -> Option<String> {
    let (_, tokens) = tokens(rest);
    let (name, length) = starting(&tokens)?;
    let behind = tokens[length - 1].behind;
    let last = length == tokens.len();
    let titled =
        tokens.len() - length <= 10 && (behind.starts_with(',') || behind.starts_with('('));
    (last || titled).then_some(name)
}

/// `(NAME, 2017)`, `(NAME 2017, p. 4)`, `(NAME, p. 4)`.
fn in_brackets(rest: &str) -> Option<String> {
    let (inner, _) = rest.strip_prefix('(')?.split_once(')')?;
    if inner.contains(['&', ';', '\n']) {
        return None;
    }
    let (_, tokens) = tokens(inner);
    let (name, length) = starting(&tokens)?;
    let next = tokens.get(length)?;
    let is_year = is_year(next.word);
    let is_page = matches!(next.word, "p" | "pp" | "page" | "pages") && tokens.len() > length + 1;
    (is_year || is_page).then_some(name)
}

fn before(front: &str, joined: bool, known: Known<'_>) -> Option<String> {
    // A label on a line of its own, or in front of the quotation.
    let sentence = sentences(front).last().map(|span| &front[span.range()])?;
    let at_start = front.trim().len() == sentence.len();
    let (opening, tokens) = tokens(sentence);
    let end = tokens.last()?.behind;
    let attached = end.is_empty() || end == "," || end.starts_with(':') || end.ends_with(':');
    if !attached {
        return None;
    }
    if end.ends_with(':')
        && (at_start || opening.is_empty())
        && let Some((name, length)) = starting(&tokens)
        && length == tokens.len()
        && known(&name)
    {
        return Some(name);
    }
    according(&tokens).or_else(|| verb_first(&tokens, joined && at_start)).or_else(|| said(&tokens))
}

/// `According to NAME`, `In the words of NAME`, with anything behind it.
fn according(tokens: &[Token<'_>]) -> Option<String> {
    let opening = |words: &[&str]| {
        let same = |(token, word): (&Token<'_>, &&str)| token.word.eq_ignore_ascii_case(word);
        (tokens.len() > words.len() && tokens.iter().zip(words).all(same)).then_some(words.len())
    };
    let length =
        opening(&["according", "to"]).or_else(|| opening(&["in", "the", "words", "of"]))?;
    name(&tokens[length..])
}

/// `said NAME,` between two parts of a quotation.
fn verb_first(tokens: &[Token<'_>], joined: bool) -> Option<String> {
    let (first, rest) = tokens.split_first()?;
    if !joined || !is_verb(first.word) {
        return None;
    }
    name(rest)
}

/// How many words may stand between the verb and the quotation.
const BETWEEN: usize = 8;

/// `NAME said`, `NAME told me that`, `NAME said in 2017`.
fn said(tokens: &[Token<'_>]) -> Option<String> {
    let verb = (0..tokens.len()).rfind(|at| is_saying(tokens, *at))?;
    if tokens.len() - verb > BETWEEN + 1
        || !tokens[verb].behind.is_empty() && verb + 1 < tokens.len()
    {
        return None;
    }
    let close = tokens.len() - verb == 1
        || tokens[tokens.len() - 1].word == "that"
        || !tokens[tokens.len() - 1].behind.is_empty()
        || is_adverb(tokens[tokens.len() - 1].word);
    if !close {
        return None;
    }
    let adverbs = tokens[..verb].iter().rev().take_while(|token| is_adverb(token.word)).count();
    let subject = &tokens[..verb - adverbs];
    let appositive = subject.last().filter(|token| token.behind == ",").and_then(|_| {
        let earlier = &subject[..subject.len() - 1];
        let start = earlier.iter().rposition(|token| token.behind == ",")?;
        (subject.len() - start <= 7).then(|| &subject[..=start])
    });
    let (name, _) = ending(appositive.unwrap_or(subject))?;
    let ends_open = appositive.is_some() || subject.last().is_some_and(|it| it.behind.is_empty());
    ends_open.then_some(name)
}

/// `NAME said.` or `said NAME.` between two quotations of one paragraph.
fn continued(front: &str) -> Option<String> {
    let front = front.trim_start_matches(|it: char| it.is_whitespace() || it == ',');
    let (_, tokens) = tokens(front);
    let alone = tokens.last()?.behind == "." && sentences(front).len() == 1;
    if !alone {
        return None;
    }
    let (first, rest) = tokens.split_first()?;
    if is_verb(first.word) {
        return starting(rest).filter(|(_, length)| *length == rest.len()).map(|it| it.0);
    }
    let (last, subject) = tokens.split_last()?;
    let (name, length) = starting(subject)?;
    (is_verb(last.word) && length == subject.len()).then_some(name)
}

/// Whether the word at a place says something: a verb of saying, or the `put` of `put it`.
fn is_saying(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| {
        let puts = matches!(token.word, "put" | "puts");
        is_verb(token.word) || (puts && tokens.get(at + 1).is_some_and(|it| it.word == "it"))
    })
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|it| it.is_ascii_digit())
}

fn is_verb(word: &str) -> bool {
    VERBS.binary_search(&word).is_ok()
}

fn is_adverb(word: &str) -> bool {
    ADVERBS.binary_search(&word).is_ok()
}

/// Verbs of saying, in the forms that follow or precede a name.
#[rustfmt::skip]
const VERBS: &[&str] = &[
    "added", "adds", "admits", "admitted", "agreed", "agrees", "announced", "announces",
    "answered", "answers", "argued", "argues", "asked", "asks", "claimed", "claims",
    "complained", "complains", "concluded", "concludes", "continued", "continues", "declared",
    "declares", "exclaimed", "explained", "explains", "insisted", "insists", "joked", "jokes",
    "mused", "muses", "noted", "notes", "observed", "observes", "posted", "quipped", "quips",
    "recalled", "recalls", "recounted", "recounts", "remarked", "remarks", "remembered",
    "remembers", "replied", "replies", "reported", "reports", "said", "saying", "says",
    "shouted", "stated", "states", "suggested", "suggests", "tells", "told", "tweeted",
    "tweets", "warned", "warns", "whispered", "writes", "wrote",
];

/// What may stand between a name and its verb.
#[rustfmt::skip]
const ADVERBS: &[&str] = &[
    "actually", "again", "also", "always", "both", "even", "eventually", "famously", "finally",
    "first", "had", "has", "herself", "himself", "just", "later", "long", "now", "often",
    "once", "only", "quietly", "recently", "rightly", "simply", "sometimes", "still", "then",
    "there",
];

#[cfg(test)]
mod tests;
