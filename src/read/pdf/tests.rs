//! Small files, written by a few lines of code, and what is read of them.

use std::{fmt::Write as _, io::Write as _};

use flate2::{Compression, write::ZlibEncoder};
use proptest::prelude::*;

use super::{limits::DEPTH, *};
use crate::{
    place::Time,
    text::TextSpan,
    transcript::{Date, Metadata},
};

/// A file in the making: objects 1 (the catalog), 2 (the pages) and 3 (Helvetica), then others.
struct File {
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
    catalog: String,
    trailer: String,
}

impl File {
    fn new() -> Self {
        let font =
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
        let objects = vec![Vec::new(), Vec::new(), font.into()];
        Self { objects, pages: Vec::new(), catalog: String::new(), trailer: String::new() }
    }

    /// Adds an object; gives its number.
    fn object(&mut self, body: impl Into<Vec<u8>>) -> usize {
        self.objects.push(body.into());
        self.objects.len()
    }

    fn stream(&mut self, dictionary: &str, data: &[u8]) -> usize {
        let mut body = format!("<< {dictionary} /Length {} >>\nstream\n", data.len()).into_bytes();
        body.extend_from_slice(data);
        body.extend_from_slice(b"\nendstream");
        self.object(body)
    }

    /// Adds a page of 600 by 800 points; `resources` go beside the font `/F`.
    fn page(&mut self, content: &str, resources: &str) {
        let content = self.stream("", content.as_bytes());
        self.page_of(content, resources);
    }

    fn page_of(&mut self, content: usize, resources: &str) {
        let page = self.object(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {content} 0 R \
             /Resources << /Font << /F 3 0 R {resources} >> >>"
        ));
        self.pages.push(page);
    }

    fn bytes(mut self) -> Vec<u8> {
        self.objects[0] = format!("<< /Type /Catalog /Pages 2 0 R {} >>", self.catalog).into();
        let kids: Vec<_> = self.pages.iter().map(|page| format!("{page} 0 R")).collect();
        let count = self.pages.len();
        self.objects[1] =
            format!("<< /Type /Pages /Count {count} /Kids [{}] >>", kids.join(" ")).into();
        let mut file = b"%PDF-1.7\n".to_vec();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", self.objects.len() + 1);
        for (at, object) in self.objects.iter().enumerate() {
            writeln!(table, "{:010} 00000 n ", file.len()).unwrap();
            writeln!(file, "{} 0 obj", at + 1).unwrap();
            file.extend_from_slice(object);
            file.extend_from_slice(b"\nendobj\n");
        }
        let start = file.len();
        let size = self.objects.len() + 1;
        write!(
            file,
            "{table}trailer\n<< /Size {size} /Root 1 0 R {} >>\nstartxref\n{start}\n%%EOF\n",
            self.trailer
        )
        .unwrap();
        file
    }
}

/// Lines of 10 points, each at its place from the lower left corner.
fn lines_at(lines: &[(u32, u32, &str)]) -> String {
    let line = |(x, y, text): &(u32, u32, &str)| format!("BT /F 10 Tf {x} {y} Td ({text}) Tj ET\n");
    lines.iter().map(line).collect()
}

/// A file of one page.
fn one_page(content: &str) -> Vec<u8> {
    let mut file = File::new();
    file.page(content, ">>");
    file.bytes()
}

fn said(bytes: &[u8]) -> Vec<(Option<String>, String)> {
    let turns = read(bytes).unwrap().turns.into_iter();
    turns.map(|it| (it.speaker.map(|it| it.0), it.text.as_str().to_owned())).collect()
}

fn text(bytes: &[u8]) -> String {
    said(bytes).into_iter().map(|it| it.1).collect::<Vec<_>>().join("\n\n")
}

