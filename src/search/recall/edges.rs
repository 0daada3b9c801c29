//! Where the true wording begins and ends.
//!
//! An alignment puts every word of a quotation beside some word of the text where that is cheaper than
//! leaving it out. At the edges of what was found that may be a word of the sentence before or behind,
//! which has nothing to do with the quotation. It changes how near two passages are to each other only
//! when it is taken away, so it stays in the similarity and goes from the wording.

use std::ops::Range;

use crate::{
    find::{WordSpan, align::Alignment, align::Edit},
    words::{Words, sentences::sentences},
};

/// How many letters two forms of a word have in common at their start, at least.
const ALIKE: usize = 4;

/// An alignment without the words at its edges that are in another sentence than the first or last
/// words that are the same, unless one of them is a form of what was remembered. What was remembered
/// there is missing then.
pub(super) fn trimmed(
    alignment: &Alignment,
    quotation: &Words,
    text: &str,
    words: &Words,
) -> Alignment {
    let same = |edit: &Edit| match edit {
        Edit::Same { text, .. } => Some(text.clone()),
        _ => None,
    };
    let diff = &alignment.diff;
    let (Some(head), Some(tail)) = (diff.iter().find_map(same), diff.iter().rev().find_map(same))
    else {
        return alignment.clone();
    };
    let whole = range(alignment.span);
    let before = words.span(whole.start).start;
    let own = sentences(&text[before..words.span(head.start).end]).last().map(|it| it.start);
    let mut start = first_from(words, before + own.unwrap_or(0)).max(whole.start);
    let behind = words.span(tail.end - 1).start;
    let next = sentences(&text[behind..words.span(whole.end - 1).end]).get(1).map(|it| it.start);
    let mut end = next.map_or(whole.end, |next| first_from(words, behind + next));
    if has_form(diff, quotation, words, &(whole.start..start)) {
        start = whole.start;
    }
    if has_form(diff, quotation, words, &(end..whole.end)) {
        end = whole.end;
    }
    if (start..end) == whole {
        return alignment.clone();
    }
    let mut kept: Vec<Edit> = Vec::with_capacity(diff.len());
    for edit in diff {
        within(edit, &(start..end), &mut kept);
    }
    let has_text = |edit: &Edit| text_of(edit).is_some();
    // What is neither remembered nor between words that are is no part of the wording.
    let first = kept.iter().position(has_text);
    if let Some(first) = first.filter(|first| matches!(kept[*first], Edit::Added { .. })) {
        kept.remove(first);
    }
    let last = kept.iter().rposition(has_text);
    if let Some(last) = last.filter(|last| matches!(kept[*last], Edit::Added { .. })) {
        kept.remove(last);
    }
    let first = kept.iter().find_map(text_of).map_or(start, |it| it.start);
    let last = kept.iter().rev().find_map(text_of).map_or(end, |it| it.end);
    Alignment { similarity: alignment.similarity, span: span(&(first..last)), diff: kept }
}

/// The part of an edit whose words of the text are within some words of it.
fn within(edit: &Edit, inside: &Range<usize>, kept: &mut Vec<Edit>) {
    match edit {
        Edit::Changed { quotation, text } => {
            let here = text.start.max(inside.start)..text.end.min(inside.end);
            if here.is_empty() {
                return missing(quotation.clone(), kept);
            }
            let before = (here.start - text.start).min(quotation.len().saturating_sub(1));
            let left = quotation.len() - before;
            let behind = (text.end - here.end).min(left.saturating_sub(1));
            let own = quotation.start + before..quotation.end - behind;
            missing(quotation.start..own.start, kept);
            let (start, end) = (own.end, quotation.end);
            kept.push(Edit::Changed { quotation: own, text: here });
            missing(start..end, kept);
        }
        Edit::Added { text } => {
            let here = text.start.max(inside.start)..text.end.min(inside.end);
            if !here.is_empty() {
                kept.push(Edit::Added { text: here });
            }
        }
        Edit::Missing { quotation } => missing(quotation.clone(), kept),
        Edit::Same { .. } => kept.push(edit.clone()),
    }
}

fn missing(words: Range<usize>, kept: &mut Vec<Edit>) {
    match kept.last_mut() {
        _ if words.is_empty() => {}
        Some(Edit::Missing { quotation }) => quotation.end = words.end,
        _ => kept.push(Edit::Missing { quotation: words }),
    }
}

/// Whether some words of the text have a form of what was remembered in their place.
fn has_form(diff: &[Edit], quotation: &Words, words: &Words, within: &Range<usize>) -> bool {
    let is_alike =
        |a: &str, b: &str| a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count() >= ALIKE;
    diff.iter().any(|edit| match edit {
        Edit::Changed { quotation: remembered, text } => text.clone().any(|at| {
            let mut remembered = remembered.clone();
            within.contains(&at)
                && remembered.any(|it| is_alike(quotation.folded(it), words.folded(at)))
        }),
        _ => false,
    })
}

fn text_of(edit: &Edit) -> Option<&Range<usize>> {
    match edit {
        Edit::Same { text, .. } | Edit::Changed { text, .. } | Edit::Added { text } => Some(text),
        Edit::Missing { .. } => None,
    }
}

/// The first word that does not begin before a byte.
fn first_from(words: &Words, byte: usize) -> usize {
    let (mut low, mut high) = (0, words.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        if words.span(middle).start < byte {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

fn range(span: WordSpan) -> Range<usize> {
    span.first as usize..span.last as usize + 1
}

fn span(words: &Range<usize>) -> WordSpan {
    let position = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    WordSpan { first: position(words.start), last: position(words.end.saturating_sub(1)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::align::{Quotation, align};

    /// The wording that is found in a text, and the words of the quotation that it lacks.
    fn found(quotation: &str, text: &str) -> (String, Vec<String>) {
        let (asked, words) = (Words::of(quotation), Words::of(text));
        let alignment = align(&mut Quotation::new(quotation, "en"), &words).unwrap();
        let trimmed = trimmed(&alignment, &asked, text, &words);
        let whole = range(trimmed.span);
        let wording = &text[words.span(whole.start).start..words.span(whole.end - 1).end];
        let lacks = trimmed.diff.iter().filter_map(|edit| match edit {
            Edit::Missing { quotation } => Some(quotation.clone()),
            _ => None,
        });
        let lacks = lacks.map(|it| it.map(|at| asked.folded(at)).collect::<Vec<_>>().join(" "));
        (wording.to_owned(), lacks.collect())
    }

    #[test]
    fn words_of_the_next_sentence_are_no_wording() {
        let text =
            "We wound it, or something. Budget of sixteen reels for every winter. Then he left.";
        for (quotation, wording, lacks) in [
            (
                "we have budget of sixteen reels for every winter",
                "Budget of sixteen reels for every winter",
                vec!["we have"],
            ),
            (
                "budget of sixteen reels for every winter they said",
                "Budget of sixteen reels for every winter",
                vec!["they said"],
            ),
            (
                "wound it or something budget of sixteen",
                "wound it, or something. Budget of sixteen",
                vec![],
            ),
            ("somethings budget of sixteen reels", "something. Budget of sixteen reels", vec![]),
        ] {
            let lacks = lacks.into_iter().map(str::to_owned).collect();
            assert_eq!(found(quotation, text), (wording.to_owned(), lacks), "{quotation}");
        }
    }
}
