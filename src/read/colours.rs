//! Colours that tell speakers apart.
//!
//! Captions made for the deaf, in Europe above all, give each speaker a colour and leave the names
//! out. In such a file a change of colour is a change of speaker, to someone unknown. Elsewhere a
//! colour stresses a word or marks a sound, and means nothing here. So the colours of a file count
//! only when whole lines have them, and when they come back ([`tell_apart`]).

use std::borrow::Cow;

use crate::read::{
    cues::Cue,
    name::{Name, judge},
};

/// The colour of the words of a cue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// White, or whatever the file has without asking.
    #[default]
    Usual,
    /// One that is asked for, as the file writes it, in lower case.
    Named(String),
    /// It changes inside a line.
    Mixed,
}

impl Colour {
    /// The colour of a value such as `#FFFF00`, `&H00FFFF&` or `yellow`.
    #[must_use]
    pub fn of(written: &str) -> Self {
        let bare = written.trim_matches(|it: char| !it.is_ascii_alphanumeric());
        let name = bare.to_ascii_lowercase();
        match name.trim_start_matches("h00") {
            "" | "white" | "fff" | "ffffff" | "hffffff" | "ffffffff" => Self::Usual,
            _ => Self::Named(name),
        }
    }

    /// Who speaks in it, where its name is that of a role, such as `narrator`.
    #[must_use]
    pub fn speaker(&self) -> Option<&str> {
        match self {
            Self::Named(name) if name.len() > 2 && judge(name) == Name::Role => Some(name),
            _ => None,
        }
    }
}

/// A cue and the colour it is shown in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coloured {
    /// The cue.
    pub cue: Cue,
    /// Its colour.
    pub colour: Colour,
}

impl From<Cue> for Coloured {
    fn from(cue: Cue) -> Self {
        Self { cue, colour: Colour::Usual }
    }
}

impl AsRef<Cue> for Coloured {
    fn as_ref(&self) -> &Cue {
        &self.cue
    }
}

/// The colours of a cue that is being read.
#[derive(Debug, Default)]
pub struct Paint<'a> {
    /// Of the elements that are open.
    open: Vec<Option<Cow<'a, str>>>,
    /// By a code that no other one ends.
    set: Option<Cow<'a, str>>,
    /// Of the words so far, and whether it changed inside a line.
    written: Option<(Option<Cow<'a, str>>, bool)>,
}

impl<'a> Paint<'a> {
    /// An element begins, in a colour of its own or in that around it.
    pub fn open(&mut self, colour: Option<Cow<'a, str>>) {
        let colour = colour.or_else(|| self.now().cloned());
        self.open.push(colour);
    }

    /// The last element ends.
    pub fn close(&mut self) {
        self.open.pop();
    }

    /// What follows has a colour, or none again.
    pub fn set(&mut self, colour: Option<Cow<'a, str>>) {
        self.set = colour;
    }

    fn now(&self) -> Option<&Cow<'a, str>> {
        self.open.last().unwrap_or(&self.set).as_ref()
    }

    /// Whether the next words have another colour than the last ones.
    #[must_use]
    pub fn changes(&self) -> bool {
        self.written.as_ref().is_some_and(|(last, _)| last.as_ref() != self.now())
    }

    /// Takes note of words; `in_line` tells whether their line has others before them.
    pub fn write(&mut self, in_line: bool) {
        let was_mixed = self.written.as_ref().is_some_and(|(_, mixed)| *mixed);
        let mixed = in_line && (was_mixed || self.changes());
        if mixed != was_mixed || self.written.is_none() || self.changes() {
            self.written = Some((self.now().cloned(), mixed));
        }
    }

    /// The colour of the words since the last time it was asked for.
    pub fn of_cue(&mut self) -> Colour {
        match self.written.take() {
            Some((_, true)) => Colour::Mixed,
            Some((Some(colour), false)) => Colour::of(&colour),
            Some((None, false)) | None => Colour::Usual,
        }
    }
}

/// Whether the class of a style is a colour or a role: `yellow`, `colorFFFF00`, `narrator`. The two
/// greys with which YouTube shades what it is less sure of are none.
#[must_use]
pub fn is_class(class: &str) -> bool {
    let class = class.to_ascii_lowercase();
    let is_hexadecimal = |digits: &str| {
        matches!(digits.len(), 3 | 6 | 8) && digits.bytes().all(|it| it.is_ascii_hexdigit())
    };
    CLASSES.binary_search(&class.as_str()).is_ok()
        || class
            .strip_prefix("color")
            .is_some_and(|it| is_hexadecimal(it) && !matches!(it, "e5e5e5" | "cccccc"))
        || (class.len() > 2 && judge(&class) == Name::Role)
}

