//! What an interrupted writer leaves behind: files of no segment, and a half-built index.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    fresh::BUILDING,
    lock::{Lock, Patience},
    open::is_engine_file,
    seal::{self, MANAGED, META, Meta, managed, write_whole},
};

/// The files and folders in an index folder that belong to no index, by name.
///
/// While somebody writes there, some of them may be what is being written.
///
/// # Errors
/// When the folder cannot be read.
pub fn leftovers(path: &Path) -> io::Result<Vec<PathBuf>> {
    let meta = Meta::of(path);
    // Where it cannot be told which files the index needs, none is a leftover.
    let is_unreadable = meta.is_none() && path.join(META).exists();
    let mut found = Vec::new();
    for entry in fs::read_dir(path)? {
        let name = entry?.file_name();
        let text = name.to_string_lossy();
        let is_left = if is_engine_file(&text) {
            !is_unreadable && meta.as_ref().is_none_or(|meta| meta.segment_of(&text).is_none())
        } else {
            text == BUILDING || (text.starts_with('.') && text.ends_with(".new"))
        };
        if is_left {
            found.push(PathBuf::from(name));
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// Removes what interrupted writers left behind, if there is any and nobody is writing. Gives how
/// many files and folders that were.
///
/// # Errors
/// When the folder cannot be read or something cannot be removed.
pub fn clear(path: &Path) -> io::Result<usize> {
    if !path.is_dir() || leftovers(path)?.is_empty() {
        return Ok(0);
    }
    match Lock::acquire(path, &Patience::default()) {
        Ok(lock) => clear_locked(path, &lock),
        // Who writes there clears it away.
        Err(_) => Ok(0),
    }
}

/// Likewise for who writes the index.
pub(super) fn clear_locked(path: &Path, _lock: &Lock) -> io::Result<usize> {
    let found = leftovers(path)?;
    for name in &found {
        let path = path.join(name);
        if path.is_dir() { fs::remove_dir_all(path)? } else { fs::remove_file(path)? }
    }
    if path.join(META).exists() {
        let expected = managed(&living(path)?);
        if fs::read(path.join(MANAGED)).ok().as_ref() != Some(&expected) {
            write_whole(path, MANAGED, &expected)?;
        }
    }
    Ok(found.len())
}

/// The files of the index as it is, as tantivy lists them.
pub(super) fn living(path: &Path) -> io::Result<BTreeSet<String>> {
    let mut names = seal::engine_files(path)?;
    if let Some(meta) = Meta::of(path) {
        names.retain(|name| meta.segment_of(name).is_some());
    }
    names.insert(META.to_owned());
    Ok(names)
}
