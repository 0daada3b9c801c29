//! What shows that a file has not changed: its bytes, or, for who trusts that, its stamp.

use std::{collections::HashMap, path::Path};

use super::Options;
use crate::{
    corpus::{self, DocumentStamp, SourceFile},
    index::Stamps,
};

/// What shows that a file has not changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Evidence {
    /// Its bytes: every file is read and hashed.
    #[default]
    Contents,
    /// Its size, times and number in the file system, and those of what stands beside it, which is
    /// faster and can err. Settings and containers are read all the same.
    Times,
}

/// The stamps of the files of a run, taken before any of them was read.
pub(super) struct Stamped {
    now: HashMap<String, DocumentStamp>,
    before: Stamps,
    evidence: Evidence,
}

impl Stamped {
    pub(super) fn of(options: &Options, files: &[SourceFile]) -> Self {
        let evidence = options.evidence;
        if evidence == Evidence::Contents {
            return Self { now: HashMap::new(), before: Stamps::default(), evidence };
        }
        let stamp = |file: &SourceFile| Some((file.name.clone(), corpus::stamp(file)?));
        let now = files.iter().filter_map(stamp).collect();
        Self { now, before: Stamps::of(&options.index), evidence }
    }

    /// Whether a file, with what stands beside it, is what a document with this key was made of.
    pub(super) fn trusts(&self, file: &SourceFile, key: &str) -> bool {
        let stamp = self.now.get(&file.name);
        stamp.is_some_and(|stamp| self.before.trusts(&file.name, key, stamp))
    }

    /// Keeps the stamps of the files that documents were made of, by path and key, if any is news.
    pub(super) fn keep(&mut self, index: &Path, made: Vec<(String, String)>) {
        if self.evidence == Evidence::Contents {
            return;
        }
        let mut is_news = false;
        for (path, key) in made {
            if let Some(stamp) = self.now.get(&path)
                && !self.before.trusts(&path, &key, stamp)
            {
                self.before.note(path, key, stamp.clone());
                is_news = true;
            }
        }
        if is_news {
            // Without them, the next run reads what this one has read.
            let _ = self.before.write(index);
        }
    }
}