/// Names of colours that styles have; sorted.
const CLASSES: &[&str] = &[
    "aqua", "black", "blue", "cyan", "fuchsia", "gray", "green", "grey", "lime", "magenta",
    "orange", "pink", "purple", "red", "silver", "white", "yellow",
];

/// How often the colour must change for it to tell speakers apart.
const FEWEST_CHANGES: usize = 3;
/// Nobody gives more people than this a colour of their own.
const MOST_COLOURS: usize = 8;

/// Whether the colours of a file tell its speakers apart: they cover whole lines, come back again
/// and again, and the rarer ones together have a tenth of the cues.
#[must_use]
pub fn tell_apart(cues: &[Coloured]) -> bool {
    let mut seen: Vec<(&Colour, usize)> = Vec::new();
    let (mut changes, mut mixed, mut last) = (0, 0, None);
    for Coloured { colour, .. } in cues.iter().filter(|it| !is_sound(&it.cue)) {
        if *colour == Colour::Mixed {
            mixed += 1;
            continue;
        }
        changes += usize::from(last.is_some_and(|last| last != colour));
        last = Some(colour);
        match seen.iter_mut().find(|(known, _)| *known == colour) {
            Some((_, count)) => *count += 1,
            None => seen.push((colour, 1)),
        }
    }
    let count: usize = seen.iter().map(|(_, count)| count).sum();
    let most = seen.iter().map(|(_, count)| *count).max().unwrap_or_default();
    let come_back = seen.iter().filter(|(_, count)| *count > 1).count();
    come_back > 1
        && seen.len() <= MOST_COLOURS
        && changes >= FEWEST_CHANGES
        && (count - most) * 10 >= count
        && mixed * 10 <= count
}

/// Whether a cue is a sound mark and nothing else: it has the colour of nobody.
#[must_use]
pub fn is_sound(cue: &Cue) -> bool {
    let text = cue.text.as_str();
    text.starts_with(['[', '(', '♪', '*', '#']) && text.ends_with([']', ')', '♪', '*', '#'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{place::Place, text::Text};

    /// Whether the colours of a file tell its speakers apart, a cue for each word.
    fn apart(cues: &str) -> bool {
        let cue = |word: &str| {
            let (colour, words) = word.split_once(':').unwrap_or(("", word));
            let mut text = Text::default();
            text.push(words, Place::default());
            let colour = if colour == "mixed" { Colour::Mixed } else { Colour::of(colour) };
            Coloured { cue: Cue { text, ..Cue::default() }, colour }
        };
        tell_apart(&cues.split(' ').map(cue).collect::<Vec<_>>())
    }

    #[test]
    fn colours_that_come_back_tell_speakers_apart() {
        assert!(apart("a yellow:b c yellow:d"));
        assert!(apart("cyan:a yellow:b cyan:c green:d yellow:e"));
    }

    #[test]
    fn colours_of_words_sounds_and_credits_do_not() {
        for cues in [
            "a b c d",
            "yellow:a yellow:b",
            "yellow:a b c d",
            "a mixed:b c mixed:d e mixed:f yellow:g h yellow:i",
            "a gray:[b] c gray:[d] e gray:[f]",
            "a b c d e f g yellow:h i j k l m n o p q r yellow:s t u v w x y z",
        ] {
            assert!(!apart(cues), "{cues}");
        }
        let many: Vec<_> = (0..20).map(|at| format!("c{}:a", at % 10)).collect();
        assert!(!apart(&many.join(" ")));
    }

    #[test]
    fn white_is_the_usual_colour() {
        for written in ["white", "#FFFFFF", "&HFFFFFF&", "&H00FFFFFF&", "\"#fff\"", ""] {
            assert_eq!(Colour::of(written), Colour::Usual, "{written}");
        }
        assert_eq!(Colour::of("#FFff00"), Colour::Named("ffff00".into()));
    }

    #[test]
    fn a_role_is_the_name_of_who_speaks() {
        assert!(CLASSES.is_sorted());
        assert_eq!(Colour::of("Narrator").speaker(), Some("narrator"));
        assert_eq!(Colour::of("yellow").speaker(), None);
        assert!(is_class("Yellow") && is_class("colorFFFF00") && is_class("speaker1"));
        assert!(!is_class("colorE5E5E5"));
        assert!(!is_class("loud") && !is_class("bg_black") && !is_class("top"));
    }
}
