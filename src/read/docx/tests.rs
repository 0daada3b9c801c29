use super::*;
use crate::{
    read::{
        archive::tests::pack,
        said::{Said, said_in, turn},
    },
    transcript::{NoteNumber, Set},
};

/// A file with a body, and with other parts by their names.
fn file(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    let mut all = vec![("word/document.xml", document.as_str())];
    all.extend(parts);
    pack(&all)
}

fn read_body(body: &str, parts: &[(&str, &str)]) -> Transcript {
    read(&file(body, parts)).unwrap()
}

fn said(body: &str, parts: &[(&str, &str)]) -> Vec<Said> {
    said_in(read_body(body, parts).turns)
}

fn text(body: &str) -> String {
    said(body, &[]).pop().unwrap_or_default().1
}

/// A paragraph of one run.
fn paragraph(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

const STYLES: &str = "<w:styles>\
    <w:style w:styleId='T'><w:name w:val='Title'/></w:style>\
    <w:style w:styleId='H'><w:name w:val='heading 1'/></w:style>\
    <w:style w:styleId='C'><w:name w:val='toc 1'/></w:style>\
    <w:style w:styleId='S'><w:name w:val='Speaker'/></w:style></w:styles>";

#[test]
fn block_quotes_and_notes_are_told_apart_from_the_text() {
    let styled = |style: &str, words: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
        )
    };
    let body = "<w:p><w:r><w:t>One</w:t></w:r><w:r><w:footnoteReference w:id='1'/></w:r>\
                <w:r><w:t>.</w:t></w:r></w:p>"
        .to_owned()
        + &styled("Quote", "two")
        + &styled("IntenseQuote", "three")
        + &paragraph("Four.");
    let notes = "<w:footnotes><w:footnote w:id='1'><w:p><w:r><w:t>five</w:t></w:r></w:p>\
                 </w:footnote></w:footnotes>";
    let turns = read_body(&body, &[("word/footnotes.xml", notes)]).turns;
    let text = turns[0].text.as_str();
    assert_eq!(text, "One.\n\nfive\n\ntwo\n\nthree\n\nFour.");
    let found: Vec<_> = turns[0]
        .stretches
        .iter()
        .map(|it| (it.set, it.span.start, &text[it.span.range()]))
        .collect();
    let number = NoteNumber(1);
    let expected = [
        (Set::NoteReference(number), 3, ""),
        (Set::Note(number), 6, "five"),
        (Set::BlockQuote, 12, "two\n\nthree"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn runs_are_joined_and_breaks_part_lines() {
    for (body, expected) in [
        (paragraph("one ") + &paragraph("two"), "one\n\ntwo"),
        (
            "<w:p><w:r><w:t>one</w:t><w:br/><w:t>t</w:t></w:r><w:r><w:t xml:space='preserve'>wo </w:t><w:tab/><w:t>&amp;</w:t></w:r></w:p>"
                .into(),
            "one\ntwo &",
        ),
        ("<w:p><w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r></w:p>".into(), "a\u{2011}b"),
        ("<w:p><w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink></w:p>".into(), "link"),
    ] {
        assert_eq!(text(&body), expected, "{body}");
    }
}

#[test]
fn what_was_deleted_or_moved_away_or_hidden_is_left_out() {
    for (run, expected) in [
        ("<w:ins><w:r><w:t>new</w:t></w:r></w:ins>", "a newb"),
        ("<w:del><w:r><w:delText>old</w:delText></w:r></w:del>", "a b"),
        ("<w:moveFrom><w:r><w:t>old</w:t></w:r></w:moveFrom>", "a b"),
        ("<w:moveTo><w:r><w:t>new</w:t></w:r></w:moveTo>", "a newb"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>", "a b"),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>shown</w:t></w:r>", "a shownb"),
        (
            "<mc:AlternateContent><mc:Fallback><w:r><w:t>x</w:t></w:r></mc:Fallback></mc:AlternateContent>",
            "a b",
        ),
    ] {
        let body = format!("<w:p><w:r><w:t>a </w:t></w:r>{run}<w:r><w:t>b</w:t></w:r></w:p>");
        assert_eq!(text(&body), expected, "{run}");
    }
    let first =
        "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr><w:r><w:t>one </w:t></w:r></w:p>";
    assert_eq!(text(&format!("{first}{}", paragraph("two"))), "one two");
}

#[test]
fn a_field_shows_its_result_and_not_its_code() {
    let body = "<w:p><w:r><w:t>see </w:t><w:fldChar w:fldCharType='begin'/><w:instrText>REF x</w:instrText>\
        <w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType='separate'/><w:t>no</w:t><w:fldChar w:fldCharType='end'/>\
        <w:fldChar w:fldCharType='separate'/><w:t>page 3</w:t><w:fldChar w:fldCharType='end'/><w:t>.</w:t></w:r></w:p>";
    assert_eq!(text(body), "see page 3.");
}

#[test]
fn a_table_of_contents_is_left_out() {
    let field = "<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText> TOC \\o</w:instrText><w:fldChar w:fldCharType='separate'/><w:t>One 1</w:t></w:r></w:p>\
        <w:p><w:r><w:t>Two 2</w:t><w:fldChar w:fldCharType='end'/></w:r></w:p>";
    assert_eq!(text(&format!("{field}{}", paragraph("text"))), "text");
    let styled = "<w:p><w:pPr><w:pStyle w:val='C'/></w:pPr><w:r><w:t>One 1</w:t></w:r></w:p>";
    let said = said(&format!("{styled}{}", paragraph("text")), &[("word/styles.xml", STYLES)]);
    assert_eq!(said[0].1, "text");
}

#[test]
fn notes_and_text_boxes_follow_their_paragraph() {
    let notes = "<w:footnotes><w:footnote w:type='separator' w:id='0'><w:p/></w:footnote>\
        <w:footnote w:id='2'><w:p><w:r><w:t>a note</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let body = format!(
        "<w:p><w:r><w:t>one</w:t><w:footnoteReference w:id='2'/><w:drawing><w:txbxContent>{}</w:txbxContent></w:drawing></w:r><w:r><w:t> two</w:t></w:r></w:p>{}",
        paragraph("boxed"),
        paragraph("three")
    );
    let said = said(&body, &[("word/footnotes.xml", notes)]);
    assert_eq!(said[0].1, "one two\n\na note\n\nboxed\n\nthree");
}

#[test]
fn a_row_of_words_is_a_line_and_other_cells_are_paragraphs() {
    let cell = |words: &str| format!("<w:tc>{}</w:tc>", paragraph(words));
    let row = format!("<w:tr>{}{}</w:tr>", cell("a"), cell("b"));
    let other = format!("<w:tr><w:tc>{}{}</w:tc></w:tr>", paragraph("c"), paragraph("d"));
    assert_eq!(text(&format!("<w:tbl>{row}{row}{other}</w:tbl>")), "a b\na b\n\nc\n\nd");
}

#[test]
fn speakers_are_told_by_label_by_bold_type_and_by_style() {
    let expected = [turn("Ana", "One."), turn("Ben", "Two."), turn("Ana", "Three.")];
    let turns = [("Ana", "One."), ("Ben", "Two."), ("Ana", "Three.")];
    for [before, between] in [
        ["<w:p><w:r><w:t>", ": "],
        ["<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>", ":</w:t></w:r><w:r><w:tab/><w:t>"],
        ["<w:p><w:r><w:rPr><w:rStyle w:val='S'/></w:rPr><w:t>", "</w:t></w:r><w:r><w:t> "],
        [
            "<w:p><w:pPr><w:pStyle w:val='S'/></w:pPr><w:r><w:t>",
            "</w:t></w:r></w:p><w:p><w:r><w:t>",
        ],
    ] {
        let body = turns.map(|(name, it)| format!("{before}{name}{between}{it}</w:t></w:r></w:p>"));
        assert_eq!(said(&body.concat(), &[("word/styles.xml", STYLES)]), expected, "{before}");
    }
}

#[test]
fn pages_are_those_of_the_last_time_the_file_was_shown() {
    let body = format!(
        "{}<w:p><w:r><w:t>b </w:t><w:lastRenderedPageBreak/><w:t>c</w:t></w:r></w:p>",
        paragraph("a")
    );
    let transcript = read_body(&body, &[]);
    let text = &transcript.turns[0].text;
    let pages: Vec<_> =
        text.pieces().map(|(part, words)| (words, part.place.page.map(|it| it.0.get()))).collect();
    assert_eq!(pages, [("a\n\nb ", Some(1)), ("c", Some(2))]);
    assert_eq!(read_body(&paragraph("a"), &[]).turns[0].text.parts()[0].place.page, None);
}

#[test]
fn the_file_tells_its_title_and_date_and_comments_are_counted() {
    let core = "<cp:coreProperties><dc:title> A\n talk </dc:title><dcterms:created>2024-03-02T10:00:00Z</dcterms:created><dc:language>en-GB</dc:language></cp:coreProperties>";
    let comments = "<w:comments><w:comment/><w:comment/></w:comments>";
    let parts = [("docProps/core.xml", core), ("word/comments.xml", comments)];
    let transcript = read_body(&paragraph("a"), &parts);
    assert_eq!(
        transcript.metadata,
        Metadata {
            title: Some("A talk".into()),
            date: "2024-03-02".parse().ok(),
            language: Some("en".into()),
            ..Metadata::default()
        }
    );
    assert_eq!(transcript.warnings, [Warning::whole("2 comments were left out")]);
    let styled = |style: &str, words: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
        )
    };
    let body = format!("{}{}", styled("H", "Part"), styled("T", "A talk"));
    let transcript = read_body(&body, &[("word/styles.xml", STYLES)]);
    assert_eq!(transcript.metadata.title, Some("A talk".into()));
}

