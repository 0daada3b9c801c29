//! The text of a DOCX file: paragraphs, tables, notes and text boxes, in the order one reads them.

use std::{collections::HashMap, num::NonZeroU32, ops::Range};

use crate::{
    place::Page,
    read::{
        docx::styles::{Shown, Styles, is_on},
        flow::{Flow, Position},
        html,
        office::{DEEPEST, RowNames, is_line_of_words},
        prose::Kind,
        style::Role,
        xml::{self, Piece, Source, Tag},
    },
    transcript::{NoteNumber, Set},
};

/// The elements of a row.
const ROW: &RowNames =
    &RowNames { row: "tr", cell: "tc", paragraphs: &["p"], others: &["tbl", "br", "txbxContent"] };

/// Footnotes or endnotes, by their identifiers.
#[derive(Debug)]
pub struct Notes<'a> {
    source: Option<&'a str>,
    by_id: HashMap<String, Range<usize>>,
}

impl<'a> Notes<'a> {
    /// Reads `footnotes.xml` or `endnotes.xml`, if the file has it; `name` is the element of a note.
    #[must_use]
    pub fn read(text: Option<&'a str>, name: &str) -> Self {
        let mut by_id = HashMap::new();
        if let Some(text) = text {
            let source = Source::new(text);
            let mut pieces = xml::pieces(text);
            while let Some(piece) = pieces.next() {
                let Piece::Start(tag) = piece else { continue };
                if tag.name == name {
                    // The rules above notes are notes with a type of their own.
                    let is_rule = tag.attribute("type").is_some_and(|it| it.contains("eparator"));
                    let id = tag.attribute("id").unwrap_or_default().into_owned();
                    let inside = xml::inside(&source, &mut pieces, &tag);
                    if !is_rule {
                        by_id.insert(id, inside);
                    }
                }
            }
        }
        Self { source: text, by_id }
    }

    /// The text of a note, once.
    fn take(&mut self, id: &str) -> Option<&'a str> {
        self.by_id.remove(id).and_then(|range| self.source?.get(range))
    }
}

/// What a body is read with and into.
pub struct Body<'a, 'f> {
    /// The styles of the file.
    pub styles: &'f Styles,
    /// Its footnotes.
    pub footnotes: Notes<'a>,
    /// Its endnotes.
    pub endnotes: Notes<'a>,
    /// Whether the file says where pages were broken when it was last shown.
    pub has_pages: bool,
    /// What is written.
    pub flow: &'f mut Flow,
    /// The page at hand.
    pub page: u32,
    /// The text of the first paragraph in the style of a title, or else of a heading.
    pub title: Option<(String, Role)>,
    /// How many text boxes were too deep to be read.
    pub too_deep: usize,
}

/// A paragraph while it is read.
#[derive(Default)]
struct Paragraph {
    shown: Shown,
    since: Option<Position>,
    in_properties: bool,
    /// Notes and text boxes that stand in it: they follow it.
    after: Vec<After>,
    text: String,
    mark_is_deleted: bool,
}

enum After {
    Footnote(String, NoteNumber),
    Endnote(String, NoteNumber),
    Box(Range<usize>),
}

/// How a run is shown.
#[derive(Clone, Copy, Default)]
struct Run {
    bold: bool,
    hidden: bool,
    speaker: bool,
}

/// Where in a story one is.
#[derive(Default)]
struct State {
    paragraph: Paragraph,
    run: Run,
    /// The start of a name in the style of speakers.
    name_since: Option<Position>,
    inside: Inside,
    /// For each field that is open, whether its result has begun.
    fields: Vec<Field>,
    tables: usize,
    /// For each content control that is open, whether it is a table of contents.
    controls: Vec<bool>,
    joins_next: bool,
}

/// Which element holds the text at hand.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Inside {
    #[default]
    Other,
    /// Words of the document.
    Text,
    /// The code of a field.
    Code,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Code { is_contents: bool },
    Result { is_contents: bool },
}

impl State {
    fn is_silent(&self) -> bool {
        let in_field =
            self.fields.iter().any(|field| !matches!(field, Field::Result { is_contents: false }));
        in_field
            || self.run.hidden
            || self.paragraph.shown.role == Role::Contents
            || self.controls.contains(&true)
    }
}

