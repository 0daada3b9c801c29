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
