//! Words that were timed one by one, joined to text that can be read.
//!
//! For formats that have a word on each line or in each interval, with its place in the file. The
//! words of one speaker follow each other with a space between them; a pause starts a new line.

use crate::{
    place::{Place, TimeSpan},
    read::cues::Cue,
    text::Text,
    transcript::Speaker,
};

/// A word with its time and its place in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// The word as it is written, with the marks that belong to it.
    pub text: Text,
    /// When it was said.
    pub time: Option<TimeSpan>,
    /// Who said it.
    pub speaker: Option<Speaker>,
}

/// Silence after which a new line starts, in milliseconds.
const PAUSE: u64 = 1000;

/// The cues that words make: one for each stretch of a speaker without a pause. A word that starts
/// before the last one, as in the next recording of a file, starts a new one as well.
#[must_use]
pub fn cues(words: impl IntoIterator<Item = Word>) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    for word in words.into_iter().filter(|word| !word.text.is_empty()) {
        match cues.last_mut().filter(|last| goes_on(last, &word)) {
            Some(last) => {
                last.text.push(" ", Place { time: last.time, ..Place::default() });
                last.text.append(&word.text);
                last.time = join(last.time, word.time);
            }
            None => cues.push(Cue { time: word.time, speaker: word.speaker, text: word.text }),
        }
    }
    cues
}

fn goes_on(last: &Cue, word: &Word) -> bool {
    let near = match (last.time, word.time) {
        (Some(before), Some(now)) => {
            now.start >= before.start && now.start.0 <= before.end.0.saturating_add(PAUSE)
        }
        _ => true,
    };
    near && last.speaker == word.speaker
}

fn join(before: Option<TimeSpan>, now: Option<TimeSpan>) -> Option<TimeSpan> {
    match (before, now) {
        (Some(before), Some(now)) => {
            Some(TimeSpan { start: before.start, end: before.end.max(now.end) })
        }
        (before, now) => before.or(now),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Time;

    fn word(text: &str, start: u64, speaker: &str) -> Word {
        let time = Some(TimeSpan { start: Time(start), end: Time(start + 100) });
        let mut written = Text::default();
        written.push(text, Place { time, ..Place::default() });
        let speaker = (!speaker.is_empty()).then(|| Speaker(speaker.to_owned()));
        Word { text: written, time, speaker }
    }

    #[test]
    fn a_pause_and_a_change_of_speaker_part_words() {
        let words = [
            word("so", 0, "A"),
            word("on", 200, "A"),
            word("then", 2000, "A"),
            word("yes", 2100, "B"),
            word("again", 0, "B"),
        ];
        let cues = cues(words);
        let said: Vec<_> = cues.iter().map(|cue| cue.text.as_str()).collect();
        assert_eq!(said, ["so on", "then", "yes", "again"]);
        assert_eq!(cues[0].time, Some(TimeSpan { start: Time(0), end: Time(300) }));
    }
}