fn packed(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// Two pages of two columns with running heads, feet and parted words.
fn magazine() -> File {
    let mut file = File::new();
    for page in 1..=2 {
        let mut lines =
            vec![(50, 770, "The Slow Bread Review".to_owned()), (290, 30, page.to_string())];
        for (column, x) in [(1, 50), (2, 320)] {
            for row in 0..6 {
                let text = match row {
                    5 => format!("and here ends column {column} of page {page}."),
                    2 => "glue takes up the damp, and the responsi-".to_owned(),
                    3 => "bility is with whoever kept the tape there,".to_owned(),
                    _ => format!("line {row} in column {column} tells of brown tape"),
                };
                lines.push((x, 700 - 12 * row, text));
            }
        }
        let lines: Vec<_> = lines.iter().map(|(x, y, text)| (*x, *y, text.as_str())).collect();
        file.page(&lines_at(&lines), ">>");
    }
    file
}

#[test]
fn columns_pages_and_parted_words_become_running_text() {
    let transcript = read(&magazine().bytes()).unwrap();
    let paragraph = |page: u32, column: u32| {
        format!(
            "line 0 in column {column} tells of brown tape line 1 in column {column} tells of brown \
             tape glue takes up the damp, and the responsibility is with whoever kept the tape \
             there, line 4 in column {column} tells of brown tape and here ends column {column} of \
             page {page}."
        )
    };
    let paragraphs = [(1, 1), (1, 2), (2, 1), (2, 2)].map(|(page, column)| paragraph(page, column));
    let turn = &transcript.turns[0].text;
    assert_eq!(turn.as_str(), paragraphs.join("\n\n"));
    assert_eq!(transcript.warnings, []);
    let page = |words: &str| {
        let start = turn.as_str().find(words).unwrap();
        turn.place(TextSpan::new(start, start + words.len())).page.map(|it| it.0.get())
    };
    assert_eq!([page("column 2 of page 1"), page("column 1 of page 2")], [Some(1), Some(2)]);
    assert!(turn.parts().iter().all(|part| part.place.source.is_none()));
}

#[test]
fn a_hearing_with_numbered_lines_has_speakers() {
    let said_on = |page: u32| {
        let mut lines = vec![(500, 770, page.to_string())];
        for row in 0..8_u32 {
            let text = match row % 4 {
                0 => "MR. SMITH: Is it as old as that?",
                1 => "MS. KING: It is very old, and it was kept in",
                2 => "an attic for more than sixty years.",
                _ => "",
            };
            lines.push((60, 700 - 24 * row, (row + 1).to_string()));
            if !text.is_empty() {
                lines.push((100, 700 - 24 * row, text.to_owned()));
            }
        }
        lines
    };
    let mut file = File::new();
    for page in [41, 42] {
        let lines = said_on(page);
        let lines: Vec<_> = lines.iter().map(|(x, y, text)| (*x, *y, text.as_str())).collect();
        file.page(&lines_at(&lines), ">>");
    }
    let turn = |speaker: &str, text: &str| (Some(speaker.to_owned()), text.to_owned());
    let exchange = [
        turn("MR. SMITH", "Is it as old as that?"),
        turn("MS. KING", "It is very old, and it was kept in an attic for more than sixty years."),
    ];
    let all: Vec<_> = (0..4).flat_map(|_| exchange.clone()).collect();
    assert_eq!(said(&file.bytes()), all);
}

#[test]
fn time_marks_are_times() {
    let content =
        lines_at(&[(50, 700, "[00:01] Host: Is it old?"), (50, 680, "[00:04] Archivist: Very.")]);
    let turns = read(&one_page(&content)).unwrap().turns;
    let start = |at: usize| turns[at].text.parts()[0].place.time.map(|time| time.start);
    assert_eq!([start(0), start(1)], [Some(Time(1000)), Some(Time(4000))]);
}

#[test]
fn spaces_come_from_gaps_and_kerning_is_none() {
    assert_eq!(
        text(&one_page("BT /F 10 Tf 50 700 Td [(T) 80 (ape) -300 (and) -250 (g) 10 (lue)] TJ ET")),
        "Tape and glue"
    );
    assert_eq!(text(&one_page("BT /F 10 Tf 50 700 Td 4 Tc (TAPE) Tj 0 Tc ET")), "TAPE");
}

#[test]
fn every_text_operator_moves_the_pen() {
    let content = "BT /F 10 Tf 14 TL 1 0 0 1 50 700 Tm (one) Tj T* (two) Tj (three) ' 0 0 (four) \" \
                   0 -14 TD (five) Tj 50 Tz 3 Ts (six) Tj ET";
    assert_eq!(text(&one_page(content)), "one two three four fivesix");
}

#[test]
fn forms_are_read_where_they_are_drawn() {
    let mut file = File::new();
    let inner = file.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 600 800]",
        b"BT /F 10 Tf 0 0 Td (inside of a form) Tj ET",
    );
    let outer = file.stream(
        &format!("/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Matrix [1 0 0 1 50 0] /Resources << /Font << /F 3 0 R >> /XObject << /I {inner} 0 R >> >>"),
        b"q 1 0 0 1 0 688 cm /I Do Q",
    );
    let content =
        format!("{}/O Do", lines_at(&[(50, 700, "above the form,"), (50, 676, "and below it")]));
    file.page(&content, &format!(">> /XObject << /O {outer} 0 R >>"));
    assert_eq!(text(&file.bytes()), "above the form, inside of a form and below it");
}

