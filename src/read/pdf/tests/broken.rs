//! Files that are broken, a little or all over.

use proptest::prelude::*;

use super::made::{File, lines_at, magazine, one_page, text, text_and_warnings};
use crate::read::pdf::{read_document, recognises};

#[test]
fn what_cannot_be_read_is_a_warning() {
    let mut file = File::new();
    file.page(&lines_at(&[(50, 700, "It rots.")]), ">>");
    let picture = file.stream("/Filter /DCTDecode", b"no picture");
    file.page_of(picture, ">>");
    // The number of an object that does not exist.
    file.pages.push(99);
    let warnings = [
        "page 2: a part of it is broken and was not read",
        "says that it has 3 pages; 2 were found",
    ];
    let warnings = warnings.map(str::to_owned).to_vec();
    assert_eq!(text_and_warnings(&file.bytes()), ("It rots.".into(), warnings));
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
