//! JSON of speech recognition and of podcasts: one file for each service.
//!
//! All of it is told by its shape, since every file is called `.json`. The whole file is parsed once
//! and given to the first reader that knows the shape. Nothing says where in the file a word
//! stands, so places have times only. The parser stops at a depth of 128.

pub mod assemblyai;
pub mod aws;
pub mod azure;
pub mod deepgram;
pub mod editor;
pub mod google;
pub mod kaldi;
pub mod oyez;
pub mod podcast;
pub mod positions;
pub mod revai;
pub mod segments;
pub mod speech;
pub mod speechmatics;
pub mod value;
pub mod watson;
pub mod whisper;
pub mod whisper_cpp;
pub mod youtube;

use serde_json::Value;

use crate::{
    read::{
        cues::{self, Cue},
        front_matter,
    },
    transcript::{Metadata, Transcript, Warning},
};

/// Whether the start of a file may be JSON of a transcript: an object, or an array of objects.
#[must_use]
pub fn may_be(head: &str) -> bool {
    let mut marks = head.chars().filter(|it| !it.is_whitespace());
    matches!((marks.next(), marks.next()), (Some('{'), Some('"')) | (Some('['), Some('{')))
}

/// Parses a file.
///
/// # Errors
/// What is wrong with it, and where.
pub fn parse(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

/// The transcript of cues that have no place in the file. Where some have a speaker, the others are
/// nobody's. `language` is a code such as `en-US`.
#[must_use]
pub fn transcript(cues: Vec<Cue>, language: Option<&str>) -> Transcript {
    let mut warnings = Vec::new();
    let without_time = cues.iter().filter(|cue| cue.time.is_none()).count();
    if without_time > 0 && without_time < cues.len() {
        let message = format!("{without_time} of {} parts have no time", cues.len());
        warnings.push(Warning::whole(message));
    }
    let language = language.and_then(front_matter::language);
    let metadata = Metadata { language, ..Metadata::default() };
    Transcript { metadata, turns: cues::turns_of_named("", cues), warnings }
}

/// Adds a warning about entries of a list that are no objects, or whose text is no string.
pub fn warn_of_unreadable<'a>(
    transcript: &mut Transcript,
    list: impl IntoIterator<Item = &'a Value>,
    text: &[&str],
) {
    let unreadable = list
        .into_iter()
        .filter(|it| !text.iter().any(|name| it.get(name).is_some_and(Value::is_string)));
    match unreadable.count() {
        0 => {}
        1 => transcript.warnings.push(Warning::whole("1 part holds no text and is left out")),
        count => {
            let message = format!("{count} parts hold no text and are left out");
            transcript.warnings.push(Warning::whole(message));
        }
    }
}

/// A speaker, words, and from when to when.
#[cfg(test)]
type Said<'a> = (Option<&'a str>, &'a str, Option<(u64, u64)>);

/// What tests compare: who says what from when to when, in milliseconds.
#[cfg(test)]
pub(crate) fn said(transcript: &Transcript) -> Vec<Said<'_>> {
    let turns = transcript.turns.iter().map(|turn| {
        let parts = turn.text.parts().iter().filter_map(|part| part.place.time);
        let whole = parts.map(|it| (it.start.0, it.end.0)).reduce(|a, b| (a.0, b.1));
        (turn.speaker.as_ref().map(|it| it.0.as_str()), turn.text.as_str(), whole)
    });
    turns.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_is_told_by_its_start() {
        assert!(may_be("\n{ \"a\": 1}") && may_be(" [\n {"));
        assert!(!may_be("{1}{2}") && !may_be("[0:01] a") && !may_be("[[1]]") && !may_be(""));
    }

    #[test]
    fn parts_without_text_are_counted_in_a_warning() {
        let list = [json!("a"), json!({"text": 5}), json!({"text": ""})];
        let mut transcript = Transcript::default();
        warn_of_unreadable(&mut transcript, &list, &["text"]);
        let message = "2 parts hold no text and are left out";
        assert_eq!(transcript.warnings, [Warning::whole(message)]);
    }

    #[test]
    fn parts_without_a_time_are_counted_in_a_warning() {
        let cue = |time| speech::sentence(None, time, "a", &[]);
        let time = value::span(&json!({"s": 1}), value::Unit::Millis, &["s"], &[]);
        let cues = [cue(time), cue(None)].into_iter().flatten().collect();
        assert_eq!(transcript(cues, None).warnings, [Warning::whole("1 of 2 parts have no time")]);
    }
}
