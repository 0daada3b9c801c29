//! Speechmatics: words and punctuation of the second version of its service, and words with a
//! separate table of speakers of the first.

use serde_json::Value;

use crate::{
    place::Time,
    read::{
        Read, Reader,
        json::{
            speech::{self, Token},
            transcript,
            value::{Unit, field, objects, span, span_of_duration, speaker, string, time},
        },
    },
    transcript::Transcript,
};

/// JSON of Speechmatics.
pub const READER: Reader = Reader {
    format: "speechmatics",
    extensions: &["json"],
    version: 3,
    recognises: |_| false,
    read: Read::Json { recognises, read },
};

fn recognises(value: &Value) -> bool {
    let second = |it: &Value| it.get("alternatives").is_some() && it.get("type").is_some();
    let first = |it: &Value| it.get("name").is_some() && it.get("time").is_some();
    objects(value, "results").next().is_some_and(second)
        || objects(value, "words").next().is_some_and(first)
}

fn read(value: &Value) -> Transcript {
    let mut tokens: Vec<_> = objects(value, "results").map(result).collect();
    let turns: Vec<_> = objects(value, "speakers").filter_map(turn).collect();
    tokens.extend(objects(value, "words").map(|it| word(it, &turns)));
    let job = value.get("job").unwrap_or(&Value::Null);
    let config = value.get("metadata").and_then(|it| it.get("transcription_config"));
    let language = string(job, &["lang"]).or_else(|| string(config?, &["language"]));
    transcript(speech::cues(&tokens), language)
}

fn result(result: &Value) -> Token {
    let best = objects(result, "alternatives").next().unwrap_or(&Value::Null);
    let is_mark = string(result, &["type"]) == Some("punctuation");
    Token {
        text: string(best, &["content"]).unwrap_or_default().to_owned(),
        time: span(result, Unit::Seconds, &["start_time"], &["end_time"]),
        // `UU` is nobody known.
        speaker: speaker(best, &["speaker"]).filter(|name| !is_mark && name != "UU"),
        attached: is_mark && string(result, &["attaches_to"]).is_none_or(|it| it != "next"),
    }
}

/// Who speaks from when.
fn turn(turn: &Value) -> Option<(Time, String)> {
    Some((time(field(turn, &["time"])?, Unit::Seconds)?, speaker(turn, &["name"])?))
}

fn word(word: &Value, turns: &[(Time, String)]) -> Token {
    let text = string(word, &["name"]).unwrap_or_default().to_owned();
    let time = span_of_duration(word, Unit::Seconds, &["time"], &["duration"]);
    let turn = time
        .and_then(|time| turns.partition_point(|(start, _)| *start <= time.start).checked_sub(1));
    let speaker =
        turn.map(|at| turns[at].1.clone()).filter(|_| text.contains(char::is_alphanumeric));
    Token { text, time, speaker, attached: false }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::read::json::said;

    #[test]
    fn the_first_version_has_a_table_of_speakers() {
        let word = |name: &str, time: &str| json!({"name": name, "time": time, "duration": "0.50"});
        let value = json!({
            "job": {"lang": "en"},
            "speakers": [{"name": "F1", "time": "1.00"}, {"name": "M1", "time": "2.00"}],
            "words": [word("One", "1.00"), word(".", "1.50"), word("Two", "2.00")],
        });
        assert!(recognises(&value));
        assert_eq!(
            said(&read(&value)),
            [(Some("F1"), "One.", Some((1000, 2000))), (Some("M1"), "Two", Some((2000, 2500)))]
        );
    }
}
