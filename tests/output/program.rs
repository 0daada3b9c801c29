//! A folder with a corpus and an index of it, and what the program writes there.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use tempfile::TempDir;

/// The files of the corpus that comes with pullquote.
pub fn corpus() -> Vec<(String, String)> {
    let files = fs::read_dir("corpus").unwrap().map(|file| file.unwrap().path());
    let named = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        (path.to_str().unwrap().replace('\\', "/"), text)
    };
    files.map(named).collect()
}

/// The same files, and the first transcript once more under another name.
pub fn twice(mut files: Vec<(String, String)>) -> Vec<(String, String)> {
    let (_, text) = files.iter().find(|(path, _)| path.ends_with("basement.md")).unwrap();
    files.push(("corpus/the-same-again.md".to_owned(), text.clone()));
    files
}

/// A folder with files and an index of its `corpus/`.
pub fn indexed(files: &[(impl AsRef<str>, impl AsRef<str>)]) -> TempDir {
    let place = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = place.path().join(path.as_ref());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text.as_ref()).unwrap();
    }
    run(place.path(), &["index", "--quiet"]);
    place
}

pub fn command(folder: &Path, arguments: &[impl AsRef<OsStr>]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pullquote"));
    command.args(arguments).current_dir(folder);
    for name in [
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "FORCE_HYPERLINK",
        "PULLQUOTE_COLORS",
        "PULLQUOTE_INDEX",
        "PULLQUOTE_HYPERLINK_FORMAT",
        "VISUAL",
        "EDITOR",
        "XDG_CONFIG_HOME",
        "HOME",
    ] {
        command.env_remove(name);
    }
    command
}

/// What a command writes. Nothing found is no failure.
pub fn run(folder: &Path, arguments: &[impl AsRef<OsStr>]) -> String {
    let output = command(folder, arguments).output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{error}");
    String::from_utf8(output.stdout).unwrap()
}

pub fn json_hits(folder: &Path, arguments: &[&str]) -> Vec<Value> {
    let (first, rest) = arguments.split_first().unwrap();
    let json: &[&str] = if rest.contains(&"--json") { &[] } else { &["--json"] };
    let written = run(folder, &[&[*first], json, rest].concat());
    let lines = written.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.filter(|line| line["type"] == "hit").collect()
}
