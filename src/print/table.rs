//! Tables for programs and for documents: CSV, TSV, Markdown and HTML over the same rows.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use super::{clean, html, markdown};

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// In which format.
    pub format: TableFormat,
    /// What becomes of control characters in CSV and TSV. Documents never have them.
    pub controls: Controls,
    /// What becomes of cells that a spreadsheet would take for a formula, in CSV and TSV.
    pub formulas: Formulas,
}

/// The format of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// Commas and quotation marks (RFC 4180), with a line feed behind each row.
    Csv,
    /// Tabs, and each row on one line: in a cell, a tab is `\t`, a line feed `\n`, a carriage return
    /// `\r` and a backslash `\\`.
    Tsv,
    /// A pipe table.
    Markdown,
    /// A page.
    Html,
}

/// What becomes of control characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Controls {
    /// They stay, so that the text is the document's: for files and pipes.
    Kept,
    /// They are shown as their pictures: for a terminal.
    Shown,
}

/// What becomes of cells that a spreadsheet would take for a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Formulas {
    /// They stay, so that the text is the document's.
    Kept,
    /// An apostrophe in front makes text of them.
    Quoted,
}

/// A cell of a table.
pub(super) type Cell<'a> = Cow<'a, str>;

/// A number, or an empty cell.
pub(super) fn number(number: Option<impl ToString>) -> Cell<'static> {
    number.map_or(Cow::Borrowed(""), |number| number.to_string().into())
}

/// A text, or an empty cell.
pub(super) fn some(text: Option<&str>) -> Cell<'_> {
    text.unwrap_or_default().into()
}

/// Writes a table with its names of columns.
pub(super) fn table<'a>(
    out: &mut dyn Write,
    sheet: Sheet,
    title: &str,
    columns: &[&str],
    rows: impl Iterator<Item = Vec<Cell<'a>>>,
) -> io::Result<()> {
    match sheet.format {
        TableFormat::Csv => csv(out, sheet, columns, rows),
        TableFormat::Tsv => tsv(out, sheet, columns, rows),
        TableFormat::Markdown => markdown::table(out, columns, rows),
        TableFormat::Html => html::page(out, title, |out| html::table(out, columns, rows)),
    }
}

fn csv<'a>(
    out: &mut dyn Write,
    sheet: Sheet,
    columns: &[&str],
    rows: impl Iterator<Item = Vec<Cell<'a>>>,
) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(columns)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| written(cell, sheet).into_owned()))?;
    }
    writer.flush()
}

fn tsv<'a>(
    out: &mut dyn Write,
    sheet: Sheet,
    columns: &[&str],
    rows: impl Iterator<Item = Vec<Cell<'a>>>,
) -> io::Result<()> {
    writeln!(out, "{}", columns.join("\t"))?;
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            let tab = if at == 0 { "" } else { "\t" };
            write!(out, "{tab}{}", escaped_for_tsv(&written(cell, sheet)))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn written(cell: &str, sheet: Sheet) -> Cow<'_, str> {
    // Line ends and tabs stay: CSV quotes them, TSV writes them as escapes.
    let shown = match sheet.controls {
        Controls::Kept => Cow::Borrowed(cell),
        Controls::Shown if !cell.contains(char::is_control) => clean(cell),
        Controls::Shown => {
            let parts = cell.split_inclusive(['\n', '\t']).map(|part| {
                let rest = part.trim_end_matches(['\n', '\t']);
                format!("{}{}", clean(rest), &part[rest.len()..])
            });
            Cow::Owned(parts.collect())
        }
    };
    match sheet.formulas {
        Formulas::Quoted if is_formula(cell) => Cow::Owned(format!("'{shown}")),
        _ => shown,
    }
}

/// Whether a spreadsheet may calculate a cell instead of showing it. Numbers below zero are none.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
        && cell.parse::<f64>().is_err()
}

/// A cell with its line breaks and tabs as escapes.
fn escaped_for_tsv(cell: &str) -> Cow<'_, str> {
    if !cell.contains(['\t', '\n', '\r', '\\']) {
        return Cow::Borrowed(cell);
    }
    let mut line = String::with_capacity(cell.len() + 2);
    for c in cell.chars() {
        match c {
            '\t' => line.push_str("\\t"),
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            '\\' => line.push_str("\\\\"),
            c => line.push(c),
        }
    }
    Cow::Owned(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sheet(format: TableFormat) -> Sheet {
        Sheet { format, controls: Controls::Kept, formulas: Formulas::Kept }
    }

    fn written(sheet: Sheet, cells: &[&str]) -> String {
        let mut out = Vec::new();
        let rows = std::iter::once(cells.iter().map(|cell| Cow::Borrowed(*cell)).collect());
        let columns: Vec<&str> = cells.iter().map(|_| "a").collect();
        table(&mut out, sheet, "t", &columns, rows).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_cell_of_csv_is_quoted_where_it_must_be() {
        let csv = written(sheet(TableFormat::Csv), &["plain", "a,b", "“c” \"d\"", "e\nf", ""]);
        assert_eq!(csv, "a,a,a,a,a\nplain,\"a,b\",\"“c” \"\"d\"\"\",\"e\nf\",\n");
    }

    #[test]
    fn a_row_of_tsv_is_one_line() {
        let tsv = written(sheet(TableFormat::Tsv), &["a\tb", "c\r\nd", "\\n"]);
        assert_eq!(tsv, "a\ta\ta\na\\tb\tc\\r\\nd\t\\\\n\n");
    }

    #[test]
    fn formulas_are_kept_unless_a_spreadsheet_is_meant() {
        let cells = ["=1+1", "-2.5", "@x", "a=b"];
        assert_eq!(written(sheet(TableFormat::Csv), &cells), "a,a,a,a\n=1+1,-2.5,@x,a=b\n");
        let quoted = Sheet { formulas: Formulas::Quoted, ..sheet(TableFormat::Csv) };
        assert_eq!(written(quoted, &cells), "a,a,a,a\n'=1+1,-2.5,'@x,a=b\n");
    }

    #[test]
    fn a_terminal_is_shown_pictures_of_control_characters() {
        let shown = Sheet { controls: Controls::Shown, ..sheet(TableFormat::Csv) };
        assert_eq!(written(shown, &["a\u{1b}[31m\nb\u{9b}"]), "a\n\"a␛[31m\nb\u{FFFD}\"\n");
        let kept = written(sheet(TableFormat::Csv), &["a\u{1b}[31m"]);
        assert_eq!(kept, "a\na\u{1b}[31m\n");
    }

    proptest! {
        #[test]
        fn cells_of_csv_are_read_as_they_were(cells in prop::collection::vec(any::<String>(), 2..6)) {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            let csv = written(sheet(TableFormat::Csv), &cells);
            let mut reader = csv::ReaderBuilder::new().has_headers(true).from_reader(csv.as_bytes());
            let read: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            prop_assert_eq!(read, [csv::StringRecord::from(cells)]);
        }

        #[test]
        fn no_terminal_is_given_control_characters(text in any::<String>()) {
            for format in [TableFormat::Csv, TableFormat::Tsv, TableFormat::Markdown, TableFormat::Html] {
                let shown = Sheet { controls: Controls::Shown, ..sheet(format) };
                let is_raw = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
                prop_assert!(!written(shown, &[&text, "b"]).contains(is_raw));
            }
        }
    }
}
