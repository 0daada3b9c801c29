//! What can be the name of someone who speaks.
//!
//! Readers find labels (`Name: text`) by their shape; this decides by the words. The lists hold
//! what opens paragraphs of English prose, notes and reviews before a colon without being a person.
//! They are short on purpose: most of the work is done by the shape of a name and by asking the
//! whole document (see [`dialogue`](crate::read::dialogue)).

use crate::read::name_lists::{
    CREDITS, DAYS, IN_SENTENCES, IN_SENTENCES_AND_NAMES, PARTICLES, ROLES, SECTIONS, STOPPED,
};

/// How a label that has the shape of a name is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// A person or a role, such as `Ada Lovelace`, `HOST`, `Speaker 1`.
    Person,
    /// A role that only someone who speaks has, such as `Interviewer`, `Q`, `SPEAKER_00`.
    Role,
    /// A single word in lower case, such as a user name, or one of the credits, such as `Director`.
    /// It counts only among other names, and when it comes back.
    Handle,
    /// A part of a recording in which nobody of the conversation speaks, such as `Break`, `Jingle`.
    Section,
    /// No name at all, such as `Note`, `https`, `The thing is this`.
    Other,
}

/// Judges what stands before the colon of a label, without white space around it.
#[must_use]
pub fn judge(name: &str) -> Name {
    if name.len() > 80 || !name.chars().all(may_be_in_name) {
        return Name::Other;
    }
    let lower = name.to_lowercase();
    let bare = lower.trim_end_matches('.');
    let unnumbered = bare.trim_end_matches(|it: char| it.is_ascii_digit() || "_ #-.".contains(it));
    if is_in(STOPPED, bare) || is_in(STOPPED, unnumbered) {
        return Name::Other;
    }
    if is_in(CREDITS, bare) {
        return Name::Handle;
    }
    if is_in(SECTIONS, bare.rsplit(' ').next().unwrap_or(bare)) {
        return Name::Section;
    }
    if is_in(ROLES, unnumbered) && !(unnumbered.len() == 1 && name.starts_with(char::is_lowercase))
    {
        return Name::Role;
    }
    if has_section_number(name)
        || is_sentence(name, &lower)
        || is_in(DAYS, bare.rsplit(' ').next().unwrap_or(bare))
    {
        return Name::Other;
    }
    shape(name)
}

/// Whether it holds the number of a section, such as `A.3.1` or `2.6`.
fn has_section_number(name: &str) -> bool {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = name.as_bytes();
    memchr::memchr_iter(b'.', bytes).any(|at| {
        at > 0
            && is_digit(bytes.get(at + 1))
            && bytes.get(at - 1).is_some_and(u8::is_ascii_alphanumeric)
    })
}

/// Whether a word of a sentence is in it. `Will Moss` and `Ada You` are names, `Will it` is none.
fn is_sentence(name: &str, lower: &str) -> bool {
    let words = || name.split([' ', '\u{A0}']);
    let all_capitals = words().count() > 1 && words().all(is_capitalised);
    lower.split([' ', '\u{A0}']).any(|word| {
        is_in(IN_SENTENCES, word) || (!all_capitals && is_in(IN_SENTENCES_AND_NAMES, word))
    })
}

