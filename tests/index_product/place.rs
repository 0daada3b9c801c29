//! A folder with a corpus and an index, and the program run in it.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;

/// A folder of its own, removed in the end.
pub struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    /// A place with an empty corpus.
    pub fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(place.path("corpus")).unwrap();
        place
    }

    /// A place with so many talks of so many sentences.
    pub fn with_talks(count: usize, sentences: usize) -> Self {
        let place = Self::new();
        for at in 0..count {
            place.write(&format!("corpus/talk-{at:03}.md"), &talk(at, sentences));
        }
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The program, to be run here, whatever the surroundings are.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let program = env::var_os("PULLQUOTE_PROGRAM")
            .unwrap_or_else(|| env!("CARGO_BIN_EXE_pullquote").into());
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.folder.path());
        command.env_remove("PULLQUOTE_INDEX").env_remove("CI");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs what must succeed.
    pub fn must(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", told(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs what must succeed; gives its last line as JSON.
    pub fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(self.must(arguments).lines().last().unwrap()).unwrap()
    }

    /// How many passages a search finds; `None` where there is no index.
    pub fn found(&self, query: &str) -> Option<u64> {
        let output = self.run(&["search", "--json", query]);
        if let Some(0 | 1) = output.status.code() {
            let stdout = String::from_utf8(output.stdout).unwrap();
            let end: Value = serde_json::from_str(stdout.lines().last().unwrap()).unwrap();
            return end["total"].as_u64();
        }
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(error.contains("no index in"), "{error}");
        None
    }
}

/// What a run said, for a message.
pub fn told(output: &Output) -> String {
    format!(
        "{}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// Each file of a folder, with its bytes.
pub fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read(entry.path()).unwrap_or_default())
        })
        .collect()
}

/// How many segments the files of an index folder make.
pub fn segments(index: &BTreeMap<String, Vec<u8>>) -> usize {
    let is_dictionary = |name: &&String| Path::new(name).extension().is_some_and(|it| it == "term");
    index.keys().filter(is_dictionary).count()
}

/// Numbers that are the same on every run, and look like none (Knuth's generator for MMIX).
pub struct Numbers(pub u64);

impl Numbers {
    pub fn next(&mut self, below: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }
}

/// A talk between two people, of words that mean little.
pub fn talk(seed: usize, sentences: usize) -> String {
    const SYLLABLES: &[&str] =
        &["ba", "ke", "lo", "mi", "nu", "ra", "se", "ti", "vo", "zu", "tape", "room", "bell"];
    let mut numbers = Numbers(seed as u64 + 1);
    let mut text = String::new();
    for sentence in 0..sentences {
        let speaker = if sentence % 2 == 0 { "Host" } else { "Archivist" };
        text.push_str("**");
        text.push_str(speaker);
        text.push_str(":** So");
        for _ in 0..12 + numbers.next(20) {
            text.push(' ');
            for _ in 0..=numbers.next(3) {
                text.push_str(SYLLABLES[numbers.next(SYLLABLES.len())]);
            }
        }
        text.push_str(".\n\n");
    }
    text
}