#[test]
fn text_in_other_directions_is_read_by_itself() {
    let content = format!(
        "{}BT /F 10 Tf 0 1 -1 0 20 100 Tm (up along the margin) Tj ET",
        lines_at(&[(50, 700, "the text of this page goes"), (50, 688, "on from line to line.")])
    );
    assert_eq!(
        text(&one_page(&content)),
        "the text of this page goes on from line to line.\n\nup along the margin"
    );
}

#[test]
fn composite_fonts_are_read_by_their_maps() {
    let mut file = File::new();
    let map = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> \
               endcodespacerange 2 beginbfchar <0001> <78C1> <0002> <00660066> endbfchar endcmap end";
    let map = file.stream("", map.as_bytes());
    let descendant = file.object("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>");
    let font = file.object(format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [{descendant} 0 R] /ToUnicode {map} 0 R >>"
    ));
    file.page("BT /C 10 Tf 50 700 Td <000100020003> Tj ET", &format!("/C {font} 0 R >>"));
    let transcript = read(&file.bytes()).unwrap();
    assert_eq!(transcript.turns[0].text.as_str(), "磁ff\u{FFFD}");
    let messages: Vec<_> = transcript.warnings.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        messages,
        ["page 1 has characters that the file gives no letter for, 1 in all; they read `\u{FFFD}`"]
    );
}

#[test]
fn what_glyphs_mean_goes_before_what_they_show() {
    let content = "BT /F 10 Tf 50 700 Td (the o) Tj /Span << /ActualText (ffi) >> BDC (xyz) Tj EMC (ce) Tj ET";
    assert_eq!(text(&one_page(content)), "the office");
}

#[test]
fn what_is_known_about_a_document_is_kept() {
    let mut file = File::new();
    file.page(&lines_at(&[(50, 700, "It rots.")]), ">>");
    file.catalog = "/Lang (en-GB)".into();
    let info = file.object("<< /Title (Tapes and Glue) /CreationDate (D:20261120101500Z) >>");
    file.trailer = format!("/Info {info} 0 R");
    let metadata = read(&file.bytes()).unwrap().metadata;
    let date = Some(Date { year: 2026, month: Some(11), day: Some(20) });
    let title = Some("Tapes and Glue".into());
    assert_eq!(
        metadata,
        Metadata { title, date, language: Some("en".into()), ..Metadata::default() }
    );
}

#[test]
fn a_large_first_line_is_the_title() {
    let content = format!(
        "BT /F 18 Tf 50 740 Td (On Old Tapes) Tj ET\n{}",
        lines_at(&[(50, 700, "They rot where they are kept, and"), (50, 688, "nobody hears it.")])
    );
    assert_eq!(read(&one_page(&content)).unwrap().metadata.title, Some("On Old Tapes".into()));
}

