//! Plain lists of captions, as many tools write them: objects with a start, mostly an end or a
//! duration, and a text.
//!
//! The list is the whole file, or a field of it. Times are seconds, milliseconds or clocks. Numbers
//! are milliseconds when all of them are whole and the captions would last minutes otherwise.

use serde_json::Value;

use crate::{
    place::TimeSpan,
    read::{
        Read, Reader,
        caption::plain,
        json::{
            speech::sentence,
            transcript,
            value::{Unit, field, number, span, span_of_duration, speaker, string},
            warn_of_unreadable,
        },
    },
    transcript::Transcript,
};

/// Lists of `{start, end, text}`.
pub const READER: Reader = Reader {
    format: "segments",
    extensions: &["json"],
    version: 3,
    recognises: |_| false,
    read: Read::Json { recognises, read },
};

const LISTS: &[&str] = &[
    "segments",
    "captions",
    "subtitles",
    "cues",
    "transcript",
    "transcripts",
    "transcription",
    "utterances",
    "results",
    "lines",
    "data",
];
const TEXT: &[&str] = &["text", "body", "content", "caption", "transcript", "line", "sentence"];
const START: &[&str] =
    &["start", "startTime", "start_time", "begin", "from", "offset", "timestamp"];
const END: &[&str] = &["end", "endTime", "end_time", "to", "stop"];
const DURATION: &[&str] = &["duration", "dur"];
const START_MILLIS: &[&str] = &["startMs", "start_ms", "offsetMs"];
const END_MILLIS: &[&str] = &["endMs", "end_ms"];
const DURATION_MILLIS: &[&str] = &["durationMs", "duration_ms", "durMs"];
const SPEAKER: &[&str] = &["speaker", "speaker_name", "speakerName", "name", "speaker_label"];

fn recognises(value: &Value) -> bool {
    list(value).is_some()
}

fn list(value: &Value) -> Option<&Vec<Value>> {
    let named = || LISTS.iter().filter_map(|name| value.get(name)).find_map(Value::as_array);
    let list = value.as_array().or_else(named)?;
    let is_caption = |it: &Value| {
        string(it, TEXT).is_some()
            && (field(it, START).is_some() || field(it, START_MILLIS).is_some())
    };
    list.iter().take(3).any(is_caption).then_some(list)
}

fn read(value: &Value) -> Transcript {
    let list = list(value).map(Vec::as_slice).unwrap_or_default();
    let unit = unit(list);
    let mut cues = Vec::with_capacity(list.len());
    for caption in list {
        let written = plain(string(caption, TEXT).unwrap_or_default());
        let who = speaker(caption, SPEAKER);
        cues.extend(sentence(who, time(caption, unit), &written, &[]));
    }
    let mut transcript = transcript(cues, string(value, &["language", "lang", "language_code"]));
    warn_of_unreadable(&mut transcript, list, TEXT);
    transcript
}

fn time(caption: &Value, unit: Unit) -> Option<TimeSpan> {
    if field(caption, START_MILLIS).is_some() {
        return if field(caption, END_MILLIS).is_some() {
            span(caption, Unit::Millis, START_MILLIS, END_MILLIS)
        } else {
            span_of_duration(caption, Unit::Millis, START_MILLIS, DURATION_MILLIS)
        };
    }
    if field(caption, END).is_some() {
        span(caption, unit, START, END)
    } else {
        span_of_duration(caption, unit, START, DURATION)
    }
}

/// No caption is shown for so long, in seconds.
const LONGEST: f64 = 150.0;

fn unit(list: &[Value]) -> Unit {
    let mut numbers = list.iter().flat_map(|it| {
        [START, END, DURATION].into_iter().filter_map(|names| field(it, names)).filter_map(number)
    });
    if !numbers.all(|number| number.fract() == 0.0) {
        return Unit::Seconds;
    }
    let lasts = |it: &Value| {
        let start = field(it, START).and_then(number)?;
        let duration = || field(it, DURATION).and_then(number);
        field(it, END).and_then(number).map(|end| end - start).or_else(duration)
    };
    let mut lengths: Vec<f64> = list.iter().filter_map(lasts).collect();
    lengths.sort_by(f64::total_cmp);
    let middle = lengths.get(lengths.len() / 2).copied().unwrap_or_default();
    if middle > LONGEST { Unit::Millis } else { Unit::Seconds }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn times(value: &Value) -> Vec<(u64, u64)> {
        let turns = read(value).turns;
        let parts = turns.iter().flat_map(|turn| turn.text.parts());
        parts.filter_map(|it| it.place.time).map(|it| (it.start.0, it.end.0)).collect()
    }

    #[test]
    fn the_unit_is_told_by_the_numbers() {
        let seconds =
            json!([{"start": 1, "end": 3, "text": "a"}, {"start": 3.5, "end": 4, "text": "b"}]);
        assert_eq!(times(&seconds), [(1000, 3000), (3500, 4000)]);
        let millis = json!({"captions": [{"start": 1000, "duration": 2000, "text": "a"}]});
        assert_eq!(times(&millis), [(1000, 3000)]);
        let clocks = json!([{"start": "00:00:01.000", "end": "00:00:03.000", "text": "a"}]);
        assert_eq!(times(&clocks), [(1000, 3000)]);
        let named = json!([{"start_ms": 10, "end_ms": 30, "text": "a"}]);
        assert_eq!(times(&named), [(10, 30)]);
    }

    #[test]
    fn tags_and_entities_are_no_text() {
        let turns = read(&json!([{"start": 1, "end": 3, "text": "<i>so</i> &amp; so\n"}])).turns;
        assert_eq!(turns[0].text.as_str(), "so & so");
    }
}
