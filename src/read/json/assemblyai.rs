//! `AssemblyAI`: a text, its words with times in milliseconds, and utterances where speakers were
//! told apart.

use serde_json::Value;

use crate::{
    read::{
        Read, Reader,
        cues::Cue,
        json::{
            speech::{Token, sentence},
            transcript,
            value::{Unit, objects, span, speaker, string},
        },
    },
    transcript::Transcript,
};

/// JSON of `AssemblyAI`.
pub const READER: Reader = Reader {
    format: "assemblyai",
    extensions: &["json"],
    version: 3,
    recognises: |_| false,
    read: Read::Json { recognises, read },
};

fn recognises(value: &Value) -> bool {
    let is_word = |it: &Value| it.get("text").is_some() && it.get("start").is_some();
    (value.get("audio_url").is_some() || value.get("language_code").is_some())
        && (objects(value, "words").any(is_word) || objects(value, "utterances").any(is_word))
}

fn read(value: &Value) -> Transcript {
    let mut cues: Vec<Cue> = objects(value, "utterances").filter_map(utterance).collect();
    if cues.is_empty() {
        cues.extend(utterance(value));
    }
    transcript(cues, string(value, &["language_code"]))
}

fn utterance(value: &Value) -> Option<Cue> {
    let words: Vec<_> = objects(value, "words").map(word).collect();
    let ends = || {
        let (first, last) = (words.first()?.time?, words.last()?.time?);
        Some(crate::place::TimeSpan { start: first.start, end: last.end.max(first.start) })
    };
    let time = span(value, Unit::Millis, &["start"], &["end"]).or_else(ends);
    let written = string(value, &["text"]).unwrap_or_default();
    sentence(speaker(value, &["speaker"]), time, written, &words)
}

fn word(word: &Value) -> Token {
    let text = string(word, &["text"]).unwrap_or_default().to_owned();
    let time = span(word, Unit::Millis, &["start"], &["end"]);
    Token { text, time, speaker: speaker(word, &["speaker"]), attached: false }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::read::json::said;

    #[test]
    fn without_utterances_the_text_is_read() {
        let value = json!({"audio_url": "a", "text": "It rots.", "words": [
            {"text": "It", "start": 100, "end": 200}, {"text": "rots.", "start": 200, "end": 900},
        ]});
        assert!(recognises(&value));
        assert_eq!(said(&read(&value)), [(None, "It rots.", Some((100, 900)))]);
    }
}
