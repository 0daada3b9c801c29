//! Taking what is damaged out of an index, so that an update reads just that anew.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, ErrorKind},
    path::Path,
};

use serde_json::Value;

use super::{
    doctor::{Diagnosis, Kind},
    error::IndexError,
    leftovers::clear_locked,
    lock::{Lock, Patience},
    note::Note,
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

/// Takes the damaged segments out of an index, and removes what belongs to no index. An update puts
/// their documents back. Where more is damaged, the index is left for a build to replace.
///
/// # Errors
/// When somebody else writes the index, or it cannot be written.
pub fn repair(path: &Path, diagnosis: &Diagnosis, patience: &Patience) -> Result<Cure, IndexError> {
    let broken: Vec<_> = diagnosis.problems.iter().filter(|it| it.kind != Kind::List).collect();
    let segments: BTreeSet<&String> = broken.iter().filter_map(|it| it.segment.as_ref()).collect();
    let is_more = broken.iter().any(|problem| problem.segment.is_none());
    if is_more || (!segments.is_empty() && segments.len() == diagnosis.segments.len()) {
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