#[test]
fn a_locked_file_and_a_scanned_one_say_the_way_out() {
    let mut locked = File::new();
    locked.page(&lines_at(&[(50, 700, "It rots.")]), ">>");
    let zeros = "00".repeat(32);
    locked.trailer = format!(
        "/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{zeros}> /U <{zeros}> >>"
    );
    assert_eq!(read(&locked.bytes()).unwrap_err(), ReadError::Encrypted);
    let mut scanned = File::new();
    let picture = scanned.stream("/Type /XObject /Subtype /Image /Width 1 /Height 1", b"x");
    scanned.page("/P Do", &format!(">> /XObject << /P {picture} 0 R >>"));
    assert_eq!(read(&scanned.bytes()).unwrap_err(), ReadError::NoTextLayer);
}

#[test]
fn a_page_that_is_a_picture_among_others_is_a_warning() {
    let mut file = File::new();
    let picture = file.stream("/Type /XObject /Subtype /Image /Width 1 /Height 1", b"x");
    file.page(&lines_at(&[(50, 700, "It rots.")]), ">>");
    file.page("/P Do", &format!(">> /XObject << /P {picture} 0 R >>"));
    let warnings = read(&file.bytes()).unwrap().warnings;
    assert_eq!(
        warnings[0].message,
        "page 2 has a picture and no text; `ocrmypdf --skip-text IN OUT` would recognise it"
    );
}

#[test]
fn a_stream_that_unpacks_to_too_much_is_refused() {
    let mut file = File::new();
    file.page(&lines_at(&[(50, 700, "It rots.")]), ">>");
    let bomb = file.stream("/Filter /FlateDecode", &packed(&vec![b' '; 130 << 20]));
    file.page_of(bomb, ">>");
    let transcript = read(&file.bytes()).unwrap();
    assert_eq!(transcript.turns[0].text.as_str(), "It rots.");
    assert_eq!(
        transcript.warnings[0].message,
        "page 2: a stream unpacks to more than 128 MiB; the rest of it was not read"
    );
}

#[test]
fn objects_that_unpack_to_too_much_are_refused() {
    let mut file = File::new();
    file.page(&lines_at(&[(50, 700, "It rots.")]), ">>");
    file.stream(
        "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode",
        &packed(&vec![b' '; 257 << 20]),
    );
    assert_eq!(
        read(&file.bytes()).unwrap_err(),
        malformed("its objects unpack to more than 256 MiB")
    );
}

#[test]
fn forms_that_draw_each_other_come_to_an_end() {
    let mut file = File::new();
    let mut inner = 3;
    for _ in 0..DEPTH {
        let resources = format!("/XObject << /X {inner} 0 R >>");
        inner = file.stream(
            &format!("/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << {resources} >>"),
            "/X Do ".repeat(20).as_bytes(),
        );
    }
    let content = format!("{}/X Do", lines_at(&[(50, 700, "It rots.")]));
    file.page(&content, &format!(">> /XObject << /X {inner} 0 R >>"));
    let transcript = read(&file.bytes()).unwrap();
    assert_eq!(transcript.turns[0].text.as_str(), "It rots.");
    assert_eq!(
        transcript.warnings[0].message,
        "page 1: it draws with more than 5 million operators; the rest of it was not read"
    );
}

#[test]
fn forms_that_lie_too_deep_are_a_warning() {
    let mut file = File::new();
    let mut inner = file.stream("/Type /XObject /Subtype /Form /BBox [0 0 600 800]", b"(x) Tj ");
    for _ in 0..DEPTH {
        let resources = format!("/XObject << /X {inner} 0 R >>");
        let form = "/Type /XObject /Subtype /Form /BBox [0 0 600 800]";
        inner = file.stream(&format!("{form} /Resources << {resources} >>"), b"/X Do ");
    }
    let content = format!("{}/X Do", lines_at(&[(50, 700, "It rots.")]));
    file.page(&content, &format!(">> /XObject << /X {inner} 0 R >>"));
    let transcript = read(&file.bytes()).unwrap();
    assert_eq!(transcript.turns[0].text.as_str(), "It rots.");
    assert_eq!(
        transcript.warnings[0].message,
        "page 1: its forms lie more than 16 deep; those below were not read"
    );
}