#[test]
fn what_is_no_document_is_an_error_that_says_so() {
    let message = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
    assert_eq!(
        message(&pack(&[("xl/workbook.xml", "")])),
        "is no valid docx: it has no `word/document.xml`"
    );
    let old = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1];
    assert_eq!(
        message(&old),
        "is no valid docx: it has a password, or the format of before 2007: save it anew without"
    );
}

#[test]
fn boxes_inside_boxes_are_bounded() {
    let deep = 30;
    let body = "<w:p><w:r><w:t>a</w:t><w:txbxContent>".repeat(deep)
        + &"</w:txbxContent></w:r></w:p>".repeat(deep);
    let transcript = read_body(&body, &[]);
    assert_eq!(transcript.warnings, [Warning::whole("1 boxes inside boxes were left out")]);
}

/// A table of rows of cells, each with the paragraphs given.
fn table(rows: &[&[&[&str]]]) -> String {
    let cell = |paragraphs: &&[&str]| {
        let inside: String = paragraphs.iter().copied().map(paragraph).collect();
        format!("<w:tc><w:tcPr/>{inside}</w:tc>")
    };
    let row =
        |cells: &&[&[&str]]| format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>());
    format!("<w:tbl><w:tblPr/>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

#[test]
fn a_table_of_an_interview_is_a_conversation() {
    let rows: &[&[&[&str]]] = &[
        &[&["Time"], &["Who"], &["Transcript"], &["Codes"]],
        &[&["00:00:01"], &["Host"], &["Is it old?"], &["age"]],
        &[&["00:00:04"], &["Archivist"], &["Very.", "It rots."], &[""]],
        &[&["[Tape change]"]],
        &[&["00:01:00"], &["Host"], &["Oh."], &[""]],
    ];
    let body = paragraph("Interview") + &table(rows) + &paragraph("Anna: the end.");
    let transcript = read_body(&body, &[]);
    let expected = [
        (None, "Interview", None),
        (Some("Host"), "Is it old?", Some((1000, 4000))),
        (Some("Archivist"), "Very.\n\nIt rots.", Some((4000, 60_000))),
        (None, "[Tape change]", None),
        (Some("Host"), "Oh.", Some((60_000, 60_000))),
        (None, "Anna: the end.", None),
    ];
    assert_eq!(crate::read::json::said(&transcript), expected);
    let warning = "the column `Codes` of a table that says who speaks was left out";
    assert_eq!(transcript.warnings, [Warning::whole(warning)]);
}

#[test]
fn a_table_inside_a_table_and_one_of_something_else_stay_as_they_are() {
    let spoken: &[&[&[&str]]] = &[&[&["Who"], &["Text"]], &[&["Host"], &["Oh."]]];
    let nested = format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", table(spoken));
    assert_eq!(said(&nested, &[]), [(Some("Host".to_owned()), "Oh.".to_owned())]);
    let other: &[&[&[&str]]] = &[&[&["Name"], &["Price"]], &[&["Tape"], &["4"]]];
    assert_eq!(said(&table(other), &[]), [(None, "Name Price\nTape 4".to_owned())]);
}
