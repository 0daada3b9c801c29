//! Files that unpack, draw or nest without end.

use std::io::Write as _;

use flate2::{Compression, write::ZlibEncoder};

use super::made::{File, lines_at, one_page, text_and_warnings};
use crate::read::pdf::{limits::DEPTH, malformed, read};

fn packed(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_stream_that_unpacks_to_too_much_is_refused() {
    let mut file = File::new();
    file.page(&lines_at(&[(50, 700, "It rots.")]), ">>");
    let bomb = file.stream("/Filter /FlateDecode", &packed(&vec![b' '; 130 << 20]));
    file.page_of(bomb, ">>");
    let warning = "page 2: a stream unpacks to more than 128 MiB; the rest of it was not read";
    assert_eq!(text_and_warnings(&file.bytes()), ("It rots.".into(), vec![warning.into()]));
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
    let warning =
        "page 1: it draws with more than 5 million operators; the rest of it was not read";
    assert_eq!(text_and_warnings(&file.bytes()), ("It rots.".into(), vec![warning.into()]));
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
    let warning = "page 1: its forms lie more than 16 deep; those below were not read";
    assert_eq!(text_and_warnings(&file.bytes()), ("It rots.".into(), vec![warning.into()]));
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
