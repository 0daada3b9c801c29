//! Containers, compressed files, sidecars and settings: what is read anew when one of them changes,
//! and what is told when one is wrong.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use pullquote::{
    index::{Index, Record},
    search::{Request, search},
    update::{Mode, Options, Summary, UpdateError, update},
};
use zip::{ZipWriter, write::SimpleFileOptions};

struct Place {
    _folder: tempfile::TempDir,
    corpus: PathBuf,
    index: PathBuf,
}

fn place(files: &[(&str, &str)]) -> Place {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    let place = Place { _folder: folder, corpus, index };
    for (name, text) in files {
        place.write(name, text);
    }
    place
}

impl Place {
    fn write(&self, name: &str, text: &str) {
        let path = self.corpus.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn zip(&self, name: &str, members: &[(&str, &str)]) {
        fs::create_dir_all(&self.corpus).unwrap();
        let mut writer = ZipWriter::new(fs::File::create(self.corpus.join(name)).unwrap());
        for (member, text) in members {
            writer.start_file(*member, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap();
    }

    fn try_run(&self, mode: Mode) -> Result<Summary, UpdateError> {
        let options = Options {
            paths: vec![self.corpus.clone()],
            index: self.index.clone(),
            mode,
            ..Options::default()
        };
        update(&options, |_| {})
    }

    fn run(&self) -> Summary {
        self.try_run(Mode::Update).unwrap()
    }

    /// What a run added, changed, removed and left alone.
    fn difference(&self) -> String {
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

    fn short(&self, path: &str) -> String {
        path.replace(&format!("{}/", self.corpus.display()), "")
    }

    fn records(&self) -> BTreeMap<String, Record> {
        let records = Index::open(&self.index).unwrap().records().unwrap();
        records.into_iter().map(|record| (self.short(&record.path), record)).collect()
    }

    fn warnings(&self, summary: &Summary) -> Vec<String> {
        let tell = |it: &pullquote::update::FileWarning| {
            let line = it.line.map_or_else(String::new, |line| format!("{line}:"));
            format!("{}:{line} {}", self.short(&it.path), it.message)
        };
        summary.warnings.iter().map(tell).collect()
    }

    fn speakers_of(&self, query: &str) -> Vec<Option<String>> {
        let index = Index::open(&self.index).unwrap();
        let request = Request { query: query.to_owned(), limit: 10, ..Request::default() };
        let hits = search(&index, &request).unwrap().hits;
        hits.into_iter().map(|hit| hit.passage.speaker.map(|it| it.0)).collect()
    }

    /// When the files of the index were last written.
    fn written(&self) -> Vec<(PathBuf, std::time::SystemTime)> {
        let entries = fs::read_dir(&self.index).unwrap().map(Result::unwrap);
        let mut times: Vec<_> =
            entries.map(|it| (it.path(), it.metadata().unwrap().modified().unwrap())).collect();
        times.sort();
        times
    }
}

const TALK: &str = "**A:** Where is the tape?\n\n**B:** In the basement.";

#[test]
fn the_files_of_a_container_are_documents_of_their_own() {
    let place = place(&[]);
    place.zip("talks.zip", &[("ep1.md", TALK), ("2017/ep2.txt", "The tape is long.")]);
    assert_eq!(place.difference(), r#"+["talks.zip/2017/ep2.txt", "talks.zip/ep1.md"] ~[] -[] =0"#);
    assert_eq!(place.records()["talks.zip/ep1.md"].bytes, TALK.len() as u64);
    assert_eq!(place.speakers_of("basement"), [Some("B".to_owned())]);
    let before = place.written();
    assert_eq!(place.difference(), "+[] ~[] -[] =2");
    assert_eq!(place.written(), before);
}

#[test]
fn of_a_changed_container_only_the_changed_files_are_read() {
    let place = place(&[]);
    let all = |first: &str| {
        place.zip("a.zip", &[("1.md", first), ("2.md", "Two tapes."), ("3.md", "Three tapes.")]);
    };
    all("One tape.");
    place.run();
    all("One tape, changed.");
    assert_eq!(place.difference(), r#"+[] ~["a.zip/1.md"] -[] =2"#);
    // The last document now knows the container as it is.
    let before = place.written();
    assert_eq!(place.difference(), "+[] ~[] -[] =3");
    assert_eq!(place.written(), before);
    all("One tape.");
    assert_eq!(place.difference(), r#"+[] ~["a.zip/1.md"] -[] =2"#);
    place.zip("a.zip", &[("1.md", "One tape."), ("3.md", "Three tapes.")]);
    assert_eq!(place.difference(), r#"+[] ~[] -["a.zip/2.md"] =2"#);
    fs::remove_file(place.corpus.join("a.zip")).unwrap();
    place.write("b.md", "Another tape.");
    assert_eq!(place.difference(), r#"+["b.md"] ~[] -["a.zip/1.md", "a.zip/3.md"] =0"#);
}

#[test]
fn a_container_that_is_put_back_as_it_was_is_read_as_it_is() {
    let place = place(&[]);
    place.zip("a.zip", &[("1.md", "One tape."), ("2.md", "Two tapes.")]);
    place.run();
    let before = fs::read(place.corpus.join("a.zip")).unwrap();
    let more = [("1.md", "One reel."), ("2.md", "Two tapes."), ("3.md", "Three tapes.")];
    place.zip("a.zip", &more);
    assert_eq!(place.difference(), r#"+["a.zip/3.md"] ~["a.zip/1.md"] -[] =1"#);
    fs::write(place.corpus.join("a.zip"), before).unwrap();
    assert_eq!(place.difference(), r#"+[] ~["a.zip/1.md"] -["a.zip/3.md"] =1"#);
    assert_eq!(place.difference(), "+[] ~[] -[] =2");
}

#[test]
fn a_container_that_is_packed_anew_from_the_same_files_is_up_to_date() {
    let place = place(&[]);
    place.zip("a.zip", &[("1.md", "One tape."), ("2.md", "Two tapes.")]);
    place.run();
    place.zip("a.zip", &[("2.md", "Two tapes."), ("1.md", "One tape.")]);
    assert!(place.try_run(Mode::Check).unwrap().is_up_to_date());
    assert_eq!(place.difference(), "+[] ~[] -[] =2");
    assert_eq!(place.records().len(), 2);
}

#[test]
fn a_file_of_a_container_that_cannot_be_read_is_told_on_every_run() {
    let place = place(&[]);
    let members = [("1.md", "One tape."), ("2.md", "\0\0"), ("3.md", "Three tapes.")];
    place.zip("a.zip", &members);
    for unchanged in [0, 2, 2] {
        let summary = place.run();
        assert_eq!(place.warnings(&summary), ["a.zip/2.md: is no text: it holds NUL bytes"]);
        assert_eq!((summary.unchanged, summary.failed), (unchanged, 1));
    }
}

#[test]
fn a_container_that_is_broken_now_keeps_what_the_index_has() {
    let place = place(&[("b.md", "Another tape.")]);
    place.zip("a.zip", &[("1.md", "One tape.")]);
    place.run();
    place.write("a.zip", "PK");
    let summary = place.run();
    assert_eq!(summary.kept.len(), 1);
    assert!(place.warnings(&summary)[0].starts_with("a.zip: is no whole zip file: "));
    assert_eq!(place.records().len(), 2);
}

#[test]
fn a_compressed_file_keeps_its_own_name() {
    let place = place(&[]);
    fs::create_dir_all(&place.corpus).unwrap();
    let srt = "1\n00:00:01,000 --> 00:00:02,000\nThe tape\n";
    let packed = zstd::encode_all(srt.as_bytes(), 1).unwrap();
    fs::write(place.corpus.join("talk.srt.zst"), &packed).unwrap();
    assert_eq!(place.difference(), r#"+["talk.srt.zst"] ~[] -[] =0"#);
    let record = &place.records()["talk.srt.zst"];
    assert_eq!((record.format.as_str(), record.bytes), ("subrip", packed.len() as u64));
    assert_eq!(place.difference(), "+[] ~[] -[] =1");
}

#[test]
fn a_sidecar_describes_its_document_and_a_change_of_it_reads_that_document_anew() {
    let place = place(&[("ep1.md", TALK), ("ep2.md", TALK)]);
    place.run();
    place.write("ep1.meta.toml", "title = \"One\"\ndate = 2017\n[speakers]\nA = \"Host\"\n");
    assert_eq!(place.difference(), r#"+[] ~["ep1.md"] -[] =1"#);
    let record = &place.records()["ep1.md"];
    assert_eq!(
        (record.title.as_deref(), record.date.as_deref(), &record.speakers),
        (Some("One"), Some("2017"), &vec!["Host".to_owned(), "B".to_owned()])
    );
    assert_eq!(place.speakers_of("speaker:host tape"), [Some("Host".to_owned())]);
    assert_eq!(place.difference(), "+[] ~[] -[] =2");
    place.write("ep1.md.meta.toml", "title = \"The first\"\ntitel = 1\n");
    let summary = place.run();
    let warning = "ep1.md: in `ep1.md.meta.toml`, line 2: `titel` is no key here: use `title`, \
                   `authors`, `date`, `url`, `kind`, `language` or `speakers`";
    assert_eq!(place.warnings(&summary), [warning]);
    assert_eq!(place.records()["ep1.md"].title.as_deref(), Some("The first"));
    assert_eq!(place.records()["ep1.md"].date.as_deref(), Some("2017"));
    assert_eq!(place.warnings(&place.run()), [warning]);
    fs::remove_file(place.corpus.join("ep1.md.meta.toml")).unwrap();
    fs::remove_file(place.corpus.join("ep1.meta.toml")).unwrap();
    assert_eq!(place.difference(), r#"+[] ~["ep1.md"] -[] =1"#);
    assert_eq!(place.records()["ep1.md"].title, None);
}

#[test]
fn a_change_of_the_settings_reads_only_the_documents_that_they_are_about() {
    let place =
        place(&[("2017/a.md", TALK), ("2018/b.md", TALK), ("c.md", "**C:** Nobody has the tape.")]);
    place.run();
    place.write("pullquote.toml", "[[documents]]\npath = \"2017/**\"\ndate = \"2017\"\n");
    assert_eq!(place.difference(), r#"+[] ~["2017/a.md"] -[] =2"#);
    place.write(
        "pullquote.toml",
        "# A comment.\n[speakers]\nC = \"Clerk\"\n\n[[documents]]\npath = \"2017\"\ndate = 2017\n",
    );
    assert_eq!(place.difference(), r#"+[] ~["c.md"] -[] =2"#);
    assert_eq!(place.records()["c.md"].speakers, ["Clerk"]);
    assert_eq!(place.difference(), "+[] ~[] -[] =3");
    place.write("pullquote.toml", "[speakers]\nC = \"Caller\"\n");
    assert_eq!(place.difference(), r#"+[] ~["2017/a.md", "c.md"] -[] =1"#);
    assert_eq!(place.records()["c.md"].speakers, ["Caller"]);
    fs::remove_file(place.corpus.join("pullquote.toml")).unwrap();
    assert_eq!(place.difference(), r#"+[] ~["c.md"] -[] =2"#);
    assert_eq!(place.records()["c.md"].speakers, ["C"]);
}

#[test]
fn a_renamed_document_is_told_as_such_and_has_what_is_told_of_its_new_path() {
    let place = place(&[("a.md", TALK), ("2018/b.md", "**B:** Another tape.")]);
    place.write("pullquote.toml", "[[documents]]\npath = \"2018\"\ndate = 2018\n");
    place.run();
    fs::rename(place.corpus.join("a.md"), place.corpus.join("2018/a.md")).unwrap();
    let summary = place.run();
    let renamed: Vec<_> =
        summary.renamed.iter().map(|it| (place.short(&it.from), place.short(&it.to))).collect();
    assert_eq!(renamed, [("a.md".to_owned(), "2018/a.md".to_owned())]);
    assert_eq!((summary.added.len(), summary.removed.len(), summary.unchanged), (0, 0, 1));
    assert_eq!(place.records()["2018/a.md"].date.as_deref(), Some("2018"));
    // What is told changes the document, and not the way in which it is read.
    place.write("2018/a.meta.toml", "title = \"A\"\n");
    let summary = place.run();
    assert_eq!((summary.changed.len(), summary.outdated.len()), (1, 0));
}

#[test]
fn settings_reach_into_containers_without_unpacking_what_they_are_not_about() {
    let place = place(&[]);
    place.zip("a.zip", &[("1.md", TALK), ("2.md", TALK), ("3.md", "Three tapes.")]);
    place.run();
    place.write(
        "pullquote.toml",
        "[[documents]]\npath = \"a.zip/1.md\"\nspeakers = { a = \"Ada\" }\n",
    );
    assert_eq!(place.difference(), r#"+[] ~["a.zip/1.md"] -[] =2"#);
    assert_eq!(place.records()["a.zip/1.md"].speakers, ["Ada", "B"]);
    assert_eq!(place.difference(), "+[] ~[] -[] =3");
}

#[test]
fn settings_nearer_to_a_document_go_first() {
    let place = place(&[
        (
            "pullquote.toml",
            "[[documents]]\npath = \"**\"\ndate = 2000\nurl = \"https://example.org\"\n",
        ),
        ("2017/pullquote.toml", "[[documents]]\npath = \"*.md\"\ndate = 2017\n"),
        ("2017/a.md", TALK),
    ]);
    place.run();
    let record = &place.records()["2017/a.md"];
    assert_eq!(record.date.as_deref(), Some("2017"));
    assert_eq!(record.url.as_deref(), Some("https://example.org"));
}

#[test]
fn wrong_settings_stop_the_run_and_nothing_is_written() {
    let place = place(&[("a.md", TALK)]);
    place.run();
    let before = place.written();
    place.write("pullquote.toml", "[speakers]\nA = 1\n[[document]]\n");
    let error = place.try_run(Mode::Update).unwrap_err().to_string();
    assert_eq!(
        place.short(&error),
        "`pullquote.toml`, line 2: `A` must be a string, such as \"…\" (and 1 more)"
    );
    assert_eq!(place.written(), before);
}

#[test]
fn settings_about_nothing_are_told() {
    let place = place(&[("a.md", TALK)]);
    place.write("pullquote.toml", "[[documents]]\npath = \"2071/**\"\ndate = 2071\n");
    let told = "pullquote.toml:1: no document is at `2071/**`".replace(":1:", ":2:");
    assert_eq!(place.warnings(&place.run()), [told]);
}

#[cfg(unix)]
#[test]
fn settings_through_a_link_out_of_the_corpus_are_refused() {
    let place = place(&[("a.md", TALK)]);
    let outside = tempfile::tempdir().unwrap();
    let target: &Path = &outside.path().join("pullquote.toml");
    fs::write(target, "[speakers]\nA = \"Mallory\"\n").unwrap();
    std::os::unix::fs::symlink(target, place.corpus.join("pullquote.toml")).unwrap();
    let warnings = place.warnings(&place.run());
    assert_eq!(
        warnings,
        [
            "pullquote.toml: a link that leads out of the corpus is not followed",
            "pullquote.toml: is no regular file: settings are not read through a link",
        ]
    );
    assert_eq!(place.records()["a.md"].speakers, ["A", "B"]);
}

#[cfg(unix)]
#[test]
fn a_corpus_given_by_two_paths_is_indexed_once() {
    let place = place(&[("a.md", TALK)]);
    let link = place.corpus.with_file_name("link");
    std::os::unix::fs::symlink(&place.corpus, &link).unwrap();
    let options = Options {
        paths: vec![link, place.corpus.clone()],
        index: place.index.clone(),
        ..Options::default()
    };
    let summary = update(&options, |_| {}).unwrap();
    assert_eq!((summary.documents, summary.warnings.len()), (1, 1));
    assert!(summary.warnings[0].message.starts_with("is the same file as `"), "{summary:?}");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_any_more_keeps_what_the_index_has() {
    use std::os::unix::fs::PermissionsExt;
    let place = place(&[("a.md", TALK), ("b.md", "Another tape.")]);
    place.run();
    let path = place.corpus.join("a.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).unwrap();
    if fs::read(&path).is_ok() {
        // Who may read everything has nothing to see here.
        return;
    }
    let summary = place.run();
    assert_eq!((summary.kept.len(), summary.failed), (1, 1));
    assert!(place.warnings(&summary)[0].starts_with("a.md: cannot be opened: "));
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_is_too_large_is_told_and_not_read() {
    let place = place(&[("a.md", TALK), ("b.md", "")]);
    // Nothing of it is on the disk.
    fs::File::options()
        .write(true)
        .open(place.corpus.join("b.md"))
        .unwrap()
        .set_len(2 << 30)
        .unwrap();
    let summary = place.run();
    let expected = "b.md: has 2.1 GB, and reading it takes 19.3 GB, more than a file may take; \
                    `--memory 49000` reads it, or split it";
    assert_eq!(place.warnings(&summary), [expected]);
}

#[test]
fn the_speakers_of_a_recogniser_come_from_the_file_beside_its_words() {
    let place = place(&[
        ("tape.ctm", "tape 1 0.0 0.5 where\ntape 1 0.5 0.5 is\ntape 1 1.5 0.5 downstairs\n"),
        (
            "tape.rttm",
            "SPEAKER tape 1 0 1 <NA> <NA> S0 <NA> <NA>\nSPEAKER tape 1 1 2 <NA> <NA> S1 <NA> <NA>\n",
        ),
        ("tape.meta.toml", "speakers = { S1 = \"Archivist\" }\n"),
        ("other.rttm", "SPEAKER other 1 0 1 <NA> <NA> S0 <NA> <NA>\n"),
    ]);
    let summary = place.run();
    assert_eq!(summary.documents, 1);
    let left_out = "other.rttm: goes with no file: nothing beside it is called `other`";
    assert_eq!(place.warnings(&summary), [left_out]);
    assert_eq!(place.speakers_of("downstairs"), [Some("Archivist".to_owned())]);
    assert_eq!(place.speakers_of("where"), [Some("S0".to_owned())]);
    place.write("tape.rttm", "SPEAKER tape 1 0 9 <NA> <NA> Host <NA> <NA>\nSPEAKER tape\n");
    let summary = place.run();
    assert_eq!(
        place.warnings(&summary),
        [
            left_out,
            "tape.ctm: in `tape.rttm`, line 2: the line has no times and speaker; it is left out",
            "tape.ctm: in `tape.meta.toml`, line 1: nobody is called `S1` in it",
        ]
    );
    assert_eq!(place.speakers_of("downstairs"), [Some("Host".to_owned())]);
}

#[test]
fn a_feed_tells_the_title_of_the_transcripts_beside_it() {
    const CAPTIONS: &str = "WEBVTT\n\n00:01.000 --> 00:02.000\nWhere is the tape?\n";
    let feed = |title: &str| {
        format!(
            "<rss><channel><title>Tapes</title><item><title>{title}</title><pubDate>Fri, 20 Nov 2026 \
             08:00:00 GMT</pubDate><link>https://example.org/1</link><podcast:transcript \
             url=\"https://example.org/files/ep1.vtt\" type=\"text/vtt\"/></item></channel></rss>"
        )
    };
    let place = place(&[
        ("feed.xml", &feed("The first tape")),
        ("ep1.vtt", CAPTIONS),
        ("ep2.vtt", CAPTIONS),
        ("elsewhere/ep1.vtt", CAPTIONS),
    ]);
    place.run();
    let told = |name: &str| {
        let record = place.records().remove(name).unwrap();
        let date = record.date.clone();
        [record.title, date, record.url].map(Option::unwrap_or_default).join(" ")
    };
    assert_eq!(told("ep1.vtt"), "The first tape 2026-11-20 https://example.org/1");
    assert_eq!(told("ep2.vtt"), "  ");
    assert_eq!(told("elsewhere/ep1.vtt"), "  ");
    place.write("feed.xml", &feed("The last tape"));
    assert_eq!(place.difference(), r#"+[] ~["ep1.vtt", "feed.xml"] -[] =2"#);
    place.write("ep1.vtt.meta.toml", "title = \"Its own\"\n");
    assert_eq!(place.difference(), r#"+[] ~["ep1.vtt"] -[] =3"#);
    assert_eq!(told("ep1.vtt"), "Its own 2026-11-20 https://example.org/1");
}
