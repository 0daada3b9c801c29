//! What is known about a document from elsewhere: files beside it, and the settings of its corpus.
//!
//! Two things tell more about a document than it does itself:
//!
//! - a [`Companion`], a file beside it that bears its name: a [`sidecar`] with its metadata, or what
//!   a format keeps in a file of its own, such as who [`speaks`](speakers) when;
//! - the [`settings`] of the corpus, which speak of many documents.
//!
//! All of this is pure: `corpus` finds the files and hands over their text. [`put_together`] decides
//! who is believed: see there.
//!
//! To add a kind of companion, write one file with a `COMPANION` and add a line to [`COMPANIONS`].

mod description;
pub mod settings;
pub mod sidecar;
pub mod speakers;
mod table;

pub use description::{Description, Told, folded_name, put_together};

use crate::transcript::{Transcript, Warning};

/// A kind of file that stands beside a document and bears its name.
#[derive(Clone, Copy, Debug)]
pub struct Companion {
    /// What stands in place of the document's extension, or behind it, in lower case and without the
    /// dot in front: with `meta.toml` both `ep1.meta.toml` and `ep1.srt.meta.toml` go with `ep1.srt`.
    pub suffix: &'static str,
    /// The extensions of the documents it goes with, in lower case; all where there is none.
    pub of: &'static [&'static str],
    /// Takes the decoded text of the file and what was read of the document. Puts into the turns what
    /// belongs there (a speaker by the time, say); gives what it tells about the document as a whole.
    pub read: fn(&str, &mut Transcript) -> Contribution,
}

/// What a companion tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contribution {
    /// About the document as a whole.
    pub description: Description,
    /// What could not be read, with lines of the companion.
    pub warnings: Vec<Warning>,
}

/// All kinds of companions, in the order in which they are heard. Who renames speakers comes after
/// who finds them.
pub static COMPANIONS: &[Companion] = &[speakers::COMPANION, sidecar::COMPANION];

impl Companion {
    /// Whether a file of this name may be such a companion.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        self.stem_of(name).is_some()
    }

    /// The name of a companion without its suffix: `ep1.srt` or `ep1`.
    #[must_use]
    pub fn stem_of<'a>(&self, name: &'a str) -> Option<&'a str> {
        let dot = name.len().checked_sub(self.suffix.len() + 1)?;
        let end = name.get(dot..)?;
        let is_suffix = end.starts_with('.') && end[1..].eq_ignore_ascii_case(self.suffix);
        (is_suffix && dot > 0 && !name[..dot].ends_with('/')).then(|| &name[..dot])
    }

    /// Whether it goes with documents of this extension, given in lower case.
    #[must_use]
    pub fn goes_with(&self, extension: &str) -> bool {
        self.of.is_empty() || self.of.contains(&extension)
    }
}

/// Whether a file of this name belongs to others and is no document: a companion.
#[must_use]
pub fn is_companion(name: &str) -> bool {
    COMPANIONS.iter().any(|companion| companion.is_named(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_companion_bears_the_name_of_its_document() {
        let stem = |name| sidecar::COMPANION.stem_of(name);
        assert_eq!(stem("a/ep1.srt.meta.toml"), Some("a/ep1.srt"));
        assert_eq!(stem("ep1.META.TOML"), Some("ep1"));
        assert_eq!(stem("ep1.toml"), None);
        assert_eq!(stem("a/.meta.toml"), None);
        assert_eq!(stem("ïmeta.toml"), None);
    }
}
