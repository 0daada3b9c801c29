//! What a paragraph is for, by the name of its style: shared by the formats of word processors.

use crate::transcript::Set;

/// What a paragraph or a run is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Running text, or what nothing is known about.
    #[default]
    Text,
    /// A heading.
    Heading,
    /// The title, which is a heading as well.
    Title,
    /// The name of whoever speaks: styles called `Speaker`, and `Character` of screenplays.
    Speaker,
    /// A quotation as a block of its own: `Quote`, `Intense Quote`, `Quotations`, `Block Text`.
    Quotation,
    /// Code: `Source Code`, `Preformatted Text`.
    Code,
    /// A line of a table of contents.
    Contents,
}

/// Words in the names of styles for block quotes, also in the names that files without their styles
/// show, and in German.
const QUOTATIONS: &[&str] = &[
    "blockquote",
    "blocktext",
    "intensequote",
    "quotation",
    "quotations",
    "quote",
    "quotes",
    "zitat",
];

impl Role {
    /// The role that the name of a style tells, in capitals or not.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let name = name.trim().to_lowercase();
        let words = name.split(|it: char| !it.is_alphanumeric());
        let has = |found: &[&str]| words.clone().any(|word| found.contains(&word));
        if name == "title" {
            Self::Title
        } else if name.starts_with("heading") || name == "subtitle" {
            Self::Heading
        } else if name.starts_with("toc ") || name.starts_with("contents ") {
            Self::Contents
        } else if has(&["speaker", "character"]) {
            Self::Speaker
        } else if has(QUOTATIONS) || name == "block text" {
            Self::Quotation
        } else if has(&["code", "preformatted", "sourcecode"]) {
            Self::Code
        } else {
            Self::Text
        }
    }

    /// As what a paragraph of this role is set apart.
    #[must_use]
    pub fn set(self) -> Option<Set> {
        match self {
            Self::Quotation => Some(Set::BlockQuote),
            Self::Code => Some(Set::Code),
            _ => None,
        }
    }

    /// This role, or another one where this tells nothing.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if self == Self::Text { other } else { self }
    }

    /// Whether it is a heading, as a title is.
    #[must_use]
    pub fn is_heading(self) -> bool {
        matches!(self, Self::Heading | Self::Title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_style_tells_its_role() {
        for (name, role) in [
            ("Title", Role::Title),
            ("heading 1", Role::Heading),
            ("Heading2", Role::Heading),
            ("toc 3", Role::Contents),
            ("Speaker Name", Role::Speaker),
            ("CHARACTER", Role::Speaker),
            ("Heading 1 Char", Role::Heading),
            ("Intense Quote", Role::Quotation),
            ("Block Text", Role::Quotation),
            ("BlockText", Role::Quotation),
            ("Quotations", Role::Quotation),
            ("Zitat", Role::Quotation),
            ("Preformatted Text", Role::Code),
            ("Source Code", Role::Code),
            ("Body Text", Role::Text),
            ("Normal", Role::Text),
        ] {
            assert_eq!(Role::of(name), role, "{name}");
        }
    }
}
