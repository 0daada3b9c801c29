//! Styles that are named after those who speak.
//!
//! Some write a style for each speaker instead of the name of the actor. Most styles say how a
//! caption looks or what it is (`Default`, `Italics`, `Sign`, `OP`), and a wrong name is worse than
//! none. So the styles of a file are its speakers only where
//!
//! - no event has a name;
//! - two styles or more have the shape of a name, hold none of the words that styles have otherwise,
//!   and each of them comes back; and
//! - no other style has the shape of a name, and they have half of the events or more.
//!
//! Events of other styles are nobody's then.

use std::collections::HashMap;

use crate::{
    read::{
        name::{Name, judge},
        substation::Styled,
    },
    transcript::Speaker,
};

/// Words in the names of styles that are no speakers; sorted.
#[rustfmt::skip]
const USUAL: &[&str] = &[
    "alt", "alternate", "alternative", "bold", "bottom", "box", "caption", "captions", "comment",
    "copy", "credit", "credits", "default", "dialog", "dialogue", "ed", "ending", "english", "ep",
    "episode", "eyecatch", "flashback", "font", "green", "insert", "internal", "italic", "italics",
    "kanji", "karaoke", "left", "logo", "lower", "lyrics", "main", "middle", "monologue", "new",
    "next", "normal", "note", "notes", "op", "opening", "overlap", "phone", "preview", "radio",
    "regular", "right", "romaji", "screen", "sfx", "sign", "signs", "song", "songs", "staff",
    "standard", "style", "sub", "subs", "subtitle", "subtitles", "text", "thought", "thoughts",
    "title", "titles", "tl", "top", "translation", "translator", "ts", "tv", "typeset", "up",
    "upper", "white", "yellow",
];

/// Names the speakers of events by their styles, where these are names.
pub fn name_speakers(events: &mut [Styled<'_>]) {
    if events.iter().any(|it| it.cue.speaker.is_some()) {
        return;
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for event in events.iter() {
        *counts.entry(bare(event.style)).or_default() += 1;
    }
    counts.retain(|style, _| is_name(style));
    let all_come_back = counts.values().all(|count| *count > 1);
    let named: usize = counts.values().sum();
    if counts.len() < 2 || !all_come_back || named * 2 < events.len() {
        return;
    }
    for event in events.iter_mut() {
        let style = bare(event.style);
        if is_name(style) {
            event.cue.speaker = Some(Speaker(style.to_owned()));
        }
    }
}

/// The name of a style; older files write a star before that of a usual one.
fn bare(style: &str) -> &str {
    style.trim_start_matches('*').trim()
}

fn is_name(style: &str) -> bool {
    let lower = style.to_lowercase();
    let mut words = lower.split(|it: char| !it.is_alphabetic()).filter(|word| !word.is_empty());
    let is_usual = |word: &str| USUAL.binary_search(&word).is_ok();
    matches!(judge(style), Name::Person | Name::Role) && !words.any(is_usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_usual_styles_are_no_names() {
        assert!(USUAL.is_sorted());
        for style in ["Ana", "Ana King", "HOST", "Speaker 1"] {
            assert!(is_name(style), "{style}");
        }
        for style in ["Default", "Ana-Italics", "OP", "ED2", "Top", "Sign_3", "", "main dialogue"] {
            assert!(!is_name(style), "{style}");
        }
    }
}
