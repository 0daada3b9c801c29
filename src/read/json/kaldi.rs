//! Kaldi as the BBC runs it: words with times, and segments that tell who speaks when.

use serde_json::Value;

use crate::{
    place::{Time, TimeSpan},
    read::{
        Read, Reader,
        json::{
            speech::{self, Token},
            transcript,
            value::{Unit, objects, span, span_of_duration, speaker, string},
        },
    },
    transcript::Transcript,
};

/// JSON of the BBC's Kaldi.
pub const READER: Reader = Reader {
    format: "kaldi",
    extensions: &["json"],
    version: 3,
    recognises: |_| false,
    read: Read::Json { recognises, read },
};

fn recognises(value: &Value) -> bool {
    objects(answer(value), "words")
        .next()
        .is_some_and(|it| it.get("punct").is_some() && it.get("word").is_some())
}

/// The answer, which may stand in what the service says about its work.
fn answer(value: &Value) -> &Value {
    value.get("retval").unwrap_or(value)
}

fn read(value: &Value) -> Transcript {
    let answer = answer(value);
    let segmentation = answer.get("segmentation").unwrap_or(&Value::Null);
    let mut segments: Vec<_> = objects(segmentation, "segments").filter_map(segment).collect();
    segments.sort_by_key(|(time, _)| time.start);
    let tokens: Vec<_> = objects(answer, "words").map(|it| word(it, &segments)).collect();
    transcript(speech::cues(&tokens), None)
}

fn segment(segment: &Value) -> Option<(TimeSpan, String)> {
    let time = span_of_duration(segment, Unit::Seconds, &["start"], &["duration"])?;
    Some((time, speaker(segment.get("speaker")?, &["@id", "name"])?))
}

fn word(word: &Value, segments: &[(TimeSpan, String)]) -> Token {
    let time = span(word, Unit::Seconds, &["start"], &["end"]);
    Token {
        text: string(word, &["punct", "word"]).unwrap_or_default().to_owned(),
        time,
        speaker: time.and_then(|time| who(middle(time), segments)),
        attached: false,
    }
}

/// Words are cut a little before or after the segments: the middle of a word tells.
fn middle(time: TimeSpan) -> Time {
    Time(time.start.0 + (time.end.0 - time.start.0) / 2)
}

/// Who speaks at a moment. Between two segments of one speaker it is that speaker.
fn who(moment: Time, segments: &[(TimeSpan, String)]) -> Option<String> {
    let at = segments.partition_point(|(time, _)| time.start <= moment).checked_sub(1)?;
    let (time, name) = &segments[at];
    let goes_on = segments.get(at + 1).is_some_and(|(_, next)| next == name);
    (moment <= time.end || goes_on).then(|| name.clone())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::read::json::said;

    #[test]
    fn segments_tell_who_says_a_word() {
        let word = |start: f64, end: f64, punct: &str| json!({"start": start, "end": end, "word": punct.to_lowercase(), "punct": punct});
        let segment = |id: &str, start: f64, duration: f64| json!({"start": start, "duration": duration, "speaker": {"@id": id, "gender": "F"}});
        let value = json!({"retval": {
            "words": [
                word(1.0, 1.5, "One."), word(1.98, 2.5, "Two,"), word(3.5, 3.6, "and"),
                word(4.0, 4.5, "three."), word(9.0, 9.5, "Four."),
            ],
            "segmentation": {"segments": [
                segment("S0", 0.5, 1.5), segment("S1", 2.0, 1.0), segment("S1", 4.0, 1.0),
            ]},
        }});
        assert!(recognises(&value));
        assert_eq!(
            said(&read(&value)),
            [
                (Some("S0"), "One.", Some((1000, 1500))),
                (Some("S1"), "Two, and three.", Some((1980, 4500))),
                (None, "Four.", Some((9000, 9500))),
            ]
        );
    }
}
