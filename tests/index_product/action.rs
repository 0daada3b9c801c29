//! What the action for GitHub does, as far as it can be done elsewhere: its scripts, in a fresh clone
//! of a small corpus, with every state that a cache can have.

#![cfg(unix)]

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use crate::place::{Place, contents, told};

/// A repository with a corpus and a manuscript, and a fresh clone of it in which scripts run.
struct Clone {
    place: Place,
    path: String,
}

impl Clone {
    /// `None` where there is no git.
    fn new() -> Option<Self> {
        let place = Place::new();
        place.write("origin/corpus/talk.md", "**Host:** Where is the tape that we lost in May?");
        place.write("origin/drafts/a.md", "> Where is the tape that we lost in May?\n");
        place.write("origin/drafts/b.md", "> Where is the tape that we found in May?\n");
        let programs = place.path("programs");
        fs::create_dir(&programs).unwrap();
        let program = env!("CARGO_BIN_EXE_pullquote");
        std::os::unix::fs::symlink(program, programs.join("pullquote")).unwrap();
        let path = format!("{}:{}", programs.display(), env::var("PATH").unwrap_or_default());
        let clone = Self { place, path };
        let git = |folder: &str, line: &str| {
            clone.run(folder, "git", &line.split(' ').collect::<Vec<_>>()).status.success()
        };
        if !git(".", "--version") {
            return None;
        }
        assert!(git("origin", "init -q -b main") && git("origin", "add ."));
        assert!(git("origin", "commit -q -m first"));
        assert!(git(".", "clone -q origin clone"));
        Some(clone)
    }

    fn run(&self, folder: &str, program: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.place.path(folder)).env("PATH", &self.path);
        for name in ["CI", "GITHUB_ACTIONS", "PULLQUOTE", "PULLQUOTE_INDEX", "INDEX_OPTIONS"] {
            command.env_remove(name);
        }
        for (name, value) in [("NAME", "Host"), ("EMAIL", "host@localhost")] {
            command.env(format!("GIT_AUTHOR_{name}"), value);
            command.env(format!("GIT_COMMITTER_{name}"), value);
        }
        command.output().unwrap()
    }

    /// Runs a script in the clone; gives its exit code, its output and what else it says.
    fn script(&self, name: &str, arguments: &[&str]) -> (Option<i32>, String, String) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts").join(name);
        let mut all = vec![script.to_str().unwrap()];
        all.extend(arguments);
        let output = self.run("clone", "sh", &all);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    }

    fn index(&self) -> String {
        let (code, state, said) = self.script("index.sh", &["index", "corpus"]);
        assert_eq!(code, Some(0), "{said}");
        state
    }

    fn folder(&self) -> PathBuf {
        self.place.path("clone/index")
    }
}

fn skipped() {
    eprintln!("skipped: there is no git");
}

