//! One talk in every format: each reader must find the same speakers, words and times.
//!
//! To add a format, put `talk.EXTENSION` beside the others, or `talk.FORMAT.EXTENSION` where several
//! share one. The words are compared with white space
//! folded, because captions break lines elsewhere than paragraphs do.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    error::Error,
    fs::{self, DirEntry},
    path::{Path, PathBuf},
};

use pullquote::read::{self, Options, ReadError};
use serde_json::{Value, json};

/// The first words of each turn, who says it, and when it starts, in seconds.
const TURNS: [(&str, u64, &str); 8] = [
    (
        "Host",
        1,
        "Welcome to the reading room. Today we talk about tapes that nobody has played for sixty years.",
    ),
    ("Archivist", 9, "Thank you. I brought one along; please don’t breathe on it."),
    ("Host", 14, "What happens to a tape when it is left in an attic?"),
    (
        "Archivist",
        19,
        "The glue takes up water, and the brown layer comes off on the heads. We call that shedding. \
         So before we play anything we bake it: eight hours at fifty-four degrees.",
    ),
    ("Host", 33, "You bake it? Like bread?"),
    (
        "Archivist",
        37,
        "Like very slow bread. [laughter] Afterwards it plays for a few weeks, and in that time we \
         copy it twice.",
    ),
    ("Host", 47, "And who owns the sound on it?"),
    (
        "Archivist",
        51,
        "Often nobody knows. Côte d’Azur, 1961, says this box; the rest is detective work.",
    ),
];

/// The files of a folder, without the folders in it.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    Ok(entries.iter().map(DirEntry::path).filter(|path| path.is_file()).collect())
}

/// Formats that cannot carry the talk: neither plays nor feeds have times. Their own tests hold what
/// they give.
const WITHOUT_TIMES: [&str; 2] = ["feed", "play"];

/// Whether a file is JSON as a whole, so that it is an error when it is cut off.
fn is_json(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|it| it == "json" || it == "json3")
}

/// Who it is: services of speech recognition tell people apart without knowing their names.
fn person(speaker: &str) -> &str {
    match speaker {
        "Speaker 1" | "SPEAKER_00" | "spk_0" | "A" | "S1" => "Host",
        "Speaker 2" | "SPEAKER_01" | "spk_1" | "B" | "S2" => "Archivist",
        name => name,
    }
}

#[test]
fn every_format_gives_the_same_speakers_words_and_times() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let mut formats = Vec::new();
    for path in files(&folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let document = read::read(&name, &fs::read(&path)?, &Options::default())?;
        let turns: Vec<_> = document.transcript.turns.iter().collect();
        assert_eq!(turns.len(), TURNS.len(), "{name}");
        for (turn, (speaker, seconds, words)) in turns.iter().zip(TURNS) {
            assert_eq!(turn.speaker.as_ref().map(|it| person(&it.0)), Some(speaker), "{name}");
            let said: Vec<_> = turn.text.as_str().split_whitespace().collect();
            assert_eq!(said.join(" "), words, "{name}");
            let first = turn.text.parts().first().and_then(|part| part.place.time);
            let off = first.map(|time| time.start.0.abs_diff(seconds * 1000));
            match document.format {
                "screenplay" => assert_eq!(off, None, "a screenplay has no times"),
                // A caption is shown with a frame of 1/29.97 s, and no second starts with one.
                "scc" => assert!(off.is_some_and(|off| off < 34), "{name}"),
                _ => assert_eq!(off, Some(0), "{name}"),
            }
        }
        assert_eq!(document.transcript.warnings, [], "{name}");
        formats.push(document.format);
    }
    formats.sort_unstable();
    formats.dedup();
    let mut all: Vec<_> = read::READERS.iter().map(|reader| reader.format).collect();
    all.retain(|format| !WITHOUT_TIMES.contains(format));
    all.sort_unstable();
    assert_eq!(formats, all, "a format lacks its talk");
    Ok(())
}

/// Who says something, and the words of it.
type Said = (Option<String>, String);

