//! The same corpus gives the same bytes.

use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Write},
};

use zip::{ZipWriter, write::SimpleFileOptions};

use crate::place::{Place, contents, segments, talk};

fn assert_same(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (name, bytes) in a {
        assert!(*bytes == b[name], "{name} differs");
    }
}

/// Talks enough for more than one segment.
fn talks() -> Vec<(String, String)> {
    let names = ["a", "b/c", "b/a", "d", "e/f/g"];
    (0..45).map(|at| (format!("corpus/{}/{at}.md", names[at % 5]), talk(at, 900))).collect()
}

#[test]
fn two_builds_of_the_same_corpus_have_the_same_bytes() {
    let (first, second) = (Place::new(), Place::new());
    let talks = talks();
    for (name, text) in &talks {
        first.write(name, text);
    }
    // Written in another order, they lie in another order.
    for (name, text) in talks.iter().rev() {
        second.write(name, text);
    }
    first.must(&["index", "--reproducible", "--threads", "1"]);
    second.must(&["index", "--threads", "7"]);
    let built = contents(&first.path("index"));
    assert!(segments(&built) > 1, "one segment only");
    assert_same(&built, &contents(&second.path("index")));
    // Once more in place of itself.
    first.must(&["index", "--rebuild", "--threads", "3"]);
    assert_same(&built, &contents(&first.path("index")));
}

/// The bytes of a container of these files.
fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn containers_and_metadata_leave_builds_the_same() {
    let packed = [("a.md", talk(1, 9)), ("a.meta.toml", "date = 2017".to_owned())];
    let packed = packed.each_ref().map(|(name, text)| (*name, text.as_str()));
    let more = [("b.md", "**Host:** A tape."), ("c.md", "**Host:** A reel.")];
    let talks = zipped(&[packed[0], packed[1], more[0], more[1]]);
    let place_with = |talks: &[u8], sidecar: &str, settings: &str| {
        let place = Place::with_talks(3, 9);
        place.write("corpus/talk-001.meta.toml", sidecar);
        place.write("corpus/pullquote.toml", settings);
        fs::write(place.path("corpus/talks.zip"), talks).unwrap();
        place.must(&["index"]);
        place
    };
    let settings = "[speakers]\nHost = \"Presenter\"\n";
    let (first, second) = (place_with(&talks, "", settings), place_with(&talks, "", settings));
    assert_same(&contents(&first.path("index")), &contents(&second.path("index")));
    // The same files packed in another order are the same documents of another container.
    let repacked = zipped(&[more[1], more[0], packed[1], packed[0]]);
    fs::write(first.path("corpus/talks.zip"), &repacked).unwrap();
    let summary = first.json(&["index", "--reproducible", "--json"]);
    assert_eq!(summary["unchanged"], 6, "{summary}");
    let built = place_with(&repacked, "", settings);
    assert_same(&contents(&first.path("index")), &contents(&built.path("index")));
    // So it is with what stands beside a file, and above it.
    let (sidecar, settings) = ("title = \"One\"\n", "[speakers]\nHost = \"Moderator\"\n");
    first.write("corpus/talk-001.meta.toml", sidecar);
    first.write("corpus/pullquote.toml", settings);
    first.must(&["index", "--reproducible"]);
    let built = place_with(&repacked, sidecar, settings);
    assert_same(&contents(&first.path("index")), &contents(&built.path("index")));
    first.must(&["doctor", "--corpus"]);
}

#[test]
fn an_update_that_is_to_be_reproducible_ends_in_what_a_build_gives() {
    let (updated, built) = (Place::with_talks(6, 20), Place::with_talks(7, 20));
    built.write("corpus/talk-002.md", "**Host:** Another tape.");
    fs::remove_file(built.path("corpus/talk-004.md")).unwrap();
    built.must(&["index"]);

    updated.must(&["index"]);
    updated.write("corpus/talk-002.md", "**Host:** Another tape.");
    fs::remove_file(updated.path("corpus/talk-004.md")).unwrap();
    updated.must(&["index"]);
    // An update of its own is another folder with the same answers.
    assert!(contents(&updated.path("index")) != contents(&built.path("index")));
    updated.must(&["index", "--reproducible"]);
    updated.write("corpus/talk-006.md", &talk(6, 20));
    let summary = updated.json(&["index", "--reproducible", "--json"]);
    assert_eq!(summary["added"].as_array().unwrap().len(), 1, "{summary}");
    assert_eq!(summary["unchanged"], 5);
    assert_same(&contents(&updated.path("index")), &contents(&built.path("index")));
    // What is so already is not touched.
    let times = |place: &Place| -> Vec<_> {
        let entries = fs::read_dir(place.path("index")).unwrap();
        entries.map(|it| it.unwrap().metadata().unwrap().modified().unwrap()).collect()
    };
    let before = times(&updated);
    updated.must(&["index", "--reproducible"]);
    assert_eq!(times(&updated), before);
}

#[test]
fn what_is_left_out_of_a_reproducible_index_is_told() {
    let place = Place::with_talks(2, 9);
    place.write("talks/a.md", &talk(5, 9));
    place.must(&["index", "corpus", "talks"]);
    let summary = place.json(&["index", "--reproducible", "--json"]);
    assert_eq!(summary["removed"], serde_json::json!(["talks/a.md"]), "{summary}");
    assert_eq!(
        (summary["renamed"].as_array().unwrap().len(), &summary["unchanged"]),
        (0, &2.into())
    );
}

#[test]
fn one_segment_is_reproducible_as_well() {
    let (first, second) = (Place::new(), Place::new());
    for (name, text) in talks() {
        first.write(&name, &text);
        second.write(&name, &text);
    }
    for place in [&first, &second] {
        place.must(&["index", "--optimize", "--reproducible"]);
        place.must(&["doctor"]);
    }
    let built = contents(&first.path("index"));
    assert_eq!(segments(&built), 1);
    assert_same(&built, &contents(&second.path("index")));
}

#[test]
fn forty_updates_leave_few_segments_with_little_removed() {
    update(40);
}

#[test]
#[ignore = "takes a minute"]
fn two_hundred_updates_leave_few_segments_with_little_removed() {
    update(200);
}

fn update(updates: usize) {
    let place = Place::with_talks(30, 30);
    place.must(&["index"]);
    for update in 0..updates {
        place.write(&format!("corpus/talk-{:03}.md", update % 30), &talk(1_000 + update, 30));
        place.must(&["index", "-q"]);
    }
    let diagnosis = place.json(&["doctor", "--json"]);
    let segments = diagnosis["segments"].as_array().unwrap();
    let sum = |member: &str| segments.iter().map(|it| it[member].as_u64().unwrap()).sum::<u64>();
    assert!(segments.len() <= 5, "{diagnosis}");
    assert!(sum("removed") * 3 <= sum("entries"), "{diagnosis}");
    place.must(&["index", "--optimize"]);
    let diagnosis = place.json(&["doctor", "--json"]);
    let segments = diagnosis["segments"].as_array().unwrap();
    assert_eq!((segments.len(), segments[0]["removed"].as_u64()), (1, Some(0)), "{diagnosis}");
}
