//! What a paragraph is for, by the name of its style: shared by the formats of word processors.

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
    /// A line of a table of contents.
    Contents,
}

impl Role {
    /// The role that the name of a style tells, in capitals or not.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let name = name.trim().to_lowercase();
        let mut words = name.split(|it: char| !it.is_alphanumeric());
        if name == "title" {
            Self::Title
        } else if name.starts_with("heading") || name == "subtitle" {
            Self::Heading
        } else if name.starts_with("toc ") || name.starts_with("contents ") {
            Self::Contents
        } else if words.any(|word| matches!(word, "speaker" | "character")) {
            Self::Speaker
        } else {
            Self::Text
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
            ("Normal", Role::Text),
        ] {
            assert_eq!(Role::of(name), role, "{name}");
        }
    }
}
