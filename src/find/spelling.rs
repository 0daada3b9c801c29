//! Case and accents, where they count: how a word of the query was typed, to the letter.

use crate::{
    query::{Term, pattern::Pattern},
    words::{Counting, Words, fold::fold_counting},
};

/// How a word was typed. The words of a text that are folded as it asks are compared with this.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spelling {
    counting: Counting,
    typed: Typed,
}

#[derive(Clone, Debug, PartialEq)]
enum Typed {
    /// This word. Another form of it is compared as far as both begin with the same letters.
    Word(String),
    /// Words of this shape.
    Shape(Pattern),
    /// A regular expression: it is compared with folded words, in which nothing of this is left.
    Anything,
}

impl Spelling {
    /// How a word of a query was typed.
    pub(super) fn of(term: &Term, query: &str, counting: Counting) -> Self {
        let text = query.get(term.span.start..term.span.end).unwrap_or_default();
        let typed = match &term.pattern {
            Pattern::Regex { .. } => Typed::Anything,
            Pattern::Wildcard(_) => Typed::Shape(Pattern::Wildcard(shape(text, counting))),
            _ => Typed::Word(first_word(text, counting)),
        };
        Self { counting, typed }
    }

    /// Whether a word of a text, as it stands there, is spelled as this one is.
    pub(super) fn accepts(&self, word: &str) -> bool {
        let written = fold_counting(word, self.counting);
        match &self.typed {
            Typed::Word(typed) => agree(typed, &written),
            Typed::Shape(shape) => shape.accepts(&written),
            Typed::Anything => true,
        }
    }
}

fn first_word(text: &str, counting: Counting) -> String {
    let words = Words::of(text);
    let word = if words.is_empty() { text } else { &text[words.span(0).range()] };
    fold_counting(word, counting)
}

/// A word with `*` and `?` as it was typed. One character of a script without spaces was typed
/// without the `*` that it stands for.
fn shape(text: &str, counting: Counting) -> String {
    let text = text.trim_matches([',', '.', ';', ':', '!']).trim_end_matches('?');
    let mut shape = String::new();
    for piece in text.split_inclusive(['*', '?']) {
        let literal = piece.trim_end_matches(['*', '?']);
        shape.push_str(&fold_counting(literal, counting));
        shape.push_str(&piece[literal.len()..]);
    }
    if !shape.contains(['*', '?']) {
        shape.push('*');
    }
    shape
}

/// Whether two words are written alike, as far as they begin with the same letters.
fn agree(typed: &str, written: &str) -> bool {
    let folded = |c: char| fold_counting(c.encode_utf8(&mut [0; 4]), Counting::default());
    for (one, other) in typed.chars().zip(written.chars()) {
        if one != other {
            return folded(one) != folded(other);
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;

    const BOTH: Counting = Counting { case: true, accents: true };
    const CASE: Counting = Counting { case: true, accents: false };
    const ACCENTS: Counting = Counting { case: false, accents: true };

    fn accepts(query: &str, counting: Counting, word: &str) -> bool {
        let parsed = query::parse(query).unwrap();
        let mut accepted = None;
        parsed.root.as_ref().unwrap().each_wanted_term(&mut |term| {
            accepted.get_or_insert(Spelling::of(term, query, counting).accepts(word));
        });
        accepted.unwrap()
    }

    #[test]
    fn a_word_is_compared_with_what_was_typed() {
        for (query, counting, word, accepted) in [
            ("Apple", CASE, "Apple", true),
            ("Apple", CASE, "apple", false),
            ("Apple", CASE, "APPLE", false),
            ("Apple", ACCENTS, "apple", true),
            ("Liège", ACCENTS, "liège", true),
            ("Liège", ACCENTS, "Liege", false),
            ("Liege", ACCENTS, "Liège", false),
            ("Liège", CASE, "Liege", true),
            ("Liège", BOTH, "Lie\u{300}ge", true),
            ("Straße", CASE, "Strasse", true),
            ("don't", BOTH, "don’t", true),
        ] {
            assert_eq!(accepts(query, counting, word), accepted, "{query} {word}");
        }
    }

    #[test]
    fn other_forms_are_compared_as_far_as_they_are_the_same() {
        for (query, word, accepted) in [
            ("Record", "Recording", true),
            ("record", "Recording", false),
            ("Recording", "record", false),
            ("iovne~", "iovine", true),
            ("Iovne~", "iovine", false),
            ("sounds:Smith", "Schmidt", true),
            ("sounds:Smith", "schmidt", false),
        ] {
            assert_eq!(accepts(query, CASE, word), accepted, "{query} {word}");
        }
    }

    #[test]
    fn the_letters_of_a_shape_are_compared_and_a_regular_expression_is_not() {
        assert!(accepts("Rec*", CASE, "Record") && !accepts("Rec*", CASE, "record"));
        assert!(accepts("*É", BOTH, "CAFÉ") && !accepts("*É", BOTH, "CAFE"));
        assert!(accepts("/rec.*/", BOTH, "Record"));
        assert!(accepts("楽", BOTH, "楽史"));
    }
}
