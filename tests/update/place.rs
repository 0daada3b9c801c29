//! A folder with a corpus and an index, and what its updates tell.

use std::{collections::BTreeMap, fs, io::Write, path::PathBuf, time::SystemTime};

use pullquote::{
    index::{Index, Record},
    search::{Request, search},
    update::{FileWarning, Mode, Options, Summary, UpdateError, update},
};
use tempfile::TempDir;
use zip::{ZipWriter, write::SimpleFileOptions};

/// A talk of two turns.
pub const TALK: &str = "**A:** Where is the tape?\n\n**B:** In the basement.";

/// A folder of its own, removed in the end.
pub struct Place {
    _folder: TempDir,
    pub corpus: PathBuf,
    pub index: PathBuf,
}

/// A place with a corpus of these files.
pub fn place(files: &[(&str, &str)]) -> Place {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    let place = Place { _folder: folder, corpus, index };
    for (name, text) in files {
        place.write(name, text);
    }
    place
}

impl Place {
    pub fn write(&self, name: &str, text: &str) {
        let path = self.corpus.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn zip(&self, name: &str, members: &[(&str, &str)]) {
        fs::create_dir_all(&self.corpus).unwrap();
        let mut writer = ZipWriter::new(fs::File::create(self.corpus.join(name)).unwrap());
        for (member, text) in members {
            writer.start_file(*member, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap();
    }

    pub fn options(&self, mode: Mode) -> Options {
        Options {
            paths: vec![self.corpus.clone()],
            index: self.index.clone(),
            mode,
            ..Options::default()
        }
    }

    pub fn try_run(&self, mode: Mode) -> Result<Summary, UpdateError> {
        update(&self.options(mode), |_| {})
    }

    pub fn run(&self) -> Summary {
        self.try_run(Mode::Update).unwrap()
    }

    /// What a run added, changed, removed and left alone.
    pub fn difference(&self) -> String {
        let summary = self.run();
        let names = |paths: &[String]| -> Vec<String> {
            paths.iter().map(|path| self.short(path)).collect()
        };
        format!(
            "+{:?} ~{:?} -{:?} ={}",
            names(&summary.added),
            names(&summary.changed),
            names(&summary.removed),
            summary.unchanged
        )
    }

    pub fn short(&self, path: &str) -> String {
        path.replace(&format!("{}/", self.corpus.display()), "")
    }

    pub fn records(&self) -> BTreeMap<String, Record> {
        let records = Index::open(&self.index).unwrap().records().unwrap();
        records.into_iter().map(|record| (self.short(&record.path), record)).collect()
    }

    pub fn warnings(&self, summary: &Summary) -> Vec<String> {
        let tell = |it: &FileWarning| {
            let line = it.line.map_or_else(String::new, |line| format!("{line}:"));
            format!("{}:{line} {}", self.short(&it.path), it.message)
        };
        summary.warnings.iter().map(tell).collect()
    }

    pub fn speakers_of(&self, query: &str) -> Vec<Option<String>> {
        let index = Index::open(&self.index).unwrap();
        let request = Request { query: query.to_owned(), limit: 10, ..Request::default() };
        let hits = search(&index, &request).unwrap().hits;
        hits.into_iter().map(|hit| hit.passage.speaker.map(|it| it.0)).collect()
    }

    /// When the files of the index were last written.
    pub fn written(&self) -> Vec<(PathBuf, SystemTime)> {
        let entries = fs::read_dir(&self.index).unwrap().map(Result::unwrap);
        let mut times: Vec<_> =
            entries.map(|it| (it.path(), it.metadata().unwrap().modified().unwrap())).collect();
        times.sort();
        times
    }
}
