//! The words of a query as the dictionaries of the index have them: looked up once for a search.

use tantivy::postings::TermInfo;

use super::{bm25::Bm25, error::IndexError, postings, segment::Segment};
use crate::find::{Condition, Leaf, Plan, Stretch};

/// From this many forms on, forms that begin alike are met by a walk through the dictionary, which
/// costs less than looking each of them up.
const WALKED: usize = 32;

/// The words of a plan, looked up in every segment.
pub(super) struct Terms {
    /// The weight of each leaf.
    pub bm25: Vec<Bm25>,
    /// By segment, then by leaf.
    segments: Vec<Vec<Vec<Form>>>,
}

/// A form of a word that a segment has.
pub(super) struct Form {
    pub info: TermInfo,
    /// What it counts, against the word itself.
    pub weight: f32,
    pub is_very_word: bool,
}

/// What is known about the words of a plan in one segment.
#[derive(Clone, Copy)]
pub(super) struct Weights<'p> {
    pub leaves: &'p [Leaf],
    pub bm25: &'p [Bm25],
    /// The forms that the segment has, by leaf.
    pub forms: &'p [Vec<Form>],
}

impl Terms {
    /// Looks the words of a plan up; `bm25` weighs a word by the number of passages that have it, or
    /// a few more where forms share passages.
    pub(super) fn open(
        segments: &[Segment],
        plan: &Plan,
        bm25: impl Fn(u64) -> Bm25,
    ) -> Result<Self, IndexError> {
        let of_leaf = |segment: &Segment, leaf: &Leaf| -> Result<Vec<Form>, IndexError> {
            let form = |(at, info): (usize, TermInfo)| Form {
                info,
                weight: postings::weight(leaf, &leaf.forms[at]),
                is_very_word: leaf.term.pattern.word() == Some(leaf.forms[at].as_str()),
            };
            Ok(found(segment, &leaf.forms, "")?.into_iter().map(form).collect())
        };
        let of_segment = |segment| plan.leaves.iter().map(|leaf| of_leaf(segment, leaf)).collect();
        let segments: Vec<Vec<Vec<Form>>> =
            segments.iter().map(of_segment).collect::<Result<_, _>>()?;
        let found_in = |leaf: usize| {
            let forms = segments.iter().flat_map(|leaves| &leaves[leaf]);
            forms.map(|form| u64::from(form.info.doc_freq)).sum()
        };
        let bm25 = (0..plan.leaves.len()).map(|leaf| bm25(found_in(leaf))).collect();
        Ok(Self { bm25, segments })
    }

    /// How many postings are looked at to find what a condition holds for, in all segments, roughly:
    /// where several words must be there, each is asked only about the passages of the rarest.
    pub(super) fn walked(&self, condition: &Condition) -> u64 {
        match condition {
            Condition::Words(stretch) => self.walked_in(stretch),
            Condition::Any(inner) => {
                inner.iter().map(|it| self.walked(it)).fold(0, u64::saturating_add)
            }
            Condition::All(inner) => {
                let wanted = inner.iter().filter(|it| !matches!(it, Condition::Filter(_)));
                at_the_rarest(wanted.map(|it| self.walked(it)))
            }
            // All passages are walked through where nothing else proposes any.
            Condition::Filter(_) | Condition::Not(_) => u64::MAX,
        }
    }

    fn walked_in(&self, stretch: &Stretch) -> u64 {
        match stretch {
            Stretch::Word(leaf) => {
                let forms = self.segments.iter().flat_map(|leaves| &leaves[*leaf]);
                forms.map(|form| u64::from(form.info.doc_freq)).sum()
            }
            Stretch::Near { operands, .. } => {
                at_the_rarest(operands.iter().map(|it| self.walked_in(it)))
            }
            Stretch::Any(inner) => inner.iter().map(|it| self.walked_in(it)).sum(),
        }
    }

    /// What is known about the words in one segment, by its number.
    pub(super) fn of<'p>(&'p self, plan: &'p Plan, segment: usize) -> Weights<'p> {
        Weights { leaves: &plan.leaves, bm25: &self.bm25, forms: &self.segments[segment] }
    }
}

/// What is looked at of several lists of postings when what stands in all is wanted: of none, all
/// passages.
fn at_the_rarest(walked: impl Iterator<Item = u64> + Clone) -> u64 {
    let count = walked.clone().count() as u64;
    walked.min().unwrap_or(u64::MAX).saturating_mul(count.max(1))
}

/// Those of some forms, by their place in the list, that a segment has behind a mark. The forms are
/// sorted.
pub(super) fn found(
    segment: &Segment,
    forms: &[String],
    mark: &str,
) -> Result<Vec<(usize, TermInfo)>, IndexError> {
    let terms = segment.words.terms();
    let mut found = Vec::new();
    let (Some(first), Some(last)) = (forms.first(), forms.last()) else { return Ok(found) };
    let mut key = mark.as_bytes().to_vec();
    if forms.len() < WALKED || first.as_bytes().first() != last.as_bytes().first() {
        for (at, form) in forms.iter().enumerate() {
            key.truncate(mark.len());
            key.extend_from_slice(form.as_bytes());
            found.extend(terms.get(&key)?.map(|info| (at, info)));
        }
        return Ok(found);
    }
    key.extend_from_slice(first.as_bytes());
    let end = [mark.as_bytes(), last.as_bytes()].concat();
    let mut stream = terms.range().ge(key).le(end).into_stream()?;
    let mut at = 0;
    while let Some((term, info)) = stream.next() {
        let term = &term[mark.len()..];
        while forms.get(at).is_some_and(|form| form.as_bytes() < term) {
            at += 1;
        }
        if forms.get(at).is_some_and(|form| form.as_bytes() == term) {
            found.push((at, info.clone()));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;

    /// What is walked of three words in two segments.
    fn walked(query: &str) -> u64 {
        let mut vocabulary = crate::find::Vocabulary::default();
        vocabulary.add("the rare tape", "en");
        let plan = crate::find::plan(&query::parse(query).unwrap(), &vocabulary);
        let form = |doc_freq| {
            let info = TermInfo { doc_freq, postings_range: 0..0, positions_range: 0..0 };
            Form { info, weight: 1.0, is_very_word: true }
        };
        let counted = |leaf: &Leaf| match leaf.term.pattern.word() {
            Some("rare") => vec![form(7)],
            Some("tape") => vec![form(100)],
            _ => vec![form(9_000)],
        };
        let of_segment = || plan.leaves.iter().map(counted).collect();
        let terms = Terms { bm25: Vec::new(), segments: vec![of_segment(), of_segment()] };
        terms.walked(&plan.root)
    }

    #[test]
    fn a_rare_word_spares_the_others() {
        assert_eq!(walked("rare"), 14);
        assert_eq!(walked("\"the rare tape\""), 3 * 14);
        assert_eq!(walked("the rare speaker:host -tape"), 3 * 14);
        assert_eq!(walked("rare NEAR/5 tape"), 2 * 14);
        assert_eq!(walked("rare OR tape"), 214);
    }

    #[test]
    fn all_passages_are_walked_where_no_word_proposes_any() {
        assert_eq!(walked("-tape"), u64::MAX);
        assert_eq!(walked("speaker:host title:spring"), u64::MAX);
    }
}
