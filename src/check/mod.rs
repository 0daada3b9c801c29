//! Checking a manuscript: is every quotation in it what the corpus has?
//!
//! The manuscript is read like any other document; its quotations are found by [`crate::quote`], the
//! passages they may be from are looked up here, and [`crate::quote::judge`] decides. What is
//! promised is in docs/check.md.

mod lookup;
mod policy;

pub use policy::{Outcome, Policy};

use std::{cell::OnceCell, num::NonZeroUsize};

use serde::Serialize;

use crate::{
    find::align::Edit,
    index::{Index, IndexError, Record, contained},
    ordered::{Limits, ordered},
    place::Place,
    quote::{self, Finding, Markup, Note, Quotation, Rules, Speakers, Verdict, judge, quotations},
    read::{self, ReadError},
    search::{Address, recall::Kind},
    text::{Text, TextSpan},
    transcript::Warning,
    words::Words,
};

use lookup::Lookup;

/// The longest quotation that is judged, in words: more is a reprint.
const LONGEST: usize = 2_000;
/// How many quotations may be looked up ahead of the one that is next.
const AHEAD: u64 = 64;

/// How a manuscript is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// With fewer words a quotation is too short to tell.
    pub min_words: usize,
    /// Encoding of the manuscript, by its label, instead of detecting it.
    pub encoding: Option<String>,
    /// How many quotations are looked up at once.
    pub threads: NonZeroUsize,
}

impl Default for Options {
    fn default() -> Self {
        Self { min_words: 4, encoding: None, threads: NonZeroUsize::MIN }
    }
}

/// A quotation of a manuscript and what was found out about it.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The quotation.
    pub quotation: Quotation,
    /// Whether it is right.
    pub verdict: Verdict,
    /// Where it is from, or most likely from.
    pub source: Option<Source>,
    /// For an altered quotation, how it differs from its source.
    pub diff: Vec<Difference>,
    /// What an editor should look at.
    pub notes: Vec<Note>,
}

/// Where a quotation is from.
#[derive(Clone, Debug)]
pub struct Source {
    /// The document.
    pub document: Record,
    /// Which passage of it, from 0.
    pub passage: u32,
    /// The address of this passage.
    pub address: Address,
    /// Who says it.
    pub speaker: Option<String>,
    /// Where the words stand.
    pub place: Place,
    /// The true wording.
    pub text: String,
}

/// A stretch of a quotation beside the true wording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// How they compare.
    pub kind: Kind,
    /// What the manuscript has; empty for what it left out.
    pub quoted: String,
    /// What the source has; empty for what is not there.
    pub source: String,
}

/// Why a manuscript could not be checked.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The manuscript cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// The quotations of a manuscript, and what its author got wrong about accepting them.
#[derive(Clone, Debug, Default)]
pub struct Checks {
    /// The quotations, in order.
    pub findings: Vec<Checked>,
    /// What of the manuscript could not be read: a quotation in it may be missing.
    pub warnings: Vec<Warning>,
    /// Lines of marks that accept no quotation, where the format has lines.
    pub stray_marks: Vec<Option<u32>>,
}

