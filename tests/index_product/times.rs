//! Trusting the times of files.

use std::{
    fs,
    time::{Duration, SystemTime},
};

use crate::place::{Place, contents};

/// Sets the time of a file to some day in 2001.
fn make_old(place: &Place, name: &str) {
    let time = SystemTime::UNIX_EPOCH + Duration::from_hours(24 * 365 * 31);
    let file = fs::File::options().write(true).open(place.path(name)).unwrap();
    file.set_modified(time).unwrap();
}

fn old_talks() -> Place {
    let place = Place::with_talks(4, 5);
    for name in contents(&place.path("corpus")).into_keys() {
        make_old(&place, &format!("corpus/{name}"));
    }
    place
}

fn written(place: &Place) -> Vec<(String, SystemTime)> {
    let entries = fs::read_dir(place.path("index")).unwrap().map(Result::unwrap);
    let mut times: Vec<_> = entries
        .map(|it| {
            (it.file_name().into_string().unwrap(), it.metadata().unwrap().modified().unwrap())
        })
        .collect();
    times.sort();
    times
}

#[test]
fn files_with_the_times_they_had_are_not_read_and_nothing_is_written() {
    let place = old_talks();
    assert_eq!(place.json(&["index", "--trust-mtime", "--json"])["trusted"], 0);
    let before = written(&place);
    let summary = place.json(&["index", "--trust-mtime", "--json"]);
    assert_eq!((&summary["trusted"], &summary["unchanged"]), (&4.into(), &4.into()), "{summary}");
    assert_eq!(written(&place), before);
    place.must(&["doctor", "--corpus"]);
}

#[cfg(unix)]
#[test]
fn a_change_that_keeps_size_and_time_is_seen_all_the_same() {
    let place = old_talks();
    place.write("corpus/talk-000.md", "**Host:** A cassowary.");
    make_old(&place, "corpus/talk-000.md");
    place.must(&["index", "--trust-mtime"]);
    place.write("corpus/talk-000.md", "**Host:** A pademelon.");
    make_old(&place, "corpus/talk-000.md");
    let summary = place.json(&["index", "--trust-mtime", "--json"]);
    assert_eq!((&summary["trusted"], place.found("pademelon")), (&3.into(), Some(1)), "{summary}");
}

#[test]
fn a_change_of_what_is_told_about_a_file_is_seen_all_the_same() {
    let place = old_talks();
    for name in ["corpus/talk-000.meta.toml", "corpus/talk-001.meta.toml"] {
        place.write(name, "title = \"One\"\n");
        make_old(&place, name);
    }
    let outcome = |changed: &[&str], trusted: usize| {
        let summary = place.json(&["index", "--trust-mtime", "--json"]);
        let changed: Vec<String> =
            changed.iter().map(|number| format!("corpus/talk-{number}.md")).collect();
        assert_eq!(
            (&summary["changed"], &summary["trusted"]),
            (&changed.into(), &trusted.into()),
            "{summary}"
        );
    };
    outcome(&[], 0);
    outcome(&[], 4);
    // Of another size, with the time it had.
    place.write("corpus/talk-000.meta.toml", "title = \"Another\"\n");
    make_old(&place, "corpus/talk-000.meta.toml");
    outcome(&["000"], 3);
    outcome(&[], 4);
    fs::remove_file(place.path("corpus/talk-001.meta.toml")).unwrap();
    outcome(&["001"], 3);
    place.write("corpus/talk-002.md.meta.toml", "title = \"New\"\n");
    outcome(&["002"], 3);
    make_old(&place, "corpus/talk-002.md.meta.toml");
    outcome(&[], 3);
    outcome(&[], 4);
    place.write("corpus/pullquote.toml", "[[documents]]\npath = \"talk-003.md\"\ndate = 2017\n");
    outcome(&["003"], 3);
    outcome(&[], 4);
    place.must(&["doctor", "--corpus"]);
}

#[test]
fn in_ci_times_are_not_trusted_and_it_is_said() {
    let place = old_talks();
    place.must(&["index", "--trust-mtime"]);
    let output =
        place.command(&["index", "--trust-mtime", "--json"]).env("CI", "true").output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.starts_with("--trust-mtime is left out, since CI is set"), "{error}");
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(summary["trusted"], 0);
}

#[test]
fn damaged_stamps_are_noticed_not_trusted_and_removed() {
    let place = old_talks();
    place.must(&["index", "--trust-mtime"]);
    let stamps = place.path("index/.stamps");
    let text = fs::read_to_string(&stamps).unwrap();
    fs::write(&stamps, text.replace("\"bytes\":", "\"bytes\":1")).unwrap();
    assert_eq!(place.run(&["doctor"]).status.code(), Some(1));
    assert_eq!(place.json(&["index", "--check", "--trust-mtime", "--json"])["trusted"], 0);
    place.must(&["doctor", "--fix"]);
    assert!(!stamps.exists());
    // A new index says nothing about the machine it was made on.
    place.must(&["index", "--trust-mtime"]);
    assert!(stamps.exists());
    place.must(&["index", "--rebuild"]);
    assert!(!stamps.exists());
}
