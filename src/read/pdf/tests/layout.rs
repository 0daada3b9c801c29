//! Where words stand on a page makes the text: columns, margins, lines, labels and gaps.

use super::made::{File, lines_at, magazine, one_page, said, text};
use crate::{
    place::Time,
    read::{pdf::read, said::turn},
    text::TextSpan,
};

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
