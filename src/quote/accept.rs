//! Marks by which an author lets a quotation stand as it is.
//!
//! `<!-- pullquote: accept -->` in Markdown and HTML, `% pullquote: accept` in LaTeX, and
//! `[pullquote: accept]` in the text of any format. A reason may follow: `accept, by telephone`. A
//! mark speaks of the last quotation in front of it in its paragraph; where it stands alone, of the
//! last one in the paragraph above. What is accepted is reported as such, never hidden.

use super::{Markup, Quotation};
use crate::{
    place::LineColumn,
    text::{Part, TextSpan},
    transcript::Transcript,
};

/// What all marks say.
const WORDS: &str = "pullquote:";
const ACCEPT: &str = "accept";

/// Marks the quotations that the author accepts, with the reasons given (which may be empty), and
/// gives the lines of the marks that speak of none.
///
/// `source` is the manuscript as it was decoded, empty where it is not text.
pub fn accept(
    manuscript: &Transcript,
    source: &str,
    markup: &Markup,
    quotations: &mut [Quotation],
) -> Vec<Option<u32>> {
    let mut stray = Vec::new();
    let mut accept = |turn: usize, mark: usize, reason: String| {
        let paragraph = paragraph_before(manuscript.turns[turn].text.as_str(), mark);
        let ends_here = |quotation: &&mut Quotation| {
            let end = quotation.span.end;
            quotation.turn == turn && end > paragraph && end <= mark
        };
        let found = quotations.iter_mut().rfind(ends_here);
        let is_found = found.is_some();
        if let Some(quotation) = found {
            quotation.accepted = Some(reason);
        }
        is_found
    };
    for (start, reason) in comments(source) {
        if markup.is_code(start) {
            continue;
        }
        let position = position(manuscript, start);
        if !position.is_some_and(|(turn, at)| accept(turn, at, reason)) {
            stray.push(Some(LineColumn::START.after(&source[..start]).line));
        }
    }
    for (number, turn) in manuscript.turns.iter().enumerate() {
        for (start, reason) in brackets(turn.text.as_str()) {
            if !accept(number, start, reason) {
                let place = turn.text.place(TextSpan::new(start, start + 1));
                stray.push(place.source.map(|it| it.at.line));
            }
        }
    }
    stray
}

/// The turn with the last words in front of a byte of the file, and where they end in its text.
fn position(manuscript: &Transcript, byte: usize) -> Option<(usize, usize)> {
    manuscript.turns.iter().enumerate().rev().find_map(|(number, turn)| {
        let end_of = |(part, string): (Part, &str)| {
            let source = part.place.source.filter(|source| source.start < byte)?;
            let is_copy = source.len() == string.len();
            let length = if is_copy { byte - source.start } else { string.len() };
            Some(part.start + string.floor_char_boundary(length))
        };
        turn.text.pieces().filter_map(end_of).max().map(|end| (number, end))
    })
}

/// The marks in comments: where each starts, and the reason it gives.
fn comments(source: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for at in memchr::memmem::find_iter(source.as_bytes(), WORDS) {
        let before = source[..at].trim_end_matches([' ', '\t']);
        let behind = &source[at + WORDS.len()..];
        let (start, inner) = if before.ends_with("<!--") {
            let Some(end) = behind.find("-->") else { continue };
            (before.len() - 4, &behind[..end])
        } else if before.ends_with('%') {
            (before.trim_end_matches('%').len(), behind.split(['\n', '\r']).next().unwrap_or(""))
        } else {
            continue;
        };
        found.extend(reason(inner).map(|reason| (start, reason)));
    }
    found
}

/// The marks in a text: where each starts, and the reason it gives.
fn brackets(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), WORDS) {
        let Some(start) = text[..at].trim_end_matches(' ').strip_suffix('[') else { continue };
        let behind = &text[at + WORDS.len()..];
        let Some(end) = behind.find(']') else { continue };
        found.extend(reason(&behind[..end]).map(|reason| (start.len(), reason)));
    }
    found
}

