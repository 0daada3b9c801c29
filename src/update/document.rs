//! From a file to a document that is ready to be written.

use super::Options;
use crate::{
    corpus::{self, Origin, SourceFile},
    index::{self, Prepared, Record, Vocabulary},
    passage, read,
    text::TextSpan,
    transcript::{Transcript, Warning},
    words::language,
};

/// What became of a file.
pub(super) enum Outcome {
    /// The index has it as it is.
    Unchanged,
    /// Likewise, as far as its stamp tells.
    Trusted,
    /// It was read.
    Read(Box<Prepared>),
    /// It lies in a folder that was named, and is of a format that is not read.
    OtherFormat,
    /// It cannot be read; why, lower case.
    Failed(String),
}

/// Whether what made a document of a file would make the same of it now, by its key.
pub(super) fn is_current(old_key: &str, options: &Options) -> bool {
    let mut parts = old_key.split(':');
    let (Some(hash), Some(format)) = (parts.next(), parts.next()) else { return false };
    read::version_of(format).is_some_and(|it| old_key == key(hash, format, it, options))
}

/// Reads a file and prepares it, unless its key is the one that the index has.
pub(super) fn prepare_file(
    file: &SourceFile,
    old_key: Option<&str>,
    options: &Options,
    vocabulary: &mut Vocabulary,
) -> Outcome {
    let bytes = match corpus::load(&file.path) {
        Ok(bytes) => bytes,
        Err(error) => return Outcome::Failed(error.to_string()),
    };
    let hash = blake3::hash(&bytes).to_hex();
    let is_known = |key: &str| key.starts_with(hash.as_str()) && is_current(key, options);
    if old_key.is_some_and(is_known) {
        return Outcome::Unchanged;
    }
    let read_options = read::Options { encoding: options.encoding.clone() };
    let document = match read::read(&file.name, &bytes, &read_options) {
        Ok(document) => document,
        Err(read::ReadError::UnknownFormat) if file.origin == Origin::Found => {
            return Outcome::OtherFormat;
        }
        Err(error) => return Outcome::Failed(error.to_string()),
    };
    let key = key(&hash, document.format, document.reader_version, options);
    let record = record(file, &document.transcript, document.format, key, bytes.len());
    let passages = passage::split(&document.transcript.turns);
    let document = index::Document { record, passages };
    Outcome::Read(Box::new(index::prepare(document, vocabulary)))
}

/// What a document was made of: its bytes, and the versions of all that made passages of them.
fn key(hash: &str, format: &str, reader_version: u32, options: &Options) -> String {
    let encoding = options.encoding.as_deref().unwrap_or("detected");
    let (splitter, layout) = (passage::VERSION, index::VERSION);
    format!("{hash}:{format}:{reader_version}:{splitter}:{layout}:{encoding}")
}

fn record(
    file: &SourceFile,
    transcript: &Transcript,
    format: &str,
    key: String,
    bytes: usize,
) -> Record {
    let metadata = &transcript.metadata;
    let language = metadata.language.clone().or_else(|| detected(transcript).map(str::to_owned));
    Record {
        path: file.name.clone(),
        title: metadata.title.clone(),
        date: metadata.date.map(|date| date.to_string()),
        url: metadata.url.clone(),
        kind: transcript.kind(),
        language,
        format: format.to_owned(),
        key,
        bytes: bytes as u64,
        passages: 0,
        words: 0,
        speakers: Vec::new(),
        warnings: transcript.warnings.iter().map(written).collect(),
    }
}

fn written(warning: &Warning) -> String {
    match warning.line {
        Some(line) => format!("{line}: {}", warning.message),
        None => warning.message.clone(),
    }
}

/// Detects the language by the first few thousand bytes of what is said.
fn detected(transcript: &Transcript) -> Option<&'static str> {
    let mut sample = String::new();
    for turn in &transcript.turns {
        let mut end = turn.text.len().min(4096);
        while !turn.text.as_str().is_char_boundary(end) {
            end -= 1;
        }
        sample.push_str(&turn.text.as_str()[TextSpan { start: 0, end }.range()]);
        sample.push('\n');
        if sample.len() > 4096 {
            break;
        }
    }
    language::detect(&sample)
}
