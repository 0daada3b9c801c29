use super::*;
use crate::read::said::{Said, said_in, turn};

fn read_body(body: &str) -> Transcript {
    read(format!("{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0 A;}}{{\\f1\\fcharset204 B;}}{{\\f2\\fcharset128 C;}}}}{{\\stylesheet{{\\s1 heading 1;}}{{\\s2 Speaker;}}}}{body}}}").as_bytes())
        .unwrap()
}

fn said(body: &str) -> Vec<Said> {
    said_in(read_body(body).turns)
}

fn text(body: &str) -> String {
    said(body).pop().unwrap_or_default().1
}

#[test]
fn control_words_and_symbols_are_carried_out() {
    for (body, expected) in [
        ("one\\par two\\line three\\\r\nfour", "one\n\ntwo\nthree\n\nfour"),
        ("o\r\nne \\b t\\b0 wo\\tab three", "one two three"),
        ("caf\\'e9 \\{a\\\\b\\} a\\_b c\\~d e\\-f", "café {a\\b} a\u{2011}b c\u{A0}d e\u{AD}f"),
        ("\\ldblquote a\\rdblquote  b\\emdash c", "“a” b—c"),
        ("\\pard\\s1 a\\par\\pard b", "a\n\nb"),
        ("a{\\pict\\bin4 }}}} 89}b{\\*\\unknown c}d{\\listtext 1.}", "abd"),
        ("{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt link}} a", "link a"),
        ("{\\upr{no}{\\*\\ud yes}}{\\v hidden}{\\deleted old} a", "yes a"),
        (
            "\\trowd\\pard\\intbl a\\cell b\\cell\\row\\trowd\\pard\\intbl c\\cell d\\cell\\row\\pard e",
            "a b\nc d\n\ne",
        ),
        ("{{{a}}", "a"),
        ("a}}}b", "ab"),
        ("{\\header x}{\\footer x}a", "a"),
    ] {
        assert_eq!(text(body), expected, "{body}");
    }
}

#[test]
fn bytes_are_decoded_by_font_and_code_page() {
    for (body, expected) in [
        ("\\f1 \\'cf\\'f0\\'e8", "При"),
        ("{\\f2 \\'83e\\'83X}\\'e9", "テスé"),
        ("\\plain\\f1\\'cf\\plain \\'e9", "Пé"),
        ("\\u8217 ?a\\uc0\\u8217 b", "’a’b"),
        ("\\u-10179?\\u-8704?", "\u{1F600}"),
        ("\\u8217\\'92a \\uc2\\u233 xxb", "’a éb"),
    ] {
        assert_eq!(text(body), expected, "{body}");
    }
    let cyrillic = read(b"{\\rtf1\\ansi\\ansicpg1251 \\'cf\xF0}").unwrap();
    assert_eq!(cyrillic.turns[0].text.as_str(), "Пр");
    let unknown = read(b"{\\rtf1\\ansi\\ansicpg4711 a}").unwrap();
    let message = "its code page 4711 is not known; it was read as windows-1252";
    assert_eq!(unknown.warnings, [Warning::whole(message)]);
}

#[test]
fn notes_and_text_boxes_follow_their_paragraph_and_comments_are_counted() {
    let transcript = read_body(
        "one{\\super\\chftn}{\\footnote\\pard {\\super\\chftn} a note} two{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv y}}{\\shptxt boxed}}}\
         {\\*\\annotation really?}\\par three",
    );
    assert_eq!(transcript.turns[0].text.as_str(), "one two\n\na note\n\nboxed\n\nthree");
    assert_eq!(transcript.warnings, [Warning::whole("a comment was left out")]);
}

#[test]
fn speakers_are_told_by_label_by_bold_type_and_by_style() {
    let expected = [turn("Ana", "One."), turn("Ben", "Two."), turn("Ana", "Three.")];
    let turns = [("Ana", "One."), ("Ben", "Two."), ("Ana", "Three.")];
    for [before, between] in [["", ": "], ["{\\b ", ":}\\tab "], ["\\pard\\s2 ", "\\par\\pard "]] {
        let body = turns.map(|(name, it)| format!("{before}{name}{between}{it}\\par "));
        assert_eq!(said(&body.concat()), expected, "{before}");
    }
}

#[test]
fn the_file_tells_its_title_and_date() {
    let info =
        "{\\info{\\title A \\'e9t\\'e9}{\\author Ana King}{\\creatim\\yr2024\\mo3\\dy2\\hr10}}a";
    let transcript = read_body(info);
    assert_eq!(transcript.metadata.title, Some("A été".into()));
    assert_eq!(transcript.metadata.authors, ["Ana King"]);
    assert_eq!(transcript.metadata.date, "2024-03-02".parse().ok());
    assert_eq!(transcript.turns[0].text.as_str(), "a");
}

#[test]
fn depth_is_bounded() {
    let deep = "{".repeat(100_000) + "a" + &"}".repeat(100_000) + "b";
    assert_eq!(text(&deep), "ab");
    let notes = "x{\\footnote a".repeat(30) + &"}".repeat(30);
    assert_eq!(read_body(&notes).warnings, [Warning::whole("1 boxes inside boxes were left out")]);
}
