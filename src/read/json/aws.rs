//! Amazon Transcribe: items that are words or punctuation, with their times as strings.
//!
//! Speakers stand at the items, or in segments that name the start of each word. Where there is a
//! channel for each speaker, its label is the speaker.

use std::collections::HashMap;

use serde_json::Value;

use crate::{
    read::{
        Read, Reader,
        json::{
            speech::{self, Token},
            transcript,
            value::{Unit, objects, span, speaker, string},
        },
    },
    transcript::Transcript,
};

/// JSON of Amazon Transcribe.
pub const READER: Reader = Reader {
    format: "aws-transcribe",
    extensions: &["json"],
    version: 3,
    recognises: |_| false,
    read: Read::Json { recognises, read },
};

fn recognises(value: &Value) -> bool {
    items(value).and_then(|items| items.first()).is_some_and(|item| {
        item.get("type").is_some() && objects(item, "alternatives").next().is_some()
    })
}

/// The items of an answer, or a list of them alone.
fn items(value: &Value) -> Option<&Vec<Value>> {
    value.as_array().or_else(|| value.get("results")?.get("items")?.as_array())
}

fn read(value: &Value) -> Transcript {
    let results = value.get("results").unwrap_or(&Value::Null);
    let speakers = speakers(results);
    let mut tokens = Vec::new();
    for item in items(value).into_iter().flatten() {
        let content = objects(item, "alternatives").next();
        let text = content.and_then(|it| string(it, &["content"])).unwrap_or_default().to_owned();
        let is_mark = string(item, &["type"]) == Some("punctuation");
        let named = speaker(item, &["speaker_label", "channel_label"]);
        let by_start = || string(item, &["start_time"]).and_then(|it| speakers.get(it).cloned());
        tokens.push(Token {
            text,
            time: span(item, Unit::Seconds, &["start_time"], &["end_time"]),
            speaker: if is_mark { None } else { named.or_else(by_start) },
            attached: is_mark,
        });
    }
    transcript(speech::cues(&tokens), string(results, &["language_code"]))
}

/// Who speaks, by the start of each word.
fn speakers(results: &Value) -> HashMap<&str, String> {
    let labels = results.get("speaker_labels").unwrap_or(&Value::Null);
    let items = objects(labels, "segments").flat_map(|segment| {
        let of_segment = speaker(segment, &["speaker_label"]);
        objects(segment, "items").map(move |item| (item, of_segment.clone()))
    });
    items
        .filter_map(|(item, of_segment)| {
            let who = speaker(item, &["speaker_label"]).or(of_segment)?;
            Some((string(item, &["start_time"])?, who))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::read::json::said;

    #[test]
    fn speakers_may_stand_in_segments() {
        let word = |start: &str, end: &str, content: &str| {
            json!({"type": "pronunciation", "start_time": start, "end_time": end,
                "alternatives": [{"content": content}]})
        };
        let value = json!({"results": {
            "language_code": "en-GB",
            "speaker_labels": {"segments": [
                {"speaker_label": "spk_0", "items": [{"start_time": "0.5", "speaker_label": "spk_0"}]},
                {"speaker_label": "spk_1", "items": [{"start_time": "1.0"}]},
            ]},
            "items": [
                word("0.5", "0.9", "One"),
                {"type": "punctuation", "alternatives": [{"content": "."}]},
                word("1.0", "1.5", "Two"),
            ],
        }});
        assert!(recognises(&value));
        assert_eq!(
            said(&read(&value)),
            [(Some("spk_0"), "One.", Some((500, 900))), (Some("spk_1"), "Two", Some((1000, 1500)))]
        );
    }
}
