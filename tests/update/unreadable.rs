//! Files that are there twice, or cannot be read.

use std::fs;

use pullquote::update::{Mode, Options, update};

use super::place::{TALK, place};

#[test]
fn a_corpus_given_by_two_paths_is_indexed_once() {
    let place = place(&[("a.md", TALK)]);
    let link = place.corpus.with_file_name("link");
    std::os::unix::fs::symlink(&place.corpus, &link).unwrap();
    let paths = vec![link, place.corpus.clone()];
    let options = Options { paths, ..place.options(Mode::Update) };
    let summary = update(&options, |_| {}).unwrap();
    assert_eq!((summary.documents, summary.warnings.len()), (1, 1));
    assert!(summary.warnings[0].message.starts_with("is the same file as `"), "{summary:?}");
}

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
                    `--memory 52000` reads it, or split it";
    assert_eq!(place.warnings(&summary), [expected]);
}
