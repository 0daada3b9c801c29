//! What is set apart in a document: block quotes, notes and the numbers that refer to them.

use crate::{
    read::{
        flow::{Flow, Position},
        laid_out::Laid,
        lines::Line,
    },
    transcript::{NoteNumber, Set},
};

impl Flow {
    /// A number for a note that is read now or later.
    pub fn new_note(&mut self) -> NoteNumber {
        self.note_count += 1;
        NoteNumber(self.note_count)
    }

    /// Here stands the number of a note.
    pub fn refer_to(&mut self, note: NoteNumber) {
        self.set_apart(self.here(), Set::NoteReference(note));
    }

    /// What was written since is set apart.
    pub fn set_apart(&mut self, since: Position, set: Set) {
        self.set.push((since, self.here(), set));
    }

    /// The paragraph that was written since is set apart. It ends here; block quotes that follow
    /// each other are one.
    pub fn set_paragraph_apart(&mut self, since: Position, set: Set) {
        self.end_line();
        let here = self.here();
        match self.set.last_mut() {
            Some((_, end, last)) if *end == since && *last == set => *end = here,
            _ => self.set.push((since, here, set)),
        }
    }

    /// What is set apart, in bytes of the text that is laid out.
    pub(super) fn laid_out_stretches(&self, lines: &[Line<'_>]) -> Vec<Laid> {
        let laid = |&(start, end, set): &(Position, Position, Set)| Laid {
            start: self.laid_out_byte(start, lines),
            end: self.laid_out_byte(end, lines),
            set,
        };
        self.set.iter().map(laid).collect()
    }
}
