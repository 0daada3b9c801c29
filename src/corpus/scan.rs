//! Walking folders.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Component, Path, PathBuf},
};

use ignore::{DirEntry, WalkBuilder};

use crate::read;

/// How folders are walked.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Read files that `.gitignore` and its like leave out. Hidden files are left out all the same.
    pub no_ignore: bool,
    /// A folder to leave out, such as the index itself.
    pub exclude: Option<PathBuf>,
}

/// How a file came to be in a corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// It was named itself.
    Named,
    /// It lies in a folder that was named.
    Found,
}

/// A file of the corpus.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    /// Path as it is kept in the index: as given, with `/` between its parts.
    pub name: String,
    /// Path by which it is opened.
    pub path: PathBuf,
    /// Size in bytes when it was seen.
    pub bytes: u64,
    /// How it came to be in the corpus.
    pub origin: Origin,
}

/// Something that was not read, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// Path as given.
    pub path: String,
    /// Why, lower case.
    pub reason: String,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// Files to read, by name, none twice.
    pub files: Vec<SourceFile>,
    /// What could not be read or followed.
    pub skipped: Vec<Skipped>,
    /// How many files of other formats there are, by extension.
    pub other_formats: BTreeMap<String, usize>,
}

/// Finds the files below some paths. A file that is named itself is read whatever its extension.
///
/// # Errors
/// When one of the paths does not exist or cannot be opened; gives that path.
pub fn scan(paths: &[PathBuf], options: &Options) -> Result<Scan, (PathBuf, io::Error)> {
    let mut found = Scan::default();
    let exclude = options.exclude.as_ref().and_then(|path| fs::canonicalize(path).ok());
    for path in paths {
        let metadata = fs::metadata(path).map_err(|error| (path.clone(), error))?;
        if metadata.is_dir() {
            walk(path, options, exclude.as_deref(), &mut found);
        } else {
            found.files.push(SourceFile {
                name: name(path),
                path: path.clone(),
                bytes: metadata.len(),
                origin: Origin::Named,
            });
        }
    }
    found.files.sort_unstable();
    found.files.dedup_by(|a, b| a.name == b.name);
    found.skipped.sort_unstable();
    Ok(found)
}

fn walk(root: &Path, options: &Options, exclude: Option<&Path>, found: &mut Scan) {
    let mut builder = WalkBuilder::new(root);
    builder.standard_filters(!options.no_ignore).hidden(true).require_git(false);
    let excluded = exclude.map(Path::to_owned);
    builder.filter_entry(move |entry| {
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        let canonical = || fs::canonicalize(entry.path()).ok();
        !is_folder || excluded.is_none() || canonical() != excluded
    });
    let canonical_root = fs::canonicalize(root).ok();
    for entry in builder.build() {
        match entry {
            Ok(entry) => visit(&entry, canonical_root.as_deref(), found),
            Err(error) => {
                let path = error_path(&error).map_or_else(|| name(root), name);
                let reason = error
                    .io_error()
                    .map_or_else(|| error.to_string(), |io| format!("cannot be opened: {io}"));
                found.skipped.push(Skipped { path, reason });
            }
        }
    }
}

fn visit(entry: &DirEntry, root: Option<&Path>, found: &mut Scan) {
    let path = entry.path();
    let Some(kind) = entry.file_type() else { return };
    let skip = |reason: &str| Skipped { path: name(path), reason: reason.to_owned() };
    if kind.is_symlink() {
        // What lies inside the tree is found by its own name.
        let leads_out = match (fs::canonicalize(path), root) {
            (Ok(target), Some(root)) => !target.starts_with(root),
            _ => true,
        };
        if leads_out {
            found.skipped.push(skip("a link that leads out of the corpus is not followed"));
        }
    } else if kind.is_file() {
        let name = name(path);
        if !read::is_known(&name) {
            *found.other_formats.entry(extension(path)).or_default() += 1;
            return;
        }
        match entry.metadata() {
            Ok(metadata) => {
                let bytes = metadata.len();
                let (path, origin) = (path.to_owned(), Origin::Found);
                found.files.push(SourceFile { name, path, bytes, origin });
            }
            Err(error) => found.skipped.push(skip(&format!("cannot be opened: {error}"))),
        }
    } else if !kind.is_dir() {
        found.skipped.push(skip("neither a file nor a folder"));
    }
}