impl<'a> Body<'a, '_> {
    /// Writes a story: the body of a document, a note or a text box.
    pub fn story(&mut self, text: &'a str, depth: usize) {
        let source = Source::new(text);
        let mut pieces = xml::pieces(text);
        let mut state = State::default();
        while let Some(piece) = pieces.next() {
            match piece {
                Piece::Start(tag) => match tag.name {
                    "del" if state.paragraph.in_properties => {
                        state.paragraph.mark_is_deleted = true;
                    }
                    "del" | "moveFrom" | "Fallback" | "rt" | "pPrChange" | "rPrChange"
                    | "sectPrChange" | "tblPrChange" | "trPrChange" | "tcPrChange" => {
                        xml::inside(&source, &mut pieces, &tag);
                    }
                    "txbxContent" => {
                        let range = xml::inside(&source, &mut pieces, &tag);
                        state.paragraph.after.push(After::Box(range));
                    }
                    "tr" => self.flow.open_row(is_line_of_words(&source, &tag, ROW)),
                    _ => self.start(&tag, &mut state),
                },
                Piece::End("p") => self.end_paragraph(text, &mut state, depth),
                Piece::End("tr") => self.flow.close_row(),
                Piece::End("tbl") if state.tables > 0 => {
                    state.tables -= 1;
                    self.flow.close_table();
                }
                Piece::End(name) => end(name, &mut state),
                Piece::Text(bytes) => {
                    if state.inside == Inside::Code
                        && text[bytes.clone()].trim_start().starts_with("TOC")
                    {
                        state.fields.pop();
                        state.fields.push(Field::Code { is_contents: true });
                    } else if state.inside == Inside::Text && !state.is_silent() {
                        self.text(&source, bytes, &mut state);
                    }
                }
            }
        }
        // A file that is cut off ends inside a paragraph.
        self.end_paragraph(text, &mut state, depth);
    }

    fn start(&mut self, tag: &Tag<'_>, state: &mut State) {
        match tag.name {
            "p" => self.paragraph(state),
            "pPr" => state.paragraph.in_properties = true,
            "pStyle" => {
                let shown = self.styles.shown(&tag.attribute("val").unwrap_or_default());
                state.paragraph.shown = shown;
                if shown.role.is_heading() {
                    self.retype(Kind::Heading);
                }
            }
            "outlineLvl" if tag.attribute("val").is_some_and(|it| it != "9") => {
                self.retype(Kind::Heading);
            }
            "numPr" if !state.paragraph.shown.role.is_heading() => self.retype(Kind::Item),
            "r" => {
                let Shown { bold, hidden, role } = state.paragraph.shown;
                state.run = Run { bold: bold && !role.is_heading(), hidden, speaker: false };
            }
            "rStyle" if !state.paragraph.in_properties => {
                let shown = self.styles.shown(&tag.attribute("val").unwrap_or_default());
                state.run.bold |= shown.bold;
                state.run.hidden |= shown.hidden;
                state.run.speaker = shown.role == Role::Speaker;
            }
            "b" if !state.paragraph.in_properties => state.run.bold = is_on(tag),
            "vanish" if !state.paragraph.in_properties => state.run.hidden = is_on(tag),
            "t" => state.inside = Inside::Text,
            "instrText" => state.inside = Inside::Code,
            "tab" if !state.paragraph.in_properties => self.flow.space(),
            "br" if tag.attribute("type").is_some_and(|it| it == "page") => self.flow.line(),
            "br" | "cr" => self.flow.line(),
            "noBreakHyphen" if !state.is_silent() => self.flow.text("\u{2011}"),
            "softHyphen" if !state.is_silent() => self.flow.text("\u{AD}"),
            "lastRenderedPageBreak" => self.next_page(),
            "footnoteReference" | "endnoteReference" if !state.is_silent() => {
                let id = tag.attribute("id").unwrap_or_default().into_owned();
                let is_footnote = tag.name == "footnoteReference";
                let number = self.flow.new_note();
                self.flow.refer_to(number);
                let note = if is_footnote {
                    After::Footnote(id, number)
                } else {
                    After::Endnote(id, number)
                };
                state.paragraph.after.push(note);
            }
            "fldChar" => field(tag, state),
            "tbl" => {
                state.tables += 1;
                self.flow.open_table();
            }
            "tc" => self.flow.cell(),
            "sdt" => state.controls.push(false),
            "docPartGallery"
                if tag.attribute("val").is_some_and(|it| it == "Table of Contents") =>
            {
                if let Some(last) = state.controls.last_mut() {
                    *last = true;
                }
            }
            _ => {}
        }
    }

    fn paragraph(&mut self, state: &mut State) {
        let joins = std::mem::take(&mut state.joins_next) || self.flow.is_in_row();
        if !joins {
            self.flow.paragraph(Kind::Prose);
        }
        let after = std::mem::take(&mut state.paragraph.after);
        state.paragraph =
            Paragraph { since: Some(self.flow.here()), after, ..Paragraph::default() };
        state.run = Run::default();
    }

    /// Says what the paragraph at hand is, of which no word was written yet.
    fn retype(&mut self, kind: Kind) {
        if self.flow.is_at_start() && !self.flow.is_in_row() {
            self.flow.paragraph(kind);
        }
    }

    fn text(&mut self, source: &Source<'_>, bytes: Range<usize>, state: &mut State) {
        match (state.run.speaker, state.name_since) {
            (true, None) => state.name_since = Some(self.flow.here()),
            (false, Some(since)) => {
                self.flow.mark_name(since);
                state.name_since = None;
            }
            _ => {}
        }
        self.flow.set_bold(state.run.bold);
        let role = state.paragraph.shown.role;
        let is_sure = self.title.as_ref().is_some_and(|(_, role)| *role == Role::Title);
        if role.is_heading() && !is_sure {
            state.paragraph.text.push_str(&xml::decoded(&source.text[bytes.clone()]));
        }
        html::write(source, bytes, self.flow);
    }

    fn end_paragraph(&mut self, text: &'a str, state: &mut State, depth: usize) {
        if let Some(since) = state.name_since.take() {
            self.flow.mark_name(since);
        }
        let paragraph = std::mem::take(&mut state.paragraph);
        let role = paragraph.shown.role;
        if let Some(since) = paragraph.since.filter(|_| role == Role::Speaker) {
            self.flow.mark_name(since);
        }
        let is_better = match &self.title {
            None => true,
            Some((_, before)) => role == Role::Title && *before != Role::Title,
        };
        if is_better && !paragraph.text.trim().is_empty() {
            self.title = Some((paragraph.text, role));
        }
        state.inside = Inside::Other;
        if paragraph.mark_is_deleted {
            state.joins_next = true;
        }
        if self.flow.is_in_row() {
            // Notes and boxes of a table follow the row.
            state.paragraph.after = paragraph.after;
            self.flow.space();
            return;
        }
        if let (Some(set), Some(since)) = (role.set(), paragraph.since) {
            self.flow.set_paragraph_apart(since, set);
        }
        self.after(text, paragraph.after, depth);
        if !paragraph.mark_is_deleted {
            self.flow.paragraph(Kind::Prose);
        }
    }

    fn after(&mut self, text: &'a str, after: Vec<After>, depth: usize) {
        for what in after {
            let (story, note) = match what {
                After::Footnote(id, number) => (self.footnotes.take(&id), Some(number)),
                After::Endnote(id, number) => (self.endnotes.take(&id), Some(number)),
                After::Box(range) => (text.get(range), None),
            };
            let Some(story) = story else { continue };
            if depth < DEEPEST {
                self.flow.line();
                let since = self.flow.here();
                self.story(story, depth + 1);
                if let Some(number) = note {
                    self.flow.set_apart(since, Set::Note(number));
                }
            } else {
                self.too_deep += 1;
            }
        }
    }

    fn next_page(&mut self) {
        if self.has_pages {
            self.page = self.page.saturating_add(1);
            self.flow.set_page(NonZeroU32::new(self.page).map(Page));
        }
    }
}

fn end(name: &str, state: &mut State) {
    match name {
        "t" | "instrText" => state.inside = Inside::Other,
        "pPr" => state.paragraph.in_properties = false,
        "sdt" => {
            state.controls.pop();
        }
        _ => {}
    }
}

/// A field has a code, which is not shown, and after it the result, which is; a table of contents
/// repeats the headings and is left out.
fn field(tag: &Tag<'_>, state: &mut State) {
    match tag.attribute("fldCharType").as_deref() {
        Some("begin") => state.fields.push(Field::Code { is_contents: false }),
        Some("separate") => {
            if let Some(Field::Code { is_contents }) = state.fields.pop() {
                state.fields.push(Field::Result { is_contents });
            }
        }
        Some("end") => {
            state.fields.pop();
        }
        _ => {}
    }
}
