//! Documents that would speak to the terminal, a browser or a spreadsheet.

use super::program::{indexed, json_hits, run};

/// Words that are dangerous in one format or the other. Control characters: ESC, DEL, CSI, and a
/// mark that turns the direction of text around.
const HOSTILE: &str = "=cmd|' /C calc'!A0, said the <b>gull</b> \u{1b}[31m *to* [me](javascript:x) \
                       \u{7f}\u{9b}2J & \"you\" `code` \u{202e}txt\ttab";

#[test]
fn no_format_lets_a_document_speak_to_the_terminal() {
    let place = indexed(&[("corpus/hostile.txt", &format!("{HOSTILE}\n"))]);
    let raw = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
    for (format, extra) in [
        ("text", "--color=never"),
        ("json", "--color=never"),
        ("markdown", "--color=never"),
        ("html", "--color=never"),
        ("vimgrep", "--color=never"),
        ("text", "--concordance"),
        ("json", "--concordance"),
        ("markdown", "--concordance"),
        ("html", "--concordance"),
    ] {
        let written = run(place.path(), &["search", "gull", "--format", format, extra]);
        assert!(written.contains("gull"), "{format}");
        assert!(!written.contains(raw), "{format}: {written:?}");
    }
    let html = run(place.path(), &["search", "gull", "--format", "html"]);
    assert!(html.contains("&lt;b&gt;<mark>gull</mark>&lt;/b&gt;"), "{html}");
    let markdown = run(place.path(), &["search", "gull", "--format", "markdown"]);
    assert!(markdown.contains(r"\<b\>**gull**\</b\>"), "{markdown}");
    assert!(markdown.contains(r"\[me\](javascript:x)"), "{markdown}");
}

#[test]
fn a_pipe_is_given_the_very_text() {
    let place = indexed(&[("corpus/hostile.txt", &format!("{HOSTILE}\n"))]);
    let json = json_hits(place.path(), &["search", "gull"]);
    assert_eq!(json[0]["text"], HOSTILE);
    let csv = run(place.path(), &["search", "gull", "--format", "csv"]);
    let cell = |csv: &str| {
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let text = reader.headers().unwrap().iter().position(|name| name == "text").unwrap();
        reader.records().next().unwrap().unwrap()[text].to_owned()
    };
    assert_eq!(cell(&csv), HOSTILE);
    let safe = run(place.path(), &["search", "gull", "--format", "csv", "--spreadsheet"]);
    assert_eq!(cell(&safe), format!("'{HOSTILE}"));
    let tsv = run(place.path(), &["search", "gull", "--format", "tsv"]);
    assert_eq!(tsv.lines().count(), 2);
    let last = tsv.lines().nth(1).unwrap().split('\t').next_back().unwrap();
    assert_eq!(last.replace("\\t", "\t").replace("\\\\", "\\"), HOSTILE);
}
