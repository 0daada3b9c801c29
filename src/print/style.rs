//! The styles of what is written for a person.

use anstyle::{AnsiColor, Style};

/// What matched.
pub const MATCH: Style = AnsiColor::Red.on_default().bold();
/// Words that are there and were not remembered.
pub const ADDED: Style = AnsiColor::Green.on_default().bold();
/// Words that were remembered and are not there.
pub const MISSING: Style = AnsiColor::Red.on_default();
/// Titles.
pub const TITLE: Style = Style::new().bold();
/// Who speaks.
pub const SPEAKER: Style = AnsiColor::Cyan.on_default();
/// When it is said.
pub const TIME: Style = AnsiColor::Green.on_default();
/// Paths, numbers, and what is beside the matter.
pub const FAINT: Style = Style::new().dimmed();

/// The names of the styles that can be chosen, in the order of the fields of [`Styles`].
const NAMES: [&str; 8] = ["match", "added", "removed", "title", "speaker", "time", "path", "faint"];

/// The styles of hits, which a user may choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Styles {
    /// What matched.
    pub found: Style,
    /// Words that are there and were not remembered.
    pub added: Style,
    /// Words that were remembered and are not there.
    pub removed: Style,
    /// Titles.
    pub title: Style,
    /// Who speaks.
    pub speaker: Style,
    /// When it is said.
    pub time: Style,
    /// Paths and lines.
    pub path: Style,
    /// Numbers, what surrounds a passage, and what is beside the matter.
    pub faint: Style,
}

impl Default for Styles {
    fn default() -> Self {
        Self {
            found: MATCH,
            added: ADDED,
            removed: MISSING,
            title: TITLE,
            speaker: SPEAKER,
            time: TIME,
            path: FAINT,
            faint: FAINT,
        }
    }
}

impl Styles {
    /// No colours at all.
    pub const PLAIN: Self = Self {
        found: Style::new(),
        added: Style::new(),
        removed: Style::new(),
        title: Style::new(),
        speaker: Style::new(),
        time: Style::new(),
        path: Style::new(),
        faint: Style::new(),
    };

    /// Reads styles such as `match=1;31:speaker=36`: names and the numbers of colours and effects
    /// (SGR, ECMA-48), as in `LS_COLORS`; what is not named stays as it is. An empty value means no
    /// style.
    ///
    /// Gives besides what is wrong with each part that could not be read.
    #[must_use]
    pub fn parse(written: &str) -> (Self, Vec<String>) {
        let mut styles = Self::default();
        let mut wrong = Vec::new();
        for part in written.split(':').filter(|part| !part.trim().is_empty()) {
            if let Err(message) = styles.set(part.trim()) {
                wrong.push(message);
            }
        }
        (styles, wrong)
    }

    fn set(&mut self, part: &str) -> Result<(), String> {
        let (name, codes) =
            part.split_once('=').ok_or_else(|| format!("`{part}` has no `=`: write match=1;31"))?;
        let style = match name.trim() {
            "match" => &mut self.found,
            "added" => &mut self.added,
            "removed" => &mut self.removed,
            "title" => &mut self.title,
            "speaker" => &mut self.speaker,
            "time" => &mut self.time,
            "path" => &mut self.path,
            "faint" => &mut self.faint,
            _ => {
                let names = NAMES.join(", ");
                return Err(format!("`{part}` names no style: use {names}"));
            }
        };
        *style = match codes.trim() {
            "" | "0" | "00" => Style::new(),
            codes => read(codes)
                .ok_or_else(|| format!("`{part}` is no colour: write numbers such as 1;31"))?,
        };
        Ok(())
    }
}

/// Reads the numbers of colours and effects.
fn read(codes: &str) -> Option<Style> {
    let are_numbers = codes.split(';').all(|code| code.trim().parse::<u8>().is_ok());
    if are_numbers { anstyle_ls::parse(codes) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn named_styles_are_changed_and_others_stay() {
        let (styles, wrong) = Styles::parse("match=1;34:speaker=:time=38;5;208");
        assert_eq!(wrong, Vec::<String>::new());
        assert_eq!(styles.found, AnsiColor::Blue.on_default().bold());
        assert_eq!(styles.speaker, Style::new());
        assert_eq!(styles.time.get_fg_color(), Some(anstyle::Ansi256Color(208).into()));
        assert_eq!(styles.title, TITLE);
    }

    #[test]
    fn what_cannot_be_read_is_named_and_the_rest_counts() {
        let (styles, wrong) = Styles::parse("match=red:colour=1:title:path=4");
        assert_eq!(
            wrong,
            [
                "`match=red` is no colour: write numbers such as 1;31",
                "`colour=1` names no style: use match, added, removed, title, speaker, time, path, \
                 faint",
                "`title` has no `=`: write match=1;31",
            ]
        );
        assert_eq!(styles, Styles { path: Style::new().underline(), ..Styles::default() });
    }

    #[test]
    fn every_name_can_be_set() {
        for name in NAMES {
            assert_eq!(Styles::parse(&format!("{name}=7")).1, Vec::<String>::new(), "{name}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_is_written_panics(written in "[a-z=;:0-9 ]{0,40}|match=\\PC{0,9}") {
            let _ = Styles::parse(&written);
        }
    }
}
