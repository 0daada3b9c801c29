//! Names as they stand in a sentence: runs of capitalised words.

use crate::read::name::{Name, judge};

/// A word of a sentence and what stands directly behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    /// The word, with the apostrophes, dots of initials and hyphens that belong to it.
    pub(super) word: &'a str,
    /// The punctuation up to the next word, without white space.
    pub(super) behind: &'a str,
}

/// The words of a sentence. Punctuation in front of the first word is given apart.
pub(super) fn tokens(sentence: &str) -> (&str, Vec<Token<'_>>) {
    let is_word =
        |it: char| it.is_alphanumeric() || matches!(it, '\'' | '’' | '-' | '&' | '\u{301}');
    let first = sentence.find(char::is_alphanumeric).unwrap_or(sentence.len());
    let mut tokens = Vec::new();
    let mut rest = &sentence[first..];
    while !rest.is_empty() {
        let mut end = rest.find(|it| !is_word(it)).unwrap_or(rest.len());
        // `J.`, `Dr.`: the dot belongs to an initial or a title when the next word follows it.
        let short = rest[..end].chars().count() == 1 || TITLES.contains(&&rest[..end]);
        if short && rest[..end].starts_with(char::is_uppercase) && rest[end..].starts_with('.') {
            end += 1;
        }
        let word = rest[..end].trim_end_matches('-');
        let tail = &rest[word.len()..];
        let next = tail.find(char::is_alphanumeric).unwrap_or(tail.len());
        tokens.push(Token { word, behind: tail[..next].trim() });
        rest = &tail[next..];
    }
    (sentence[..first].trim(), tokens)
}

const TITLES: &[&str] = &["Dr", "Mr", "Mrs", "Ms", "Prof", "Sen", "Rep", "Gov", "St", "Jr", "Sr"];

/// Parts of names that have no capital letter.
const PARTICLES: &[&str] = &[
    "al", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "ibn", "la",
    "le", "ten", "ter", "van", "von", "zu",
];

/// What stands between someone and the name of something else: a place, a firm, another person.
const PLACING: &[&str] = &["about", "at", "by", "for", "from", "in", "of", "on"];

/// What may stand between one of [`PLACING`] and the name.
const ARTICLES: &[&str] = &["a", "an", "his", "her", "our", "the", "their"];

/// Capitalised at the start of a sentence, and part of no name there.
const OPENERS: &[&str] = &[
    "after",
    "afterwards",
    "again",
    "also",
    "although",
    "and",
    "as",
    "at",
    "before",
    "both",
    "but",
    "earlier",
    "even",
    "eventually",
    "finally",
    "first",
    "friday",
    "here",
    "how",
    "if",
    "in",
    "indeed",
    "last",
    "later",
    "like",
    "maybe",
    "meanwhile",
    "monday",
    "next",
    "nobody",
    "nor",
    "now",
    "on",
    "once",
    "one",
    "only",
    "or",
    "perhaps",
    "quoting",
    "recently",
    "said",
    "saturday",
    "since",
    "so",
    "sometimes",
    "still",
    "sunday",
    "that",
    "then",
    "thursday",
    "today",
    "tuesday",
    "wednesday",
    "what",
    "when",
    "where",
    "while",
    "why",
    "yes",
    "yesterday",
    "yet",
];

/// Someone else's place in the sentence: never a name.
const NOBODY: &[&str] = &[
    "anyone",
    "everybody",
    "everyone",
    "he",
    "him",
    "her",
    "i",
    "it",
    "me",
    "nobody",
    "none",
    "one",
    "others",
    "people",
    "she",
    "some",
    "somebody",
    "someone",
    "someone else",
    "that",
    "the",
    "their",
    "them",
    "they",
    "this",
    "us",
    "we",
    "which",
    "who",
    "you",
];

fn is_capitalised(word: &str) -> bool {
    word.chars().find(|it| it.is_alphabetic()).is_some_and(char::is_uppercase)
        || word.split(['\'', '’', '-']).any(|part| part.starts_with(char::is_uppercase))
}

fn is_in(list: &[&str], word: &str) -> bool {
    list.iter().any(|it| it.eq_ignore_ascii_case(word))
}

/// The most words a name has.
const LONGEST: usize = 6;

