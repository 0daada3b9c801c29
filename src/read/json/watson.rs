//! IBM Watson Speech to Text: results with a transcript and the times of its words, and a table that
//! tells who speaks by the start of each word.

use std::collections::HashMap;

use serde_json::Value;

use crate::{
    place::TimeSpan,
    read::{
        Read, Reader,
        json::{
            speech::{self, Token, sentence},
            transcript,
            value::{Unit, field, objects, speaker, string, time},
        },
    },
    transcript::Transcript,
};

/// JSON of IBM Watson Speech to Text.
pub const READER: Reader = Reader {
    format: "ibm-watson",
    extensions: &["json"],
    version: 3,
    recognises: |_| false,
    read: Read::Json { recognises, read },
};

fn recognises(value: &Value) -> bool {
    let has_times =
        |it: &Value| objects(it, "alternatives").any(|it| it.get("timestamps").is_some());
    answers(value).iter().any(|it| objects(it, "results").any(has_times))
}

/// The answers: the file itself, or the list of them that a finished job holds.
fn answers(value: &Value) -> Vec<&Value> {
    let inside: Vec<_> =
        objects(value, "results").filter(|it| it.get("results").is_some()).collect();
    if inside.is_empty() { vec![value] } else { inside }
}

fn read(value: &Value) -> Transcript {
    let mut cues = Vec::new();
    for answer in answers(value) {
        let speakers: HashMap<_, _> = objects(answer, "speaker_labels").filter_map(label).collect();
        let best = objects(answer, "results").filter_map(|it| objects(it, "alternatives").next());
        for best in best {
            let stamps = best.get("timestamps").and_then(Value::as_array);
            let words: Vec<_> =
                stamps.into_iter().flatten().map(|it| word(it, &speakers)).collect();
            if speakers.is_empty() {
                let times = words.iter().filter_map(|word| word.time);
                let time = times.reduce(|a, b| TimeSpan { start: a.start, end: a.end.max(b.end) });
                let written = string(best, &["transcript"]).unwrap_or_default();
                cues.extend(sentence(None, time, written, &words));
            } else {
                cues.extend(speech::cues(&words));
            }
        }
    }
    transcript(cues, None)
}

/// Who speaks, by the start of a word in milliseconds.
fn label(label: &Value) -> Option<(u64, String)> {
    Some((time(field(label, &["from"])?, Unit::Seconds)?.0, speaker(label, &["speaker"])?))
}

/// `["word", 1.25, 1.5]`.
fn word(stamp: &Value, speakers: &HashMap<u64, String>) -> Token {
    let moment = |at: usize| stamp.get(at).and_then(|it| time(it, Unit::Seconds));
    let span =
        moment(1).map(|start| TimeSpan { start, end: moment(2).unwrap_or(start).max(start) });
    Token {
        text: stamp.get(0).and_then(Value::as_str).unwrap_or_default().to_owned(),
        time: span,
        speaker: span.and_then(|span| speakers.get(&span.start.0).cloned()),
        attached: false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::read::json::said;

    #[test]
    fn answers_may_stand_in_a_list() {
        let value = json!({"results": [{"results": [{"alternatives": [
            {"transcript": "it rots ", "timestamps": [["it", 0.5, 1], ["rots", 1, 1.5]]},
            {"transcript": "it rocks "},
        ]}]}]});
        assert!(recognises(&value));
        assert_eq!(said(&read(&value)), [(None, "it rots", Some((500, 1500)))]);
    }
}
