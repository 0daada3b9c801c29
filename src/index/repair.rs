//! Taking what is damaged out of an index, so that an update reads just that anew.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, ErrorKind},
    path::Path,
};

use serde_json::Value;

use super::{
    contain::contained,
    doctor::{Diagnosis, Kind, Problem},
    error::IndexError,
    leftovers::clear_locked,
    lock::{Lock, Patience},
    note::Note,
    open::Index,
    record,
    seal::{META, sealed, sync_folder, write_whole},
    stamps,
};

/// What an index needs after what is damaged was taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cure {
    /// Nothing more.
    None,
    /// To be updated: the documents of so many segments are gone.
    Update(usize),
    /// To be built anew.
    Rebuild,
}

/// The documents that a repair takes out of an index, until they are read again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stake {
    /// None.
    Nothing,
    /// Those with these paths.
    Documents(BTreeSet<String>),
    /// Nobody knows: what lists them is damaged.
    Unknown,
}

/// Files of a segment that no list of documents is read from, by extension.
const UNLISTED: &[&str] = &["store", "pos", "fieldnorm"];

/// What of an index is damaged. A damaged list of files is not counted: it is written anew.
struct Damage<'a> {
    problems: Vec<&'a Problem>,
    segments: BTreeSet<&'a String>,
    /// Whether nothing of the index can be kept.
    is_all: bool,
}

impl<'a> Damage<'a> {
    fn of(diagnosis: &'a Diagnosis) -> Self {
        let problems = diagnosis.problems.iter().filter(|it| it.kind != Kind::List);
        let problems: Vec<_> = problems.collect();
        let segments: BTreeSet<_> = problems.iter().filter_map(|it| it.segment.as_ref()).collect();
        let is_more = problems.iter().any(|problem| problem.segment.is_none());
        let is_each = !segments.is_empty() && segments.len() == diagnosis.segments.len();
        Self { problems, segments, is_all: is_more || is_each }
    }

    /// Whether the records of the documents are as they were written.
    fn leaves_records(&self) -> bool {
        let is_apart = |file: &str| {
            let extension = Path::new(file).extension().and_then(|it| it.to_str());
            file == META || extension.is_some_and(|it| UNLISTED.contains(&it))
        };
        self.problems.iter().all(|it| it.file.as_deref().is_none_or(is_apart))
    }

    /// The paths of the documents in what is damaged.
    fn documents(&self, index: &Index) -> Result<BTreeSet<String>, IndexError> {
        let mut paths = BTreeSet::new();
        for segment in &index.segments {
            if !self.is_all && !self.segments.contains(&segment.reader.segment_id().uuid_string()) {
                continue;
            }
            for doc in segment.docs(index.fields.record, record::DOCUMENT)? {
                if !segment.is_removed(doc) {
                    paths.insert(segment.record(doc)?.path);
                }
            }
        }
        Ok(paths)
    }
}

/// Tells which documents [`repair`] takes out of an index: those that are lost unless they can be
/// read again. Changes nothing.
#[must_use]
pub fn at_stake(path: &Path, diagnosis: &Diagnosis) -> Stake {
    let damage = Damage::of(diagnosis);
    if damage.problems.is_empty() {
        return Stake::Nothing;
    }
    if !damage.leaves_records() {
        return Stake::Unknown;
    }
    contained(|| damage.documents(&Index::open(path)?)).map_or(Stake::Unknown, Stake::Documents)
}

/// Takes the damaged segments out of an index, and removes what belongs to no index. An update puts
/// their documents back. Where more is damaged, the index is left for a build to replace.
///
/// # Errors
/// When somebody else writes the index, or it cannot be written.
pub fn repair(path: &Path, diagnosis: &Diagnosis, patience: &Patience) -> Result<Cure, IndexError> {
    let Damage { segments, is_all, .. } = Damage::of(diagnosis);
    if is_all {
        return Ok(Cure::Rebuild);
    }
    let lock = Lock::acquire(path, patience)?;
    let refused = |source| IndexError::Io { path: path.to_owned(), source };
    if !segments.is_empty() {
        remove(path, &segments).map_err(refused)?;
    }
    clear_locked(path, &lock).map_err(refused)?;
    if !stamps::are_whole(path) {
        fs::remove_file(path.join(stamps::FILE)).map_err(refused)?;
    }
    Ok(if segments.is_empty() { Cure::None } else { Cure::Update(segments.len()) })
}

/// Writes the metadata without some segments.
fn remove(path: &Path, segments: &BTreeSet<&String>) -> io::Result<()> {
    let damaged = || io::Error::new(ErrorKind::InvalidData, "the metadata cannot be read");
    let mut meta: Value = serde_json::from_slice(&fs::read(path.join(META))?)?;
    let members = meta.as_object_mut().ok_or_else(damaged)?;
    members.remove("checksum");
    members.remove("files");
    let kept = members.get_mut("segments").and_then(Value::as_array_mut).ok_or_else(damaged)?;
    kept.retain(|segment| {
        let id = segment.get("segment_id").and_then(Value::as_str).unwrap_or_default();
        !segments.contains(&id.replace('-', ""))
    });
    let payload = members.get("payload").and_then(Value::as_str).ok_or_else(damaged)?;
    let note: Note = serde_json::from_str(payload)?;
    let note = serde_json::to_string(&Note { ordered: false, ..note })?;
    members.insert("payload".to_owned(), Value::String(note));
    let mut json = serde_json::to_vec_pretty(&meta)?;
    json.push(b'\n');
    write_whole(path, META, &sealed(path, &json)?)?;
    sync_folder(path)
}
