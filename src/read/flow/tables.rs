//! Tables of a document: where their cells stand, and what is said in those that hold a conversation.

use crate::{
    read::{
        flow::{Flow, Position},
        lines::Line,
        pieces::Gap,
        prose::{Kind, Paragraph, Utterance},
        table::spoken::{Conversation, conversation},
    },
    transcript::Warning,
};

/// Where the cells of a table stand.
#[derive(Debug, Default)]
pub struct Grid {
    /// Where each cell of each row begins.
    rows: Vec<Vec<Position>>,
    /// Where the last cell ends.
    pub end: Position,
    /// Whether there is another table in a cell.
    pub holds_table: bool,
}

impl Grid {
    /// A row begins.
    pub fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// A cell begins here.
    pub fn cell(&mut self, here: Position) {
        match self.rows.last_mut() {
            Some(row) => row.push(here),
            None => self.rows.push(vec![here]),
        }
    }

    /// The lines that the table takes.
    fn first_line(&self) -> Option<usize> {
        self.rows.iter().flatten().next().map(|cell| cell.line)
    }
}

/// The lines and paragraphs of a document, those of conversations cut to what is said.
#[derive(Debug)]
pub struct Said<'a> {
    /// All lines of the document, and behind them those that were cut.
    pub lines: Vec<Line<'a>>,
    /// The paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// Who says what the paragraphs of the kind [`Kind::Said`] hold.
    pub utterances: Vec<Utterance>,
    /// How many lines are not cut.
    whole: usize,
}

impl Flow {
    /// A table begins. Say as well where its rows and cells begin.
    pub fn open_table(&mut self) {
        self.open_tables.push(Grid::default());
    }

    /// A row of the table begins. One whose cells hold nothing but words becomes a line, unless its
    /// table stands in another one.
    pub fn open_row(&mut self, is_line: bool) {
        self.in_row = is_line && self.open_tables.len() == 1;
        if self.in_row {
            self.paragraph(Kind::Row);
        }
        self.row();
    }

    /// Whether one is in a row that becomes a line.
    #[must_use]
    pub fn is_in_row(&self) -> bool {
        self.in_row
    }

    /// The row ends.
    pub fn close_row(&mut self) {
        self.in_row = false;
    }

    /// A row of the table begins, of which the paragraphs are told.
    pub fn row(&mut self) {
        if let Some(table) = self.open_tables.last_mut() {
            table.row();
        }
    }

    /// A cell of the row begins.
    pub fn cell(&mut self) {
        if self.in_row {
            self.space();
        }
        let here = self.here();
        if let Some(table) = self.open_tables.last_mut() {
            table.cell(here);
        }
    }

    /// The table ends.
    pub fn close_table(&mut self) {
        self.end_line();
        let here = self.here();
        let Some(mut table) = self.open_tables.pop() else { return };
        if let Some(outer) = self.open_tables.last_mut() {
            outer.holds_table = true;
        }
        table.end = here;
        if !table.holds_table {
            self.tables.push(table);
        }
    }

    /// Puts what is said in the tables of the document in the place of their paragraphs. A column
    /// that is left out is a warning.
    pub(super) fn said_in_tables<'a>(
        &'a self,
        lines: Vec<Line<'a>>,
        warnings: &mut Vec<Warning>,
    ) -> Said<'a> {
        let mut said =
            Said { whole: lines.len(), lines, paragraphs: Vec::new(), utterances: Vec::new() };
        let mut done = 0;
        for table in &self.tables {
            let Some(first) = table.first_line() else { continue };
            let ends = self.ends_of_cells(table, &said.lines);
            let text = self.text.as_str();
            let cells: Vec<Vec<&str>> = ends
                .iter()
                .map(|row| row.iter().map(|&(start, end)| text[start..end].trim()).collect())
                .collect();
            let Some(found) = conversation(&cells) else { continue };
            let before = self.paragraphs.partition_point(|it| it.lines.start < first);
            said.paragraphs.extend_from_slice(&self.paragraphs[done..before.max(done)]);
            done = self.paragraphs.partition_point(|it| it.lines.start < table.end.line);
            said.add(&found, &ends, &self.paragraphs);
            warnings.extend(found.left_out.iter().map(|heading| left_out(heading)));
        }
        said.paragraphs.extend_from_slice(&self.paragraphs[done..]);
        said
    }

    /// The bytes of the text that is laid out at which each cell begins and ends.
    fn ends_of_cells(&self, table: &Grid, lines: &[Line<'_>]) -> Vec<Vec<(usize, usize)>> {
        let mut rows: Vec<Vec<(usize, usize)>> = Vec::with_capacity(table.rows.len());
        let mut next = table.end;
        for row in table.rows.iter().rev().filter(|row| !row.is_empty()) {
            let mut cells = Vec::with_capacity(row.len());
            for &cell in row.iter().rev() {
                // A mark at the start of a line belongs to the cell that begins there.
                let end = match lines.get(next.line) {
                    Some(line) if next.byte == 0 => line.start,
                    _ => self.laid_out_byte(next, lines),
                };
                let start = self.laid_out_byte(cell, lines);
                cells.push((start.min(end), end));
                next = cell;
            }
            cells.reverse();
            rows.push(cells);
        }
        rows.reverse();
        rows
    }
}

impl Said<'_> {
    /// Adds the utterances of a table; `laid_out` are all paragraphs of the document.
    fn add(&mut self, found: &Conversation, ends: &[Vec<(usize, usize)>], laid_out: &[Paragraph]) {
        for utterance in &found.utterances {
            let (start, end) = ends[utterance.row][utterance.cell];
            let kind = Kind::Said(self.utterances.len());
            let first = self.lines[..self.whole].partition_point(|line| line.end() <= start);
            let mut opens = true;
            for at in first..self.whole {
                let line = self.lines[at];
                if line.start >= end {
                    break;
                }
                let cut = line.before(end - line.start).after(start.saturating_sub(line.start));
                if cut.is_blank() {
                    continue;
                }
                let goes_on = laid_out.binary_search_by_key(&at, |it| it.lines.start).is_err();
                let gap = if goes_on && !opens { Gap::Line } else { Gap::Paragraph };
                let lines = self.lines.len()..self.lines.len() + 1;
                self.lines.push(cut.trim());
                self.paragraphs.push(Paragraph { lines, kind, gap });
                opens = false;
            }
            let (speaker, time) = (utterance.speaker.clone(), utterance.time);
            self.utterances.push(Utterance { speaker, time });
        }
    }
}

fn left_out(heading: &str) -> Warning {
    let message = if heading.is_empty() {
        "a column of a table that says who speaks was left out".to_owned()
    } else {
        format!("the column `{heading}` of a table that says who speaks was left out")
    };
    Warning::whole(message)
}
