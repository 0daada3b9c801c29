//! Rev.ai: monologues of elements, which are words with times, or punctuation that brings the
//! spaces.

use serde_json::Value;

use crate::{
    read::{
        Read, Reader,
        json::{
            speech::{self, Token},
            transcript,
            value::{Unit, field, objects, span, speaker, string},
        },
    },
    transcript::Transcript,
};

/// JSON of Rev.ai.
pub const READER: Reader = Reader {
    format: "rev.ai",
    extensions: &["json"],
    version: 3,
    recognises: |_| false,
    read: Read::Json { recognises, read },
};

fn recognises(value: &Value) -> bool {
    objects(value, "monologues").any(|it| it.get("elements").is_some())
}

fn read(value: &Value) -> Transcript {
    let mut cues = Vec::new();
    for monologue in objects(value, "monologues") {
        let who = name(value, monologue);
        let elements: Vec<_> = objects(monologue, "elements").map(element).collect();
        let spoken = speech::cues(&elements).into_iter().map(|mut cue| {
            cue.speaker = who.clone().map(crate::transcript::Speaker);
            cue
        });
        cues.extend(spoken);
    }
    transcript(cues, string(value, &["language"]))
}

/// The name in the table of speakers, if there is one, or the number.
fn name(value: &Value, monologue: &Value) -> Option<String> {
    let number = field(monologue, &["speaker"])?;
    let listed = objects(value, "speakers").find(|it| it.get("id") == Some(number));
    let info = monologue.get("speaker_info");
    let written = info.or(listed).and_then(|it| speaker(it, &["display_name", "name"]));
    written.or_else(|| speaker(monologue, &["speaker_name", "speaker"]))
}

fn element(element: &Value) -> Token {
    Token {
        text: string(element, &["value"]).unwrap_or_default().to_owned(),
        time: span(element, Unit::Seconds, &["ts"], &["end_ts"]),
        ..Token::default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::read::json::said;

    #[test]
    fn a_speaker_without_a_name_is_a_number() {
        let value = json!({"monologues": [{"speaker": 2, "elements": [
            {"type": "text", "value": "It", "ts": 0.5, "end_ts": 1},
            {"type": "punct", "value": " "},
            {"type": "text", "value": "rots", "ts": 1, "end_ts": 2},
            {"type": "punct", "value": "."},
        ]}]});
        assert!(recognises(&value));
        assert_eq!(said(&read(&value)), [(Some("Speaker 2"), "It rots.", Some((500, 2000)))]);
    }
}
