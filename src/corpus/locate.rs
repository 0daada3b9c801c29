//! One file, by its path: also one inside a container.

use std::path::{Path, PathBuf};

use super::{
    LoadError, companions,
    container::contents,
    link::metadata,
    name::{is_container, name},
    scan::{Origin, SourceFile, source_file},
};

/// Finds a file, with what stands beside it. `talks.zip/ep1.srt` is a file in a container.
///
/// # Errors
/// When there is no such file.
pub fn locate(path: &Path) -> Result<SourceFile, LoadError> {
    let (container, inside) = match metadata(path) {
        Ok(metadata) => {
            let file = source_file(path, metadata.len(), Origin::Named);
            if metadata.is_file() && is_container(&file.name) {
                let first = contents(&file)?.documents.into_iter().next();
                let example =
                    first.map_or_else(String::new, |it| format!(", such as `{}`", it.name));
                return Err(LoadError::IsContainer { example });
            }
            let near = companions::near(&file);
            let mut files = [file];
            companions::attach(&mut files, near, &mut Vec::new());
            let [file] = files;
            return Ok(file);
        }
        Err(error) => split(path).ok_or(error)?,
    };
    let metadata = metadata(&container)?;
    let found = contents(&source_file(&container, metadata.len(), Origin::Named))?;
    let mut documents = found.documents;
    companions::attach(&mut documents, found.companions, &mut Vec::new());
    let wanted = format!("{}/{inside}", name(&container));
    let missing = || {
        let refused = found.skipped.iter().find(|skipped| skipped.path == wanted);
        LoadError::Container(refused.map_or_else(
            || format!("there is no file `{inside}` in `{}`", container.display()),
            |skipped| skipped.reason.clone(),
        ))
    };
    documents.into_iter().find(|file| file.name == wanted).ok_or_else(missing)
}

/// The container that a path leads into, and the name in it.
fn split(path: &Path) -> Option<(PathBuf, String)> {
    let container = path
        .ancestors()
        .skip(1)
        .find(|path| is_container(&path.to_string_lossy()) && path.is_file())?;
    let inside = path.strip_prefix(container).ok()?;
    Some((container.to_owned(), name(inside)))
}
