//! Transcripts from editors in the browser: Draft.js, as the BBC's editor saves them, and autoEdit.
//!
//! Draft.js has a block for each paragraph, with its text, its speaker and its words; where it has no
//! words, its ranges lead to entities that have their times. autoEdit has
//! paragraphs of lines of words, punctuation included.

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

/// Transcripts of Draft.js.
pub const DRAFT_JS: Reader = Reader {
    format: "draft.js",
    extensions: &["json"],
    version: 2,
    recognises: |_| false,
    read: Read::Json { recognises: is_draft_js, read: read_draft_js },
};

/// Transcripts of autoEdit.
pub const AUTO_EDIT: Reader = Reader {
    format: "autoedit",
    extensions: &["json"],
    version: 1,
    recognises: |_| false,
    read: Read::Json { recognises: is_auto_edit, read: read_auto_edit },
};

fn is_draft_js(value: &Value) -> bool {
    let blocks = objects(value, "blocks").next();
    value.get("entityMap").is_some() && blocks.is_some_and(|it| it.get("text").is_some())
}

fn read_draft_js(value: &Value) -> Transcript {
    let mut cues = Vec::new();
    for block in objects(value, "blocks") {
        let data = block.get("data").unwrap_or(&Value::Null);
        let mut words: Vec<_> = objects(data, "words")
            .map(|word| Token {
                text: string(word, &["punct", "text", "word"]).unwrap_or_default().to_owned(),
                time: span(word, Unit::Seconds, &["start"], &["end"]),
                ..Token::default()
            })
            .collect();
        let written = string(block, &["text"]).unwrap_or_default();
        if words.is_empty() {
            words = words_of_ranges(value, block, written);
        }
        let times = words.iter().filter_map(|word| word.time);
        let start = || span(data, Unit::Seconds, &["start"], &["end"]);
        let time = times.reduce(|a, b| crate::place::TimeSpan { end: a.end.max(b.end), ..a });
        cues.extend(sentence(speaker(data, &["speaker"]), time.or_else(start), written, &words));
    }
    let mut transcript = transcript(cues, None);
    warn_of_unreadable(&mut transcript, entries(value, "blocks"), &["text"]);
    transcript
}

/// The words of a block that its ranges set apart, with the times of their entities. Offsets count
/// units of UTF-16, as those of strings in the browser.
fn words_of_ranges(file: &Value, block: &Value, written: &str) -> Vec<Token> {
    let mut ranges = objects(block, "entityRanges").peekable();
    if ranges.peek().is_none() {
        return Vec::new();
    }
    // The byte of each unit; the second unit of a pair lies at the end of its character.
    let mut bytes = Vec::with_capacity(written.len() + 1);
    for (at, character) in written.char_indices() {
        bytes.push(at);
        bytes.resize(bytes.len() + character.len_utf16() - 1, at + character.len_utf8());
    }
    bytes.push(written.len());
    let byte = |unit: u64| usize::try_from(unit).ok().and_then(|unit| bytes.get(unit).copied());
    let entities = file.get("entityMap");
    let word = |range: &Value| {
        let key = range.get("key")?;
        let entity = match (entities?, key) {
            (Value::Object(entities), Value::String(key)) => entities.get(key)?,
            (Value::Object(entities), key) => entities.get(&key.to_string())?,
            (entities, key) => entities.get(usize::try_from(key.as_u64()?).ok()?)?,
        };
        let (start, length) = (range.get("offset")?.as_u64()?, range.get("length")?.as_u64()?);
        let text = written.get(byte(start)?..byte(start.checked_add(length)?)?)?;
        let time = span(entity.get("data")?, Unit::Seconds, &["start"], &["end"])?;
        Some(Token { text: text.to_owned(), time: Some(time), ..Token::default() })
    };
    ranges.filter_map(word).collect()
}

fn is_auto_edit(value: &Value) -> bool {
    objects(value, "text").next().is_some_and(|it| it.get("paragraph").is_some())
}

fn read_auto_edit(value: &Value) -> Transcript {
    let lines = |paragraph| objects(paragraph, "paragraph");
    let mut tokens = Vec::new();
    for paragraph in objects(value, "text") {
        let who = speaker(paragraph, &["speaker"]).filter(|it| it != "Unnamed Speaker");
        for word in lines(paragraph).flat_map(|line| objects(line, "line")) {
            tokens.push(Token {
                text: string(word, &["text"]).unwrap_or_default().to_owned(),
                time: span(word, Unit::Seconds, &["startTime"], &["endTime"]),
                speaker: who.clone(),
                attached: false,
            });
        }
    }
    let mut transcript = transcript(speech::cues(&tokens), None);
    let words = objects(value, "text").flat_map(lines).flat_map(|line| entries(line, "line"));
    warn_of_unreadable(&mut transcript, words, &["text"]);
    transcript
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::read::json::said;

    #[test]
    fn blocks_of_draft_js_lend_their_words_times() {
        let file = json!({"entityMap": {}, "blocks": [
            {"text": "It rots. ", "data": {"speaker": "F_S1", "words": [
                {"start": 1, "end": 1.5, "word": "it", "punct": "It"},
                {"start": 1.5, "end": 2, "word": "rots", "punct": "rots."},
            ]}},
            {"text": "No.", "data": {"speaker": "M_S2", "start": 3}},
        ]});
        assert!(is_draft_js(&file));
        assert_eq!(
            said(&read_draft_js(&file)),
            [
                (Some("F_S1"), "It rots.", Some((1000, 2000))),
                (Some("M_S2"), "No.", Some((3000, 3000)))
            ]
        );
    }

    #[test]
    fn ranges_of_draft_js_lead_to_the_times_of_their_entities() {
        let entity =
            |start: f64| json!({"type": "WORD", "data": {"start": start, "end": start + 0.5}});
        let range = |key: u64, offset: u64, length: u64| json!({"key": key, "offset": offset, "length": length});
        let block = json!({
            "text": "𝄞 it rots.",
            "data": {"speaker": "F_S1", "start": 1},
            "entityRanges": [range(0, 3, 2), range(1, 6, 5), range(7, 0, 2), range(1, 50, 1)],
        });
        let entities = [entity(1.5), entity(4.0)];
        for map in [json!({"0": entities[0], "1": entities[1]}), json!(entities)] {
            let file = json!({"entityMap": map, "blocks": [block]});
            let transcript = read_draft_js(&file);
            assert_eq!(said(&transcript), [(Some("F_S1"), "𝄞 it rots.", Some((1500, 4500)))]);
            let time = transcript.turns[0].text.parts().last().and_then(|part| part.place.time);
            assert_eq!(time.map(|time| time.start.0), Some(4000));
        }
    }

    #[test]
    fn words_of_auto_edit_are_put_together() {
        let word = |text: &str, start: u64| json!({"text": text, "startTime": start, "endTime": start + 1});
        let file = json!({"text": [
            {"speaker": "Ana", "paragraph": [{"line": [word("It", 1), word("rots.", 2)]}]},
            {"speaker": "Unnamed Speaker", "paragraph": [{"line": [word("No.", 3)]}]},
        ]});
        assert!(is_auto_edit(&file));
        assert_eq!(
            said(&read_auto_edit(&file)),
            [(Some("Ana"), "It rots.", Some((1000, 3000))), (None, "No.", Some((3000, 4000)))]
        );
    }
}
