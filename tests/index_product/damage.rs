//! A damaged index: `doctor` notices every flipped byte, and no search falls over one.

use std::{fs, panic, thread};

use pullquote::{
    index::{Extent, Index, examine},
    search::{Context, Request, count, search, show},
};

use crate::place::{Numbers, Place, contents, told};

#[test]
fn a_flipped_byte_in_any_file_is_noticed_and_brings_no_search_down() {
    let place = Place::with_talks(6, 12);
    place.must(&["index"]);
    // An index with removals and several segments has files of every kind.
    place.write("corpus/talk-001.md", "**Host:** Another tape in the room.");
    place.must(&["index"]);
    let index = place.path("index");
    assert!(examine(&index, Extent::All).unwrap().is_whole());
    let request = |query: &str| Request { query: query.to_owned(), limit: 9, ..Request::default() };
    let queries = [request("tape"), request("\"tape in the room\""), request("speaker:host ro*")];
    be_quiet_about_contained_panics();
    let mut numbers = Numbers(3);
    let mut flipped = 0;
    for (name, whole) in contents(&index) {
        // Each byte of what is small and of every ending; some of the rest.
        let length = whole.len();
        let is_near_an_end = |at: &usize| *at < 8 || *at + 130 > length;
        let ends = (0..length).filter(is_near_an_end).step_by(3);
        let some: Vec<usize> =
            (0..if length > 0 { 25 } else { 0 }).map(|_| numbers.next(length)).collect();
        for at in ends.chain(some) {
            let mut damaged = whole.clone();
            damaged[at] ^= 1 << numbers.next(8);
            fs::write(index.join(&name), &damaged).unwrap();
            let diagnosis = examine(&index, Extent::Sample(1)).unwrap();
            assert!(!diagnosis.is_whole(), "{name}: byte {at} of {length}");
            for query in &queries {
                // An answer or an error: that it comes back at all is what counts.
                let _ = Index::open(&index).map(|index| {
                    let _ = search(&index, query).map(|it| it.total);
                    let _ = count(&index, query, None).map(|it| it.total);
                    let _ = show(&index, "corpus/talk-002.md#p=3", Context::default());
                });
            }
            flipped += 1;
        }
        fs::write(index.join(&name), &whole).unwrap();
    }
    assert!(flipped > 500, "{flipped}");
    assert!(examine(&index, Extent::All).unwrap().is_whole());
}

/// tantivy panics over damaged files, which is contained: no need to print each.
fn be_quiet_about_contained_panics() {
    let this = thread::current().id();
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        let is_contained = panic.location().is_some_and(|it| it.file().contains("tantivy"));
        if !(is_contained && thread::current().id() == this) {
            usual(panic);
        }
    }));
}

#[test]
fn a_truncated_and_a_missing_file_are_noticed_and_the_program_ends_in_order() {
    let place = Place::with_talks(6, 12);
    place.must(&["index"]);
    for (name, whole) in contents(&place.path("index")) {
        if name == ".writer.lock" {
            continue;
        }
        let path = place.path("index").join(&name);
        for half in [true, false] {
            if half {
                fs::write(&path, &whole[..whole.len() / 2]).unwrap();
            } else {
                fs::remove_file(&path).unwrap();
            }
            let doctor = place.run(&["doctor"]);
            // Without its metadata it is no index any more.
            let expected = if name == "meta.json" && !half { 2 } else { 1 };
            assert_eq!(doctor.status.code(), Some(expected), "{name}: {}", told(&doctor));
            let search = place.run(&["search", "tape"]);
            assert!(matches!(search.status.code(), Some(0..=2)), "{name}: {}", told(&search));
            let error = String::from_utf8_lossy(&search.stderr).into_owned();
            assert!(!error.contains("panicked at"), "{name}: {error}");
        }
        fs::write(&path, &whole).unwrap();
    }
    place.must(&["doctor", "--corpus"]);
}

