//! Citing what was found: in the styles of papers, and for the programs that keep bibliographies.
//!
//! A `Reference` is what is known of a document and of the cited places of it; each style makes text
//! of that. What is not known is left out. Who speaks is never made an author: papers name the speaker
//! in their text, and the formats of programs in a note.
//!
//! APA, MLA and Chicago are written by hayagriva (`csl.rs`), which this module alone names; the rest
//! is small enough to be written here, a file each.

mod biblatex;
mod bibtex;
mod csl;
mod csl_json;
mod key;
mod latex;
mod markdown;
mod name;
mod reference;
mod ris;

pub use markdown::escaped as escaped_markdown;

use crate::search::Hit;
use csl::{CslStyle, Stylesheet};
use reference::Reference;

/// How to cite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// American Psychological Association, 7th edition.
    Apa,
    /// Modern Language Association, 9th edition.
    Mla,
    /// Chicago Manual of Style, 18th edition, notes and bibliography.
    Chicago,
    /// BibTeX.
    Bibtex,
    /// `BibLaTeX`.
    Biblatex,
    /// RIS.
    Ris,
    /// CSL-JSON.
    CslJson,
    /// A block quotation.
    Markdown,
}

/// A passage that is cited.
#[derive(Clone, Copy, Debug)]
pub struct Cited<'h> {
    /// The passage.
    pub hit: &'h Hit,
    /// What of it is quoted.
    pub wording: Wording,
}

/// What of a passage is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// All of it.
    Passage,
    /// What matched.
    Matched,
}

/// A passage as it is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The entry of the document in a bibliography; of [`Style::Markdown`], the quotation.
    pub entry: String,
    /// The citation in the text, or the note, with the cited place; where the style has one.
    pub in_text: Option<String>,
}

/// What writes citations in one style.
#[derive(Debug)]
pub struct Processor {
    style: Style,
    stylesheet: Option<Stylesheet>,
}

impl Style {
    /// Every style, in the order in which they are told.
    pub const ALL: [Self; 8] = [
        Self::Apa,
        Self::Mla,
        Self::Chicago,
        Self::Bibtex,
        Self::Biblatex,
        Self::Ris,
        Self::CslJson,
        Self::Markdown,
    ];

    /// What it is called: the usual name first.
    #[must_use]
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::Apa => &["apa"],
            Self::Mla => &["mla"],
            Self::Chicago => &["chicago"],
            Self::Bibtex => &["bibtex"],
            Self::Biblatex => &["biblatex"],
            Self::Ris => &["ris"],
            Self::CslJson => &["csl-json"],
            Self::Markdown => &["markdown", "md"],
        }
    }

    /// The style that has a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|style| style.names().contains(&name))
    }

    /// What it is, in a few words.
    #[must_use]
    pub fn description(self) -> &'static str {
        match self {
            Self::Apa => "American Psychological Association",
            Self::Mla => "Modern Language Association",
            Self::Chicago => "Chicago Manual of Style, notes and bibliography",
            Self::Bibtex => "BibTeX",
            Self::Biblatex => "BibLaTeX",
            Self::Ris => "RIS",
            Self::CslJson => "CSL-JSON",
            Self::Markdown => "A block quotation",
        }
    }

    /// Whether its entries are for a file of their own, and not for a person to read beside a hit.
    #[must_use]
    pub fn stands_alone(self) -> bool {
        !matches!(self, Self::Apa | Self::Mla | Self::Chicago)
    }

    fn in_csl(self) -> Option<CslStyle> {
        match self {
            Self::Apa => Some(CslStyle::Apa),
            Self::Mla => Some(CslStyle::Mla),
            Self::Chicago => Some(CslStyle::Chicago),
            _ => None,
        }
    }
}

impl Processor {
    /// Reads what a style needs. That takes some milliseconds for APA, MLA and Chicago, and nothing
    /// for the others.
    #[must_use]
    pub fn new(style: Style) -> Self {
        Self { style, stylesheet: style.in_csl().and_then(Stylesheet::read) }
    }

    /// The style it writes.
    #[must_use]
    pub fn style(&self) -> Style {
        self.style
    }

    /// Cites a passage.
    #[must_use]
    pub fn citation(&self, cited: Cited<'_>) -> Citation {
        if self.style == Style::Markdown {
            return Citation { entry: markdown::quotation(cited), in_text: None };
        }
        self.cite(&Reference::of(cited))
    }

    /// What a file of citations of these passages holds: an entry for each document, in the order in
    /// which they are first cited, or a quotation for each passage.
    #[must_use]
    pub fn bibliography(&self, cited: &[Cited<'_>]) -> String {
        let references = || Reference::all(cited);
        let entries: Vec<String> = match self.style {
            Style::CslJson => vec![csl_json::array(&references())],
            Style::Markdown => cited.iter().map(|it| markdown::quotation(*it)).collect(),
            _ => references().iter().map(|it| self.cite(it).entry).collect(),
        };
        entries.join("\n\n")
    }

    fn cite(&self, reference: &Reference<'_>) -> Citation {
        let entry = match (&self.stylesheet, self.style) {
            (Some(stylesheet), _) => return stylesheet.citation(reference),
            (None, Style::Biblatex) => biblatex::entry(reference),
            (None, Style::Ris) => ris::entry(reference),
            (None, Style::CslJson) => {
                serde_json::Value::Object(csl_json::item(reference)).to_string()
            }
            (None, _) => bibtex::entry(reference),
        };
        Citation { entry, in_text: None }
    }
}

#[cfg(test)]
mod tests;
