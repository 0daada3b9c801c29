//! Whisper and what is built on it: `OpenAI`'s own tool and service, faster-whisper,
//! whisper-timestamped, stable-ts, WhisperX.
//!
//! Segments with a text, mostly with words that have times, and with speakers in WhisperX. The
//! service may give the words apart from the segments, or the text alone.

use serde_json::Value;

use crate::{
    read::{
        Read, Reader,
        cues::Cue,
        json::{
            speech::{Token, sentence},
            transcript,
            value::{Unit, field, objects, span, speaker, string},
        },
    },
    transcript::Transcript,
};

/// JSON of Whisper and its relatives.
pub const READER: Reader = Reader {
    format: "whisper",
    extensions: &["json"],
    version: 3,
    recognises: |_| false,
    read: Read::Json { recognises, read },
};

/// What the service answers besides the text when no times were asked for.
const TEXT_ONLY: &[&str] = &["text", "task", "language", "duration", "usage", "logprobs"];

fn recognises(value: &Value) -> bool {
    let is_segment = |it: &Value| {
        it.get("start").is_some() && (it.get("text").is_some() || it.get("words").is_some())
    };
    if let Some(segments) = value.get("segments").and_then(Value::as_array) {
        return segments.first().map_or(value.get("text").is_some(), is_segment);
    }
    let words = value.get("words").and_then(Value::as_array);
    let only_text =
        value.as_object().is_some_and(|it| it.keys().all(|key| TEXT_ONLY.contains(&key.as_str())));
    value.get("text").is_some_and(Value::is_string)
        && (only_text || words.is_some_and(|it| it.iter().all(|it| it.get("word").is_some())))
}

fn read(value: &Value) -> Transcript {
    let mut apart = words(value, "words").into_iter().peekable();
    let segments: Vec<_> = objects(value, "segments").collect();
    let mut cues: Vec<Cue> = Vec::with_capacity(segments.len());
    for segment in &segments {
        let time = span(segment, Unit::Seconds, &["start"], &["end"]);
        let mut words = words(segment, "words");
        if words.is_empty() {
            // Words that stand apart belong to the segment in which they start.
            let end = time.map(|time| time.end);
            let is_inside = |it: &Token| it.time.map(|time| time.start) < end;
            words.extend(std::iter::from_fn(|| apart.next_if(is_inside)));
        }
        let who = speaker(segment, &["speaker"])
            .or_else(|| words.iter().find_map(|word| word.speaker.clone()));
        cues.extend(sentence(who, time, string(segment, &["text"]).unwrap_or_default(), &words));
    }
    if segments.is_empty() {
        let words: Vec<_> = apart.collect();
        cues.extend(sentence(None, None, string(value, &["text"]).unwrap_or_default(), &words));
    }
    transcript(cues, string(value, &["language"]))
}

fn words(value: &Value, name: &str) -> Vec<Token> {
    let token = |word| Token {
        text: string(word, &["word", "text"]).unwrap_or_default().to_owned(),
        time: field(word, &["start"]).and_then(|_| span(word, Unit::Seconds, &["start"], &["end"])),
        speaker: speaker(word, &["speaker"]),
        attached: false,
    };
    objects(value, name).map(token).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::read::json::said;

    #[test]
    fn words_that_stand_apart_belong_to_the_segment_in_which_they_start() {
        let value = json!({
            "language": "english",
            "segments": [
                {"start": 0.5, "end": 2.0, "text": " It rots."},
                {"start": 2.0, "end": 3.0, "text": " Yes."},
            ],
            "words": [
                {"word": "It", "start": 0.5, "end": 0.8},
                {"word": "rots", "start": 0.9, "end": 1.5},
                {"word": "Yes", "start": 2.1, "end": 2.5},
            ],
        });
        assert!(recognises(&value));
        let transcript = read(&value);
        assert_eq!(said(&transcript), [(None, "It rots.\nYes.", Some((500, 2500)))]);
    }

    #[test]
    fn a_segment_without_a_speaker_has_that_of_its_words() {
        let value = json!({"segments": [
            {"start": 0, "end": 1, "text": "one", "words": [{"word": "one", "speaker": "SPEAKER_01"}]},
        ]});
        assert_eq!(said(&read(&value)), [(Some("SPEAKER_01"), "one", Some((0, 1000)))]);
    }

    #[test]
    fn a_segment_that_nobody_was_found_for_is_nobodys() {
        let value = json!({"segments": [
            {"start": 0, "end": 1, "text": "one", "speaker": "SPEAKER_00"},
            {"start": 1, "end": 2, "text": "two"},
        ]});
        let transcript = read(&value);
        assert_eq!(said(&transcript)[1], (None, "two", Some((1000, 2000))));
    }

    #[test]
    fn the_text_alone_is_read() {
        let value = json!({"text": "It rots."});
        assert!(recognises(&value) && !recognises(&json!({"text": "a", "author": "b"})));
        assert_eq!(said(&read(&value)), [(None, "It rots.", None)]);
    }
}
