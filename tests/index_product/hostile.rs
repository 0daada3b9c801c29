//! Corpora that are made to do harm, and corpora that do not hold still.

#![cfg(unix)]

use std::{
    fs,
    os::unix::fs::symlink,
    process::Command,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use crate::place::{Numbers, Place, talk, told};

/// A place with a corpus of two talks, and a secret beside it.
fn beside_a_secret() -> Place {
    let place = Place::with_talks(2, 5);
    place.write("secret.txt", "The cassowary is in the cellar.");
    place
}

#[test]
fn settings_of_a_stranger_run_nothing_and_read_nothing_outside() {
    let refused = [
        ("[[documents]]\npath = \"../secret.txt\"\n", "leads out of the corpus"),
        ("[[documents]]\npath = \"a/../../secret.txt\"\n", "leads out of the corpus"),
        ("[[documents]]\npath = \"/etc/passwd\"\n", "leads out of the corpus"),
        ("command = \"touch ran\"\n", "`command` is no key here"),
        ("include = \"../secret.txt\"\n", "`include` is no key here"),
        ("index = \"elsewhere\"\n", "`index` is no key here"),
    ];
    let deep = [format!("a = {}", "[".repeat(200_000)), format!("{}b = 1", "a.".repeat(100_000))];
    let deep = deep.iter().map(|text| (text.as_str(), "is no valid TOML"));
    for (settings, expected) in refused.into_iter().chain(deep) {
        let place = beside_a_secret();
        place.write("corpus/pullquote.toml", settings);
        let output = place.run(&["index"]);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{}", told(&output));
        let place_of_error = "error: `corpus/pullquote.toml`, line ";
        assert!(error.starts_with(place_of_error) && error.contains(expected), "{error}");
        assert!(error.contains("nothing was written"), "{error}");
        for name in ["ran", "index", "elsewhere", "corpus/ran"] {
            assert!(
                !place.path(name).exists(),
                "{name} after {}",
                &settings[..30.min(settings.len())]
            );
        }
    }
}

#[test]
fn links_and_pipes_in_place_of_settings_and_of_what_stands_beside_a_file_are_told() {
    let place = beside_a_secret();
    symlink("../secret.txt", place.path("corpus/pullquote.toml")).unwrap();
    symlink("/dev/zero", place.path("corpus/talk-000.meta.toml")).unwrap();
    symlink("..", place.path("corpus/up")).unwrap();
    symlink("../secret.txt", place.path("corpus/note.txt")).unwrap();
    let pipe = Command::new("mkfifo").arg(place.path("corpus/talk-001.meta.toml")).status();
    assert!(pipe.unwrap().success());
    let summary = place.json(&["index", "--json"]);
    let mut told: Vec<String> = summary["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| format!("{}: {}", it["path"].as_str().unwrap(), it["message"].as_str().unwrap()))
        .collect();
    told.sort();
    told.dedup();
    assert_eq!(
        told,
        [
            "corpus/note.txt: a link that leads out of the corpus is not followed",
            "corpus/pullquote.toml: a link that leads out of the corpus is not followed",
            "corpus/pullquote.toml: is no regular file: settings are not read through a link",
            "corpus/talk-000.meta.toml: a link that leads out of the corpus is not followed",
            "corpus/talk-001.meta.toml: neither a file nor a folder",
            "corpus/up: a link that leads out of the corpus is not followed",
        ]
    );
    assert_eq!(place.found("cassowary"), Some(0));
}

#[test]
fn files_that_change_vanish_and_turn_into_something_else_while_they_are_read_harm_nothing() {
    let place = Place::with_talks(30, 60);
    place.must(&["index"]);
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut numbers = Numbers(11);
            while !is_over.load(Ordering::Relaxed) {
                let at = numbers.next(30);
                let path = place.path(&format!("corpus/talk-{at:03}.md"));
                // What is in the way goes; what is to be written may be in the way again.
                let _ = fs::remove_file(&path).or_else(|_| fs::remove_dir(&path));
                let _ = match numbers.next(5) {
                    0 => Ok(()),
                    1 => fs::create_dir(&path),
                    2 => symlink("/etc/passwd", &path),
                    3 => fs::write(&path, ""),
                    _ => fs::write(&path, talk(numbers.next(100), 40)),
                };
            }
        });
        for round in 0..12 {
            let arguments: &[&str] =
                if round % 3 == 0 { &["index", "--rebuild"] } else { &["index"] };
            let output = place.run(arguments);
            assert!(output.status.success(), "round {round}: {}", told(&output));
            place.must(&["doctor"]);
            assert_eq!(place.found("root:x"), Some(0));
        }
        is_over.store(true, Ordering::Relaxed);
    });
    place.run(&["index"]);
    let check = place.run(&["index", "--check"]);
    // Files without a word are kept as they were, and told.
    let text = String::from_utf8_lossy(&check.stdout).into_owned();
    assert!(text.contains("(0 added, 0 changed, 0 removed"), "{}", told(&check));
}

/// `PULLQUOTE_PROGRAM=target/release/pullquote cargo test --test index_product -- --ignored
/// --nocapture tiny_files`
#[test]
#[ignore = "writes many files"]
fn a_hundred_thousand_tiny_files_are_read_once_and_then_left_alone() {
    let place = Place::new();
    for at in 0..100_000 {
        place.write(
            &format!("corpus/{}/{at}.txt", at / 1_000),
            &format!("Host: Tape {at} is in the room.\n"),
        );
    }
    let read = |expected: &str| {
        let summary = place.json(&["index", "--json"]);
        let seconds = &summary["seconds"];
        eprintln!("{seconds} s");
        assert_eq!((&summary["documents"], &summary["failed"]), (&100_000.into(), &0.into()));
        let unchanged = summary["unchanged"].as_u64().unwrap();
        assert_eq!(unchanged.to_string(), expected);
    };
    read("0");
    let before = crate::place::contents(&place.path("index"));
    read("100000");
    assert!(crate::place::contents(&place.path("index")) == before);
    assert_eq!(place.found("\"tape 77123\""), Some(1));
    place.must(&["doctor", "--corpus"]);
}
