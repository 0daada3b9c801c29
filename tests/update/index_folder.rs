//! What an index does to its folder, and what it makes of what it finds there.

use std::{fs, path::PathBuf};

use pullquote::{
    index::{Index, IndexError, VERSION},
    search::{Request, search},
    update::{Mode, Options, update},
};

use super::place::place;

const TALKS: &[(&str, &str)] = &[
    ("a.md", "**Host:** Where is the tape?\n\n**Archivist:** In the basement, as ever."),
    ("b.txt", "The review of the tape was short. It said that the tape was long."),
    (
        "c.srt",
        "1\n00:00:01,000 --> 00:00:02,000\nThe tape\n\n2\n00:00:02,000 --> 00:00:03,000\nis gone.\n",
    ),
];

#[test]
fn nothing_is_written_when_nothing_has_changed() {
    let place = place(TALKS);
    place.run();
    let before = place.written();
    let summary = place.run();
    assert_eq!((summary.unchanged, summary.is_up_to_date()), (3, true));
    assert_eq!(place.written(), before);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let mut place = place(TALKS);
    let mut built = |threads: usize| {
        place.index = place.corpus.with_file_name(format!("index-{threads}"));
        let options = Options { threads: threads.try_into().ok(), ..place.options(Mode::Update) };
        update(&options, |_| {}).unwrap();
        // What tells segments apart is random; all that they hold is not.
        let mut files: Vec<_> = fs::read_dir(&place.index)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|it| it != "json" && it != "lock"))
            .map(|path| (path.extension().unwrap().to_owned(), fs::read(&path).unwrap()))
            .collect();
        files.sort();
        files
    };
    assert!(built(1) == built(7), "the files differ");
}

#[test]
fn a_changed_a_new_and_a_vanished_file_are_told_apart() {
    let place = place(TALKS);
    place.run();
    fs::write(place.corpus.join("a.md"), "**Host:** Found the tape.").unwrap();
    fs::write(place.corpus.join("d.txt"), "Another tape.").unwrap();
    fs::remove_file(place.corpus.join("b.txt")).unwrap();
    for mode in [Mode::Check, Mode::Update] {
        let summary = place.try_run(mode).unwrap();
        let names = |paths: &[String]| -> Vec<String> {
            paths.iter().map(|path| path.rsplit('/').next().unwrap().to_owned()).collect()
        };
        assert_eq!(names(&summary.changed), ["a.md"]);
        assert_eq!(names(&summary.added), ["d.txt"]);
        assert_eq!(names(&summary.removed), ["b.txt"]);
    }
    assert!(place.try_run(Mode::Check).unwrap().is_up_to_date());
    assert_eq!(Index::open(&place.index).unwrap().records().unwrap().len(), 3);
}

#[test]
fn a_rebuild_leaves_nothing_of_the_old_index() {
    let place = place(TALKS);
    place.run();
    let files = || fs::read_dir(&place.index).unwrap().count();
    let before = files();
    let summary = place.try_run(Mode::Rebuild).unwrap();
    assert_eq!((summary.added.len(), summary.removed.len()), (3, 0));
    assert_eq!(files(), before);
    assert_eq!(Index::open(&place.index).unwrap().records().unwrap().len(), 3);
}

#[test]
fn a_build_that_was_interrupted_is_cleared_away() {
    let place = place(TALKS);
    let building = place.index.join(".building");
    fs::create_dir_all(&building).unwrap();
    fs::write(building.join("0123456789abcdef0123456789abcdef.store"), "half").unwrap();
    assert!(matches!(Index::open(&place.index), Err(IndexError::Missing(_))));
    place.run();
    assert!(!building.exists());
    assert_eq!(Index::open(&place.index).unwrap().records().unwrap().len(), 3);
}

#[test]
fn a_document_with_no_end_of_warnings_and_speakers_is_kept() {
    let cue = |at| format!("00:01.000 -> 00:02.000\n<v Speaker number {at}>word {at}");
    let cues: Vec<String> = (0..4_000).map(cue).collect();
    let captions = format!("WEBVTT\n\n{}\n", cues.join("\n\n"));
    let place = place(&[("a.vtt", &captions)]);
    place.run();
    let record = &place.records()["a.vtt"];
    assert_eq!(record.passages, 4_000);
    assert_eq!(record.speakers.last().unwrap(), "and 3550 more");
    assert_eq!(record.warnings.last().unwrap(), "and 837 more");
    assert!(place.try_run(Mode::Check).unwrap().is_up_to_date());
}

