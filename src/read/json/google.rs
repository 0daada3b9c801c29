//! Google Speech-to-Text: results with a transcript and its words.
//!
//! Where speakers were told apart, the last result repeats all words with the number of their
//! speaker: then that one alone is read.

use serde_json::Value;

use crate::{
    place::{Time, TimeSpan},
    read::{
        Read, Reader,
        cues::Cue,
        json::{
            speech::{self, Token, sentence},
            transcript,
            value::{Unit, field, objects, speaker, string, time},
        },
    },
    transcript::Transcript,
};

/// JSON of Google Speech-to-Text.
pub const READER: Reader = Reader {
    format: "google-speech",
    extensions: &["json"],
    version: 3,
    recognises: |_| false,
    read: Read::Json { recognises, read },
};

fn recognises(value: &Value) -> bool {
    let is_word = |it: &Value| it.get("word").is_some();
    let first = objects(answer(value), "results").find_map(|it| objects(it, "alternatives").next());
    first.is_some_and(|best| {
        objects(best, "words").any(is_word)
            || (best.get("transcript").is_some() && best.get("timestamps").is_none())
    })
}

/// The answer, which may stand in what the service says about its work.
fn answer(value: &Value) -> &Value {
    value.get("response").unwrap_or(value)
}

fn read(value: &Value) -> Transcript {
    let results: Vec<_> = objects(answer(value), "results").collect();
    let best: Vec<_> = results.iter().filter_map(|it| objects(it, "alternatives").next()).collect();
    let words: Vec<Vec<Token>> =
        best.iter().map(|it| objects(it, "words").map(word).collect()).collect();
    let language = results.iter().find_map(|it| string(it, &["languageCode", "language_code"]));
    let mut before = words.iter().rev().skip(1);
    let told_apart = words.last().filter(|last| {
        last.iter().any(|it| it.speaker.is_some())
            && before.all(|it| it.iter().all(|it| it.speaker.is_none()))
    });
    let cues = match told_apart {
        Some(all) => speech::cues(all),
        None => best.iter().zip(&words).flat_map(|(best, words)| cues(best, words)).collect(),
    };
    transcript(cues, language)
}

fn cues(best: &Value, words: &[Token]) -> Vec<Cue> {
    if words.iter().any(|word| word.speaker.is_some()) {
        return speech::cues(words);
    }
    let times = words.iter().filter_map(|word| word.time);
    let time = times.reduce(|a, b| TimeSpan { start: a.start.min(b.start), end: a.end.max(b.end) });
    let written = string(best, &["transcript"]).unwrap_or_default();
    sentence(None, time, written, words).into_iter().collect()
}

fn word(word: &Value) -> Token {
    let start = moment(word, &["startTime", "startOffset", "start_time", "start_offset"]);
    let end = moment(word, &["endTime", "endOffset", "end_time", "end_offset"]);
    // A start of zero is left out.
    let time = end.or(start).map(|end| {
        let start = start.unwrap_or_default();
        TimeSpan { start, end: end.max(start) }
    });
    Token {
        text: string(word, &["word"]).unwrap_or_default().to_owned(),
        time,
        speaker: speaker(word, &["speakerLabel", "speakerTag", "speaker_label", "speaker_tag"]),
        attached: false,
    }
}

/// `"12.900s"`, or seconds and nanoseconds apart.
fn moment(word: &Value, names: &[&str]) -> Option<Time> {
    let value = field(word, names)?;
    if !value.is_object() {
        return time(value, Unit::Seconds);
    }
    let seconds = field(value, &["seconds"]).and_then(|it| time(it, Unit::Seconds));
    let nanos = value.get("nanos").and_then(Value::as_u64).unwrap_or_default();
    Some(Time(seconds.unwrap_or_default().0.saturating_add(nanos / 1_000_000)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::read::json::said;

    #[test]
    fn seconds_and_nanoseconds_are_read_and_a_start_of_zero_may_be_missing() {
        let value = json!({"response": {"results": [{"alternatives": [{
            "transcript": "It rots.",
            "words": [
                {"word": "It", "startTime": {}, "endTime": {"seconds": "1", "nanos": 500_000_000}},
                {"word": "rots.", "startOffset": "1.500s", "endOffset": "2s"},
            ],
        }]}]}});
        assert!(recognises(&value));
        assert_eq!(said(&read(&value)), [(None, "It rots.", Some((0, 2000)))]);
    }

    #[test]
    fn a_last_result_that_repeats_all_words_is_read_alone() {
        let value = json!({"results": [
            {"alternatives": [{"transcript": "one", "words": [{"word": "one", "endTime": "1s"}]}]},
            {"alternatives": [{"transcript": "two", "words": [{"word": "two", "endTime": "2s"}]}]},
            {"alternatives": [{"words": [
                {"word": "one", "endTime": "1s", "speakerTag": 1},
                {"word": "two", "startTime": "1s", "endTime": "2s", "speakerTag": 2},
            ]}]},
        ]});
        assert_eq!(
            said(&read(&value)),
            [
                (Some("Speaker 1"), "one", Some((0, 1000))),
                (Some("Speaker 2"), "two", Some((1000, 2000)))
            ]
        );
    }
}
