//! The text of an ODT file: paragraphs, lists, tables, notes and text boxes.

use std::{num::NonZeroU32, ops::Range};

use crate::{
    place::Page,
    read::{
        flow::{Flow, Position},
        html,
        odt::styles::{Shown, Styles},
        office::{DEEPEST, RowNames, is_line_of_words},
        prose::Kind,
        style::Role,
        xml::{self, Piece, Source, Tag},
    },
    transcript::{NoteNumber, Set},
};

/// The elements of a row.
const ROW: &RowNames = &RowNames {
    row: "table-row",
    cell: "table-cell",
    paragraphs: &["p", "h"],
    others: &["table", "line-break", "text-box", "note"],
};

/// What a body is read with and into.
pub struct Body<'f> {
    styles: &'f Styles,
    flow: &'f mut Flow,
    /// The page at hand, where the file says where its pages end.
    page: Option<u32>,
    /// The text of the first paragraph in the style of a title, or else of a heading.
    pub title: Option<String>,
    title_is_sure: bool,
    /// How many comments were left out.
    pub annotations: usize,
    /// How many text boxes were too deep to be read.
    pub too_deep: usize,
}

/// Where in a story one is.
#[derive(Default)]
struct State {
    /// The paragraph at hand, if one is open.
    paragraph: Option<Paragraph>,
    /// For each span that is open, how it is shown.
    spans: Vec<(Shown, Option<Position>)>,
    items: usize,
    tables: usize,
    /// Over how many of the next cells the last one stretches.
    covered: usize,
    /// Notes and text boxes, which follow their paragraph.
    after: Vec<(Range<usize>, Option<NoteNumber>)>,
}

struct Paragraph {
    shown: Shown,
    since: Position,
    is_heading: bool,
    text: String,
}

impl<'f> Body<'f> {
    /// A body that nothing was read of.
    pub fn new(styles: &'f Styles, flow: &'f mut Flow) -> Self {
        Self {
            styles,
            flow,
            page: None,
            title: None,
            title_is_sure: false,
            annotations: 0,
            too_deep: 0,
        }
    }

    /// Writes the text of `content.xml`.
    pub fn document(&mut self, content: &str) {
        let source = Source::new(content);
        let mut pieces = xml::pieces(content);
        while let Some(piece) = pieces.next() {
            let Piece::Start(tag) = piece else { continue };
            // What stands in front are styles, which have texts of their own.
            if tag.name == "text" {
                let has_pages = content.contains("<text:soft-page-break");
                self.page = has_pages.then_some(1);
                self.flow.set_page(self.page.and_then(NonZeroU32::new).map(Page));
                let inside = xml::inside(&source, &mut pieces, &tag);
                self.story(&content[inside], 0);
            }
        }
    }

    fn story(&mut self, text: &str, depth: usize) {
        let source = Source::new(text);
        let mut pieces = xml::pieces(text);
        let mut state = State::default();
        while let Some(piece) = pieces.next() {
            match piece {
                Piece::Start(tag) => match tag.name {
                    "annotation" => {
                        self.annotations += 1;
                        xml::inside(&source, &mut pieces, &tag);
                    }
                    "covered-table-cell" => {
                        // Part of the cell before it, or of one above it.
                        match state.covered.checked_sub(1) {
                            Some(rest) => state.covered = rest,
                            None => self.flow.cell(),
                        }
                        xml::inside(&source, &mut pieces, &tag);
                    }
                    name if is_left_out(name) => {
                        xml::inside(&source, &mut pieces, &tag);
                    }
                    "note-body" | "text-box" if state.paragraph.is_some() => {
                        let note = (tag.name == "note-body").then(|| {
                            let number = self.flow.new_note();
                            self.flow.refer_to(number);
                            number
                        });
                        state.after.push((xml::inside(&source, &mut pieces, &tag), note));
                    }
                    "table-row" => self.flow.open_row(is_line_of_words(&source, &tag, ROW)),
                    _ => self.start(&tag, &mut state),
                },
                Piece::End(name) => self.end(text, name, &mut state, depth),
                Piece::Text(bytes) => self.text(&source, bytes, &mut state),
            }
        }
        // A file that is cut off ends inside a paragraph.
        self.end_paragraph(text, &mut state, depth);
    }

