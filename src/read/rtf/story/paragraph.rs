//! Paragraphs and rows of an RTF file, and the notes that follow them.

use std::mem::take;

use super::{Group, Reader};
use crate::{
    read::{
        flow::Position, office::DEEPEST, prose::Kind, rtf::destination::Destination, style::Role,
    },
    transcript::{NoteNumber, Set},
};

/// The paragraph at hand.
#[derive(Default)]
pub(super) struct Paragraph {
    pub(super) has_words: bool,
    pub(super) role: Role,
    pub(super) is_item: bool,
    pub(super) in_row: bool,
    pub(super) since: Option<Position>,
    /// Notes and text boxes, which follow it: their bytes.
    pub(super) after: Vec<(usize, usize, Option<NoteNumber>)>,
}

impl Reader<'_, '_> {
    /// Carries out a word that is about the paragraph at hand.
    pub(super) fn of_paragraph(&mut self, word: &str, number: Option<i32>) {
        let paragraph = &mut self.paragraph;
        match word {
            "pard" => {
                paragraph.role = Role::Text;
                paragraph.is_item = false;
                paragraph.in_row = false;
            }
            "s" => {
                let role = number.and_then(|number| self.styles.get(&number));
                paragraph.role = role.copied().unwrap_or_default();
            }
            "outlinelevel" => paragraph.role = Role::Heading,
            "ls" => paragraph.is_item = true,
            "intbl" => paragraph.in_row = true,
            "trowd" => {
                self.row_has_paragraphs = false;
                self.flow.paragraph(Kind::Row);
            }
            "cell" | "nestcell" if !self.row_has_paragraphs => self.flow.space(),
            "cell" | "nestcell" | "row" | "nestrow" => self.flow.paragraph(Kind::Prose),
            _ => {}
        }
        if matches!(word, "cell" | "row") {
            self.paragraph.has_words = word == "cell" && !self.row_has_paragraphs;
        }
    }

    pub(super) fn open_paragraph(&mut self, words: &str) {
        if words.trim().is_empty() {
            return;
        }
        let paragraph = &mut self.paragraph;
        let kind = match paragraph {
            Paragraph { role: Role::Heading | Role::Title, .. } => Kind::Heading,
            Paragraph { is_item: true, .. } => Kind::Item,
            _ => Kind::Prose,
        };
        if !paragraph.in_row {
            self.flow.paragraph(kind);
        }
        paragraph.has_words = true;
        paragraph.since = Some(self.flow.here());
    }

    pub(super) fn end_paragraph_of(&mut self, group: &Group, depth: usize) {
        if group.destination == Destination::Document && !group.deleted {
            self.row_has_paragraphs |= self.paragraph.in_row;
            self.end_paragraph(depth);
        }
    }

    pub(super) fn end_paragraph(&mut self, depth: usize) {
        if let Some(since) = self.paragraph.since.take() {
            if self.paragraph.role == Role::Speaker {
                self.flow.mark_name(since);
            }
            if let Some(set) = self.paragraph.role.set() {
                self.flow.set_paragraph_apart(since, set);
            }
        }
        self.flow.paragraph(Kind::Prose);
        self.paragraph.has_words = false;
        for (start, end, note) in take(&mut self.paragraph.after) {
            if depth < DEEPEST {
                let paragraph = take(&mut self.paragraph);
                let since = self.flow.here();
                self.story(start, end, depth + 1);
                if let Some(number) = note {
                    self.flow.set_apart(since, Set::Note(number));
                }
                self.paragraph = paragraph;
            } else {
                self.too_deep += 1;
            }
        }
    }
}