#[test]
fn only_what_is_broken_is_read_again() {
    let place = Place::with_talks(20, 30);
    place.must(&["index"]);
    place.write("corpus/new.md", "**Host:** A cassowary.");
    place.must(&["index"]);
    let diagnosis = place.json(&["doctor", "--json"]);
    let segments = diagnosis["segments"].as_array().unwrap();
    let small = segments.iter().min_by_key(|it| it["entries"].as_u64()).unwrap();
    let name = format!("index/{}.store", small["name"].as_str().unwrap());
    fs::write(place.path(&name), "nothing of the kind").unwrap();
    assert_eq!(place.run(&["doctor"]).status.code(), Some(1));
    // Of nothing of the kind nobody can tell what it had.
    assert_eq!(place.run(&["doctor", "--fix"]).status.code(), Some(2));
    let fixed = place.run(&["doctor", "--fix", "--corpus"]);
    assert!(fixed.status.success(), "{}", told(&fixed));
    let error = String::from_utf8_lossy(&fixed.stderr).into_owned();
    assert!(
        error.contains("21 documents (1 added, 0 changed, 0 removed, 20 unchanged)"),
        "{error}"
    );
    assert_eq!(place.found("cassowary"), Some(1));

    fs::write(place.path("index/meta.json"), "{}").unwrap();
    let fixed = place.run(&["doctor", "--fix", "--corpus"]);
    assert!(fixed.status.success(), "{}", told(&fixed));
    place.must(&["doctor", "--corpus"]);
}

#[test]
fn a_corpus_that_has_changed_is_told() {
    let place = Place::with_talks(3, 9);
    place.must(&["index"]);
    place.write("corpus/talk-001.md", "**Host:** Another tape.");
    let output = place.run(&["doctor", "--corpus", "corpus"]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("\nchanged corpus/talk-001.md\n"), "{text}");
}

/// Flips a bit of a file of the index.
fn flip(place: &Place, name: &str, at: usize) {
    let path = place.path("index").join(name);
    let mut bytes = fs::read(&path).unwrap();
    bytes[at] ^= 1;
    fs::write(path, bytes).unwrap();
}