#[test]
fn whatever_a_cache_has_the_index_is_right_in_the_end() {
    let Some(clone) = Clone::new() else { return skipped() };
    assert_eq!(clone.index(), "state=miss\n");
    let built = contents(&clone.folder());
    assert_eq!(clone.index(), "state=hit\n");
    assert!(contents(&clone.folder()) == built);

    // The cache of another state of the corpus.
    clone.place.write("clone/corpus/new.md", "**Host:** A cassowary.");
    assert_eq!(clone.index(), "state=stale\n");
    assert_eq!(clone.index(), "state=hit\n");

    // The cache of another version, and one that was damaged on the way.
    let damage = |name: &str, bytes: &[u8]| fs::write(clone.folder().join(name), bytes).unwrap();
    let meta = String::from_utf8(contents(&clone.folder())["meta.json"].clone()).unwrap();
    damage("meta.json", meta.replace(r#"\"layout\":"#, r#"\"layout\":9"#).as_bytes());
    assert_eq!(clone.index(), "state=replaced\n");
    damage(".managed.json", b"[]");
    assert_eq!(clone.index(), "state=replaced\n");
    assert_eq!(clone.index(), "state=hit\n");
}

#[test]
fn the_key_of_a_cache_depends_on_version_paths_and_contents() {
    let Some(clone) = Clone::new() else { return skipped() };
    let key = |paths: &[&str]| {
        let (code, text, said) = clone.script("key.sh", paths);
        assert_eq!(code, Some(0), "{said}");
        let (key, prefix) = text.trim_end().split_once('\n').unwrap();
        let (key, prefix) =
            (key.strip_prefix("key=").unwrap(), prefix.strip_prefix("prefix=").unwrap());
        assert!(key.starts_with(prefix), "{text}");
        assert!(
            prefix.starts_with(concat!("pullquote-", env!("CARGO_PKG_VERSION"), "-")),
            "{text}"
        );
        (key.to_owned(), prefix.to_owned())
    };
    let first = key(&["corpus"]);
    assert_eq!(key(&["corpus"]), first);
    assert_ne!(key(&["corpus", "drafts"]).1, first.1);
    clone.place.write("clone/corpus/new.md", "**Host:** A cassowary.");
    assert!(clone.run("clone", "git", &["add", "."]).status.success());
    let second = key(&["corpus"]);
    assert_eq!(second.1, first.1);
    assert_ne!(second.0, first.0);
}

#[test]
fn manuscripts_that_were_changed_are_checked() {
    let Some(clone) = Clone::new() else { return skipped() };
    clone.index();
    let check = |base: &str| clone.script("check.sh", &["index", base, "drafts/*.md"]);
    // All of them, where it cannot be known what was changed.
    for base in ["", "0000000000000000000000000000000000000000"] {
        let (code, text, said) = check(base);
        assert_eq!(code, Some(1), "{text}{said}");
        assert!(text.contains("drafts/b.md") && !text.contains("drafts/a.md"), "{text}");
    }
    assert_eq!(check("HEAD"), (Some(0), "no manuscript was changed\n".to_owned(), String::new()));
    clone
        .place
        .write("clone/drafts/a.md", "He said:\n\n> Where is the tape that we lost in May?\n");
    let (code, text, said) = check("HEAD");
    assert_eq!(code, Some(0), "{text}{said}");
    clone.place.write("clone/drafts/with a space.md", "> Where is the room that we lost in May?\n");
    assert!(clone.run("clone", "git", &["add", "."]).status.success());
    let (code, text, _) = check("HEAD");
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("with a space.md") && !text.contains("drafts/b.md"), "{text}");
}

#[test]
fn warnings_and_failures_are_annotations() {
    let place = Place::new();
    place.write("corpus/a.vtt", "WEBVTT\n\n00:01.000 --> soon\nThe tape is gone.\n");
    place.write("corpus/b.json", "{");
    let output = place.run(&["index", "--format", "github"]);
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(text.starts_with("::warning file=corpus/a.vtt,line=3::the times"), "{}", told(&output));
    assert!(text.contains("\n::error file=corpus/b.json::is no valid JSON"), "{text}");
    assert!(text.contains("\n::notice::1 document (1 added"), "{text}");
    for (options, code) in
        [(&["--strict"][..], 1), (&["--max-warnings", "0"], 1), (&["--max-warnings", "9"], 0)]
    {
        let arguments: Vec<&str> = ["index"].iter().chain(options).copied().collect();
        assert_eq!(place.run(&arguments).status.code(), Some(code), "{options:?}");
    }
}

#[test]
fn a_renamed_file_is_told_from_a_new_one() {
    let place = Place::with_talks(3, 5);
    place.must(&["index"]);
    fs::rename(place.path("corpus/talk-001.md"), place.path("corpus/walk.md")).unwrap();
    let check = place.run(&["index", "--check"]);
    assert_eq!(check.status.code(), Some(1));
    let summary = place.json(&["index", "--json"]);
    let expected = serde_json::json!([{"from": "corpus/talk-001.md", "to": "corpus/walk.md"}]);
    assert_eq!(summary["renamed"], expected, "{summary}");
    assert_eq!(
        (&summary["added"], &summary["removed"]),
        (&serde_json::json!([]), &serde_json::json!([]))
    );
    place.must(&["doctor", "--corpus"]);
}
