//! Whether two names are of one person.
//!
//! - The same when all words of the shorter are in the longer (`King`, `Ana King`, `Dr. Ana King`),
//!   initials included (`A. King`), as long as one word is shared in full.
//! - Unclear when one is a role, a user name or no name (`Host`, `ana_k`); when the last names are
//!   the same and the first are not (`Bill King`, `William King`); when a single name begins like
//!   part of the other (`Kenny`, `Kenneth Moss`).
//! - Different otherwise.

use std::collections::HashMap;

use crate::{
    read::name::{Name, judge},
    words::Words,
};

/// What two names tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    Different,
    Unclear,
    Same,
}

const TITLES: &[&str] = &[
    "dr",
    "jr",
    "lady",
    "lord",
    "miss",
    "mr",
    "mrs",
    "ms",
    "president",
    "prof",
    "professor",
    "rep",
    "sen",
    "senator",
    "sir",
    "sr",
];

/// The speakers of a corpus, to be asked for one by a name that a manuscript has.
#[derive(Clone, Debug, Default)]
pub struct Speakers {
    names: Vec<String>,
    /// The names that have a word.
    by_word: HashMap<String, Vec<usize>>,
}

impl Speakers {
    /// Those of some names.
    #[must_use]
    pub fn of(names: impl IntoIterator<Item = String>) -> Self {
        let mut speakers = Self::default();
        for name in names {
            for word in words(&name) {
                speakers.by_word.entry(word).or_default().push(speakers.names.len());
            }
            speakers.names.push(name);
        }
        speakers
    }

    /// Whether one of them is surely the person who is named.
    #[must_use]
    pub fn has(&self, named: &str) -> bool {
        // Names of one person have a word in common.
        let shared = words(named).into_iter().filter_map(|word| self.by_word.get(&word));
        let mut likely = shared.flatten().map(|at| &self.names[*at]);
        likely.any(|known| compare(named, known) == Likeness::Same)
    }
}

/// Compares the name of a manuscript with the one of the corpus.
pub(super) fn compare(named: &str, known: &str) -> Likeness {
    let (a, b) = (words(named), words(known));
    if a == b {
        return Likeness::Same;
    }
    let is_person = |name: &str| judge(name) == Name::Person;
    if a.is_empty() || b.is_empty() || !is_person(named) || !is_person(known) {
        return Likeness::Unclear;
    }
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let shared =
        short.iter().filter(|word| word.chars().count() > 1 && long.contains(word)).count();
    let all = short.iter().all(|word| long.iter().any(|other| is_like(word, other)));
    if all {
        return if shared > 0 { Likeness::Same } else { Likeness::Unclear };
    }
    let nickname = short.len() == 1 && long.iter().any(|other| begin_alike(&short[0], other));
    if nickname || a.last() == b.last() { Likeness::Unclear } else { Likeness::Different }
}

fn words(name: &str) -> Vec<String> {
    let words = Words::of(name);
    words.iter().filter(|word| !TITLES.contains(word)).map(str::to_owned).collect()
}

/// Equal, or one is the initial of the other.
fn is_like(a: &str, b: &str) -> bool {
    let is_initial = |it: &str| it.chars().count() == 1;
    a == b || ((is_initial(a) || is_initial(b)) && (a.starts_with(b) || b.starts_with(a)))
}

fn begin_alike(a: &str, b: &str) -> bool {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_person_are_the_same() {
        for (a, b) in [
            ("Ana King", "Ana King"),
            ("King", "Ana King"),
            ("ANA KING", "Ana King"),
            ("Dr. Ana King", "Ana King"),
            ("A. King", "Ana King"),
            ("José", "Jose Moss"),
            ("Host", "HOST"),
        ] {
            assert_eq!(compare(a, b), Likeness::Same, "{a}, {b}");
            assert_eq!(compare(b, a), Likeness::Same, "{b}, {a}");
        }
    }

    #[test]
    fn a_name_is_asked_for_among_all_speakers() {
        let speakers = Speakers::of(["Ana King", "Host", "Ben Moss"].map(str::to_owned));
        for name in ["Ana King", "Dr. King", "A. King", "HOST", "Ben"] {
            assert!(speakers.has(name), "{name}");
        }
        for name in ["Ana Moss", "Rule", "Guest", "The Host", "In JavaScript", "Benjamin", ""] {
            assert!(!speakers.has(name), "{name}");
        }
    }

    #[test]
    fn names_of_two_people_are_different() {
        for (a, b) in [("Ana King", "Ben Moss"), ("Ben", "Ana King"), ("Ana King", "Ana Moss")] {
            assert_eq!(compare(a, b), Likeness::Different, "{a}, {b}");
        }
    }

    #[test]
    fn what_cannot_be_told_is_unclear() {
        for (a, b) in [
            ("Ana King", "Host"),
            ("Ana King", "ana_k"),
            ("Bill King", "William King"),
            ("Kenny", "Kenneth Moss"),
            ("Ana", "A. King"),
            ("", "Ana"),
        ] {
            assert_eq!(compare(a, b), Likeness::Unclear, "{a}, {b}");
        }
    }
}
