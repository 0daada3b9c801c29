//! Azure speech to text: phrases of batch transcription (times in hundred nanoseconds) and of fast
//! transcription (times in milliseconds).

use serde_json::Value;

use crate::{
    place::TimeSpan,
    read::{
        Read, Reader,
        cues::{self, Cue},
        json::{
            speech::{Token, sentence},
            transcript,
            value::{Unit, field, objects, span_of_duration, speaker, string},
        },
    },
    transcript::Transcript,
};

/// JSON of Azure speech to text.
pub const READER: Reader = Reader {
    format: "azure-speech",
    extensions: &["json"],
    version: 3,
    recognises: |_| false,
    read: Read::Json { recognises, read },
};

fn recognises(value: &Value) -> bool {
    value.get("recognizedPhrases").is_some_and(Value::is_array)
        || objects(value, "phrases").any(|it| it.get("offsetMilliseconds").is_some())
}

fn read(value: &Value) -> Transcript {
    let phrases = || objects(value, "recognizedPhrases").chain(objects(value, "phrases"));
    let mut cues: Vec<Cue> = phrases().filter_map(phrase).collect();
    // Phrases stand channel by channel.
    cues::sort(&mut cues);
    transcript(cues, phrases().find_map(|it| string(it, &["locale"])))
}

fn phrase(phrase: &Value) -> Option<Cue> {
    let best = objects(phrase, "nBest").next().unwrap_or(phrase);
    let written = string(best, &["display", "text"]).unwrap_or_default();
    let lists = ["displayWords", "words"];
    let words = lists.iter().map(|name| objects(best, name).map(word).collect::<Vec<_>>());
    let words = words.into_iter().find(|words| !words.is_empty()).unwrap_or_default();
    sentence(speaker(phrase, &["speaker"]), time(phrase), written, &words)
}

fn word(word: &Value) -> Token {
    let text = string(word, &["displayText", "word", "text"]).unwrap_or_default().to_owned();
    Token { text, time: time(word), ..Token::default() }
}

fn time(part: &Value) -> Option<TimeSpan> {
    if field(part, &["offsetInTicks"]).is_some() {
        span_of_duration(part, Unit::Ticks, &["offsetInTicks"], &["durationInTicks"])
    } else {
        span_of_duration(part, Unit::Millis, &["offsetMilliseconds"], &["durationMilliseconds"])
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::read::json::said;

    #[test]
    fn phrases_of_fast_transcription_are_read_in_the_order_of_their_times() {
        let phrase = |speaker: u64, offset: u64, text: &str| {
            json!({"channel": speaker, "speaker": speaker, "offsetMilliseconds": offset,
                "durationMilliseconds": 500, "text": text, "locale": "en-US"})
        };
        let value = json!({"phrases": [phrase(1, 100, "One."), phrase(1, 900, "Three."), phrase(2, 600, "Two.")]});
        assert!(recognises(&value));
        let transcript = read(&value);
        assert_eq!(
            said(&transcript),
            [
                (Some("Speaker 1"), "One.", Some((100, 600))),
                (Some("Speaker 2"), "Two.", Some((600, 1100))),
                (Some("Speaker 1"), "Three.", Some((900, 1400))),
            ]
        );
        assert_eq!(transcript.metadata.language, Some("en".into()));
    }
}
