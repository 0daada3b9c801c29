//! Two writers, and readers beside a writer.

#![cfg(unix)]

use std::{
    fs,
    process::Child,
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

use crate::place::{Place, told};

/// Starts a build and stops it in the middle of writing; gives it as it stands.
pub fn stopped_writer(place: &Place, arguments: &[&str]) -> Child {
    let child = place.command(arguments).spawn().unwrap();
    let started = Instant::now();
    while fs::read(place.path("index/.writer.lock")).unwrap_or_default().is_empty() {
        assert!(started.elapsed() < Duration::from_mins(1), "the build did not begin");
        thread::sleep(Duration::from_millis(1));
    }
    signal(&child, Signal::STOP);
    child
}

pub fn signal(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).unwrap();
}

#[test]
fn a_second_writer_learns_who_the_first_is_and_readers_notice_nothing() {
    let place = Place::with_talks(40, 200);
    place.must(&["index"]);
    place.write("corpus/new.md", "**Host:** A cassowary.");
    let mut first = stopped_writer(&place, &["index", "--rebuild"]);
    let second = place.run(&["index"]);
    let error = String::from_utf8_lossy(&second.stderr).into_owned();
    assert_eq!(second.status.code(), Some(75), "{}", told(&second));
    let expected =
        format!("error: the index in `index` is being written by process {}, since 2", first.id());
    assert!(error.starts_with(&expected), "{error}");
    assert!(error.contains("hint: try again when that is done, or wait for it with --wait 30s"));
    let waited = place.run(&["index", "--wait", "300ms"]);
    assert_eq!(waited.status.code(), Some(75), "{}", told(&waited));
    assert_eq!(place.found("cassowary"), Some(0));
    place.must(&["doctor"]);
    signal(&first, Signal::CONT);
    assert!(first.wait().unwrap().success());
    assert_eq!(place.found("cassowary"), Some(1));
}

#[test]
fn the_lock_of_a_writer_that_was_killed_holds_nobody_up() {
    let place = Place::with_talks(40, 200);
    let mut first = stopped_writer(&place, &["index"]);
    assert_eq!(place.run(&["index"]).status.code(), Some(75));
    first.kill().unwrap();
    first.wait().unwrap();
    // It still says who held it, and holds no more.
    let holder = fs::read_to_string(place.path("index/.writer.lock")).unwrap();
    assert!(holder.contains(&first.id().to_string()), "{holder}");
    place.must(&["index"]);
    assert!(fs::read(place.path("index/.writer.lock")).unwrap().is_empty());
    assert!(!place.path("index/.building").exists());
}

#[test]
fn who_waits_goes_on_when_the_first_is_done_and_writes_nothing_twice() {
    let place = Place::with_talks(40, 200);
    let mut first = stopped_writer(&place, &["index"]);
    let second = place.command(&["index", "--wait", "10m", "--json"]).spawn().unwrap();
    thread::sleep(Duration::from_millis(200));
    signal(&first, Signal::CONT);
    assert!(first.wait().unwrap().success());
    let second = second.wait_with_output().unwrap();
    assert!(second.status.success(), "{}", told(&second));
    let summary: serde_json::Value = serde_json::from_slice(&second.stdout).unwrap();
    assert_eq!(
        (summary["unchanged"].as_u64(), summary["added"].as_array().unwrap().len()),
        (Some(40), 0)
    );
}

#[test]
fn ctrl_c_and_sigterm_leave_the_index_as_it_was() {
    let place = Place::with_talks(40, 200);
    place.must(&["index"]);
    let before = crate::place::contents(&place.path("index"));
    place.write("corpus/new.md", "**Host:** A cassowary.");
    for (asked, code) in [(Signal::INT, 130), (Signal::TERM, 143)] {
        for arguments in [&["index", "--rebuild"][..], &["index", "--optimize"]] {
            let child = stopped_writer(&place, arguments);
            signal(&child, asked);
            signal(&child, Signal::CONT);
            let output = child.wait_with_output().unwrap();
            assert_eq!(output.status.code(), Some(code), "{arguments:?} {}", told(&output));
            let error = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(error, "error: interrupted; the index is as it was\n");
            assert!(crate::place::contents(&place.path("index")) == before, "{arguments:?}");
        }
    }
    assert_eq!(place.found("cassowary"), Some(0));
}