    fn start(&mut self, tag: &Tag<'_>, state: &mut State) {
        let style = || self.styles.shown(&tag.attribute("style-name").unwrap_or_default());
        match tag.name {
            "p" | "h" => {
                let shown = style();
                let is_heading = tag.name == "h" || shown.role == Role::Title;
                if shown.starts_page {
                    self.next_page();
                }
                if !self.flow.is_in_row() {
                    let kind = match (is_heading, state.items > 0) {
                        (true, _) => Kind::Heading,
                        (false, true) => Kind::Item,
                        (false, false) => Kind::Prose,
                    };
                    self.flow.paragraph(kind);
                }
                let since = self.flow.here();
                state.paragraph = Some(Paragraph { shown, since, is_heading, text: String::new() });
            }
            "span" => {
                let shown = style();
                state.spans.push((shown, (shown.role == Role::Speaker).then(|| self.flow.here())));
            }
            "s" | "tab" => self.flow.space(),
            "line-break" => self.flow.line(),
            "soft-page-break" => self.next_page(),
            "list-item" => state.items += 1,
            "table" => {
                state.tables += 1;
                self.flow.open_table();
            }
            "table-cell" => {
                let columns = tag.attribute("number-columns-spanned");
                let columns = columns.and_then(|it| it.parse::<usize>().ok()).unwrap_or(1);
                state.covered = columns.saturating_sub(1);
                self.flow.cell();
            }
            _ => {}
        }
    }

    fn end(&mut self, text: &str, name: &str, state: &mut State, depth: usize) {
        match name {
            "p" | "h" => self.end_paragraph(text, state, depth),
            "span" => {
                if let Some((_, Some(since))) = state.spans.pop() {
                    self.flow.mark_name(since);
                }
            }
            "list-item" => state.items = state.items.saturating_sub(1),
            "table" if state.tables > 0 => {
                state.tables -= 1;
                self.flow.close_table();
            }
            "table-row" => self.flow.close_row(),
            _ => {}
        }
    }

    fn text(&mut self, source: &Source<'_>, bytes: Range<usize>, state: &mut State) {
        let Some(paragraph) = &mut state.paragraph else { return };
        let spans = state.spans.iter();
        if paragraph.shown.hidden || spans.clone().any(|(shown, _)| shown.hidden) {
            return;
        }
        let bold = paragraph.shown.bold || spans.clone().any(|(shown, _)| shown.bold);
        self.flow.set_bold(bold && !paragraph.is_heading);
        if paragraph.is_heading && !self.title_is_sure {
            paragraph.text.push_str(&xml::decoded(&source.text[bytes.clone()]));
        }
        html::write(source, bytes, self.flow);
    }

    fn end_paragraph(&mut self, text: &str, state: &mut State, depth: usize) {
        let Some(paragraph) = state.paragraph.take() else { return };
        if paragraph.shown.role == Role::Speaker {
            self.flow.mark_name(paragraph.since);
        }
        let is_title = paragraph.shown.role == Role::Title;
        let is_better = is_title && !self.title_is_sure;
        if (is_better || self.title.is_none()) && !paragraph.text.trim().is_empty() {
            self.title = Some(paragraph.text);
            self.title_is_sure = is_title;
        }
        if self.flow.is_in_row() {
            self.flow.space();
            return;
        }
        if let Some(set) = paragraph.shown.role.set() {
            self.flow.set_paragraph_apart(paragraph.since, set);
        }
        self.flow.paragraph(Kind::Prose);
        for (range, note) in std::mem::take(&mut state.after) {
            if depth < DEEPEST {
                let since = self.flow.here();
                self.story(&text[range], depth + 1);
                if let Some(number) = note {
                    self.flow.set_apart(since, Set::Note(number));
                }
            } else {
                self.too_deep += 1;
            }
            self.flow.paragraph(Kind::Prose);
        }
    }

    fn next_page(&mut self) {
        self.page = self.page.map(|page| page.saturating_add(1));
        self.flow.set_page(self.page.and_then(NonZeroU32::new).map(Page));
    }
}

/// Whether an element holds nothing to read: what was deleted, numbers of notes, descriptions of
/// pictures, tables of contents and other indexes.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "tracked-changes"
            | "note-citation"
            | "title"
            | "desc"
            | "ruby-text"
            | "table-of-content"
            | "illustration-index"
            | "table-index"
            | "object-index"
            | "user-index"
            | "alphabetical-index"
            | "hidden-text"
            | "hidden-paragraph"
            | "forms"
            | "script"
            | "binary-data"
    )
}
