//! YouTube captions as JSON (`.json3`): events with a start, a duration and segments.
//!
//! Automatic captions have a segment for each word, with its own start, and stay on screen while the
//! next ones are said: their times end there. Events that only break a
//! line are white space.

use serde_json::Value;

use crate::{
    place::{Time, TimeSpan},
    read::{
        Read, Reader,
        cues::Cue,
        json::{
            speech::{Token, sentence},
            transcript,
            value::{Unit, objects, span_of_duration, string},
        },
        rolling,
    },
    transcript::Transcript,
};

/// YouTube captions as JSON.
pub const READER: Reader = Reader {
    format: "youtube-json3",
    extensions: &["json3", "json"],
    version: 3,
    recognises: |_| false,
    read: Read::Json { recognises, read },
};

fn recognises(value: &Value) -> bool {
    value.get("wireMagic").is_some()
        || objects(value, "events")
            .any(|it| it.get("tStartMs").is_some() && it.get("segs").is_some())
}

fn read(value: &Value) -> Transcript {
    let is_text = |it: &&Value| string(it, &["utf8"]).is_some_and(|text| !text.trim().is_empty());
    let events = objects(value, "events").filter(|it| objects(it, "segs").any(|it| is_text(&it)));
    let mut events: Vec<_> = events.map(|event| (time(event), event)).collect();
    rolling::end_at_next(events.iter_mut().filter_map(|(time, _)| time.as_mut()));
    let cues = events.into_iter().filter_map(|(time, event)| cue(time, event)).collect();
    transcript(cues, None)
}

fn time(event: &Value) -> Option<TimeSpan> {
    span_of_duration(event, Unit::Millis, &["tStartMs"], &["dDurationMs"])
}

fn cue(time: Option<TimeSpan>, event: &Value) -> Option<Cue> {
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
    sentence(None, time, &written, &words)
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
            {"tStartMs": 2400, "aAppend": 1, "segs": [{"utf8": "\n"}]},
            {"tStartMs": 2500, "dDurationMs": 2000, "segs": [{"utf8": "we"}]},
        ]});
        assert!(recognises(&value));
        let transcript = read(&value);
        assert_eq!(said(&transcript), [(None, "so today\nwe", Some((1000, 4500)))]);
        let parts = transcript.turns[0].text.parts();
        let times: Vec<_> = parts.iter().filter_map(|it| it.place.time).collect();
        let span = |start, end| TimeSpan { start: Time(start), end: Time(end) };
        assert_eq!(times[..2], [span(1000, 1500), span(1500, 2500)]);
    }
}
