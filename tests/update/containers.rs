//! Containers and compressed files: what is read anew when one of them changes.

use std::fs;

use pullquote::update::Mode;

use super::place::{TALK, place};

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
