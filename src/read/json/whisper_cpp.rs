//! whisper.cpp: segments in `transcription`, with times in milliseconds and, if asked for, tokens.
//!
//! Tokens are pieces of words. Those that are commands to the model (`[_BEG_]`) are no text; they
//! are not found in the segment and lend nothing.

use serde_json::Value;

use crate::{
    read::{
        Read, Reader,
        json::{
            speech::{Token, sentence},
            transcript,
            value::{Unit, entries, field, objects, span, speaker, string},
            warn_of_unreadable,
        },
    },
    transcript::Transcript,
};

/// JSON of whisper.cpp.
pub const READER: Reader = Reader {
    format: "whisper.cpp",
    extensions: &["json"],
    version: 3,
    recognises: |_| false,
    read: Read::Json { recognises, read },
};

fn recognises(value: &Value) -> bool {
    objects(value, "transcription").next().is_some_and(|it| it.get("text").is_some())
}

fn read(value: &Value) -> Transcript {
    let mut cues = Vec::new();
    for segment in objects(value, "transcription") {
        let tokens: Vec<_> = objects(segment, "tokens").map(token).collect();
        let written = string(segment, &["text"]).unwrap_or_default();
        let who = speaker(segment, &["speaker"]).filter(|it| it != "?");
        cues.extend(sentence(who, time(segment), written, &tokens));
    }
    let result = value.get("result").unwrap_or(&Value::Null);
    let mut transcript = transcript(cues, string(result, &["language"]));
    warn_of_unreadable(&mut transcript, entries(value, "transcription"), &["text"]);
    transcript
}

fn token(token: &Value) -> Token {
    let text = string(token, &["text"]).unwrap_or_default().to_owned();
    Token { text, time: time(token), ..Token::default() }
}

fn time(part: &Value) -> Option<crate::place::TimeSpan> {
    let written = |name| span(field(part, &[name])?, Unit::Millis, &["from"], &["to"]);
    written("offsets").or_else(|| written("timestamps"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::read::json::said;

    #[test]
    fn tokens_lend_their_times_to_the_words() {
        let value = json!({"result": {"language": "en"}, "transcription": [{
            "text": " It rots.",
            "offsets": {"from": 0, "to": 2000},
            "tokens": [
                {"text": "[_BEG_]", "offsets": {"from": 0, "to": 0}},
                {"text": " It", "offsets": {"from": 0, "to": 500}},
                {"text": " ro", "timestamps": {"from": "00:00:00,500", "to": "00:00:01,000"}},
                {"text": "ts", "offsets": {"from": 1000, "to": 1500}},
                {"text": ".", "offsets": {"from": 1500, "to": 2000}},
            ],
        }]});
        assert!(recognises(&value));
        let transcript = read(&value);
        assert_eq!(said(&transcript), [(None, "It rots.", Some((0, 2000)))]);
        assert_eq!(transcript.turns[0].text.parts().len(), 4);
        assert_eq!(transcript.metadata.language, Some("en".into()));
    }
}
