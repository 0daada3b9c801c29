//! Running text that is laid out of a document with structure: HTML, DOCX, ODT, RTF, EPUB.
//!
//! Such a reader walks through its elements and says what comes next: words, a line's end, a
//! paragraph, bold type, the name of a speaker. Here this becomes lines as in a text file, which
//! [`prose`] turns into turns, so that labels and time marks mean the same in every format. A label
//! that is shown by its type or its style gets the marks that it has in Markdown (`**Host:**`);
//! they are taken out again. Each word keeps the place it had in its file.
//!
//! White space is folded to single spaces, as all these formats show it. Captions that somebody
//! pasted into a document are read as captions, and tables that hold a conversation as its turns
//! (`flow/tables.rs`).

mod line;
mod marks;
mod set_apart;
mod tables;

use crate::{
    place::{Page, Place, SourceSpan},
    read::{
        laid_out::{Stretches, placed},
        lines::{Line, lines},
        pieces::Gap,
        prose::{self, Edit, Kind, Paragraph},
        subrip,
    },
    text::Text,
    transcript::{Set, Turn, Warning},
};

use self::{line::LineInTheMaking, marks::add_marks, tables::Grid};

/// Whether words have a place in the file. Inside an archive they have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Places {
    /// Bytes and line of the decoded file.
    InFile,
    /// None.
    Nowhere,
}

/// A document in the making.
#[derive(Debug)]
pub struct Flow {
    places: Places,
    page: Option<Page>,
    bold: bool,
    /// All lines that are done, with marks of labels among them.
    text: Text,
    paragraphs: Vec<Paragraph>,
    /// The marks in `text`.
    marks: Vec<Edit>,
    line_count: usize,
    line: LineInTheMaking,
    /// What is set apart, between two positions.
    set: Vec<(Position, Position, Set)>,
    note_count: usize,
    /// The tables that are open, the outermost first.
    open_tables: Vec<Grid>,
    /// Whether one is in a row that becomes a line.
    in_row: bool,
    /// Those that have ended and have no other table in them.
    tables: Vec<Grid>,
    /// What the next word opens.
    next: Next,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Nothing,
    Line,
    Paragraph(Kind),
}

/// A position in a [`Flow`], from which a name or a time is marked afterwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    line: usize,
    byte: usize,
}

impl Flow {
    /// An empty document.
    #[must_use]
    pub fn new(places: Places) -> Self {
        Self {
            places,
            page: None,
            bold: false,
            text: Text::default(),
            paragraphs: Vec::new(),
            marks: Vec::new(),
            line_count: 0,
            line: LineInTheMaking::default(),
            set: Vec::new(),
            note_count: 0,
            open_tables: Vec::new(),
            in_row: false,
            tables: Vec::new(),
            next: Next::Paragraph(Kind::Prose),
        }
    }

    /// What follows is a new paragraph of this kind. Rows that follow each other are lines.
    pub fn paragraph(&mut self, kind: Kind) {
        self.end_line();
        self.next = Next::Paragraph(kind);
    }

    /// What follows is a new line of the same paragraph.
    pub fn line(&mut self) {
        self.end_line();
    }

    /// What follows is bold, or no longer.
    pub fn set_bold(&mut self, bold: bool) {
        self.bold = bold;
    }

    /// What follows stands on this page.
    pub fn set_page(&mut self, page: Option<Page>) {
        self.page = page;
    }

    /// Appends a line of the file, or a part of one, its white space folded.
    pub fn copy(&mut self, line: &Line<'_>) {
        let mut rest = *line;
        while !rest.text.is_empty() {
            let blank = rest.text.len() - rest.text.trim_start_matches(is_blank).len();
            if blank > 0 {
                let one = rest.text.starts_with(' ');
                self.line.space(self.place(rest.span(0..usize::from(one))));
                rest = rest.after(blank);
            }
            let end = end_of_words(rest.text);
            if end > 0 {
                self.word(&rest.text[..end], self.place(rest.span(0..end)));
                rest = rest.after(end);
            }
        }
    }

    /// Appends a line of the file as it stands, with its spaces.
    pub fn verbatim(&mut self, line: &Line<'_>) {
        let text = line.text.trim_end();
        if !text.is_empty() {
            self.word(text, self.place(line.span(0..text.len())));
        }
    }

    /// Appends characters that stand for other bytes of the file, such as a decoded entity.
    pub fn decoded(&mut self, characters: &str, source: SourceSpan) {
        // As long as what it stands for it would pass for a copy: then it has a point as its place.
        let end = if characters.len() == source.len() { source.start } else { source.end };
        let point = SourceSpan { end: source.start, ..source };
        for piece in characters.split_inclusive(is_blank) {
            let word = piece.trim_end_matches(is_blank);
            if !word.is_empty() {
                self.word(word, self.place(SourceSpan { end, ..source }));
            }
            if word.len() < piece.len() {
                self.line.space(self.place(point));
            }
        }
    }

