//! From a text that is laid out to the turns that are copied from it.
//!
//! [`flow`](crate::read::flow) knows where each word came from and what its document sets apart
//! before the text is parted into turns, which drops labels and time marks and closes gaps. Here
//! both are found again in the turns.

use crate::{
    place::Place,
    text::{Text, TextSpan},
    transcript::{Set, Stretch},
};

/// A stretch in bytes of the text that is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Laid {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// As what it is set apart.
    pub set: Set,
}

impl Laid {
    /// Whether it has no words because it is a place between them.
    fn is_place(&self) -> bool {
        matches!(self.set, Set::NoteReference(_))
    }
}

/// Stretches that are asked for turn by turn, in order.
#[derive(Debug)]
pub struct Stretches {
    /// In order of their starts, the outer ones first.
    laid: Vec<Laid>,
    /// Those in front of this one have ended.
    first: usize,
}

/// A piece of a turn's text that copies the text that is laid out.
struct Copied {
    from: usize,
    to: usize,
    length: usize,
}

impl Stretches {
    /// The stretches of a document, in any order. Of block quotes inside each other the outermost
    /// counts, and of code.
    #[must_use]
    pub fn new(mut laid: Vec<Laid>) -> Self {
        laid.retain(|it| it.start < it.end || it.is_place());
        laid.sort_by_key(|it| (it.start, std::cmp::Reverse(it.end)));
        let (mut blocks, mut code) = (0, 0);
        laid.retain(|it| {
            let reached = match it.set {
                Set::BlockQuote => &mut blocks,
                Set::Code => &mut code,
                Set::NoteReference(_) | Set::Note(_) => return true,
            };
            let is_outer = it.end > *reached;
            *reached = it.end.max(*reached);
            is_outer
        });
        Self { laid, first: 0 }
    }

    /// The stretches of the next turn. `text` has bytes of the text that is laid out as its places.
    pub fn of_next(&mut self, text: &Text) -> Vec<Stretch> {
        if self.first == self.laid.len() {
            return Vec::new();
        }
        let copied = copied(text);
        let (Some(head), Some(tail)) = (copied.first(), copied.last()) else {
            return Vec::new();
        };
        let turn = head.from..tail.from + tail.length;
        while self.laid.get(self.first).is_some_and(|it| it.end <= turn.start) {
            self.first += 1;
        }
        let mut found = Vec::new();
        for laid in &self.laid[self.first..] {
            if laid.start > turn.end {
                break;
            }
            let end = end(&copied, laid.end);
            let start = if laid.is_place() { end } else { start(&copied, laid.start) };
            let here = laid.end > turn.start && (start < end || laid.is_place());
            if here {
                let string = &text.as_str()[start..end];
                // The space that was due in front of it does not belong to it.
                let start = end - string.trim_start().len();
                found.push(Stretch { span: TextSpan::new(start, end), set: laid.set });
            }
        }
        found
    }
}

fn copied(text: &Text) -> Vec<Copied> {
    let of_part = |(part, string): (crate::text::Part, &str)| {
        let source = part.place.source.filter(|source| source.len() == string.len())?;
        Some(Copied { from: source.start, to: part.start, length: string.len() })
    };
    text.pieces().filter_map(of_part).collect()
}

/// The first byte of a turn that comes from a byte or from behind it.
fn start(copied: &[Copied], byte: usize) -> usize {
    let next = copied.partition_point(|it| it.from + it.length <= byte);
    copied.get(next).map_or(usize::MAX, |it| it.to + byte.saturating_sub(it.from))
}

/// One past the last byte of a turn that comes from in front of a byte.
fn end(copied: &[Copied], byte: usize) -> usize {
    let before = copied.partition_point(|it| it.from < byte).checked_sub(1);
    before.map_or(0, |at| copied[at].to + (byte - copied[at].from).min(copied[at].length))
}

/// A text that was copied from a laid out one, with the places that this has in the file.
#[must_use]
pub fn placed(laid_out: &Text, text: &Text) -> Text {
    let mut placed = Text::default();
    for (part, string) in text.pieces() {
        let Some(span) = part.place.source else {
            placed.push(string, part.place);
            continue;
        };
        if span.len() != string.len() {
            let page = laid_out.place(TextSpan::new(span.start, span.end)).page;
            placed.push(string, Place { source: None, time: part.place.time, page });
            continue;
        }
        let original = laid_out.slice(TextSpan::new(span.start, span.end));
        for (from, string) in original.pieces() {
            placed.push(string, Place { time: part.place.time, ..from.place });
        }
    }
    placed
}

#[cfg(test)]
mod tests {
    use crate::{
        read::{
            flow::{Flow, Places},
            prose::Kind,
        },
        transcript::{NoteNumber, Set},
    };

    /// What is set apart in each turn.
    fn shown(flow: Flow) -> Vec<(String, Set)> {
        let mut found = Vec::new();
        for turn in flow.turns(&mut Vec::new()) {
            let text = turn.text.as_str();
            found
                .extend(turn.stretches.iter().map(|it| (text[it.span.range()].to_owned(), it.set)));
        }
        found
    }

    #[test]
    fn stretches_are_found_again_behind_labels_and_times() {
        let mut flow = Flow::new(Places::Nowhere);
        flow.set_bold(true);
        flow.text("Host:");
        flow.set_bold(false);
        flow.text(" [00:01:00] Type ");
        let code = flow.here();
        flow.text("let it");
        flow.set_apart(code, Set::Code);
        flow.text(" now");
        let place = flow.here();
        flow.set_apart(place, Set::NoteReference(NoteNumber(1)));
        flow.text(".");
        flow.paragraph(Kind::Prose);
        for words in ["one two", "three"] {
            let since = flow.here();
            flow.text(words);
            flow.set_paragraph_apart(since, Set::BlockQuote);
            flow.paragraph(Kind::Prose);
        }
        flow.text("Guest: No.");
        let expected = [
            ("let it".to_owned(), Set::Code),
            (String::new(), Set::NoteReference(NoteNumber(1))),
            ("one two\n\nthree".to_owned(), Set::BlockQuote),
        ];
        assert_eq!(shown(flow), expected);
    }

    #[test]
    fn of_block_quotes_inside_each_other_the_outermost_counts() {
        let mut flow = Flow::new(Places::Nowhere);
        let outer = flow.here();
        flow.text("one");
        flow.paragraph(Kind::Prose);
        let inner = flow.here();
        flow.text("two");
        flow.set_apart(inner, Set::BlockQuote);
        flow.set_apart(outer, Set::BlockQuote);
        flow.paragraph(Kind::Prose);
        flow.text("three");
        assert_eq!(shown(flow), [("one\n\ntwo".to_owned(), Set::BlockQuote)]);
    }
}
