//! Which quotation marks belong together, paragraph by paragraph.
//!
//! - A quotation ends in the paragraph in which it starts, unless the next paragraph opens with its
//!   mark again, and so on to the one that closes it.
//! - A mark without a partner is ignored; so are apostrophes, inches and what stands in code.
//! - `"` is taken by what is around it. Where one opens while another is open, they nest if both
//!   are closed; otherwise the first was alone.

use super::marks::{Around, Mark, Shape};
use crate::text::TextSpan;

/// Two marks and what they repeat between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) open: TextSpan,
    pub(super) close: TextSpan,
    /// Marks that opened the quotation again in a later paragraph.
    pub(super) reopened: Vec<TextSpan>,
}

/// A mark that waits for its partner.
#[derive(Clone, Debug)]
pub(super) struct Open {
    shape: Shape,
    span: TextSpan,
    reopened: Vec<TextSpan>,
    /// Whether a quotation of the same shape closed inside it: then it was alone.
    outlived: bool,
}

impl Open {
    /// Where it stands, unless it may be an apostrophe.
    pub(super) fn mark(&self) -> Option<TextSpan> {
        (!self.shape.is_single()).then_some(self.span)
    }
}

/// More open marks than this are an accident; the oldest are forgotten.
const DEEPEST: usize = 16;

