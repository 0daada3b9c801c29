//! Words of speech recognition to text that can be read, with the time of each word.
//!
//! Where a service gives a sentence and its words, the sentence is the text and the words lend it
//! their times ([`sentence`]). Where it gives words alone, they are put together ([`Token`]): with
//! the spaces that some of them bring along, or with one before each that is no punctuation.

use crate::{
    place::{Place, TimeSpan},
    read::cues::Cue,
    text::Text,
    transcript::Speaker,
};

/// A word, or a punctuation mark, as a service gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Token {
    /// What is said.
    pub text: String,
    /// When.
    pub time: Option<TimeSpan>,
    /// Who says it, where that is told word by word.
    pub speaker: Option<String>,
    /// Whether it is said to have no space before it.
    pub attached: bool,
}

/// A cue: a sentence with the times of its words, as far as they are found in it. Without a
/// sentence the words are the text. `None` where nothing is said.
#[must_use]
pub fn sentence(
    speaker: Option<String>,
    time: Option<TimeSpan>,
    written: &str,
    words: &[Token],
) -> Option<Cue> {
    let text = if written.trim().is_empty() {
        joined(words, bring_spaces(words))
    } else {
        timed(written.trim(), time, words)
    };
    (!text.is_empty()).then(|| Cue { time, speaker: speaker.map(Speaker), text })
}

/// The cues of words alone: one for each stretch of a speaker.
#[must_use]
pub fn cues(tokens: &[Token]) -> Vec<Cue> {
    let spaced = bring_spaces(tokens);
    let mut cues = Vec::new();
    for words in stretches(tokens) {
        let times = words.iter().filter_map(|word| word.time);
        let time =
            times.reduce(|a, b| TimeSpan { start: a.start.min(b.start), end: a.end.max(b.end) });
        let speaker = words.iter().find_map(|word| word.speaker.clone()).map(Speaker);
        let text = joined(words, spaced);
        if !text.is_empty() {
            cues.push(Cue { time, speaker, text });
        }
    }
    cues
}

/// Tokens of one speaker. A mark or white space belongs to the words before it, whoever it names.
fn stretches(tokens: &[Token]) -> Vec<&[Token]> {
    let mut found = Vec::new();
    let (mut start, mut last) = (0, None);
    for (at, token) in tokens.iter().enumerate() {
        if !token.text.contains(char::is_alphanumeric) {
            continue;
        }
        if last.is_some_and(|last| last != &token.speaker) {
            found.push(&tokens[start..at]);
            start = at;
        }
        last = Some(&token.speaker);
    }
    found.push(&tokens[start..]);
    found
}

/// How far from the last word the next one is looked for, in bytes.
const FURTHEST: usize = 80;

fn timed(written: &str, whole: Option<TimeSpan>, words: &[Token]) -> Text {
    let mut starts: Vec<(usize, Option<TimeSpan>)> = Vec::with_capacity(words.len());
    let mut at = 0;
    for word in words {
        let word_text = word.text.trim();
        if !word_text.is_empty()
            && let Some(start) = find(&written[at..], word_text).map(|found| at + found)
        {
            starts.push((start, word.time));
            at = start + word_text.len();
        }
    }
    bound_missing_times(&mut starts, whole);
    let place = |time| Place { time, ..Place::default() };
    let mut text = Text::default();
    let first = starts.first().map_or(written.len(), |(start, _)| *start);
    text.push(&written[..first], place(starts.first().map_or(whole, |(_, time)| *time)));
    for (at, (start, time)) in starts.iter().enumerate() {
        let end = starts.get(at + 1).map_or(written.len(), |(next, _)| *next);
        text.push(&written[*start..end], place(*time));
    }
    text
}

/// Where a word stands in the text near its start, with or without its capitals.
fn find(text: &str, word: &str) -> Option<usize> {
    let near = &text[..text.floor_char_boundary(word.len() + FURTHEST)];
    near.find(word).or_else(|| {
        let bytes = near.as_bytes().windows(word.len());
        let found = bytes.map(|it| it.eq_ignore_ascii_case(word.as_bytes())).position(|it| it)?;
        near.is_char_boundary(found).then_some(found)
    })
}

/// A word without a time was said between its neighbours.
fn bound_missing_times(words: &mut [(usize, Option<TimeSpan>)], whole: Option<TimeSpan>) {
    let mut after = whole.map(|time| time.end);
    let mut ends = Vec::with_capacity(words.len());
    for (_, time) in words.iter().rev() {
        ends.push(after);
        after = time.map(|time| time.start).or(after);
    }
    let mut before = whole.map(|time| time.start);
    for ((_, time), after) in words.iter_mut().zip(ends.into_iter().rev()) {
        if time.is_none() {
            let start = before.or(after);
            *time = start.map(|start| TimeSpan { start, end: after.unwrap_or(start).max(start) });
        }
        before = time.map(|time| time.end).or(before);
    }
}

