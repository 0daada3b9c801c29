//! Podcasting 2.0 transcripts: <https://github.com/Podcastindex-org/podcast-namespace>.
//!
//! A list of segments with a start and an end in seconds, a body and mostly a speaker. Many files
//! have a segment for each word, with or without the spaces: those are put together.

use serde_json::Value;

use crate::{
    read::{
        Read, Reader,
        json::{
            speech::{self, Token, sentence},
            transcript,
            value::{Unit, entries, objects, span, speaker, string},
            warn_of_unreadable,
        },
    },
    transcript::Transcript,
};

/// Transcripts of the podcast namespace.
pub const READER: Reader = Reader {
    format: "podcast",
    extensions: &["json"],
    version: 3,
    recognises: |_| false,
    read: Read::Json { recognises, read },
};

fn recognises(value: &Value) -> bool {
    objects(value, "segments").next().is_some_and(|it| it.get("body").is_some())
}

fn read(value: &Value) -> Transcript {
    let segments = carried_over(objects(value, "segments").map(segment).collect());
    let single = segments.iter().filter(|it| !it.text.trim().contains(' ')).count();
    let cues = if single * 3 > segments.len() * 2 {
        speech::cues(&segments)
    } else {
        segments
            .iter()
            .filter_map(|it| sentence(it.speaker.clone(), it.time, &it.text, &[]))
            .collect()
    };
    let mut transcript = transcript(cues, string(value, &["language"]));
    warn_of_unreadable(&mut transcript, entries(value, "segments"), &["body"]);
    transcript
}

fn segment(segment: &Value) -> Token {
    Token {
        text: string(segment, &["body"]).unwrap_or_default().to_owned(),
        time: span(segment, Unit::Seconds, &["startTime"], &["endTime"]),
        speaker: speaker(segment, &["speaker"]),
        attached: false,
    }
}

/// A segment that names nobody goes on with the speaker before it.
fn carried_over(mut segments: Vec<Token>) -> Vec<Token> {
    let mut last = None;
    for segment in &mut segments {
        match &segment.speaker {
            Some(speaker) => last = Some(speaker.clone()),
            None => segment.speaker.clone_from(&last),
        }
    }
    segments
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::read::json::said;

    #[test]
    fn segments_of_a_word_are_put_together_and_others_are_lines() {
        let segment = |speaker: &str, start: u64, body: &str| {
            let mut it = json!({"startTime": start, "endTime": start + 1, "body": body});
            if !speaker.is_empty() {
                it["speaker"] = json!(speaker);
            }
            it
        };
        let words = json!({"segments": [
            segment("Ana", 1, "It"), segment("", 2, " "), segment("", 2, "rots"), segment("Ben", 3, "No"),
        ]});
        assert_eq!(
            said(&read(&words)),
            [(Some("Ana"), "It rots", Some((1000, 3000))), (Some("Ben"), "No", Some((3000, 4000)))]
        );
        let lines =
            json!({"segments": [segment("Ana", 1, "It rots."), segment("Ana", 2, "It does.")]});
        assert_eq!(said(&read(&lines)), [(Some("Ana"), "It rots.\nIt does.", Some((1000, 3000)))]);
    }
}
