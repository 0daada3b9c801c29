//! How the prepared text of a field is cut into terms.
//!
//! Words are found and folded by [`crate::words`] alone, while files are read; what reaches tantivy
//! are folded words with a space between, so that cutting them is all that is left to do here.

use tantivy::tokenizer::{RawTokenizer, Token, TokenStream, Tokenizer, TokenizerManager};

/// Folded words of a passage, a space between two.
pub(super) const PASSAGE: &str = "passage";
/// The whole value is one term.
pub(super) const WHOLE: &str = "whole";
/// One term a line.
pub(super) const LINES: &str = "lines";

/// Marks the first word of a passage when it is indexed once more as such.
///
/// With these, a phrase that runs over a passage border is proposed by two short postings lists
/// instead of two long ones. They sort before all words.
pub(super) const FIRST: char = '\u{2}';
/// Marks the last word of a passage.
pub(super) const LAST: char = '\u{3}';

/// The tokenizers that the schema names.
pub(super) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::new();
    // tantivy asks for this one even for fields that are no text.
    manager.register("default", RawTokenizer::default());
    manager.register(
        PASSAGE,
        Separated { separator: b' ', marks_edges: true, token: Token::default() },
    );
    manager.register(
        LINES,
        Separated { separator: b'\n', marks_edges: false, token: Token::default() },
    );
    manager.register(WHOLE, RawTokenizer::default());
    manager
}

#[derive(Clone)]
struct Separated {
    separator: u8,
    marks_edges: bool,
    token: Token,
}

impl Tokenizer for Separated {
    type TokenStream<'a> = Pieces<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Pieces<'a> {
        self.token.position = usize::MAX;
        self.token.position_length = 1;
        let next = if self.marks_edges { Next::First } else { Next::Piece };
        Pieces {
            rest: Some(text).filter(|text| !text.is_empty()),
            piece: "",
            separator: self.separator,
            marks_edges: self.marks_edges,
            next,
            token: &mut self.token,
        }
    }
}

/// What comes next out of a text.
enum Next {
    /// A piece, then, as the first one, the same with its mark.
    First,
    Piece,
    /// The piece that was the first, with its mark.
    MarkedFirst,
    /// The piece that was the last, with its mark.
    MarkedLast,
}

struct Pieces<'a> {
    rest: Option<&'a str>,
    piece: &'a str,
    separator: u8,
    marks_edges: bool,
    next: Next,
    token: &'a mut Token,
}

impl Pieces<'_> {
    fn set(&mut self, mark: Option<char>) -> bool {
        self.token.text.clear();
        self.token.text.extend(mark);
        self.token.text.push_str(self.piece);
        true
    }

    /// Whether there is a piece left; makes it the current one.
    fn cut(&mut self) -> bool {
        let Some(rest) = self.rest else { return false };
        if let Some(end) = memchr::memchr(self.separator, rest.as_bytes()) {
            self.piece = &rest[..end];
            self.rest = Some(&rest[end + 1..]);
        } else {
            self.piece = rest;
            self.rest = None;
        }
        self.token.position = self.token.position.wrapping_add(1);
        true
    }
}

impl TokenStream for Pieces<'_> {
    fn advance(&mut self) -> bool {
        match self.next {
            Next::First => {
                self.next = Next::MarkedFirst;
                self.cut() && self.set(None)
            }
            Next::MarkedFirst => {
                self.next = if self.rest.is_none() { Next::MarkedLast } else { Next::Piece };
                self.set(Some(FIRST))
            }
            Next::Piece => {
                let cut = self.cut();
                if cut && self.marks_edges && self.rest.is_none() {
                    self.next = Next::MarkedLast;
                }
                cut && self.set(None)
            }
            Next::MarkedLast => {
                self.next = Next::Piece;
                self.set(Some(LAST))
            }
        }
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(tokenizer: &str, text: &str) -> Vec<(usize, String)> {
        let mut analyzer = tokenizers().get(tokenizer).unwrap();
        let mut terms = Vec::new();
        analyzer.token_stream(text).process(&mut |token| {
            terms.push((token.position, token.text.clone()));
        });
        terms
    }

    fn expected(terms: &[(usize, &str)]) -> Vec<(usize, String)> {
        terms.iter().map(|(at, term)| (*at, (*term).to_owned())).collect()
    }

    #[test]
    fn the_first_and_the_last_word_of_a_passage_are_marked_as_well() {
        let words = [(0, "so"), (0, "\u{2}so"), (1, "it"), (2, "goes"), (2, "\u{3}goes")];
        assert_eq!(terms(PASSAGE, "so it goes"), expected(&words));
    }

    #[test]
    fn a_single_word_is_both_first_and_last() {
        assert_eq!(terms(PASSAGE, "so"), expected(&[(0, "so"), (0, "\u{2}so"), (0, "\u{3}so")]));
    }

    #[test]
    fn an_empty_text_has_no_terms() {
        assert_eq!(terms(PASSAGE, ""), expected(&[]));
        assert_eq!(terms(LINES, ""), expected(&[]));
    }

    #[test]
    fn lines_are_terms() {
        assert_eq!(terms(LINES, "a b\nc"), expected(&[(0, "a b"), (1, "c")]));
    }
}
