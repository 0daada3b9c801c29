//! What is said about a quotation, and what it is judged by.

use crate::{find::align::Edit, text::TextSpan};

/// Whether a quotation is right. Only [`Verdict::Exact`] and [`Verdict::Marked`] pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The source has it, but for white space, the shape of marks and dashes, and closing
    /// punctuation at the very end.
    Exact,
    /// All that differs is marked: words left out by an ellipsis, in order and in one document;
    /// insertions, and the case of a first letter, in brackets.
    Marked,
    /// The source has something like it.
    Altered,
    /// Its parts are in one document, in another order.
    Reordered,
    /// Its parts are in several places and nothing says so.
    Spliced,
    /// The source has it, and someone else said it than the manuscript says.
    Misattributed,
    /// Nothing like it was found.
    Absent,
    /// It is too short to tell.
    Unchecked,
}

impl Verdict {
    /// Whether the quotation may stand as it is.
    #[must_use]
    pub fn passes(self) -> bool {
        matches!(self, Self::Exact | Self::Marked)
    }

    /// The word that is printed for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Marked => "marked",
            Self::Altered => "altered",
            Self::Reordered => "reordered",
            Self::Spliced => "spliced",
            Self::Misattributed => "misattributed",
            Self::Absent => "absent",
            Self::Unchecked => "unchecked",
        }
    }
}

/// A stretch of a document that a quotation may be from: a passage and its neighbours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// The passages, joined by white space.
    pub text: &'a str,
    /// The passages that it was joined from, in order. The first starts at 0.
    pub passages: Vec<Passage<'a>>,
    /// Which document it is from: any number that tells documents apart.
    pub document: usize,
}

impl<'a> Candidate<'a> {
    /// A candidate of one passage.
    #[must_use]
    pub fn passage(text: &'a str, speaker: Option<&'a str>, document: usize, number: u32) -> Self {
        Self { text, passages: vec![Passage { start: 0, number, speaker }], document }
    }
}

/// A passage of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage<'a> {
    /// Where it starts in the candidate's text.
    pub start: usize,
    /// Which passage of its document it is. Numbers grow from the start of a document to its end.
    pub number: u32,
    /// Who says it, where the corpus knows.
    pub speaker: Option<&'a str>,
}

/// What a quotation is judged by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules<'a> {
    /// With fewer words a quotation is too short to tell.
    pub min_words: usize,
    /// The language, by its ISO 639-1 code.
    pub language: &'a str,
    /// How like the source a quotation must be to be called altered rather than absent, from 0 to
    /// 1. No likeness makes it pass.
    pub resemblance: f32,
    /// Whether runs of its words in several places are proof that it was put together. They are
    /// none where many others have the same runs.
    pub runs_prove: bool,
}

impl Default for Rules<'_> {
    fn default() -> Self {
        Self { min_words: 4, language: "en", resemblance: 0.65, runs_prove: true }
    }
}

/// Where a part of a quotation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which candidate, from 0.
    pub candidate: usize,
    /// Where in its text.
    pub span: TextSpan,
}

/// What was found out about a quotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Whether it is right.
    pub verdict: Verdict,
    /// Its parts in the order of the quotation. Empty when it is absent or unchecked.
    pub found: Vec<Found>,
    /// The quotation without brackets and with one shape of ellipsis, as it was compared.
    pub wording: String,
    /// For an altered quotation, how it differs. The edits count the words of `wording` and those
    /// of the [`speech`](super::speech) of the candidate in which it was found; words that an
    /// ellipsis stands for are in none of them. A word with another capital or accent is a changed
    /// one.
    pub diff: Vec<Edit>,
    /// What an editor should look at.
    pub notes: Vec<Note>,
}

impl Finding {
    /// The candidate of the first part.
    #[must_use]
    pub fn candidate(&self) -> Option<usize> {
        self.found.first().map(|it| it.candidate)
    }

    /// From the first to the last part in that candidate's text.
    #[must_use]
    pub fn span(&self) -> Option<TextSpan> {
        let candidate = self.candidate()?;
        let spans = self.found.iter().filter(|it| it.candidate == candidate).map(|it| it.span);
        spans.reduce(|a, b| TextSpan::new(a.start.min(b.start), a.end.max(b.end)))
    }
}

/// Something about a quotation that an editor should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The source has a negation that the quotation lacks.
    NegationLost(String),
    /// The quotation has a negation that the source lacks.
    NegationAdded(String),
    /// A number is another, or is missing on one side.
    NumberChanged {
        /// What the quotation has.
        quoted: String,
        /// What the source has.
        source: String,
    },
    /// A name is another.
    NameChanged {
        /// What the quotation has.
        quoted: String,
        /// What the source has.
        source: String,
    },
    /// A unit or currency is another, or is missing on one side.
    UnitChanged {
        /// What the quotation has.
        quoted: String,
        /// What the source has.
        source: String,
    },
    /// A word has other capitals or accents.
    SpellingChanged {
        /// What the quotation has.
        quoted: String,
        /// What the source has.
        source: String,
    },
    /// Between two words that are the same, the punctuation is not.
    PunctuationChanged {
        /// What the quotation has.
        quoted: String,
        /// What the source has.
        source: String,
    },
    /// The source's sentence takes a turn right where the quotation stops, with this word.
    Clipped(String),
    /// It runs over the words of several speakers.
    SeveralSpeakers,
    /// The corpus says that this one said it, the manuscript says another.
    SaidBy(String),
    /// The manuscript and the corpus name the speaker in ways that cannot be compared.
    SpeakerUnclear(String),
}
