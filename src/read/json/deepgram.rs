//! Deepgram: utterances, or channels with a transcript and its words.
//!
//! Each channel is a recording of its own; where there are several, their words are put in order by
//! their times and a channel is a speaker.

use serde_json::Value;

use crate::{
    read::{
        Read, Reader,
        cues::{self, Cue},
        json::{
            speech::{self, Token, sentence},
            transcript,
            value::{Unit, objects, span, speaker, string},
        },
    },
    transcript::Transcript,
};

/// JSON of Deepgram.
pub const READER: Reader = Reader {
    format: "deepgram",
    extensions: &["json"],
    version: 3,
    recognises: |_| false,
    read: Read::Json { recognises, read },
};

fn recognises(value: &Value) -> bool {
    let results = value.get("results").unwrap_or(&Value::Null);
    let has_words = |it: &Value| it.get("words").is_some() && it.get("transcript").is_some();
    objects(results, "channels").any(|channel| objects(channel, "alternatives").any(has_words))
        || objects(results, "utterances").any(has_words)
}

fn read(value: &Value) -> Transcript {
    let results = value.get("results").unwrap_or(&Value::Null);
    let channels: Vec<_> = objects(results, "channels").collect();
    let mut cues: Vec<Cue> = objects(results, "utterances").filter_map(utterance).collect();
    if cues.is_empty() {
        for (number, channel) in channels.iter().enumerate() {
            let who = (channels.len() > 1).then(|| format!("Channel {}", number + 1));
            cues.extend(of_channel(channel, who.as_ref()));
        }
        cues::sort(&mut cues);
    }
    let language = channels.first().and_then(|it| string(it, &["detected_language"]));
    transcript(cues, language)
}

fn utterance(utterance: &Value) -> Option<Cue> {
    let time = span(utterance, Unit::Seconds, &["start"], &["end"]);
    let written = string(utterance, &["transcript"]).unwrap_or_default();
    sentence(speaker(utterance, &["speaker"]), time, written, &words(utterance))
}

fn of_channel(channel: &Value, who: Option<&String>) -> Vec<Cue> {
    let Some(best) = objects(channel, "alternatives").next() else {
        return Vec::new();
    };
    let mut words = words(best);
    if words.iter().any(|word| word.speaker.is_some()) && who.is_none() {
        return speech::cues(&words);
    }
    if let Some(who) = who {
        for word in &mut words {
            word.speaker = Some(who.clone());
        }
        // Between two channels the turns are where one is silent: no better sign is given.
        return words.chunk_by(|a, b| !is_pause(a, b)).flat_map(speech::cues).collect();
    }
    let times = words.iter().filter_map(|word| word.time);
    let time = times.reduce(|a, b| crate::place::TimeSpan {
        start: a.start.min(b.start),
        end: a.end.max(b.end),
    });
    let written = string(best, &["transcript"]).unwrap_or_default();
    sentence(None, time, written, &words).into_iter().collect()
}

/// Silence between two utterances, in milliseconds.
const PAUSE: u64 = 800;

fn is_pause(a: &Token, b: &Token) -> bool {
    let (Some(a), Some(b)) = (a.time, b.time) else {
        return false;
    };
    b.start.0 >= a.end.0.saturating_add(PAUSE)
}

fn words(value: &Value) -> Vec<Token> {
    let token = |word| Token {
        text: string(word, &["punctuated_word", "word"]).unwrap_or_default().to_owned(),
        time: span(word, Unit::Seconds, &["start"], &["end"]),
        speaker: speaker(word, &["speaker"]),
        attached: false,
    };
    objects(value, "words").map(token).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::read::json::said;

    #[test]
    fn each_of_several_channels_is_a_speaker() {
        let channel = |words: Value| json!({"alternatives": [{"transcript": "", "words": words}]});
        let value = json!({"results": {"channels": [
            channel(json!([{"word": "one", "start": 0, "end": 1}, {"word": "three", "start": 5, "end": 6}])),
            channel(json!([{"word": "two", "start": 2, "end": 3}])),
        ]}});
        assert!(recognises(&value));
        assert_eq!(
            said(&read(&value)),
            [
                (Some("Channel 1"), "one", Some((0, 1000))),
                (Some("Channel 2"), "two", Some((2000, 3000))),
                (Some("Channel 1"), "three", Some((5000, 6000))),
            ]
        );
    }

    #[test]
    fn utterances_are_taken_where_there_are_some() {
        let value = json!({"results": {"utterances": [{
            "start": 1, "end": 2, "speaker": 0, "transcript": "It rots.",
            "words": [{"word": "it", "start": 1, "end": 1.5}, {"word": "rots", "start": 1.5, "end": 2}],
        }]}});
        assert!(recognises(&value));
        assert_eq!(said(&read(&value)), [(Some("Speaker 0"), "It rots.", Some((1000, 2000)))]);
    }
}
