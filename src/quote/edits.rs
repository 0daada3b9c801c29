//! From the edits of an alignment to those that an editor is shown.
//!
//! An alignment is free to put any word of the text beside one that the quotation made up, and takes
//! words for the same whatever their capitals. A finding must not: the next turn's first word is no
//! other wording of this one's, and a capital that differs is what makes a quotation fail.

use std::ops::Range;

use super::{
    borders::first_from, locate::Source, normal::Normal, notes::Side, wording::other_case,
};
use crate::find::align::Edit;

/// The edits without words of passages in which nothing is as the quotation has it, before the first
/// words that are the same and after the last ones: what the quotation has there is missing.
pub(super) fn within_passages(diff: Vec<Edit>, source: &Source<'_>) -> Vec<Edit> {
    let same = |edit: &Edit| match edit {
        Edit::Same { text, .. } => Some(text.clone()),
        _ => None,
    };
    let first = diff.iter().position(|edit| same(edit).is_some());
    let last = diff.iter().rposition(|edit| same(edit).is_some());
    let (Some(first), Some(last)) = (first, last) else { return diff };
    let (Some(head), Some(tail)) = (same(&diff[first]), same(&diff[last])) else { return diff };
    let (words, passages) = (source.words(), &source.candidate.passages);
    let passages_to =
        |word: usize| passages.partition_point(|it| it.start <= words.span(word).start);
    let start = passages_to(head.start).checked_sub(1).map_or(0, |it| passages[it].start);
    let end = passages.get(passages_to(tail.end - 1)).map(|it| it.start);
    let start = first_from(words, start);
    let end = end.map_or(words.len(), |end| first_from(words, end));
    let mut kept = Vec::with_capacity(diff.len());
    for (at, edit) in diff.into_iter().enumerate() {
        let inside = |text: Range<usize>| {
            if (first..=last).contains(&at) {
                text
            } else {
                text.start.max(start)..text.end.min(end)
            }
        };
        push(
            &mut kept,
            match edit {
                Edit::Changed { quotation, text } => {
                    let text = inside(text);
                    if text.is_empty() {
                        Edit::Missing { quotation }
                    } else {
                        Edit::Changed { quotation, text }
                    }
                }
                Edit::Added { text } => Edit::Added { text: inside(text) },
                other => other,
            },
        );
    }
    kept
}

/// The edits with words that are spelt otherwise, such as with another capital, as changed ones.
pub(super) fn respelt(diff: Vec<Edit>, quotation: Side<'_>, source: Side<'_>) -> Vec<Edit> {
    let mut shown = Vec::with_capacity(diff.len());
    for edit in diff {
        let Edit::Same { quotation: quoted, text } = edit else {
            push(&mut shown, edit);
            continue;
        };
        for (a, b) in quoted.zip(text) {
            let (quoted, text) = (a..a + 1, b..b + 1);
            push(
                &mut shown,
                if is_respelt(quotation.slice(quoted.clone()), source.slice(text.clone())) {
                    Edit::Changed { quotation: quoted, text }
                } else {
                    Edit::Same { quotation: quoted, text }
                },
            );
        }
    }
    shown
}

/// A quotation's text with the letters in brackets, which start at some bytes of it, in the case in
/// which the source has them.
pub(super) fn with_letters_of(
    source: Side<'_>,
    diff: &[Edit],
    quotation: Side<'_>,
    letters: &[usize],
) -> String {
    let mut text = quotation.text.to_owned();
    for edit in diff {
        let Edit::Same { quotation: quoted, text: said } = edit else { continue };
        for (word, original) in quoted.clone().zip(said.clone()) {
            let start = quotation.words.span(word).start;
            let letter =
                quotation.text[start..].chars().next().filter(|_| letters.contains(&start));
            let Some(letter) = letter else { continue };
            let original = source.slice(original..original + 1);
            let other: String = other_case(letter).collect();
            // The others keep their places.
            if other.len() == letter.len_utf8() && original.starts_with(&other) {
                text.replace_range(start..start + other.len(), &other);
            }
        }
    }
    text
}

/// Whether a word that is the same when folded is written otherwise, but for the shape of its marks.
pub(super) fn is_respelt(word: &str, original: &str) -> bool {
    word != original && Normal::of(word).as_str() != Normal::of(original).as_str()
}

/// Adds an edit, to the last one where that is of its kind.
fn push(edits: &mut Vec<Edit>, edit: Edit) {
    match (edits.last_mut(), edit) {
        (_, Edit::Added { text }) if text.is_empty() => {}
        (Some(Edit::Same { quotation, text }), Edit::Same { quotation: more, text: more_text })
        | (
            Some(Edit::Changed { quotation, text }),
            Edit::Changed { quotation: more, text: more_text },
        ) if quotation.end == more.start && text.end == more_text.start => {
            (quotation.end, text.end) = (more.end, more_text.end);
        }
        (Some(Edit::Missing { quotation }), Edit::Missing { quotation: more })
            if quotation.end == more.start =>
        {
            quotation.end = more.end;
        }
        (_, edit) => edits.push(edit),
    }
}

/// The words of the text from the first to the last that some edits count.
pub(super) fn reach(edits: &[Edit]) -> Option<Range<usize>> {
    let of_text = edits.iter().filter_map(|edit| match edit {
        Edit::Same { text, .. } | Edit::Changed { text, .. } | Edit::Added { text } => {
            Some(text.clone())
        }
        Edit::Missing { .. } => None,
    });
    of_text.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end))
}
