//! Which files stand beside which documents.

use std::{collections::HashMap, fs, path::Path};

use super::{
    scan::{Origin, Skipped, SourceFile, source_file},
    unpack::unpacked_name,
};
use crate::read::{
    self,
    beside::{COMPANIONS, Companion},
};

/// A file beside a document.
#[derive(Clone, Debug)]
pub struct Beside {
    /// What kind of companion it is.
    pub kind: &'static Companion,
    /// The file.
    pub file: SourceFile,
}

/// The names that a companion of a document may bear before its suffix, from `ep1` to `ep1.srt` and
/// `ep1.srt.gz`: the last is the one that is most surely meant.
fn stems(name: &str) -> Vec<&str> {
    let unpacked = unpacked_name(name);
    let extension = read::extension(unpacked).len();
    let stem = if extension == 0 { unpacked } else { &unpacked[..unpacked.len() - extension - 1] };
    let mut stems = vec![stem, unpacked, name];
    stems.dedup();
    stems
}

/// Gives each document its companions. One that goes with no document is told.
pub(super) fn attach(
    documents: &mut [SourceFile],
    companions: Vec<SourceFile>,
    left_out: &mut Vec<Skipped>,
) {
    if companions.is_empty() {
        return;
    }
    // By kind and stem; whether any document wants it.
    let mut by_stem: HashMap<(usize, String), (SourceFile, bool)> = HashMap::new();
    for file in companions {
        for (kind, companion) in COMPANIONS.iter().enumerate() {
            if let Some(stem) = companion.stem_of(&file.name) {
                by_stem.insert((kind, stem.to_owned()), (file.clone(), false));
            }
        }
    }
    for document in documents {
        let extension = read::extension(unpacked_name(&document.name));
        let mut beside = Vec::new();
        for (number, kind) in COMPANIONS.iter().enumerate() {
            if !kind.goes_with(&extension) {
                continue;
            }
            for stem in stems(&document.name) {
                if let Some((file, wanted)) = by_stem.get_mut(&(number, stem.to_owned())) {
                    *wanted = true;
                    beside.push(Beside { kind, file: file.clone() });
                }
            }
        }
        document.companions = beside;
    }
    for ((_, stem), (file, wanted)) in by_stem {
        if !wanted {
            let stem = stem.rsplit('/').next().unwrap_or_default();
            let reason = format!("goes with no file: nothing beside it is called `{stem}`");
            left_out.push(Skipped { path: file.name, reason });
        }
    }
}

/// The companions of a document that lie beside it, by their names: for one whose folder is not
/// walked.
pub(super) fn near(document: &SourceFile) -> Vec<SourceFile> {
    let Some(file_name) = document.path.file_name().and_then(|it| it.to_str()) else {
        return Vec::new();
    };
    let extension = read::extension(unpacked_name(file_name));
    let mut found = Vec::new();
    for kind in COMPANIONS.iter().filter(|kind| kind.goes_with(&extension)) {
        for stem in stems(file_name) {
            let path = document.path.with_file_name(format!("{stem}.{}", kind.suffix));
            if let Some(bytes) = regular(&path) {
                found.push(source_file(&path, bytes, Origin::Found));
            }
        }
    }
    found
}

/// The size of a regular file; `None` for anything else, links too.
fn regular(path: &Path) -> Option<u64> {
    fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file).map(|it| it.len())
}

#[cfg(test)]
mod tests {
    use super::stems;

    #[test]
    fn a_companion_may_bear_the_name_with_or_without_its_extensions() {
        assert_eq!(stems("a/ep1.srt"), ["a/ep1", "a/ep1.srt"]);
        assert_eq!(stems("ep1.en.srt.gz"), ["ep1.en", "ep1.en.srt", "ep1.en.srt.gz"]);
        assert_eq!(stems("a.b/talk"), ["a.b/talk"]);
    }
}
