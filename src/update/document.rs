//! From a file to a document that is ready to be written.

use std::collections::BTreeSet;

use super::{
    Options, budget,
    key::{Key, told_part},
};
use crate::{
    corpus::{self, DocumentError, Loader, Origin, Roots, SourceFile, Understood},
    index::{Preparation, Prepared, Record, Vocabulary},
    ordered::{Attempt, Share},
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

impl Outcome {
    /// Has what was read hold the memory that is set aside for it, until it is written.
    pub(super) fn holding(mut self, share: Share) -> Self {
        if let Self::Restated(prepared) | Self::Read(prepared) = &mut self {
            prepared.hold(share);
        }
        self
    }
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

/// Reads a file and prepares it, unless its key is the one that the index has, within its share of the
/// memory.
pub(super) fn prepare_file(
    job: &Job<'_>,
    roots: &Roots,
    options: &Options,
    reading: &mut Reading,
    share: &mut Share,
) -> Attempt<Outcome> {
    match outcome(job, roots, options, reading, share) {
        Ok(outcome) => Attempt::Done(outcome),
        Err(DocumentError::NoRoom { bytes, needed }) => {
            Attempt::TooLittle(Outcome::Failed(budget::too_little(bytes, needed)))
        }
        Err(DocumentError::Read(read::ReadError::UnknownFormat))
            if job.file.origin == Origin::Found =>
        {
            Attempt::Done(Outcome::OtherFormat)
        }
        Err(error) => Attempt::Done(Outcome::Failed(error.to_string())),
    }
}

fn outcome(
    job: &Job<'_>,
    roots: &Roots,
    options: &Options,
    reading: &mut Reading,
    share: &mut Share,
) -> Result<Outcome, DocumentError> {
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
        return Ok(unread);
    }
    corpus::fits(file, share)?;
    let fetched = corpus::fetch(file, &mut reading.loader)?;
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
        return Ok(Outcome::Unchanged);
    }
    let (hash, beside) = (fetched.hash.clone(), fetched.beside.clone());
    let read_options = read::Options { encoding: options.encoding.clone() };
    let understood = fetched.read(told.clone(), &read_options, Some(share))?;
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
    let turns = understood.document.transcript.turns;
    let mut preparation = Preparation::new(record, &mut reading.vocabulary);
    passage::each_passage(turns, |passage| preparation.add(passage));
    let prepared = Box::new(preparation.finish());
    Ok(if is_known { Outcome::Restated(prepared) } else { Outcome::Read(prepared) })
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
        warnings: warnings(transcript),
    }
}

/// What could not be read. Of a file that is nothing but trouble, a person wants no list of all.
fn warnings(transcript: &Transcript) -> Vec<String> {
    const MOST: usize = 1_000;
    let all = &transcript.warnings;
    let mut warnings: Vec<String> = all.iter().take(MOST).map(written).collect();
    if all.len() > MOST {
        warnings.push(format!("{} more of the file are not listed", all.len() - MOST));
    }
    warnings
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