/// What follows the word itself; `None` where that is not said.
fn reason(inner: &str) -> Option<String> {
    let rest = inner.trim().strip_prefix(ACCEPT)?;
    let is_word = rest.chars().next().is_none_or(|it| !it.is_alphanumeric());
    let reason = rest.trim_start_matches(|it: char| it.is_whitespace() || ",:;-–—".contains(it));
    is_word.then(|| reason.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Where the paragraph begins that a mark belongs to: its own, or the one above when nothing stands
/// in front of it there.
fn paragraph_before(text: &str, mark: usize) -> usize {
    let end = text[..mark].trim_end_matches(|it: char| it.is_whitespace() || it == '>').len();
    let mut start = end;
    for line in text[..end].rsplit('\n') {
        if line.trim_matches(|it: char| it.is_whitespace() || it == '>').is_empty() {
            break;
        }
        start = start.saturating_sub(line.len() + 1);
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{quote::quotations, read};

    /// A quotation, and why it is accepted.
    type Reasoned = (String, Option<String>);

    /// The quotations of a manuscript with the reasons why they are accepted, and stray marks.
    fn accepted(name: &str, source: &str) -> (Vec<Reasoned>, Vec<Option<u32>>) {
        let document = read::read(name, source.as_bytes(), &read::Options::default()).unwrap();
        let markup = Markup::of(document.format, source);
        let mut found = quotations(&document.transcript, &markup, &|_| true);
        let stray = accept(&document.transcript, source, &markup, &mut found);
        (found.into_iter().map(|it| (it.text, it.accepted)).collect(), stray)
    }

    fn some(text: &str, reason: &str) -> Reasoned {
        (text.to_owned(), Some(reason.to_owned()))
    }

    fn none(text: &str) -> Reasoned {
        (text.to_owned(), None)
    }

    #[test]
    fn a_comment_accepts_the_quotation_in_front_of_it() {
        let source =
            "He said \"one two\" and \"three\". <!-- pullquote: accept --> Then \"four\".\n";
        let found = accepted("a.md", source);
        assert_eq!(found, (vec![none("one two"), some("three", ""), none("four")], vec![]));
    }

    #[test]
    fn a_comment_alone_accepts_the_block_quote_above() {
        let source = "> one two\n>\n> three\n\n<!-- pullquote: accept, by telephone -->\n\nSo.\n";
        let found = accepted("a.md", source);
        assert_eq!(found, (vec![some("one two\n\nthree", "by telephone")], vec![]));
    }

    #[test]
    fn a_mark_in_the_text_works_in_every_format() {
        let found = accepted("a.txt", "He said \"one two\" [pullquote: accept: on tape] then.\n");
        assert_eq!(found, (vec![some("one two", "on tape")], vec![]));
    }

    #[test]
    fn a_comment_in_a_page_speaks_of_its_own_paragraph() {
        let source = "<html><body>\n<p>He said \"one two\" &amp; so. <!-- pullquote: accept --></p>\n\
                      <p>She said \"three\".</p>\n<p>No. <!-- pullquote: accept --></p>\n\
                      <blockquote><p>four</p></blockquote>\n<!-- pullquote: accept, again -->\n</body>";
        let expected = vec![some("one two", ""), none("three"), some("four", "again")];
        assert_eq!(accepted("a.html", source), (expected, vec![Some(4)]));
    }

    #[test]
    fn a_mark_without_a_quotation_is_stray() {
        let source = "He said \"one two\".\n\nNothing here. <!-- pullquote: accept -->\n";
        assert_eq!(accepted("a.md", source), (vec![none("one two")], vec![Some(3)]));
    }

    #[test]
    fn what_only_looks_like_a_mark_is_none() {
        for source in [
            "\"one\" <!-- pullquote: acceptable -->\n",
            "\"one\" `<!-- pullquote: accept -->`\n",
            "\"one\" <!-- pullquote: reject -->\n",
            "\"one\" pullquote: accept\n",
        ] {
            assert_eq!(accepted("a.md", source), (vec![none("one")], vec![]), "{source}");
        }
    }
}
