//! YouTube captions as JSON (`.json3`): events with a start, a duration and segments.
//!
//! Automatic captions have a segment for each word, with its own start. Events that only break a
//! line are white space.

use serde_json::Value;

use crate::{
    place::{Time, TimeSpan},
    read::{
        Read, Reader,
        json::{
            speech::{Token, sentence},
            transcript,
            value::{Unit, objects, span_of_duration, string},
        },
    },
    transcript::Transcript,
};

/// YouTube captions as JSON.
pub const READER: Reader = Reader {
    format: "youtube-json3",
    extensions: &["json3", "json"],
    version: 1,
    recognises: |_| false,
    read: Read::Json { recognises, read },
};

fn recognises(value: &Value) -> bool {
    value.get("wireMagic").is_some()
        || objects(value, "events")
            .any(|it| it.get("tStartMs").is_some() && it.get("segs").is_some())
}

fn read(value: &Value) -> Transcript {
    let mut cues = Vec::new();
    for event in objects(value, "events") {
        let time = span_of_duration(event, Unit::Millis, &["tStartMs"], &["dDurationMs"]);
        let parts: Vec<_> = objects(event, "segs").collect();
        let offset = |part: &Value| part.get("tOffsetMs").and_then(Value::as_u64);
        let mut written = String::new();
        let mut words = Vec::with_capacity(parts.len());
        for (at, part) in parts.iter().enumerate() {
            let text = string(part, &["utf8"]).unwrap_or_default();
            written.push_str(text);
            let next = parts.get(at + 1).and_then(|it| offset(it));
            words.push(Token {
                text: text.to_owned(),
                time: time.map(|whole| word_time(whole, offset(part), next)),
                ..Token::default()
            });
        }
        cues.extend(sentence(None, time, &written, &words));
    }
    transcript(cues, None)
}

/// A word is said until the next one starts.
fn word_time(whole: TimeSpan, offset: Option<u64>, next: Option<u64>) -> TimeSpan {
    let after = |offset: u64| Time(whole.start.0.saturating_add(offset)).min(whole.end);
    let start = after(offset.unwrap_or_default());
    TimeSpan { start, end: next.map_or(whole.end, after).max(start) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::read::json::said;

    #[test]
    fn words_are_said_until_the_next_one() {
        let value = json!({"events": [
            {"tStartMs": 0, "dDurationMs": 9000, "id": 1},
            {"tStartMs": 1000, "dDurationMs": 2000, "segs": [{"utf8": "so"}, {"utf8": " today", "tOffsetMs": 500}]},
            {"tStartMs": 2900, "aAppend": 1, "segs": [{"utf8": "\n"}]},
        ]});
        assert!(recognises(&value));
        let transcript = read(&value);
        assert_eq!(said(&transcript), [(None, "so today", Some((1000, 3000)))]);
        let first = transcript.turns[0].text.parts()[0].place.time;
        assert_eq!(first, Some(TimeSpan { start: Time(1000), end: Time(1500) }));
    }
}