/// The extension of a file, in lower case; empty where it has none.
#[must_use]
pub fn extension(path: &Path) -> String {
    path.extension().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default()
}

fn error_path(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            error_path(err)
        }
        _ => None,
    }
}

/// A path as it is kept in the index: `./` left out, `/` between its parts.
fn name(path: &Path) -> String {
    let mut name = String::new();
    for part in path.components() {
        if part == Component::CurDir {
            continue;
        }
        if !name.is_empty() && !name.ends_with('/') {
            name.push('/');
        }
        let part = part.as_os_str().to_string_lossy();
        name.push_str(if part == "\\" { "/" } else { &part });
    }
    if name.is_empty() { ".".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corpus(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "words").unwrap();
        }
        folder
    }

    /// The names that a scan finds, without the temporary folder.
    fn names(folder: &Path, options: &Options) -> Vec<String> {
        let scan = scan(&[folder.to_owned()], options).unwrap();
        let prefix = name(folder) + "/";
        scan.files.iter().map(|file| file.name.replacen(&prefix, "", 1)).collect()
    }

    #[test]
    fn files_of_known_formats_are_found_in_the_order_of_their_names() {
        let folder = corpus(&["b.srt", "a/z.md", "a.txt", "c.png", ".hidden.md"]);
        assert_eq!(names(folder.path(), &Options::default()), ["a.txt", "a/z.md", "b.srt"]);
        let scan = scan(&[folder.path().to_owned()], &Options::default()).unwrap();
        assert_eq!(scan.other_formats, BTreeMap::from([("png".to_owned(), 1)]));
    }

    #[test]
    fn ignored_files_are_left_out_unless_asked_for() {
        let folder = corpus(&["a.md", "b.md"]);
        fs::write(folder.path().join(".gitignore"), "b.md\n").unwrap();
        assert_eq!(names(folder.path(), &Options::default()), ["a.md"]);
        let all = Options { no_ignore: true, ..Options::default() };
        assert_eq!(names(folder.path(), &all), ["a.md", "b.md"]);
    }

    #[test]
    fn the_index_is_no_part_of_the_corpus() {
        let folder = corpus(&["a.md", "index/b.md"]);
        let exclude = Some(folder.path().join("index"));
        assert_eq!(names(folder.path(), &Options { exclude, no_ignore: true }), ["a.md"]);
    }

    #[test]
    fn a_file_that_is_named_is_read_whatever_its_extension() {
        let folder = corpus(&["talk"]);
        let path = folder.path().join("talk");
        assert_eq!(
            scan(std::slice::from_ref(&path), &Options::default()).unwrap().files[0].path,
            path
        );
    }

    #[test]
    fn a_path_that_does_not_exist_is_an_error() {
        let (path, error) = scan(&["no/such".into()], &Options::default()).unwrap_err();
        assert_eq!((path, error.kind()), (PathBuf::from("no/such"), io::ErrorKind::NotFound));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_corpus_is_reported_and_not_followed() {
        let (folder, outside) = (corpus(&["a.md"]), corpus(&["secret.md"]));
        std::os::unix::fs::symlink(outside.path(), folder.path().join("out")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("a.md"), folder.path().join("in.md"))
            .unwrap();
        let scan = scan(&[folder.path().to_owned()], &Options::default()).unwrap();
        assert_eq!(scan.files.len(), 1);
        assert_eq!(scan.skipped.len(), 1);
        assert!(scan.skipped[0].path.ends_with("/out"));
    }

    #[test]
    fn names_have_no_dots_in_front() {
        assert_eq!(name(Path::new("./a/./b.md")), "a/b.md");
        assert_eq!(name(Path::new("../a")), "../a");
        assert_eq!(name(Path::new("/a/b")), "/a/b");
        assert_eq!(name(Path::new(".")), ".");
    }
}