/// Whether some of the words bring the spaces between them along.
fn bring_spaces(words: &[Token]) -> bool {
    words.iter().any(|it| it.text.starts_with(char::is_whitespace) || it.text == " ")
        || words.iter().rev().skip(1).any(|it| it.text.ends_with(char::is_whitespace))
}

fn joined(words: &[Token], spaced: bool) -> Text {
    let mut text = Text::default();
    let mut time = words.iter().find_map(|word| word.time);
    let mut space = false;
    for word in words {
        let core = word.text.trim();
        if core.is_empty() {
            space |= !word.text.is_empty();
            continue;
        }
        let brought = if spaced {
            word.text.starts_with(char::is_whitespace)
        } else {
            !attaches(&text, word, core)
        };
        if (space || brought) && !text.is_empty() {
            text.push(" ", Place { time, ..Place::default() });
        }
        time = word.time.or(time);
        text.push(core, Place { time, ..Place::default() });
        space = spaced && word.text.ends_with(char::is_whitespace);
    }
    text
}

/// Whether a word follows without a space.
fn attaches(before: &Text, word: &Token, core: &str) -> bool {
    let (last, first) = (before.as_str().chars().next_back(), core.chars().next());
    let (Some(last), Some(first)) = (last, first) else {
        return true;
    };
    let closes = !core.contains(char::is_alphanumeric)
        && core.starts_with(|it: char| ",.!?;:…)]}”’%、。，！？：；".contains(it));
    word.attached
        || closes
        || "([{“‘¿¡".contains(last)
        || (is_without_spaces(last) && is_without_spaces(first))
        || core.starts_with(['、', '。', '，', '！', '？'])
}

/// Scripts that are written without spaces: Han, kana, Thai, Lao, Khmer, Myanmar.
fn is_without_spaces(character: char) -> bool {
    matches!(character,
        '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF00}'..='\u{FF65}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{place::Time, text::TextSpan};

    fn span(start: u64, end: u64) -> TimeSpan {
        TimeSpan { start: Time(start), end: Time(end) }
    }

    fn token(text: &str, start: u64) -> Token {
        Token { text: text.into(), time: Some(span(start, start + 1)), ..Token::default() }
    }

    fn text(words: &[&str]) -> String {
        let tokens: Vec<_> = words.iter().map(|word| token(word, 0)).collect();
        cues(&tokens).first().map_or(String::new(), |cue| cue.text.as_str().to_owned())
    }

    #[test]
    fn words_are_put_together_to_text() {
        assert_eq!(text(&["It", "rots", ",", "mostly", "."]), "It rots, mostly.");
        assert_eq!(text(&["(", "so", ")", "he", "said"]), "(so) he said");
        assert_eq!(text(&["古い", "本", "。"]), "古い本。");
        assert_eq!(text(&["80", "%"]), "80%");
    }

    #[test]
    fn words_that_bring_their_spaces_along_keep_them() {
        assert_eq!(text(&[" It", " ro", "ts", ","]), "It rots,");
        assert_eq!(text(&["It's", " ", "Friday", ",", " ", "the"]), "It's Friday, the");
        assert_eq!(text(&["It ", "rots"]), "It rots");
    }

    #[test]
    fn a_sentence_takes_the_times_of_its_words() {
        let words = [token("yes", 10), token("it", 20), token("ROTS", 30)];
        let cue = sentence(None, Some(span(10, 40)), " Yes, it rots. ", &words).unwrap();
        assert_eq!(cue.text.as_str(), "Yes, it rots.");
        let times: Vec<_> =
            cue.text.parts().iter().map(|it| (it.start, it.place.time.unwrap())).collect();
        assert_eq!(times, [(0, span(10, 11)), (5, span(20, 21)), (8, span(30, 31))]);
    }

    #[test]
    fn a_word_without_a_time_was_said_between_its_neighbours() {
        let words = [token("in", 10), Token { time: None, ..token("1961", 0) }, token("then", 30)];
        let cue = sentence(None, Some(span(10, 40)), "in 1961 then", &words).unwrap();
        assert_eq!(cue.text.place(TextSpan::new(3, 7)).time, Some(span(11, 30)));
    }

    #[test]
    fn words_that_are_not_in_the_sentence_lend_nothing() {
        let words = [token("other", 10), token("rots", 20)];
        let cue = sentence(None, Some(span(0, 40)), "It rots.", &words).unwrap();
        assert_eq!(cue.text.place(TextSpan::new(3, 7)).time, Some(span(20, 21)));
    }

    #[test]
    fn a_speaker_ends_where_another_begins() {
        let by = |name: &str, text: &str| Token { speaker: Some(name.into()), ..token(text, 0) };
        let words = [by("A", "one"), token(".", 0), by("A", "and"), by("A", "?"), by("B", "two")];
        let cues = cues(&words);
        let said: Vec<_> = cues.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(said, ["one. and?", "two"]);
    }
}