#[test]
fn a_review_has_the_same_words_in_every_format_of_documents() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/review");
    let said = |path: &Path| -> Result<Vec<Said>, Box<dyn Error>> {
        let name = path.to_string_lossy();
        let transcript = read::read(&name, &fs::read(path)?, &Options::default())?.transcript;
        assert_eq!(
            transcript.metadata.title.as_deref(),
            Some("The Long Loop, heard twice"),
            "{name}"
        );
        assert_eq!(transcript.warnings, [], "{name}");
        let turns = transcript.turns.into_iter().map(|turn| {
            let words: Vec<_> = turn.text.as_str().split_whitespace().collect();
            (turn.speaker.map(|it| it.0), words.join(" "))
        });
        Ok(turns.collect())
    };
    let written = said(&folder.join("review.md"))?;
    let speakers: Vec<_> = written.iter().map(|(speaker, _)| speaker.as_deref()).collect();
    let [host, engineer] = [Some("Host"), Some("Engineer")];
    assert_eq!(speakers, [None, host, engineer, host, engineer, None]);
    let files = files(&folder)?;
    for path in &files {
        assert_eq!(said(path)?, written, "{}", path.display());
    }
    assert!(files.len() >= 6, "a format lacks its review");
    Ok(())
}

#[test]
fn every_shape_of_json_has_one_reader() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    for path in files(&folder)? {
        if path.extension().is_none_or(|it| it != "json") {
            continue;
        }
        let value: Value = serde_json::from_slice(&fs::read(&path)?)?;
        let recognises = |reader: &&read::Reader| match reader.read {
            read::Read::Json { recognises, .. } => recognises(&value),
            _ => false,
        };
        // Plain lists are the last resort: they have the fields of other formats as well.
        let known = read::READERS.iter().filter(recognises).filter(|it| it.format != "segments");
        let is_list = path.to_string_lossy().contains("segments");
        assert_eq!(known.count(), usize::from(!is_list), "{}", path.display());
    }
    Ok(())
}

#[test]
fn a_talk_that_is_cut_off_is_read_as_far_as_it_goes() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    for path in files(&folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let whole = fs::read(&path)?;
        // JSON that is cut off is no JSON, and so it is with archives: an error says so.
        let is_whole =
            is_json(&name) || [".docx", ".odt", ".epub"].iter().any(|it| name.ends_with(it));
        for length in (whole.len() / 2..whole.len() - 2).step_by(307) {
            match read::read(&name, &whole[..length], &Options::default()) {
                Ok(document) => {
                    let first = &document.transcript.turns[0];
                    let words: Vec<_> = first.text.as_str().split_whitespace().collect();
                    assert!(!is_whole && words.join(" ") == TURNS[0].2, "{name} {length}");
                }
                Err(error) => {
                    let malformed = matches!(error, ReadError::Malformed { .. });
                    assert!(is_whole && malformed, "{name} {length}: {error}");
                }
            }
        }
    }
    Ok(())
}

#[test]
fn a_value_of_the_wrong_kind_never_panics() -> Result<(), Box<dyn Error>> {
    let odd = [
        json!(null),
        json!(-5),
        json!(1e308),
        json!(u64::MAX),
        json!("x"),
        json!(" "),
        json!([]),
        json!([[1]]),
        json!({}),
        json!("999999:59:59.9"),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    for path in files(&folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !is_json(&name) {
            continue;
        }
        let value: Value = serde_json::from_slice(&fs::read(&path)?)?;
        let mut pointers = Vec::new();
        first_of_each(&value, String::new(), &mut pointers);
        for pointer in &pointers {
            for odd in &odd {
                let mut changed = value.clone();
                changed.pointer_mut(pointer).unwrap().clone_from(odd);
                let read = read::read(&name, changed.to_string().as_bytes(), &Options::default());
                let known =
                    matches!(read, Ok(_) | Err(ReadError::Empty | ReadError::UnknownFormat));
                assert!(known, "{name} {pointer} {odd}: {read:?}");
            }
        }
    }
    Ok(())
}

/// The JSON pointers to all fields, and to the first entry of each list.
fn first_of_each(value: &Value, pointer: String, found: &mut Vec<String>) {
    match value {
        Value::Array(values) => {
            for (at, value) in values.iter().take(1).enumerate() {
                first_of_each(value, format!("{pointer}/{at}"), found);
            }
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                first_of_each(value, format!("{pointer}/{name}"), found);
            }
        }
        _ => {}
    }
    found.push(pointer);
}
