use super::*;
use crate::read::json::said;

fn csv(text: &str) -> Transcript {
    read(text, b",;\t|")
}

#[test]
fn captions_are_read_by_their_headings() {
    for source in [
        "start,end,speaker,text\n1.0,2.5,Host,It rots.\n2.5,4,Archivist,\"It \"\"does\"\".\"\n",
        "Text;Speaker;Start Time;End Time\r\nIt rots.;Host;1,0;2,5\r\n\"It \"\"does\"\".\";Archivist;2,5;4\r\n",
        "sep=;\nbegin;duration;who;utterance\n00:00:01.000;1.5;Host;It rots.\n00:00:02.500;1.5;Archivist;\"It \"\"does\"\".\"\n",
        "start_ms|end_ms|name|sentence\n1000|2500|Host|It rots.\n2500|4000|Archivist|\"It \"\"does\"\".\"\n",
    ] {
        let transcript = csv(source);
        assert_eq!(
            said(&transcript),
            [
                (Some("Host"), "It rots.", Some((1000, 2500))),
                (Some("Archivist"), "It \"does\".", Some((2500, 4000)))
            ],
            "{source}"
        );
        assert_eq!(transcript.warnings, [], "{source}");
    }
}

#[test]
fn reviews_are_paragraphs_of_their_reviewers() {
    let source = "reviewer,rating,date,title,review\nMira Kell,4,2024-03-02,Warm,\"Sounds warm.\n\nLasts long.\"\n,5,2024-03-03,,Fine\n";
    let transcript = csv(source);
    assert_eq!(
        said(&transcript),
        [(Some("Mira Kell"), "Warm\n\nSounds warm.\n\nLasts long.", None), (None, "Fine", None)]
    );
    assert_eq!(transcript.kind(), Kind::Review);
}

#[test]
fn what_all_rows_have_in_common_is_known_about_the_document() {
    let source = "title,date,url,lang,text\nA tape,2024-03-02,https://a.example/,en,One.\nA tape,2024-03-02,https://a.example/,en,Two.\n";
    let transcript = csv(source);
    assert_eq!(said(&transcript), [(None, "One.\n\nTwo.", None)]);
    let metadata = transcript.metadata;
    assert_eq!(metadata.title.as_deref(), Some("A tape"));
    assert_eq!(metadata.date.map(|it| it.to_string()).as_deref(), Some("2024-03-02"));
    assert_eq!(metadata.url.as_deref(), Some("https://a.example/"));
    assert_eq!(metadata.language.as_deref(), Some("en"));
}

#[test]
fn without_headings_the_columns_are_told_by_what_they_hold() {
    for (source, expected) in [
        ("0\tIt rots.\n1\tIt does.\n", vec![(None, "It rots.\n\nIt does.", None)]),
        (
            "00:00:01:00,00:00:02:00,\"It rots.\n\n\n\"\n00:00:02:00,00:00:03:00,It does.",
            vec![(None, "It rots.\nIt does.", Some((1000, 3000)))],
        ),
        (
            "1000\t2500\tHost\tIt rots.\n2500\t4000\tHost\tIt does.\n",
            vec![(Some("Host"), "It rots.\nIt does.", Some((1000, 4000)))],
        ),
        ("It rots.\nIt does, really.\n", vec![(None, "It rots.\n\nIt does, really.", None)]),
    ] {
        assert_eq!(said(&csv(source)), expected, "{source}");
    }
}

#[test]
fn a_row_of_another_length_is_a_warning_and_is_read() {
    let transcript = csv("speaker,text\nHost,It rots, surely.,\nHost\nHost,\"It does.\"\n");
    assert_eq!(said(&transcript), [(Some("Host"), "It rots, surely.\n\nIt does.", None)]);
    let lines: Vec<_> = transcript.warnings.iter().map(|it| it.line).collect();
    assert_eq!(lines, [Some(2), Some(3)]);
}

#[test]
fn a_quote_that_never_closes_is_text() {
    let transcript = csv("speaker,text\nHost,\"It rots.\nHost,It does.\n");
    assert_eq!(transcript.turns[0].text.as_str(), "\"It rots.\n\nIt does.");
    let tabs = "id\ttext\n1\t\"It\" rots \"now\"\n2\t\"It does.\"\n";
    assert_eq!(csv(tabs).turns[0].text.as_str(), "\"It\" rots \"now\"\n\nIt does.");
}

#[test]
fn words_have_their_places_in_the_file() {
    let source = "speaker,text\nHost,\"It \"\"really\"\" rots.\nIt does.\"\n";
    let text = &csv(source).turns[0].text;
    for words in ["really", "rots.", "It does."] {
        let start = text.as_str().find(words).unwrap();
        let span = crate::text::TextSpan::new(start, start + words.len());
        let place = text.place(span).source.unwrap();
        assert_eq!(&source[place.start..place.end], words);
    }
}

#[test]
fn a_column_of_dates_is_no_time() {
    let transcript = csv("time,text\n2024-03-02 10:00,It rots.\n2024-03-03 11:00,It does.\n");
    assert_eq!(said(&transcript), [(None, "It rots.\n\nIt does.", None)]);
}
