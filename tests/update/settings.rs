//! Settings: which documents they reach, and what is told when they are wrong.

use std::fs;

use pullquote::update::Mode;

use super::place::{TALK, place};

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
    let target = &outside.path().join("pullquote.toml");
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