#[test]
fn what_cannot_be_read_is_a_warning() {
    let mut file = File::new();
    file.page(&lines_at(&[(50, 700, "It rots.")]), ">>");
    let picture = file.stream("/Filter /DCTDecode", b"no picture");
    file.page_of(picture, ">>");
    // The number of an object that does not exist.
    file.pages.push(99);
    let transcript = read(&file.bytes()).unwrap();
    assert_eq!(transcript.turns[0].text.as_str(), "It rots.");
    let messages: Vec<_> = transcript.warnings.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "page 2: a part of it is broken and was not read",
            "says that it has 3 pages; 2 were found",
        ]
    );
}

#[test]
fn a_file_without_a_table_of_objects_is_read() {
    let bytes = magazine().bytes();
    let table = bytes.windows(4).rposition(|it| it == b"xref").unwrap() - 5;
    let whole = text(&bytes);
    assert_eq!(text(&bytes[..table]), whole);
    let mut moved = b"Some mail header\r\n\r\n".to_vec();
    moved.extend_from_slice(&bytes);
    assert_eq!(text(&moved), whole);
    assert!(recognises(&String::from_utf8_lossy(&moved)));
}

#[test]
fn nesting_never_overflows_the_stack() {
    for (open, close) in [("[", "]"), ("<<", ">>"), ("<</A[", "]>>"), ("(", ")")] {
        let deep = open.repeat(100_000);
        let _ = read(&one_page(&format!("BT /F 10 Tf {deep} TJ ET")));
        let _ = read(&one_page(&format!("{deep}{}", close.repeat(100_000))));
        let mut file = File::new();
        file.page(&lines_at(&[(50, 700, "It rots.")]), ">>");
        file.catalog = format!("/Lang {deep}");
        let _ = read(&file.bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_byte_that_is_wrong_stops_the_reader(
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        length in any::<prop::sample::Index>(),
    ) {
        let mut bytes = magazine().bytes();
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        // Not through the guard: whatever is wrong, nothing panics.
        let _ = read_document(&bytes);
        let _ = read_document(&bytes[..length.index(bytes.len())]);
    }

    #[test]
    fn no_bytes_stop_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_document(&bytes);
        let mut headed = b"%PDF-1.7\n".to_vec();
        headed.extend_from_slice(&bytes);
        let _ = read_document(&headed);
    }

    #[test]
    fn no_page_stops_the_reader(operators in prop::collection::vec(operator(), 0..60)) {
        let bytes = one_page(&operators.join(" "));
        let Ok(transcript) = read_document(&bytes) else { return Ok(()) };
        for turn in &transcript.turns {
            prop_assert_eq!(turn.text.as_str(), turn.text.as_str().trim());
            prop_assert!(turn.text.parts().iter().all(|part| part.place.page.is_some()));
        }
    }
}

/// An operator with operands that need not fit.
fn operator() -> impl Strategy<Value = String> {
    let operand = prop_oneof![
        (-2000_i32..2000).prop_map(|it| it.to_string()),
        Just("1e38".to_owned()),
        Just("0".to_owned()),
        "\\([a-zA-Z0-9 :.\\-]{0,20}\\)",
        "\\[(\\([a-z]{0,8}\\)|-?[0-9]{1,4}| ){0,6}\\]",
        Just("/F".to_owned()),
        Just("<</ActualText(x)>>".to_owned()),
    ];
    let name = prop::sample::select(vec![
        "BT", "ET", "Tf", "Td", "TD", "Tm", "T*", "Tj", "TJ", "'", "\"", "Tc", "Tw", "Tz", "TL",
        "Ts", "Tr", "cm", "q", "Q", "Do", "BDC", "BMC", "EMC", "gs",
    ]);
    (prop::collection::vec(operand, 0..7), name)
        .prop_map(|(operands, name)| format!("{} {name}", operands.join(" ")))
}
