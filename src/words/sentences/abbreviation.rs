//! Dots that do not end a sentence although a capital or a digit follows.
//!
//! The tables are small on purpose: they hold what is common in speech and reviews, in English,
//! German, French and Spanish. An abbreviation before a small letter needs no table.

/// Longest abbreviation, in characters.
const LONGEST: usize = 12;

/// What a name or the rest of a clause follows, by language. The case of the first letter counts.
const BEFORE_A_NAME: [&[&str]; 4] = [
    // English
    &[
        "Adm", "Capt", "Cmdr", "Col", "Cpl", "Dr", "Drs", "Gen", "Gov", "Hon", "Lt", "Maj",
        "Messrs", "Mr", "Mrs", "Ms", "Mt", "Pres", "Prof", "Pvt", "Rep", "Rev", "Sen", "Sgt", "St",
        "Supt", "approx", "cf", "e.g", "eg", "feat", "ft", "i.e", "ie", "viz", "vs",
    ],
    // German
    &[
        "Dipl", "Fr", "Frl", "Hr", "Ing", "Mag", "bzgl", "bzw", "ca", "d.h", "evtl", "geb", "ggf",
        "inkl", "sog", "u.a", "v.a", "z.B", "z.T", "zzgl",
    ],
    // French
    &["MM", "Mgr", "Mlle", "Mme", "c.-à-d", "env"],
    // Spanish
    &["Dña", "Sra", "Sras", "Sres", "Srta", "Ud", "Uds", "Vd", "p.ej"],
];

/// What a number follows, in any case: `No. 5`, but `No. We did not.`
const BEFORE_A_NUMBER: &[&str] = &[
    "abb", "apr", "art", "aug", "bd", "ch", "dec", "feb", "fig", "figs", "jan", "jul", "jun",
    "kap", "mar", "no", "nos", "nov", "nr", "núm", "oct", "okt", "op", "p", "pag", "pp", "pág",
    "s", "sec", "sect", "sep", "sept", "tel", "vol", "vols",
];

/// What stands inside a sentence as well as at its end, where the next word has to tell.
const ANYWHERE: &[&str] =
    &["Ave", "Blvd", "Bros", "Co", "Corp", "Inc", "Jr", "Ltd", "Sr", "UU", "al"];

/// Words that open a sentence more often than they are part of a name, by language.
const OPENERS: [&[&str]; 4] = [
    // English
    &[
        "A", "After", "All", "An", "And", "As", "At", "Because", "But", "For", "He", "How",
        "However", "I", "I'm", "I’m", "If", "In", "It", "It's", "It’s", "My", "No", "Not", "Now",
        "Oh", "On", "Or", "Our", "She", "Since", "So", "That", "That's", "That’s", "The", "Their",
        "Then", "There", "These", "They", "This", "To", "We", "Well", "What", "When", "Where",
        "Which", "While", "Who", "Why", "Yeah", "Yes", "You",
    ],
    // German
    &["Aber", "Das", "Der", "Die", "Ein", "Eine", "Er", "Es", "Ich", "Sie", "Und", "Wir"],
    // French
    &["Ce", "Elle", "Et", "Il", "Ils", "Je", "La", "Le", "Les", "Mais", "Nous", "Un", "Une"],
    // Spanish
    &["Ella", "El", "En", "Las", "Los", "Pero", "Y", "Yo"],
];

/// Months that follow a day in German: `3. Mai`.
const GERMAN_MONTHS: &[&str] = &[
    "Januar",
    "Jänner",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// Whether the dot at `dot`, in a sentence that starts at or behind `start`, belongs to an
/// initial, an abbreviation or a number. `following` is the text from the next letter or digit.
pub(super) fn is_at(text: &str, start: usize, dot: usize, following: &str) -> bool {
    let Some(word) = word_before(&text[start..dot]) else {
        return false;
    };
    let next = following.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’'))).next();
    let next = next.unwrap_or_default();
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        let opens_sentence = text[start..dot].trim_start().len() == word.len();
        return word.len() <= 3 && (opens_sentence || GERMAN_MONTHS.contains(&next));
    }
    if is_in(&BEFORE_A_NAME, word) {
        return true;
    }
    let number_follows = following.starts_with(char::is_numeric);
    if number_follows && BEFORE_A_NUMBER.contains(&word.to_lowercase().as_str()) {
        return true;
    }
    match last_initial(word) {
        // The pronoun is far more common than the initial.
        Some('I') if word == "I" => is_initial(following),
        // The hours `a.m.` and `p.m.` close a sentence before any capital.
        Some('m') => false,
        Some(_) => !is_in(&OPENERS, next) || is_initial(following),
        None => ANYWHERE.contains(&word) && !is_in(&OPENERS, next),
    }
}

fn is_in(tables: &[&[&str]], word: &str) -> bool {
    tables.iter().any(|table| table.contains(&word))
}

/// The word that a text ends with, inner dots included, if it is short enough to be of interest.
fn word_before(text: &str) -> Option<&str> {
    let belongs = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let length: usize =
        text.chars().rev().take(LONGEST + 1).take_while(|c| belongs(*c)).map(char::len_utf8).sum();
    let word = &text[text.len() - length..];
    (!word.is_empty() && word.chars().count() <= LONGEST).then_some(word)
}

/// The letter that a word ends with when it stands alone, or alone behind another dot.
fn last_initial(word: &str) -> Option<char> {
    let mut letters = word.chars().rev();
    let last = letters.next().filter(|c| c.is_alphabetic())?;
    match letters.next() {
        None => last.is_uppercase().then_some(last),
        Some('.') => Some(last),
        Some(_) => None,
    }
}

/// Whether a text starts with a single letter and a dot.
fn is_initial(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(char::is_uppercase) && characters.next() == Some('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn belongs(before: &str, following: &str) -> bool {
        is_at(before, 0, before.len(), following)
    }

    #[test]
    fn a_title_belongs_to_the_name_behind_it() {
        assert!(belongs("so Dr", "Okafor said"));
        assert!(!belongs("so he is a Doctor", "Okafor said"));
    }

    #[test]
    fn some_abbreviations_need_a_number() {
        assert!(belongs("it was No", "5"));
        assert!(!belongs("it was No", "We"));
    }

    #[test]
    fn an_opening_word_ends_what_may_stand_anywhere() {
        assert!(belongs("by Acme Inc", "Chairman Lee"));
        assert!(!belongs("by Acme Inc", "They won"));
    }

    #[test]
    fn the_pronoun_is_an_initial_only_before_another() {
        assert!(belongs("with I", "M. Pei"));
        assert!(!belongs("you and I", "Nobody"));
        assert!(belongs("with J", "Smith"));
    }

    #[test]
    fn a_long_word_is_no_abbreviation() {
        assert_eq!(word_before("an incomprehensible"), None);
        assert_eq!(word_before("so (z.B"), Some("z.B"));
        assert_eq!(word_before(""), None);
    }
}