/// Checks every quotation of a manuscript, in order, on as many threads. `name` is the file's name:
/// its extension tells the format.
///
/// # Errors
/// When the manuscript or the index cannot be read.
pub fn check(
    index: &Index,
    name: &str,
    manuscript: &[u8],
    options: &Options,
) -> Result<Checks, CheckError> {
    let read_options = read::Options { encoding: options.encoding.clone() };
    let document = read::read(name, manuscript, &read_options)?;
    let source = match read::encoding::decode(manuscript, options.encoding.as_deref()) {
        Ok(decoded) if document.encoding != "binary" => decoded.text,
        // A format that is not text has no marks in its source.
        _ => "".into(),
    };
    let markup = Markup::of(document.format, &source);
    // Listing all speakers takes time, and most manuscripts have no labels.
    let speakers = OnceCell::new();
    let list =
        || contained(|| index.speakers().map(|all| Speakers::of(all.into_iter().map(|it| it.0))));
    let known = |name: &str| speakers.get_or_init(list).as_ref().is_ok_and(|it| it.has(name));
    let mut found = quotations(&document.transcript, &markup, &known);
    if let Some(Err(error)) = speakers.into_inner() {
        return Err(error.into());
    }
    let stray_marks = quote::accept(&document.transcript, &source, &markup, &mut found);
    let limits = Limits { threads: options.threads, cost: AHEAD };
    let mut findings = Vec::with_capacity(found.len());
    ordered(
        &found,
        &limits,
        |_| 1,
        |(): &mut (), quotation| contained(|| check_one(index, quotation.clone(), options)),
        |_, checked| checked.map(|checked| findings.push(checked)),
    )?;
    let mut warnings = document.transcript.warnings.clone();
    // The reader of LaTeX, where marks are commands as well, has warned of its own.
    if document.format != "latex" {
        warnings.extend(quote::unclosed(&document.transcript, &markup));
    }
    Ok(Checks { findings, warnings, stray_marks })
}

fn check_one(
    index: &Index,
    quotation: Quotation,
    options: &Options,
) -> Result<Checked, CheckError> {
    let rules = Rules { min_words: options.min_words, ..Rules::default() };
    let words = Words::of(&quotation.text).len();
    let (lookup, finding) = if words < options.min_words {
        (Lookup::default(), judge(&quotation, &[], &rules))
    } else if words > LONGEST {
        let rules = Rules { min_words: usize::MAX, ..rules };
        (Lookup::default(), judge(&quotation, &[], &rules))
    } else {
        Lookup::run(index, &quotation, &rules)?
    };
    let source = source(index, &lookup, &finding)?;
    let diff = diff(&lookup, &finding);
    let Finding { verdict, notes, .. } = finding;
    Ok(Checked { quotation, verdict, source, diff, notes })
}

fn source(index: &Index, lookup: &Lookup, finding: &Finding) -> Result<Option<Source>, IndexError> {
    let (Some(candidate), Some(span)) = (finding.candidate(), finding.span()) else {
        return Ok(None);
    };
    let window = &lookup.windows[candidate];
    let Some(passage) = window.passages.iter().rfind(|it| it.start <= span.start) else {
        return Ok(None);
    };
    let (document, number) = index.record(passage.id)?;
    let text: Text = window.places(index)?;
    let own = text.slice(TextSpan { start: passage.start, end: text.len() });
    let address = Address::of(index, passage.id, &own, &document.path, number)?;
    Ok(Some(Source {
        document,
        passage: number,
        address,
        speaker: passage.speaker.clone(),
        place: text.place(span),
        text: window.text[span.range()].to_owned(),
    }))
}

/// The edits of a finding with the words that they count.
fn diff(lookup: &Lookup, finding: &Finding) -> Vec<Difference> {
    let Some(candidate) = finding.candidate() else { return Vec::new() };
    let quoted = Words::of(&finding.wording);
    let text = quote::speech(&lookup.windows[candidate].text);
    let source = Words::of(&text);
    let slice = |text: &str, words: &Words, range: &std::ops::Range<usize>| {
        let last = range.end.min(words.len());
        if range.start >= last {
            return String::new();
        }
        text[words.span(range.start).start..words.span(last - 1).end].to_owned()
    };
    let none = 0..0;
    let difference = |edit: &Edit| {
        let (kind, in_quotation, in_source) = match edit {
            Edit::Same { quotation, text } => (Kind::Same, quotation, text),
            Edit::Changed { quotation, text } => (Kind::Changed, quotation, text),
            Edit::Missing { quotation } => (Kind::Missing, quotation, &none),
            Edit::Added { text } => (Kind::Added, &none, text),
        };
        Difference {
            kind,
            quoted: slice(&finding.wording, &quoted, in_quotation),
            source: slice(&text, &source, in_source),
        }
    };
    finding.diff.iter().map(difference).collect()
}
