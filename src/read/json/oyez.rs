//! Oral arguments of the US Supreme Court, as Oyez gives them: <https://api.oyez.org>.
//!
//! Sections of turns; a turn names its speaker and has blocks of text with a start and a stop in
//! seconds. A file is the transcript alone, or holds it in `transcript`.

use serde_json::Value;

use crate::{
    read::{
        Read, Reader,
        json::{
            speech::sentence,
            transcript,
            value::{Unit, entries, field, objects, span, speaker, string},
            warn_of_unreadable,
        },
        single_line::single_line,
    },
    transcript::Transcript,
};

/// Oral arguments from Oyez.
pub const READER: Reader = Reader {
    format: "oyez",
    extensions: &["json"],
    version: 2,
    recognises: |_| false,
    read: Read::Json { recognises, read },
};

/// The object that has the sections.
fn body(value: &Value) -> &Value {
    field(value, &["transcript"]).filter(|it| it.get("sections").is_some()).unwrap_or(value)
}

fn recognises(value: &Value) -> bool {
    let mut turns = objects(body(value), "sections").flat_map(|it| objects(it, "turns"));
    turns.any(|turn| turn.get("text_blocks").is_some())
}

fn read(value: &Value) -> Transcript {
    let body = body(value);
    let turns = || objects(body, "sections").flat_map(|it| objects(it, "turns"));
    let mut cues = Vec::new();
    for turn in turns() {
        let who = field(turn, &["speaker"]).and_then(|it| speaker(it, &["name"]));
        for block in objects(turn, "text_blocks") {
            let time = span(block, Unit::Seconds, &["start"], &["stop"]);
            let written = string(block, &["text"]).unwrap_or_default();
            cues.extend(sentence(who.clone(), time, written, &[]));
        }
    }
    let mut transcript = transcript(cues, None);
    let title = string(body, &["title"]).or_else(|| string(value, &["title"])).map(single_line);
    transcript.metadata.title = title.filter(|title| !title.is_empty());
    let blocks = turns().flat_map(|turn| entries(turn, "text_blocks"));
    warn_of_unreadable(&mut transcript, blocks, &["text"]);
    transcript
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{read::json::said, transcript::Warning};

    #[test]
    fn turns_have_speakers_and_blocks_have_times() {
        let sections = json!([{"turns": [
            {"speaker": {"ID": 1, "name": "Counsel"}, "text_blocks": [
                {"start": 1.5, "stop": 2.5, "text": "It rots."},
                {"start": 2.5, "stop": 4, "text": "It does."},
            ]},
            {"speaker": null, "text_blocks": [{"start": 4, "stop": 5, "text": "(Laughter)"}]},
        ]}, {"turns": [
            {"speaker": {"name": "Judge"}, "text_blocks": [{"start": 5, "stop": 6, "text": "No."}, {}]},
        ]}]);
        let file = json!({"id": 1, "transcript": {"title": "Oral Argument", "sections": sections}});
        assert!(recognises(&file) && recognises(&file["transcript"]));
        let transcript = read(&file);
        assert_eq!(
            said(&transcript),
            [
                (Some("Counsel"), "It rots.\nIt does.", Some((1500, 4000))),
                (None, "(Laughter)", Some((4000, 5000))),
                (Some("Judge"), "No.", Some((5000, 6000))),
            ]
        );
        assert_eq!(transcript.metadata.title, Some("Oral Argument".into()));
        assert_eq!(transcript.warnings, [Warning::whole("1 part holds no text and is left out")]);
    }
}