/// The name that ends with the last of some words, if one does, and how many words it has.
///
/// Nothing when another name is joined to it: two people said it together, or it cannot be told.
pub(super) fn ending(tokens: &[Token<'_>]) -> Option<(String, usize)> {
    let mut start = tokens.len();
    while start > 0 && tokens.len() - start < LONGEST {
        let token = tokens[start - 1];
        let joined = start == tokens.len() || token.behind.is_empty();
        let part =
            is_capitalised(token.word) || (start < tokens.len() && PARTICLES.contains(&token.word));
        if !joined || !part {
            break;
        }
        start -= 1;
    }
    while start < tokens.len() && PARTICLES.contains(&tokens[start].word) {
        start += 1;
    }
    if start == 0 {
        while tokens.len() - start > 1 && is_in(OPENERS, tokens[start].word) {
            start += 1;
        }
    }
    let front = match tokens.get(..start) {
        Some([front @ .., article]) if ARTICLES.contains(&article.word) => front,
        front => front.unwrap_or_default(),
    };
    if let [earlier @ .., join] = front
        && start < tokens.len()
        && join.behind.is_empty()
        && PLACING.contains(&join.word)
    {
        // `Ana King of the Tape Archive said`, `the team at Walmart said`.
        let (name, length) = ending(earlier)?;
        return Some((name, length + tokens.len() - earlier.len()));
    }
    if let Some([.., before, join]) = tokens.get(..start)
        && matches!(join.word, "and" | "&" | "with" | "or")
        && is_capitalised(before.word)
        && before.behind.is_empty()
    {
        return None;
    }
    let name = name(&tokens[start..])?;
    Some((name, tokens.len() - start))
}

/// The name that starts with the first of some words, if one does, and how many words it has.
pub(super) fn starting(tokens: &[Token<'_>]) -> Option<(String, usize)> {
    let mut end = 0;
    while end < tokens.len().min(LONGEST) {
        let word = tokens[end].word;
        let part = is_capitalised(word) || (end > 0 && PARTICLES.contains(&word));
        if !part {
            break;
        }
        end += 1;
        if !tokens[end - 1].behind.is_empty() {
            break;
        }
    }
    while end > 0
        && (PARTICLES.contains(&tokens[end - 1].word)
            || (end > 1
                && judge(tokens[end - 1].word) == Name::Other
                && is_in(OPENERS, tokens[end - 1].word)))
    {
        end -= 1;
    }
    let together = tokens.get(end).is_some_and(|it| matches!(it.word, "and" | "&"))
        && tokens.get(end + 1).is_some_and(|it| is_capitalised(it.word))
        && tokens.get(end.wrapping_sub(1)).is_some_and(|it| it.behind.is_empty());
    if together {
        return None;
    }
    let name = name(&tokens[..end])?;
    Some((name, end))
}

fn name(tokens: &[Token<'_>]) -> Option<String> {
    let words: Vec<_> = tokens.iter().map(|token| token.word).collect();
    let first = words.first()?;
    if is_in(NOBODY, first)
        || (words.len() == 1 && is_in(OPENERS, first))
        || words.iter().any(|word| matches!(*word, "&"))
    {
        return None;
    }
    let name = words.join(" ");
    let name = name.strip_suffix("'s").or(name.strip_suffix("’s")).unwrap_or(&name);
    let names_someone = match judge(name) {
        Name::Person | Name::Role => true,
        // Who signs as `Director` speaks, though `Director:` in a head may be a credit.
        Name::Handle => name.starts_with(char::is_uppercase),
        Name::Section | Name::Other => false,
    };
    names_someone.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last(sentence: &str) -> Option<String> {
        ending(&tokens(sentence).1).map(|it| it.0)
    }

    fn first(sentence: &str) -> Option<String> {
        starting(&tokens(sentence).1).map(|it| it.0)
    }

    #[test]
    fn a_name_is_a_run_of_capitalised_words() {
        for (sentence, name) in [
            ("the engineer Ana King", "Ana King"),
            ("Later Ana King", "Ana King"),
            ("But when Dr. Ana M. King", "Dr. Ana M. King"),
            ("said Ludwig van der Berg", "Ludwig van der Berg"),
            ("He left and Ana", "Ana"),
            ("Jean-Luc O’Brien", "Jean-Luc O’Brien"),
        ] {
            assert_eq!(last(sentence).as_deref(), Some(name), "{sentence}");
        }
        assert_eq!(first("Ana King, who built it").as_deref(), Some("Ana King"));
        assert_eq!(first("Ana King of the archive").as_deref(), Some("Ana King"));
        assert_eq!(first("Director").as_deref(), Some("Director"));
    }

    #[test]
    fn pronouns_and_pairs_of_people_are_no_name() {
        for sentence in ["Then he", "She", "I", "Ana King and Ben Moss", "the engineer", "", "They"]
        {
            assert_eq!(last(sentence), None, "{sentence}");
        }
        for sentence in ["Ana and Ben", "the engineer", "He", "", "who"] {
            assert_eq!(first(sentence), None, "{sentence}");
        }
    }
}
