//! Files that tell about the document beside them: sidecars, the speakers of a recogniser, feeds.

use std::fs;

use super::place::{TALK, place};

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
