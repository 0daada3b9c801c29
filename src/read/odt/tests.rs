use super::*;
use crate::read::{
    archive::tests::pack,
    said::{Said, said_in, turn},
};

const STYLES: &str = "<style:style style:name='B'><style:text-properties fo:font-weight='bold'/></style:style>\
    <style:style style:name='X'><style:text-properties text:display='none'/></style:style>\
    <style:style style:name='S' style:display-name='Speaker'/>\
    <style:style style:name='P1' style:parent-style-name='Title'/>\
    <style:style style:name='N'><style:paragraph-properties fo:break-before='page'/></style:style>";

fn read_body(body: &str) -> Transcript {
    let content = format!(
        "<office:document-content><office:automatic-styles>{STYLES}</office:automatic-styles>\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    read(&pack(&[("content.xml", &content)])).unwrap()
}

fn said(body: &str) -> Vec<Said> {
    said_in(read_body(body).turns)
}

fn text(body: &str) -> String {
    said(body).pop().unwrap_or_default().1
}

#[test]
fn elements_become_lines_and_paragraphs() {
    for (body, expected) in [
        ("<text:p>one</text:p><text:p>t<text:span>wo</text:span></text:p>", "one\n\ntwo"),
        (
            "<text:p>a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d &amp; e</text:p>",
            "a b c\nd & e",
        ),
        (
            "<text:h>a</text:h><text:list><text:list-item><text:p>b</text:p></text:list-item></text:list>",
            "a\n\nb",
        ),
        ("<text:p>a<text:a>link</text:a></text:p>", "alink"),
        (
            "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>\
             <table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>",
            "a b",
        ),
    ] {
        assert_eq!(text(body), expected, "{body}");
    }
}

#[test]
fn what_was_deleted_or_is_hidden_is_left_out_and_comments_are_counted() {
    let body = "<text:tracked-changes><text:deletion><text:p>old</text:p></text:deletion></text:tracked-changes>\
        <text:table-of-content><text:p>One 1</text:p></text:table-of-content>\
        <text:p>a<text:change-start/>new<text:change-end/><text:span text:style-name='X'>hidden</text:span>\
        <office:annotation><text:p>really?</text:p></office:annotation> b</text:p>";
    let transcript = read_body(body);
    assert_eq!(transcript.turns[0].text.as_str(), "anew b");
    assert_eq!(transcript.warnings, [Warning::whole("a comment was left out")]);
}

#[test]
fn notes_and_text_boxes_follow_their_paragraph() {
    let body = "<text:p>one<text:note><text:note-citation>1</text:note-citation><text:note-body>\
        <text:p>a note</text:p></text:note-body></text:note><draw:frame><draw:text-box><text:p>boxed</text:p>\
        </draw:text-box></draw:frame> two</text:p><text:p>three</text:p>";
    assert_eq!(text(body), "one two\n\na note\n\nboxed\n\nthree");
}

#[test]
fn speakers_are_told_by_label_by_bold_type_and_by_style() {
    let expected = [turn("Ana", "One."), turn("Ben", "Two."), turn("Ana", "Three.")];
    let turns = [("Ana", "One."), ("Ben", "Two."), ("Ana", "Three.")];
    for [before, between] in [
        ["<text:p>", ": "],
        ["<text:p><text:span text:style-name='B'>", ":</text:span><text:tab/>"],
        ["<text:p><text:span text:style-name='S'>", "</text:span> "],
        ["<text:p text:style-name='S'>", "</text:p><text:p>"],
    ] {
        let body = turns.map(|(name, it)| format!("{before}{name}{between}{it}</text:p>"));
        assert_eq!(said(&body.concat()), expected, "{before}");
    }
}

#[test]
fn pages_are_counted_where_the_file_says_where_they_end() {
    let body = "<text:p>a<text:soft-page-break/>b</text:p><text:p text:style-name='N'>c</text:p>";
    let turns = read_body(body).turns;
    let pages: Vec<_> =
        turns[0].text.pieces().map(|(part, _)| part.place.page.map(|it| it.0.get())).collect();
    assert_eq!(pages, [Some(1), Some(2), Some(3)]);
    let turns = read_body("<text:p>a</text:p><text:p text:style-name='N'>c</text:p>").turns;
    assert_eq!(turns[0].text.parts()[0].place.page, None);
}

#[test]
fn the_file_tells_its_title_date_and_language() {
    let meta = "<office:meta><dc:title>A talk</dc:title><dc:date>2025-01-01</dc:date>\
        <meta:creation-date>2024-03-02T10:00:00</meta:creation-date><dc:language>en-GB</dc:language></office:meta>";
    let content = "<office:text><text:h>Part</text:h></office:text>";
    let transcript = read(&pack(&[("content.xml", content), ("meta.xml", meta)])).unwrap();
    assert_eq!(
        transcript.metadata,
        Metadata {
            title: Some("A talk".into()),
            date: "2024-03-02".parse().ok(),
            language: Some("en".into()),
            ..Metadata::default()
        }
    );
    let body = "<text:h>Part</text:h><text:p text:style-name='P1'>A talk</text:p>";
    assert_eq!(read_body(body).metadata.title, Some("A talk".into()));
}

#[test]
fn a_file_with_a_password_is_an_error_that_says_so() {
    let manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";
    let error =
        read(&pack(&[("META-INF/manifest.xml", manifest), ("content.xml", "x")])).unwrap_err();
    assert_eq!(error.to_string(), "is no valid odt: it has a password: save it anew without");
    let error = read(&pack(&[])).unwrap_err();
    assert_eq!(error.to_string(), "is no valid odt: it has no `content.xml`");
}

#[test]
fn a_table_of_an_interview_is_a_conversation() {
    let row = |cells: [&str; 3]| {
        let cell =
            |words: &str| format!("<table:table-cell><text:p>{words}</text:p></table:table-cell>");
        format!("<table:table-row>{}</table:table-row>", cells.map(cell).concat())
    };
    let rows = [
        row(["Text", "Speaker", "Start"]),
        row(["Is it old?", "Host", "0:01"]),
        row(["Very.", "Archivist", "0:04"]),
        "<table:table-row><table:table-cell table:number-columns-spanned='3'><text:p>Noise</text:p>\
         </table:table-cell><table:covered-table-cell/><table:covered-table-cell/></table:table-row>"
            .to_owned(),
        row(["Oh.", "", "0:09"]),
    ];
    let body = format!("<table:table>{}</table:table><text:p>End.</text:p>", rows.concat());
    let expected = [
        (Some("Host"), "Is it old?", Some((1000, 4000))),
        (Some("Archivist"), "Very.", Some((4000, 9000))),
        (None, "Noise", None),
        (Some("Archivist"), "Oh.", Some((9000, 9000))),
        (None, "End.", None),
    ];
    assert_eq!(crate::read::json::said(&read_body(&body)), expected);
}
