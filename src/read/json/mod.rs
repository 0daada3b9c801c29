//! JSON of speech recognition and of podcasts: one file for each service.
//!
//! All of it is told by its shape, since every file is called `.json`. The whole file is parsed once
//! and given to the first reader that knows the shape. Nothing says where in the file a word
//! stands, so places have times only. The parser stops at a depth of 128.

pub mod assemblyai;
pub mod aws;
pub mod azure;
pub mod deepgram;
pub mod google;
pub mod podcast;
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

/// The transcript of cues that have no place in the file. `language` is a code such as `en-US`.
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
    Transcript { metadata, turns: cues::turns("", cues), warnings }
}