/// Whether a word is in a list. The lists are sorted.
fn is_in(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

fn may_be_in_name(character: char) -> bool {
    character.is_alphanumeric()
        || matches!(character, ' ' | '\u{A0}' | '.' | ',' | '\'' | '’' | 'ʼ' | '‘' | '-' | '‐' | '–' | '&')
        || matches!(character, '_' | '#' | '(' | ')' | '/' | '"' | '“' | '”' | '@' | '+' | '·' | '・')
        // Marks that combine with a letter, as in decomposed accents and Indian scripts.
        || matches!(character, '\u{300}'..='\u{36F}' | '\u{900}'..='\u{DFF}' | '\u{E00}'..='\u{EFF}')
}

fn shape(name: &str) -> Name {
    let Some(first) = name.chars().find(|it| !matches!(it, '"' | '“' | '‘' | '@')) else {
        return Name::Other;
    };
    let words = name.split([' ', '\u{A0}']).filter(|word| !word.is_empty());
    let (mut count, mut capitals, mut ordinary, mut ends_as_name) = (0, 0, 0, false);
    for word in words {
        count += 1;
        let is_number = word.starts_with(|it: char| it.is_numeric() || it == '#');
        let is_capital = is_capitalised(word);
        ends_as_name = is_capital || is_number;
        if is_capital {
            capitals += 1;
        } else if !is_number && word != "&" && !is_in(PARTICLES, word) {
            ordinary += 1;
        }
    }
    let uncased = !first.is_uppercase() && !first.is_lowercase() && first.is_alphabetic();
    if uncased && count <= 3 && name.chars().count() <= 12 {
        return Name::Person;
    }
    let begins_as_name = first.is_uppercase() || (capitals > 0 && first.is_alphabetic());
    if begins_as_name && ends_as_name && ordinary == 0 && count <= 6 {
        return Name::Person;
    }
    let plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || "_.-".contains(it);
    if count == 1 && first.is_ascii_lowercase() && name.len() >= 3 && name.chars().all(plain) {
        return Name::Handle;
    }
    Name::Other
}

/// Whether a word has a capital letter: `Ada`, `O'Brien`, `d'Arc`, `al-Rashid`, `iJustine`.
fn is_capitalised(word: &str) -> bool {
    let letter = word.chars().find(|it| it.is_alphabetic());
    letter.is_some_and(|it| !it.is_lowercase()) || word.chars().any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted() {
        let lists = [
            PARTICLES,
            ROLES,
            SECTIONS,
            CREDITS,
            STOPPED,
            IN_SENTENCES,
            IN_SENTENCES_AND_NAMES,
            DAYS,
        ];
        assert!(lists.iter().all(|list| list.is_sorted()));
    }

    #[test]
    fn names_of_all_shapes_are_people() {
        for name in [
            "Ada Lovelace",
            "ADA",
            "Ludwig van Beethoven",
            "Jeanne d'Arc",
            "Sinéad O’Connor",
            "Harun al-Rashid",
            "J. R. Hartley",
            "Dr. Ada King",
            "Sen. Smith",
            "Jean-Luc",
            "José",
            "Ana de la Cruz",
            "Mireille B. Reece, Psy.D",
            "Tom and Jerry",
            "Mat & Ana",
            "小泉",
            "Анна",
            "Archivist",
            "Voice 2b",
            "dc_Tyler",
            "The Joker",
            "Will Moss",
            "Ada You",
            "VM (Vicky) B",
            "Max Q. van der Berg",
        ] {
            assert_eq!(judge(name), Name::Person, "{name}");
        }
    }

    #[test]
    fn roles_are_told_from_names() {
        for name in ["Q", "A", "Host", "HOST", "Speaker 1", "SPEAKER_00", "Interviewer", "Guest #2"]
        {
            assert_eq!(judge(name), Name::Role, "{name}");
        }
    }

    #[test]
    fn what_is_nobody_is_no_name() {
        for name in [
            "",
            "Note",
            "Slides",
            "Agenda",
            "https",
            "10",
            "Warning",
            "Q&A",
            "Question",
            "The thing is this",
            "P.S.",
            "plot twist",
            "It",
            "What I mean",
            "Why?",
            "Pros",
            "a",
            "He said",
            "One more thing",
            "Will it",
            "On Wednesday",
            "Day 1",
            "Table 3.12.",
            "A.3.1. Example 1",
            "Returns",
            "To the Congress of the United States",
        ] {
            assert_eq!(judge(name), Name::Other, "{name}");
        }
    }

    #[test]
    fn music_and_breaks_are_sections() {
        for name in ["Break", "Jingle", "Old Show Intro", "MUSIC"] {
            assert_eq!(judge(name), Name::Section, "{name}");
        }
    }

    #[test]
    fn a_single_word_in_lower_case_is_a_handle() {
        assert_eq!(judge("roastbeef"), Name::Handle);
    }
}