/// Pairs the marks of one paragraph, which is a span of a text.
///
/// `pending` is what the paragraph before left open; what this one leaves open is given back.
pub(super) fn pair_up(
    text: &str,
    paragraph: TextSpan,
    pending: Option<Open>,
    is_code: impl Fn(usize) -> bool,
    pairs: &mut Vec<Pair>,
) -> Option<Open> {
    let mut open: Vec<Open> = Vec::new();
    let string = &text[paragraph.range()];
    let mut at = string.len() - string.trim_start().len();
    if let Some(mut pending) = pending
        && let Some((mark, length)) = Mark::at(&string[at..])
        && goes_on(pending.shape, mark)
    {
        let again = TextSpan::new(at, at + length).shifted(paragraph.start);
        pending.reopened.push(again);
        open.push(pending);
        at += length;
    }
    while let Some(found) = string[at..].find(may_be_mark) {
        at += found;
        let Some((mark, length)) = Mark::at(&string[at..]) else {
            at += string[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        let around = Around { before: &string[..at], behind: &string[at + length..] };
        let span = TextSpan::new(at, at + length).shifted(paragraph.start);
        at += length;
        if is_code(span.start) {
            continue;
        }
        match role(mark, around, &open) {
            Role::Nothing => {}
            Role::Opens(shape) => {
                if open.len() == DEEPEST {
                    open.remove(0);
                }
                open.push(Open { shape, span, reopened: Vec::new(), outlived: false });
            }
            Role::Closes(which) => {
                open.truncate(which + 1);
                if let Some(closed) = open.pop() {
                    for outer in open.iter_mut().filter(|it| it.shape == closed.shape) {
                        outer.outlived = true;
                    }
                    pairs.push(Pair { open: closed.span, close: span, reopened: closed.reopened });
                }
            }
        }
    }
    let left = open.iter().position(|it| !it.outlived && !it.shape.is_single());
    let left = left.or_else(|| open.iter().position(|it| !it.outlived));
    left.map(|which| open.swap_remove(which))
}

fn may_be_mark(character: char) -> bool {
    super::marks::is_mark(character) || matches!(character, '`' | '\'')
}

/// Whether a mark at the start of a paragraph opens a quotation again. French also repeats `»`.
fn goes_on(shape: Shape, mark: Mark) -> bool {
    Shape::opened_by(mark) == Some(shape)
        || (shape == Shape::Guillemets && mark == Mark::Character('»'))
}

enum Role {
    Opens(Shape),
    /// Closes the quotation with this number.
    Closes(usize),
    Nothing,
}

fn role(mark: Mark, around: Around<'_>, open: &[Open]) -> Role {
    let closes = || open.iter().rposition(|it| it.shape.is_closed_by(mark)).map(Role::Closes);
    let opens = Shape::opened_by(mark).map(Role::Opens);
    let role = match mark {
        Mark::Backticks => opens.filter(|_| around.touches_behind()),
        Mark::Character('"') => straight(around, open, closes(), opens),
        Mark::Character('“' | '„' | '‚' | '「' | '『') => {
            let low = open.last().is_some_and(|it| it.shape == Shape::Low);
            closes().filter(|_| low && around.may_close()).or(opens)
        }
        Mark::Character('‘') => {
            let low = open.last().is_some_and(|it| it.shape == Shape::SingleLow);
            let begins = opens.filter(|_| around.may_open() && !around.is_elision());
            closes().filter(|_| low && around.may_close()).or(begins)
        }
        Mark::Character('’') => {
            closes().filter(|_| around.may_close() && !around.is_apostrophe())
        }
        Mark::Character('”') => closes().or(opens.filter(|_| around.may_open())),
        Mark::Character('«' | '‹') => {
            closes().filter(|_| !around.may_open() && around.may_close()).or(opens)
        }
        Mark::Character('»' | '›') => {
            let straight = closes().filter(|role| match role {
                // French sets a space before the mark that closes; `»…»` never does.
                Role::Closes(which) => {
                    matches!(open[*which].shape, Shape::Guillemets | Shape::SingleGuillemets)
                        || around.may_close()
                }
                _ => false,
            });
            straight.or(opens.filter(|_| around.may_open()))
        }
        Mark::Character(_) | Mark::Primes => closes(),
    };
    role.unwrap_or(Role::Nothing)
}

fn straight(
    around: Around<'_>,
    open: &[Open],
    closes: Option<Role>,
    opens: Option<Role>,
) -> Option<Role> {
    let is_measure = around.follows_number() && {
        let inside = open.last().is_some_and(|it| it.shape == Shape::Straight);
        !inside || around.next_straight_closes()
    };
    if is_measure {
        return None;
    }
    if around.may_open() && !(around.follows_dash() && closes.is_some()) {
        return opens;
    }
    closes.or(opens.filter(|_| around.may_open_sloppily()))
}

/// The pairs that are inside no other, in order.
pub(super) fn outermost(mut pairs: Vec<Pair>) -> Vec<Pair> {
    pairs.sort_unstable_by_key(|pair| pair.open);
    let mut reached = 0;
    pairs.retain(|pair| {
        let outer = pair.open.start >= reached;
        if outer {
            reached = pair.close.end;
        }
        outer
    });
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is quoted in paragraphs.
    fn quoted(paragraphs: &[&str]) -> Vec<String> {
        let text = paragraphs.join("\n\n");
        let (mut pairs, mut pending, mut start) = (Vec::new(), None, 0);
        for paragraph in paragraphs {
            let span = TextSpan::new(start, start + paragraph.len());
            pending = pair_up(&text, span, pending, |_| false, &mut pairs);
            start = span.end + 2;
        }
        let inner = |pair: Pair| text[pair.open.end..pair.close.start].to_owned();
        outermost(pairs).into_iter().map(inner).collect()
    }

    #[test]
    fn marks_of_every_shape_quote() {
        for text in [
            "so \"a b\" c",
            "so “a b” c",
            "so “a b\" c",
            "so „a b“ c",
            "so „a b” c",
            "so ”a b” c",
            "so «a b» c",
            "so »a b« c",
            "so »a b» c",
            "so ‹a b› c",
            "so ‘a b’ c",
            "so ‚a b‘ c",
            "so ``a b'' c",
            "so 「a b」 c",
            "said:\"a b\" c",
            "(\"a b\")",
            "\"a b\"—c",
            "*\"a b\"*",
        ] {
            assert_eq!(quoted(&[text]), ["a b"], "{text}");
        }
    }

    #[test]
    fn nested_quotations_belong_to_the_outer_one() {
        for (text, outer) in [
            ("“a ‘b’ c “d” e”", "a ‘b’ c “d” e"),
            ("\"she said \"go home\" and left\" so", "she said \"go home\" and left"),
            ("„a ‚b‘ c“", "a ‚b‘ c"),
            ("« a « b » c »", " a « b » c "),
            ("‘a “b” c’ d", "a “b” c"),
        ] {
            assert_eq!(quoted(&[text]), [outer], "{text}");
        }
    }

    #[test]
    fn inches_feet_and_apostrophes_are_no_marks() {
        for text in [
            "a 12\" single and a 7\" one",
            "he is 6'2\" tall, she 5'9\"",
            "the artists’ best ‘em ‘90s don’t",
            "rock ‘n’ roll",
            "'tis the artists' own",
        ] {
            assert_eq!(quoted(&[text]), Vec::<String>::new(), "{text}");
        }
        assert_eq!(quoted(&["\"the 12\" single is great\" he"]), ["the 12\" single is great"]);
        assert_eq!(quoted(&["“the 12\" single is great” he"]), ["the 12\" single is great"]);
        assert_eq!(quoted(&["\"in 1999\" and \"in 2000\""]), ["in 1999", "in 2000"]);
        assert_eq!(quoted(&["‘the artists’ best work’ he"]), ["the artists’ best work"]);
    }

    #[test]
    fn a_lone_mark_is_ignored() {
        assert_eq!(quoted(&["a \"b c. Then \"d e\" f"]), ["d e"]);
        assert_eq!(quoted(&["a “b c", "d” e \"f\""]), ["f"]);
        assert_eq!(quoted(&["a b\" c"]), Vec::<String>::new());
    }

    #[test]
    fn a_quotation_goes_on_where_its_mark_opens_again() {
        for paragraphs in [["“a b", "“c d” e"], ["\"a b", "\"c d\" e"], ["«a b", "»c d» e"]]
        {
            assert_eq!(quoted(&paragraphs).len(), 1, "{paragraphs:?}");
        }
        assert_eq!(quoted(&["“a", "“b", "“c” d “e”"]), ["a\n\n“b\n\n“c", "e"]);
        assert_eq!(quoted(&["“a", "b", "“c” d"]), ["c"]);
    }

    #[test]
    fn an_interrupted_quotation_closes_after_its_dash() {
        assert_eq!(quoted(&["\"I was—\" he said. \"Go on—\""]), ["I was—", "Go on—"]);
    }
}
