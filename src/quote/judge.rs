//! The judgement of a quotation.
//!
//! Passes are looked for first, character by character: as it stands, then with what its marks
//! allow, in one candidate and then over those of one document. Of several the one counts that the
//! named speaker said. Only what passes nowhere is compared word by word, to tell how it fails.

use super::{
    Candidate, Finding, Found, Note, Quotation, Rules, Verdict, edits,
    locate::{Source, in_document, in_order},
    notes::{self, Side},
    scattered,
    speaker::{Likeness, compare},
    wording::{Part, Wording},
};
use crate::{
    find::align::{self, Edit},
    text::TextSpan,
    words::Words,
};

/// Judges a quotation by the passages that it may be from.
///
/// A candidate should hold a passage with its neighbours; for a quotation with ellipses, there
/// should be candidates for each of its parts. What is in no candidate is not found.
#[must_use]
pub fn judge(quotation: &Quotation, candidates: &[Candidate<'_>], rules: &Rules<'_>) -> Finding {
    let wording = Wording::of(&quotation.text);
    let mut finding = Finding {
        verdict: Verdict::Unchecked,
        found: Vec::new(),
        wording: wording.plain(),
        diff: Vec::new(),
        notes: Vec::new(),
    };
    if wording.words() < rules.min_words.max(1) {
        return finding;
    }
    let sources: Vec<_> = candidates.iter().map(Source::new).collect();
    let named = quotation.said_by.as_deref();
    let mut best = exact(&wording, &sources, named);
    let passes = best.as_ref().is_some_and(|it| it.speaker > Likeness::Different);
    let in_parts = !passes && wording.parts.len() > 1;
    let places = if in_parts { places(&wording.parts, &sources) } else { Vec::new() };
    if wording.marked && !passes {
        best = better(best, marked(&wording, &sources, &places, named));
    }
    if let Some(pass) = best {
        finding.verdict = pass.verdict;
        finding.found = pass.found;
        voices(&sources, &finding.found, named, &mut finding.notes);
        if pass.speaker == Likeness::Different {
            finding.verdict = Verdict::Misattributed;
        }
        if let Some(last) = finding.found.last() {
            finding.notes.extend(notes::clipped(candidates[last.candidate].text, last.span.end));
        }
        return finding;
    }
    fail(&wording, &sources, &places, rules, &mut finding);
    if matches!(finding.verdict, Verdict::Altered) {
        voices(&sources, &finding.found, named, &mut finding.notes);
    }
    finding
}

/// A way in which a quotation is right but, perhaps, for its speaker.
struct Pass {
    verdict: Verdict,
    speaker: Likeness,
    found: Vec<Found>,
}

/// The better of two: the right speaker counts more than how exact it is.
fn better(a: Option<Pass>, b: Option<Pass>) -> Option<Pass> {
    let rank =
        |it: &Pass| (it.speaker > Likeness::Different, it.verdict == Verdict::Exact, it.speaker);
    match (a, b) {
        (Some(a), Some(b)) => Some(if rank(&b) > rank(&a) { b } else { a }),
        (a, b) => a.or(b),
    }
}

fn exact(wording: &Wording, sources: &[Source<'_>], named: Option<&str>) -> Option<Pass> {
    let mut best = None;
    for (candidate, source) in sources.iter().enumerate() {
        for span in source.literal(&wording.literal) {
            let found = vec![Found { candidate, span }];
            let speaker = speaker(sources, &found, named);
            best = better(best, Some(Pass { verdict: Verdict::Exact, speaker, found }));
        }
        // Nothing can be better.
        if best.as_ref().is_some_and(|it| named.is_none() || it.speaker == Likeness::Same) {
            break;
        }
    }
    best
}

fn marked(
    wording: &Wording,
    sources: &[Source<'_>],
    places: &[Vec<Found>],
    named: Option<&str>,
) -> Option<Pass> {
    let mut best = None;
    let mut add = |found: Vec<Found>| {
        let speaker = speaker(sources, &found, named);
        best = better(best.take(), Some(Pass { verdict: Verdict::Marked, speaker, found }));
    };
    for (candidate, source) in sources.iter().enumerate() {
        for way in in_order(source, &wording.parts) {
            add(way.into_iter().map(|span| Found { candidate, span }).collect());
        }
    }
    if best.is_none() && places.len() > 1 {
        let all: Vec<_> = places.iter().map(Vec::as_slice).collect();
        for document in scattered::documents(sources, all[0]) {
            if let Some(found) = in_document(sources, &all, document) {
                let speaker = speaker(sources, &found, named);
                best = better(best, Some(Pass { verdict: Verdict::Marked, speaker, found }));
            }
        }
    }
    best
}

/// Everywhere that each part stands.
fn places(parts: &[Part], sources: &[Source<'_>]) -> Vec<Vec<Found>> {
    let of = |part: &Part| {
        let in_source = |(candidate, source): (usize, &Source<'_>)| {
            let spans = source.part(part).into_iter();
            spans.map(move |span| Found { candidate, span }).collect::<Vec<_>>()
        };
        sources.iter().enumerate().flat_map(in_source).collect()
    };
    parts.iter().map(of).collect()
}

/// How like the named speaker those are whose words were found: the least like counts.
fn speaker(sources: &[Source<'_>], found: &[Found], named: Option<&str>) -> Likeness {
    let Some(named) = named else {
        return Likeness::Unclear;
    };
    let passages = found.iter().flat_map(|it| sources[it.candidate].passages(it.span));
    let likeness = passages.filter_map(|it| it.speaker).map(|known| compare(named, known));
    likeness.min().unwrap_or(Likeness::Unclear)
}

/// Notes about who said what was found.
fn voices(sources: &[Source<'_>], found: &[Found], named: Option<&str>, notes: &mut Vec<Note>) {
    let mut known: Vec<&str> = Vec::new();
    for passage in found.iter().flat_map(|it| sources[it.candidate].passages(it.span)) {
        known.extend(passage.speaker.filter(|it| !known.contains(it)));
    }
    if known.len() > 1 {
        notes.push(Note::SeveralSpeakers);
    }
    for speaker in known {
        match named.map(|named| compare(named, speaker)) {
            Some(Likeness::Different) => notes.push(Note::SaidBy(speaker.to_owned())),
            Some(Likeness::Unclear) => notes.push(Note::SpeakerUnclear(speaker.to_owned())),
            _ => {}
        }
    }
}

/// Tells how a quotation fails that passes nowhere.
fn fail(
    wording: &Wording,
    sources: &[Source<'_>],
    places: &[Vec<Found>],
    rules: &Rules<'_>,
    finding: &mut Finding,
) {
    if let Some((verdict, found)) = scattered::by_parts(wording, sources, places) {
        (finding.verdict, finding.found) = (verdict, found);
        return;
    }
    let words = Words::of(&finding.wording);
    let nearest = nearest(wording, sources, rules);
    let edits = nearest.as_ref().map_or(words.len(), |it| it.edits(words.len()));
    if rules.runs_prove
        && let Some((verdict, found)) = scattered::by_runs(&words, sources, edits)
    {
        (finding.verdict, finding.found) = (verdict, found);
        return;
    }
    finding.verdict = Verdict::Absent;
    if let Some(nearest) = nearest.filter(|it| it.similarity >= rules.resemblance) {
        let source = &sources[nearest.candidate];
        finding.verdict = Verdict::Altered;
        let quoted = Side { text: &finding.wording, words: &words };
        let said = Side { text: source.speech(), words: source.words() };
        let recased = edits::with_letters_of(said, &nearest.diff, quoted, &wording.letters());
        let quoted = Side { text: &recased, words: &words };
        finding.notes = notes::of_diff(&nearest.diff, quoted, said);
        let found = |span| Found { candidate: nearest.candidate, span };
        finding.found = nearest.spans.iter().copied().map(found).collect();
        finding.diff = edits::respelt(nearest.diff, quoted, said);
    }
}

/// The candidate that a quotation is most like, part by part.
struct Nearest {
    candidate: usize,
    /// The mean over the words, from 0 to 1.
    similarity: f32,
    spans: Vec<TextSpan>,
    diff: Vec<Edit>,
}

impl Nearest {
    /// How many words must change.
    fn edits(&self, quoted: usize) -> usize {
        let (mut same, mut added) = (0, 0);
        for edit in &self.diff {
            match edit {
                Edit::Same { quotation, .. } => same += quotation.len(),
                Edit::Added { text } => added += text.len(),
                _ => {}
            }
        }
        quoted.saturating_sub(same) + added
    }
}

/// How many candidates are aligned with all parts, once their upper bounds are known.
const ALIGNED: usize = 5;

#[expect(clippy::cast_precision_loss, reason = "a mean")]
fn nearest(wording: &Wording, sources: &[Source<'_>], rules: &Rules<'_>) -> Option<Nearest> {
    let parts: Vec<&Part> = wording.parts.iter().collect();
    let total = wording.words() as f32;
    let prepare = |part: &&Part| align::Quotation::new(&part.plain, rules.language);
    let mut quotations: Vec<_> = parts.iter().map(prepare).collect();
    let mut bounds: Vec<(f32, usize)> = Vec::with_capacity(sources.len());
    for (candidate, source) in sources.iter().enumerate() {
        let bound = quotations.iter_mut().zip(&parts);
        let bound =
            bound.map(|(it, part)| align::upper_bound(it, source.words()) * part.words as f32);
        bounds.push((bound.sum::<f32>() / total, candidate));
    }
    bounds.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut best: Option<Nearest> = None;
    for (tried, (bound, candidate)) in bounds.into_iter().enumerate() {
        let reached = best.as_ref().map_or(0.0, |it| it.similarity);
        if bound <= reached || (tried >= ALIGNED && parts.len() > 1) {
            break;
        }
        let mut nearest =
            Nearest { candidate, similarity: 0.0, spans: Vec::new(), diff: Vec::new() };
        let mut before = 0;
        for (quotation, part) in quotations.iter_mut().zip(&parts) {
            match align::align(quotation, sources[candidate].words()) {
                Some(aligned) => {
                    nearest.similarity += aligned.similarity * part.words as f32 / total;
                    let source = &sources[candidate];
                    let diff = edits::within_passages(aligned.diff, source);
                    if let Some(reach) = edits::reach(&diff) {
                        nearest.spans.push(scattered::span(source, reach.start, reach.len()));
                    }
                    nearest.diff.extend(diff.into_iter().map(|edit| shifted(edit, before)));
                }
                None => nearest.diff.push(Edit::Missing { quotation: before..before + part.words }),
            }
            before += part.words;
        }
        if nearest.similarity > reached && !nearest.spans.is_empty() {
            best = Some(nearest);
        }
    }
    best
}

/// An edit of a part as one of the quotation, which has more words in front.
fn shifted(edit: Edit, by: usize) -> Edit {
    let shift = |it: std::ops::Range<usize>| it.start + by..it.end + by;
    match edit {
        Edit::Same { quotation, text } => Edit::Same { quotation: shift(quotation), text },
        Edit::Changed { quotation, text } => Edit::Changed { quotation: shift(quotation), text },
        Edit::Missing { quotation } => Edit::Missing { quotation: shift(quotation) },
        Edit::Added { text } => Edit::Added { text },
    }
}

#[cfg(test)]
mod tests;