/// Runs what must be refused and change nothing; gives what it says.
fn refused(place: &Place, arguments: &[&str]) -> String {
    let before = contents(&place.path("index"));
    let output = place.run(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", told(&output));
    assert!(contents(&place.path("index")) == before, "{arguments:?} changed the index");
    String::from_utf8(output.stderr).unwrap()
}

/// The name of the store of the smallest segment.
fn smallest_store(place: &Place) -> String {
    let diagnosis = place.json(&["doctor", "--json"]);
    let segments = diagnosis["segments"].as_array().unwrap();
    let small = segments.iter().min_by_key(|it| it["entries"].as_u64()).unwrap();
    format!("{}.store", small["name"].as_str().unwrap())
}

#[test]
fn nothing_is_mended_that_would_lose_a_document() {
    let place = Place::with_talks(20, 30);
    place.must(&["index"]);
    place.write("talks/a.txt", "A cassowary.");
    place.must(&["index", "talks"]);
    let store = smallest_store(&place);
    // Once in the segment of `talks`, and once where the whole index has to be built anew.
    for (name, at) in [(store.as_str(), 0), ("meta.json", 20)] {
        flip(&place, name, at);
        for arguments in [&["doctor", "--fix"][..], &["doctor", "--fix", "--corpus", "corpus"]] {
            let error = refused(&place, arguments);
            assert!(error.contains("not found in `corpus`"), "{error}");
            assert!(error.contains(": `talks/a.txt`\n"), "{error}");
            assert!(error.contains("`pullquote doctor --fix --corpus PATHS`"), "{error}");
        }
        place.must(&["doctor", "--fix", "--corpus", "talks", "corpus"]);
        assert_eq!(place.json(&["doctor", "--json"])["documents"], 21, "{name}");
        assert_eq!(place.found("cassowary"), Some(1), "{name}");
    }
    // Where the list of documents is damaged, the folders have to be named.
    fs::write(place.path("index/meta.json"), "{}").unwrap();
    let error = refused(&place, &["doctor", "--fix"]);
    assert!(error.contains("the list of its documents is damaged, too"), "{error}");
    place.must(&["doctor", "--fix", "--corpus", "talks", "corpus"]);
    assert_eq!(place.json(&["doctor", "--json"])["documents"], 21);
}

#[test]
fn a_corpus_that_is_not_there_empties_no_index() {
    let place = Place::with_talks(3, 9);
    place.must(&["index"]);
    fs::rename(place.path("corpus"), place.path("elsewhere")).unwrap();
    for mode in ["--wait=0s", "--check", "--rebuild", "--reproducible"] {
        let error = refused(&place, &["index", mode]);
        assert!(error.contains("there is no `corpus` here"), "{error}");
    }
    flip(&place, &smallest_store(&place), 0);
    for arguments in [&["doctor", "--fix"][..], &["doctor", "--fix", "--corpus"]] {
        let error = refused(&place, arguments);
        assert!(error.contains("cannot read `corpus`"), "{error}");
    }
    fs::rename(place.path("elsewhere"), place.path("corpus")).unwrap();
    place.must(&["doctor", "--fix"]);
    // Who types the name of a folder that is gone means it.
    fs::rename(place.path("corpus"), place.path("elsewhere")).unwrap();
    let told = place.must(&["index", "corpus"]);
    assert!(told.contains("removed corpus/talk-002.md\n"), "{told}");
}

#[test]
fn a_broken_list_of_files_is_written_anew_without_the_corpus() {
    let place = Place::with_talks(3, 9);
    place.must(&["index"]);
    let whole = contents(&place.path("index"));
    fs::rename(place.path("corpus"), place.path("elsewhere")).unwrap();
    fs::write(place.path("index/.managed.json"), "nothing of the kind").unwrap();
    assert!(place.found("so").is_some_and(|count| count > 0));
    let doctor = place.run(&["doctor"]);
    assert_eq!(doctor.status.code(), Some(1), "{}", told(&doctor));
    place.must(&["doctor", "--fix"]);
    assert!(contents(&place.path("index")) == whole, "something else was written");
}

#[test]
fn what_is_said_of_damage_is_short_and_names_the_way_out() {
    let place = Place::with_talks(3, 9);
    place.must(&["index"]);
    let meta = fs::read_to_string(place.path("index/meta.json")).unwrap();
    let store = smallest_store(&place);
    fs::write(place.path("index/meta.json"), &meta[..meta.len() / 2]).unwrap();
    for arguments in [&["search", "so"][..], &["index"]] {
        let error = refused(&place, arguments);
        assert!(error.contains("`pullquote doctor`"), "{error}");
        assert!(error.lines().count() == 2 && error.len() < 400, "{error}");
    }
    fs::write(place.path("index/meta.json"), meta).unwrap();
    fs::remove_file(place.path("index").join(store)).unwrap();
    let error = refused(&place, &["search", "so"]);
    assert!(error.contains("`pullquote doctor`"), "{error}");
}

#[test]
fn a_document_that_can_no_longer_be_read_is_named_and_no_success() {
    let place = Place::with_talks(3, 9);
    place.must(&["index"]);
    place.write("corpus/talk-001.md", "\0\u{1}\0\0\u{2}\0\0\0");
    flip(&place, &smallest_store(&place), 0);
    let fixed = place.run(&["doctor", "--fix"]);
    assert_eq!(fixed.status.code(), Some(1), "{}", told(&fixed));
    let error = String::from_utf8(fixed.stderr).unwrap();
    assert!(error.contains("\nremoved corpus/talk-001.md\n"), "{error}");
}

#[test]
fn an_index_is_mended_with_the_options_it_was_built_with() {
    let place = Place::with_talks(3, 9);
    place.write("corpus/.ignore", "talk-001.md\n");
    fs::write(place.path("corpus/polish.md"), b"**Host:** \xb9 or \xb1?").unwrap();
    let options = ["--no-ignore", "--encoding", "iso-8859-2"];
    place.must(&[&["index"][..], &options].concat());
    flip(&place, &smallest_store(&place), 0);
    let error = refused(&place, &["doctor", "--fix"]);
    assert!(error.contains(": `corpus/talk-001.md`\n"), "{error}");
    place.must(&[&["doctor", "--fix"][..], &options].concat());
    place.must(&[&["doctor", "--corpus"][..], &options].concat());
    assert_eq!(place.json(&["doctor", "--json"])["documents"], 4);
    assert_eq!(place.found("š"), Some(1));
}