#[test]
fn many_small_parts_become_one_index() {
    let text = |at: usize| {
        let words = (0..60_000).map(|word| format!("w{:x} ", word * 7919 + at * 104_729));
        words.collect::<String>()
    };
    let texts: Vec<(String, String)> =
        (0..12).map(|at| (format!("{at:02}.txt"), text(at))).collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (&**name, &**text)).collect();
    let place = place(&files);
    let threads = 2.try_into().ok();
    let options = Options { memory: 46_000_000, threads, ..place.options(Mode::Update) };
    update(&options, |_| {}).unwrap();
    assert_eq!(Index::open(&place.index).unwrap().records().unwrap().len(), 12);
}

#[test]
fn the_current_folder_and_a_folder_that_is_gone_lose_only_their_own() {
    let place = place(TALKS);
    place.run();
    let other = place.corpus.with_file_name("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("d.txt"), "The other tape.").unwrap();
    let with = |paths: Vec<PathBuf>| {
        let options = Options { paths, ..place.options(Mode::Update) };
        update(&options, |_| {}).unwrap()
    };
    assert_eq!(with(vec![other.clone()]).removed, [] as [String; 0]);
    fs::remove_dir_all(&other).unwrap();
    assert_eq!(with(vec![other]).removed.len(), 1);
    assert_eq!(Index::open(&place.index).unwrap().records().unwrap().len(), 3);
}

#[test]
fn a_folder_that_holds_something_else_is_left_alone() {
    let place = place(TALKS);
    fs::create_dir(&place.index).unwrap();
    fs::write(place.index.join("diary.txt"), "dear diary").unwrap();
    assert!(matches!(Index::open(&place.index), Err(IndexError::Foreign(_))));
    let error = place.try_run(Mode::Rebuild).unwrap_err().to_string();
    assert_eq!(
        error.replace(&*place.index.to_string_lossy(), "INDEX"),
        "`INDEX` holds files that are no index of pullquote"
    );
    assert_eq!(fs::read_dir(&place.index).unwrap().count(), 1);
}

#[test]
fn an_index_of_another_layout_is_refused() {
    let place = place(TALKS);
    place.run();
    let meta = place.index.join("meta.json");
    let text = fs::read_to_string(&meta).unwrap();
    let layout = |number: u32| format!(r#"\"layout\":{number}"#);
    let changed = text.replace(&layout(VERSION), &layout(999));
    assert_ne!(changed, text);
    fs::write(&meta, changed).unwrap();
    match Index::open(&place.index) {
        Err(IndexError::Version { found, .. }) => assert_eq!(found, "999"),
        other => panic!("{:?}", other.err()),
    }
}

#[test]
fn damaged_files_are_errors_and_never_panics() {
    let place = place(TALKS);
    place.run();
    let query = "tape \"the tape\"".to_owned();
    let request = Request { query, limit: 10, ..Request::default() };
    for entry in fs::read_dir(&place.index).unwrap() {
        let path = entry.unwrap().path();
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        let opened = Index::open(&place.index);
        if let Ok(index) = opened {
            let _ = search(&index, &request);
        }
        fs::write(&path, whole).unwrap();
    }
    let index = Index::open(&place.index).unwrap();
    assert!(search(&index, &request).unwrap().total > 0);
}

#[cfg(unix)]
#[test]
fn every_file_of_an_index_has_the_rights_of_a_usual_file() {
    use std::os::unix::fs::PermissionsExt;
    let place = place(TALKS);
    fs::write(place.corpus.join("usual.txt"), "usual").unwrap();
    let usual = fs::metadata(place.corpus.join("usual.txt")).unwrap().permissions().mode();
    place.run();
    fs::write(place.corpus.join("usual.txt"), "changed").unwrap();
    place.run();
    for entry in fs::read_dir(&place.index).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode(), usual, "{:?}", entry.path());
    }
}
