//! What a page draws: operators, forms, fonts, and what glyphs mean.

use super::made::{File, lines_at, one_page, text, text_and_warnings};

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
    let warning =
        "page 1 has characters that the file gives no letter for, 1 in all; they read `\u{FFFD}`";
    let read = text_and_warnings(&file.bytes());
    assert_eq!(read, ("磁ff\u{FFFD}".into(), vec![warning.into()]));
}

#[test]
fn what_glyphs_mean_goes_before_what_they_show() {
    let content = "BT /F 10 Tf 50 700 Td (the o) Tj /Span << /ActualText (ffi) >> BDC (xyz) Tj EMC (ce) Tj ET";
    assert_eq!(text(&one_page(content)), "the office");
}
