//! Names of files, as the index keeps them.

use std::path::{Component, Path};

use super::unpack::unpacked_name;
use crate::{paths, read};

/// The extension of a file, in lower case; empty where it has none.
#[must_use]
pub fn extension(path: &Path) -> String {
    path.extension().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// A path as it is kept in the index: `./` left out, `/` between its parts, and what is no UTF-8 in
/// a form that can be turned back ([`paths`]).
pub(super) fn name(path: &Path) -> String {
    let mut name = String::new();
    for part in path.components() {
        if part == Component::CurDir {
            continue;
        }
        if !name.is_empty() && !name.ends_with('/') {
            name.push('/');
        }
        let part = paths::text(part.as_os_str());
        name.push_str(if part == "\\" { "/" } else { &part });
    }
    if name.is_empty() { ".".to_owned() } else { name }
}

/// Whether a file of this name is meant to be read as a document, compressed or not.
pub(super) fn is_document(name: &str) -> bool {
    read::is_known(unpacked_name(name))
}

/// Whether a file of this name holds other files that are read.
pub(super) fn is_container(name: &str) -> bool {
    read::extension(name) == "zip"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_no_dots_in_front() {
        assert_eq!(name(Path::new("./a/./b.md")), "a/b.md");
        assert_eq!(name(Path::new("../a")), "../a");
        assert_eq!(name(Path::new("/a/b")), "/a/b");
        assert_eq!(name(Path::new(".")), ".");
    }

    #[test]
    fn a_compressed_file_is_known_by_the_name_inside() {
        assert!(is_document("a/talk.srt.gz") && is_document("talk.VTT.XZ"));
        assert!(!is_document("talk.gz") && !is_document("a.png.zst") && !is_document("a.zip"));
        assert!(is_container("a.ZIP") && !is_container("zip"));
    }
}
