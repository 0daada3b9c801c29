//! Two words that are written as one: `don't` for `do not`, `25` for `twenty five`.
//!
//! The tables are English; other languages have no expansions yet.

/// What a word stands for that has no apostrophe, or follows no rule.
fn irregular(word: &str) -> &'static [(&'static str, &'static str)] {
    match word {
        "ain't" => &[("am", "not"), ("is", "not")],
        "can't" | "cannot" => &[("can", "not")],
        "dunno" => &[("don't", "know")],
        "gimme" => &[("give", "me")],
        "gonna" => &[("going", "to")],
        "gotta" => &[("got", "to")],
        "kinda" => &[("kind", "of")],
        "lemme" => &[("let", "me")],
        "outta" => &[("out", "of")],
        "shan't" => &[("shall", "not")],
        "sorta" => &[("sort", "of")],
        "wanna" => &[("want", "to")],
        "won't" => &[("will", "not")],
        _ => &[],
    }
}

/// What an apostrophe and a few letters at a word's end may stand for.
const ENDINGS: &[(&str, &[&str])] = &[
    ("n't", &["not"]),
    ("'s", &["is", "has", "us"]),
    ("'re", &["are"]),
    ("'ve", &["have"]),
    ("'ll", &["will"]),
    ("'d", &["would", "had"]),
    ("'m", &["am"]),
];

#[rustfmt::skip]
const SMALL: [&str; 20] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
];

const TENS: [&str; 8] =
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

const LARGE: &[(&str, u32)] =
    &[("hundred", 100), ("thousand", 1_000), ("million", 1_000_000), ("billion", 1_000_000_000)];

/// The pairs of folded words that a folded word may stand for, such as `it is`, `it has` and
/// `it us` for `it's`.
pub(super) fn expansions(word: &str) -> Vec<(&str, &'static str)> {
    let apostrophe = word.contains('\'');
    let mut pairs = Vec::new();
    if !apostrophe && !matches!(word.len(), 2 | 5 | 6) {
        return pairs;
    }
    pairs.extend(irregular(word));
    pairs.extend(tens_and_ones(word));
    if apostrophe && pairs.is_empty() {
        for (ending, seconds) in ENDINGS {
            if let Some(first) = word.strip_suffix(ending).filter(|first| !first.is_empty()) {
                pairs.extend(seconds.iter().map(|second| (first, *second)));
            }
        }
    }
    pairs
}

fn tens_and_ones(word: &str) -> Option<(&'static str, &'static str)> {
    let digits = word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    let value: usize = word.parse().ok().filter(|_| digits)?;
    let tens = TENS.get((value / 10).checked_sub(2)?)?;
    (!value.is_multiple_of(10)).then(|| (*tens, SMALL[value % 10]))
}

/// The number that a folded word says in digits or as one English word.
pub(super) fn number(word: &str) -> Option<u32> {
    if word.as_bytes().first()?.is_ascii_digit() {
        return word.parse().ok();
    }
    if !(3..=9).contains(&word.len()) {
        return None;
    }
    // No number word starts otherwise.
    if !b"befhmnostz".contains(word.as_bytes().first()?) {
        return None;
    }
    let at = |table: &[&str]| table.iter().position(|it| *it == word);
    let small = at(&SMALL).and_then(|at| u32::try_from(at).ok());
    let tens = || at(&TENS).and_then(|at| u32::try_from(10 * at + 20).ok());
    let large = || LARGE.iter().find(|(it, _)| *it == word).map(|(_, value)| *value);
    small.or_else(tens).or_else(large)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contractions_stand_for_two_words() {
        assert_eq!(expansions("don't"), [("do", "not")]);
        assert_eq!(expansions("cannot"), [("can", "not")]);
        assert_eq!(expansions("it's"), [("it", "is"), ("it", "has"), ("it", "us")]);
        assert_eq!(expansions("won't"), [("will", "not")]);
        assert_eq!(expansions("guitar"), []);
        assert_eq!(expansions("'d"), []);
    }

    #[test]
    fn numbers_are_read_in_digits_and_in_words() {
        for (word, value) in [("10", 10), ("ten", 10), ("forty", 40), ("thousand", 1000)] {
            assert_eq!(number(word), Some(value));
        }
        assert_eq!(number("tent"), None);
        assert_eq!(number("3.14"), None);
        assert_eq!(expansions("25"), [("twenty", "five")]);
        assert_eq!(expansions("20"), []);
    }
}
