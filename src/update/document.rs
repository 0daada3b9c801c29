//! From a file to a document that is ready to be written.

use std::collections::BTreeSet;

use super::{
    Options,
    key::{Key, told_part},
};
use crate::{
    corpus::{self, DocumentError, Loader, Origin, Roots, SourceFile, Understood},
    index::{self, Prepared, Record, Vocabulary},
    passage, read,
    read::beside::{Told, folded_name},
    text::TextSpan,
    transcript::{Transcript, Warning},
    words::language,
};

/// What became of a file.
pub(super) enum Outcome {
    /// The index has it as it is.
    Unchanged,
    /// Likewise, as far as the stamps of its files tell.
    Trusted,
    /// The index has it as it is, but for the state of the container it lies in.
    Restated(Box<Prepared>),
    /// It was read.
    Read(Box<Prepared>),
    /// It lies in a folder that was named, and is of a format that is not read.
    OtherFormat,
    /// It cannot be read; why, lower case.
    Failed(String),
}

/// What one thread keeps from file to file.
#[derive(Default)]
pub(super) struct Reading {
    pub vocabulary: Vocabulary,
    loader: Loader,
}

/// What shows, before a file is read, that the bytes of it and of its companions are those that the
/// index has a document of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Nothing does.
    None,
    /// It lies in a container whose bytes are those of the last run, in which all went well.
    SameContainer,
    /// All its files have the stamps that they had.
    SameStamps,
}

/// A file, and what the index has of it.
pub(super) struct Job<'a> {
    pub file: &'a SourceFile,
    pub old: Option<&'a Record>,
    pub sign: Sign,
}

/// Reads a file and prepares it, unless its key is the one that the index has.
pub(super) fn prepare_file(
    job: &Job<'_>,
    roots: &Roots,
    options: &Options,
    reading: &mut Reading,
) -> Outcome {
    let Job { file, old, sign } = *job;
    let told = roots.told(&file.name);
    let encoding = options.encoding.as_deref();
    let unread = match sign {
        Sign::None => None,
        Sign::SameContainer => Some(Outcome::Unchanged),
        Sign::SameStamps => Some(Outcome::Trusted),
    };
    if let Some(unread) = unread
        && old.is_some_and(|old| is_as_it_was(file, old, &told, encoding))
    {
        return unread;
    }
    let fetched = match corpus::fetch(file, &mut reading.loader) {
        Ok(fetched) => fetched,
        Err(error) => return Outcome::Failed(error.to_string()),
    };
    let is_known = |old: &Record| {
        Key::of(&old.key).is_some_and(|key| {
            let now = Key { content: &fetched.hash, beside: &fetched.beside, ..key };
            now.is_current(encoding) && now.written(&told_part(&told, &names(old))) == old.key
        })
    };
    let is_known = old.is_some_and(is_known);
    // The last document of a container keeps its state; one that is not the last any more must not.
    let container = file.member.as_ref().map(|member| &member.container);
    let container = container.filter(|it| it.last == file.name).map(|it| it.hash.clone());
    if is_known && old.is_some_and(|old| old.container == container) {
        return Outcome::Unchanged;
    }
    let (hash, beside) = (fetched.hash.clone(), fetched.beside.clone());
    let read_options = read::Options { encoding: options.encoding.clone() };
    let understood = match fetched.read(told.clone(), &read_options) {
        Ok(understood) => understood,
        Err(DocumentError::Read(read::ReadError::UnknownFormat))
            if file.origin == Origin::Found =>
        {
            return Outcome::OtherFormat;
        }
        Err(error) => return Outcome::Failed(error.to_string()),
    };
    let mut record = record(file, &understood);
    let key = Key {
        content: &hash,
        format: understood.document.format,
        reader_version: understood.document.reader_version,
        encoding,
        beside: &beside,
    };
    record.speakers = speakers(&understood.document.transcript);
    record.key = key.written(&told_part(&told, &names(&record)));
    record.container = container;
    let passages = passage::split(&understood.document.transcript.turns);
    let document = index::Document { record, passages };
    let prepared = Box::new(index::prepare(document, &mut reading.vocabulary));
    if is_known { Outcome::Restated(prepared) } else { Outcome::Read(prepared) }
}

/// Whether a file whose bytes are as they were makes the same document now, without reading it.
fn is_as_it_was(file: &SourceFile, old: &Record, told: &Told, encoding: Option<&str>) -> bool {
    Key::of(&old.key).is_some_and(|key| {
        corpus::may_be_state(file, key.beside)
            && key.is_current(encoding)
            && key.written(&told_part(told, &names(old))) == old.key
    })
}

/// The names that settings may be about: what speakers are called, and what they were called in the
/// file. Folded.
fn names(record: &Record) -> BTreeSet<String> {
    record.speakers.iter().chain(record.renamed.keys()).map(|name| folded_name(name)).collect()
}

fn speakers(transcript: &Transcript) -> Vec<String> {
    let names = transcript.turns.iter().filter_map(|turn| turn.speaker.as_ref());
    let names: BTreeSet<&str> = names.map(|speaker| speaker.0.as_str()).collect();
    names.into_iter().map(str::to_owned).collect()
}

fn record(file: &SourceFile, understood: &Understood) -> Record {
    let transcript = &understood.document.transcript;
    let metadata = &transcript.metadata;
    let language = metadata.language.clone().or_else(|| detected(transcript).map(str::to_owned));
    Record {
        path: file.name.clone(),
        title: metadata.title.clone(),
        authors: metadata.authors.clone(),
        date: metadata.date.map(|date| date.to_string()),
        url: metadata.url.clone(),
        kind: transcript.kind(),
        language,
        format: understood.document.format.to_owned(),
        key: String::new(),
        bytes: understood.bytes,
        passages: 0,
        words: 0,
        speakers: Vec::new(),
        renamed: understood.renamed.clone(),
        container: None,
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
