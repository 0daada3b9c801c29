//! What a file tells of itself, and files that hold no text.

use super::made::{File, lines_at, one_page, text_and_warnings};
use crate::{
    read::pdf::{ReadError, read},
    transcript::{Date, Metadata},
};

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
    let warning =
        "page 2 has a picture and no text; `ocrmypdf --skip-text IN OUT` would recognise it";
    assert_eq!(text_and_warnings(&file.bytes()), ("It rots.".into(), vec![warning.into()]));
}