    /// Appends words that have no place in the file.
    pub fn text(&mut self, words: &str) {
        for piece in words.split_inclusive(is_blank) {
            let word = piece.trim_end_matches(is_blank);
            let place = Place { page: self.page, ..Place::default() };
            if !word.is_empty() {
                self.word(word, place);
            }
            if word.len() < piece.len() {
                self.line.space(place);
            }
        }
    }

    /// Parts what follows by a space.
    pub fn space(&mut self) {
        self.line.space(Place { page: self.page, ..Place::default() });
    }

    /// Whether the next word opens a line.
    #[must_use]
    pub fn is_at_start(&self) -> bool {
        self.next != Next::Nothing
    }

    /// Where the next word will stand.
    #[must_use]
    pub fn here(&self) -> Position {
        let byte = match self.next {
            Next::Nothing => self.line.text.len(),
            Next::Line | Next::Paragraph(_) => 0,
        };
        Position { line: self.line_count, byte }
    }

    /// The turns of the document, and warnings about what they leave out.
    #[must_use]
    pub fn turns(mut self, warnings: &mut Vec<Warning>) -> Vec<Turn> {
        self.end_line();
        if let Some(turns) = subrip::inside(self.text.as_str()).filter(|_| self.marks.is_empty()) {
            let in_file = |turn: Turn| Turn { text: placed(&self.text, &turn.text), ..turn };
            return turns.into_iter().map(in_file).collect();
        }
        let laid_out: Vec<Line<'_>> = lines(self.text.as_str()).collect();
        let mut stretches = Stretches::new(self.laid_out_stretches(&laid_out));
        let marks = &self.marks;
        let edit = |lines: &[Line<'_>], kind: Kind, edits: &mut Vec<Edit>| {
            if kind != Kind::Verbatim {
                prose::edit_marks(lines, edits);
            }
            add_marks(lines, marks, edits);
        };
        let said = self.said_in_tables(laid_out, warnings);
        let turns = prose::turns_among(
            self.text.as_str(),
            said.lines,
            &said.paragraphs,
            &said.utterances,
            edit,
        );
        let in_file = |turn: Turn| {
            let stretches = stretches.of_next(&turn.text);
            Turn { text: placed(&self.text, &turn.text), stretches, ..turn }
        };
        turns.into_iter().map(in_file).collect()
    }

    /// A position in bytes of the text that is laid out, behind the marks that stand there.
    fn laid_out_byte(&self, position: Position, lines: &[Line<'_>]) -> usize {
        let Some(line) = lines.get(position.line) else { return self.text.len() };
        let first = self.marks.partition_point(|mark| mark.start < line.start);
        let mut at = line.start + position.byte;
        for mark in &self.marks[first..] {
            if mark.start > at {
                break;
            }
            at += mark.end - mark.start;
        }
        at.min(line.end())
    }

    /// What was written on the line at hand since a position, without white space at its start.
    fn written(&self, since: Position) -> Option<&str> {
        let same_line = since.line == self.line_count && self.next == Next::Nothing;
        let text = self.line.text.as_str().get(since.byte..).filter(|_| same_line)?;
        Some(text.trim_start()).filter(|text| !text.is_empty())
    }

    fn place(&self, source: SourceSpan) -> Place {
        let source = (self.places == Places::InFile).then_some(source);
        Place { source, time: None, page: self.page }
    }

    fn word(&mut self, word: &str, place: Place) {
        if self.next != Next::Nothing {
            self.open_line();
        }
        self.line.set_bold(self.bold);
        self.line.word(word, place);
    }

    fn open_line(&mut self) {
        if !self.text.is_empty() {
            self.text.push("\n", Place { page: self.page, ..Place::default() });
        }
        let at = self.line_count;
        match (std::mem::replace(&mut self.next, Next::Nothing), self.paragraphs.last_mut()) {
            (Next::Paragraph(kind), last) => {
                let in_table = kind == Kind::Row && last.is_some_and(|it| it.kind == Kind::Row);
                let gap = if in_table { Gap::Line } else { Gap::Paragraph };
                self.paragraphs.push(Paragraph { lines: at..at + 1, kind, gap });
            }
            (_, Some(last)) => last.lines.end = at + 1,
            (_, None) => {}
        }
    }

    /// Writes the line at hand to the text, with the marks of its labels.
    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if line.text.is_empty() {
            return;
        }
        line.write_to(&mut self.text, &mut self.marks);
        self.line_count += 1;
        self.next = Next::Line;
    }
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{C}')
}

/// Where the words at the start of a text end whose spaces are single.
fn end_of_words(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b' ' if matches!(bytes.get(at + 1), None | Some(b' ' | b'\t' | b'\r' | 0xC)) => break,
            b'\t' | b'\n' | b'\r' | 0xC => break,
            _ => at += 1,
        }
    }
    at
}

#[cfg(test)]
mod tests;
